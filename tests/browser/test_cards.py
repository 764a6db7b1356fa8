"""Answer cards of the bundled corpus on a phone: the asked fact at the top, each thing once, all within reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import CHROMIUM, chromium, corpus_site, kept

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
DAY = date(2026, 3, 20)
WIDTH = 360
SHORT, LONG = 900, 1500
"""How high a card is at most, and that of a list or a comparison."""
FACT, CALL = 120, 220
"""Where the asked fact and the number to call stand at the latest, below the top of the card."""
TAP = 44


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, or several of one talk, with words of the fact that the last one asks for."""

    kind: str
    words: tuple[str, ...]
    fact: str
    height: int = SHORT
    is_told_whom_to_call: bool = False


QUESTIONS = (
    Asked("phone", ("가평에 있는 식품공장인데 능력개발전담주치의는 어디로 전화하나요?",), "033-248-8503", SHORT, True),
    Asked("amount", ("AI통합 바우처는 얼마까지 지원되나요?",), "2억원"),
    Asked("deadline", ("AI응용제품 신속 상용화는 언제까지 신청하나요?",), "4월 20일"),
    Asked(
        "may we",
        ("직원 30명인 금속가공 중소기업인데 스마트공장 보급 사업에 신청할 수 있나요?",),
        "신청할 수 있습니다",
    ),
    Asked("what fits", ("직원 30명인 자동차 부품 공장인데 우리한테 맞는 사업이 있나요?",), "스마트공장 보급", LONG),
    Asked("list", ("지금 신청할 수 있는 지원사업을 알려 주세요",), "6개", LONG),
    Asked("compare", ("AI통합 바우처와 스마트공장 보급 중에 어느 쪽이 더 많이 지원하나요?",), "2억원", LONG),
    Asked("two asks", ("스마트공장 보급은 얼마까지 주고 문의는 어디로 하나요?",), "2억원", SHORT, True),
    Asked("follow-up", ("AI통합 바우처는 얼마까지 지원되나요?", "그건 어디로 전화하나요?"), "문의처", SHORT, True),
    Asked("not told", ("AI통합 바우처에 선정되면 세금은 어떻게 되나요?",), "차등 지급", SHORT, True),
    Asked("question back", ("고성군 공장인데 능력개발전담주치의는 어디로 전화하나요?",), "어느 시·도", SHORT, True),
    Asked("papers", ("AI응용제품 신속 상용화는 어떤 서류를 내나요?",), "사업신청서"),
    Asked("how", ("능력개발전담주치의는 어떻게 신청하나요?",), "HRD4U"),
    Asked("own share", ("스마트공장 보급은 회사가 얼마나 부담하나요?",), "50%"),
    Asked("set aside", ("AI통합 바우처 말고 AI 도입을 도와주는 사업이 있나요?",), "3가지", LONG),
)
TOP_OF = """(card, words) => {
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    return range.getBoundingClientRect().top - card.getBoundingClientRect().top;
  }
  return null;
}"""
"""How far below the top of a card words of it stand; null where they do not stand in one piece."""
TO_TAP = ".act, .chip, summary, .after button, .after > a, .name a, .about a"
SMALL = """(found, least) => found.filter(one => {
  const box = one.getBoundingClientRect();
  return box.height && (box.height < least - .5 || box.width < least - .5);
}).map(one => one.outerHTML)"""
NUMBER = re.compile(r"\b(?:0\d{1,2}-\d{3,4}|1[568]\d{2})-\d{4}\b")
LABEL = re.compile(r"([가-힣A-Za-z ·()]{2,24}): ")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, corpus_data: Path) -> Iterator[str]:
    """A server over the bundled corpus, with a database of its own."""
    with corpus_site(tmp_path_factory.mktemp("cards"), corpus_data, DAY) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """물어보기 on a phone; whoever else is asked for anything fails the test."""
    context = browser.new_context(viewport={"width": WIDTH, "height": 740}, locale="ko-KR")
    page = context.new_page()
    page.on("request", lambda asked: None if asked.url.startswith(address) else pytest.fail(asked.url))
    page.goto(address)
    yield page
    context.close()


def ask(page: Page, words: str) -> None:
    """Ask as one does, and wait for the card."""
    cards = page.locator(".card[data-id]").count()
    page.get_by_label("질문", exact=True).fill(words)
    page.get_by_role("button", name="묻기").click()
    page.locator(".card[data-id]").nth(cards).wait_for()


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.kind)
def test_an_answer_is_read_at_a_glance(page: Page, asked: Asked) -> None:
    for words in asked.words:
        ask(page, words)
    card = page.locator(".card[data-id]").last
    kept(page, f"card-{asked.kind.replace(' ', '-')}")
    text = card.inner_text()
    top = card.evaluate(TOP_OF, asked.fact)
    assert top is not None and top <= FACT, text
    box = card.bounding_box()
    assert box and box["height"] <= asked.height
    if asked.is_told_whom_to_call:
        call = card.locator("a[href^='tel:']").first.bounding_box()
        assert call and call["y"] - box["y"] <= CALL
    numbers = NUMBER.findall(text)
    assert sorted(numbers) == sorted(set(numbers))
    for part in card.locator(".program").all() or [card]:
        labels = [found for line in part.inner_text().splitlines() for found in LABEL.findall(line)[:1]]
        assert sorted(labels) == sorted(set(labels))
    assert not re.search(r"\*\*|\(\s*\)|https?://|www\.", text)
    assert card.locator("table").count() == 0
    assert card.locator(TO_TAP).evaluate_all(SMALL, TAP) == []
    assert len(card.locator(".line").first.inner_text()) <= 110 if card.locator(".line").count() else True
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


@pytest.mark.long
def test_a_question_back_is_answered_by_a_tap_until_the_office_is_told(page: Page) -> None:
    ask(page, "주치의 전화번호요")
    for reply in ("경기도", "가평군"):
        chips = page.locator(".card[data-id]").last.locator(".chip")
        assert chips.count() >= 2
        cards = page.locator(".card[data-id]").count()
        chips.get_by_text(reply, exact=True).click()
        page.locator(".card[data-id]").nth(cards).wait_for()
    assert "033-248-8503" in page.locator(".card[data-id]").last.inner_text()
