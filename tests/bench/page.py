"""The chat page beside what it can be held against: a page and a day flow in; how soon one may type and read flows out.

Usage: python -m tests.bench.page. Needs chromium. Every time is taken in one run, in turns, and told as a ratio or a
difference: when the box may be typed into beside the first paint of /docs, both cold; when the first words of an answer
are there beside how long the same answer takes when it is asked for whole.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from ingest.pipeline import sync
from rag.embedders.kiwi import KiwiEmbedder
from rag.settings import INSTALLATION
from tests.browser.serving import CHROMIUM, chromium, corpus_site

DAY = date(2026, 3, 20)
TIMES = 15
BOX, WORDS_MS = 1.5, 100
"""The most that may be: the box beside the first paint of /docs, the first words after the answer in milliseconds."""
QUESTIONS = (
    "AI응용제품 신속 상용화는 언제까지 신청하나요?",
    "스마트공장은 어디로 전화하나요?",
    "지금 신청할 수 있는 지원사업을 알려 주세요",
    "직원 10명인 경기도 화성 제조업체인데 무엇을 받을 수 있나요?",
)
PAINTED = """new Promise(done => new PerformanceObserver(seen => {
  const first = seen.getEntriesByName('first-contentful-paint')[0];
  if (first) done(first.startTime);
}).observe({type: 'paint', buffered: true}))"""
USABLE = """new Promise(done => {
  const look = () => {
    const box = document.querySelector('textarea[name=q], input[name=q]');
    if (box && !box.disabled && document.readyState !== 'loading') done(performance.now());
    else requestAnimationFrame(look);
  };
  look();
})"""


def cold(browser: Browser, address: str, told: str) -> float:
    """Milliseconds from asking for a page, in a browser that has nothing of it, until what `told` waits for."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ko-KR")
    page = context.new_page()
    page.goto(address, wait_until="commit")
    found = float(page.evaluate(told))
    context.close()
    return found


def whole(address: str, words: str) -> float:
    """Milliseconds until the answer is there, asked for whole."""
    began = time.monotonic()
    sent = urllib.request.Request(
        f"{address}/v1/ask", json.dumps({"question": words}).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(sent, timeout=60) as reply:
        reply.read()
    return (time.monotonic() - began) * 1000


def first_words(address: str, words: str) -> float:
    """Milliseconds until the first words of the answer are there, as the page asks for it."""
    began = time.monotonic()
    sent = urllib.request.Request(
        f"{address}/", f"q={urllib.parse.quote(words)}".encode(), {"Accept": "text/event-stream"}
    )
    with urllib.request.urlopen(sent, timeout=60) as reply:
        while not reply.readline().startswith(b"event: token"):
            pass
        return (time.monotonic() - began) * 1000


def in_turns(*works: Callable[[], float]) -> list[float]:
    """The median of each, every one as often, in turns, after one that does not count."""
    rounds = [[work() for work in works] for _ in range(TIMES + 1)][1:]
    return [median(column) for column in zip(*rounds, strict=True)]


def main() -> int:
    """Print the figures; 1 where one is beyond its bound."""
    if CHROMIUM is None:
        sys.exit("chromium이 없어 잴 수 없습니다.")
    with tempfile.TemporaryDirectory() as made, chromium() as browser:
        data = Path(made) / "data"
        sync(INSTALLATION / "corpus", data, KiwiEmbedder(data / "cache"), built_at="2026-03-01T00:00:00")
        (Path(made) / "site").mkdir()
        with corpus_site(Path(made) / "site", data, DAY) as address:
            docs, box, paint = in_turns(
                lambda: cold(browser, f"{address}/docs", PAINTED),
                lambda: cold(browser, address, USABLE),
                lambda: cold(browser, address, PAINTED),
            )
            print(f"/docs first paint {docs:.0f} ms; / first paint {paint:.0f} ms, box usable {box:.0f} ms")
            print(f"box usable / first paint of /docs: {box / docs:.2f} (at most {BOX})")
            late = []
            for words in QUESTIONS:
                own, soon = in_turns(lambda: whole(address, words), lambda: first_words(address, words))  # noqa: B023
                late.append(soon - own)
                print(f"{words}: answer {own:.0f} ms, first words {soon:.0f} ms ({soon - own:+.0f})")
            print(f"first words after the answer's own time: at most {max(late):+.0f} ms (bound {WORDS_MS:+})")
    return int(box > BOX * docs or max(late) > WORDS_MS)


if __name__ == "__main__":
    sys.exit(main())
