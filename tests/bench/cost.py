"""Cost benchmark: texts flow in; what indexing, opening and asking cost the product and every peer, as ratios to the
cheapest, flow out.

Run with `make bench`; `--quick` for a smaller one over texts made up. Each is a process of its own; they are asked in
turn, a block of questions each, so that all share what else the machine does. Vectors of passages and of questions are
known before; only the cold start embeds its question, with the model loaded for it.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from rag.disk import size_of
from rag.embedders import open_embedder
from tests.bench.cost_child import DRAWN
from tests.bench.known import KEPT, Known
from tests.bench.peers import NAMES, OWN, at_hand
from tests.bench.retrieval import indexed
from tests.bench.sets import REPOSITORY, is_there, read

SET = "own words"
ROUNDS, BLOCK = 10, 20
CLIENTS = (1, 4, 16, 64)
LOAD_S, LOADS = 2.0, 3
COLD = 3
DISTRIBUTIONS = {
    "langchain": "langchain-classic",
    "llamaindex": "llama-index-core",
    "haystack": "haystack-ai",
    "txtai": "txtai",
}


def machine() -> str:
    """What this was measured on."""
    processors = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    model = next((line.partition(":")[2].strip() for line in processors if line.startswith("model name")), "processor")
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{model}, {os.cpu_count()} processors, {gib:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}; load {load:.1f} as it began"
    )


def versions() -> str:
    """The product's own, and of every peer that is installed."""
    found = []
    for name in at_hand():
        try:
            found.append(f"{DISTRIBUTIONS[name]} {version(DISTRIBUTIONS[name])}")
        except (KeyError, PackageNotFoundError):
            found.append(name)
    return ", ".join(found)


class Child:
    """A process that has one peer open."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.cost_child", *arguments],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def told(self) -> dict[str, Any]:
        """The next thing it says. Raises RuntimeError where it has died; what others print is passed over."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("{"):
                said: dict[str, Any] = json.loads(line)
                return said
        raise RuntimeError(f"the process of a peer ended with {self._process.wait()}")

    def asked(self, **command: object) -> dict[str, Any]:
        """What it says to a command."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return self.told()

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@dataclass
class Costs:
    """What one peer cost: seconds, bytes, and questions a second by the number of clients."""

    indexed: float = 0.0
    indexed_cpu: float = 0.0
    disk: int = 0
    memory: int = 0
    cold: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    rates: dict[int, list[float]] = field(default_factory=dict)
    failed: int = 0


def measured(
    names: Sequence[str], kind: str, texts: Mapping[str, str], questions: Sequence[str], root: Path, scale: int = 1
) -> dict[str, Costs]:
    """Everything, for each of the names; `scale` times fewer rounds, and as much less load."""
    texts_file, asked_file = root / "texts.json", root / "questions.json"
    texts_file.write_text(json.dumps(texts), "utf-8")
    asked_file.write_text(json.dumps(list(questions)), "utf-8")
    costs = {name: Costs() for name in names}
    for name, own in costs.items():
        (root / name).mkdir()
        with Child("index", name, str(root / name), kind, str(texts_file)) as child:
            told = child.told()
        own.indexed, own.indexed_cpu, own.disk = told["wall"], told["cpu"], size_of(root / name)
    for _ in range(max(COLD // scale, 1)):
        for name, own in costs.items():
            started = time.perf_counter()
            with Child("cold", name, str(root / name), kind, questions[0]) as child:
                child.told()
                own.cold.append(time.perf_counter() - started)
    with ExitStack() as open_:
        asked = {
            name: open_.enter_context(Child("ask", name, str(root / name), kind, str(asked_file))) for name in names
        }
        for child in asked.values():
            child.told()
        for round_ in range(max(ROUNDS // scale, 1)):
            for name, child in asked.items():
                told = child.asked(times={"first": round_ * BLOCK, "count": BLOCK})
                costs[name].times += told["times"]
                costs[name].memory = told["peak"]
        for _ in range(max(LOADS // scale, 1)):
            for clients in CLIENTS:
                for name, child in asked.items():
                    told = child.asked(load={"clients": clients, "seconds": LOAD_S / scale})
                    costs[name].rates.setdefault(clients, []).append(told["rate"])
                    costs[name].failed += told["failed"]
    return costs


ROWS: dict[str, tuple[Callable[[Costs], float], str]] = {
    "index, clock": (lambda own: own.indexed, "{:.2f} s"),
    "index, processors": (lambda own: own.indexed_cpu, "{:.2f} s"),
    "disk": (lambda own: own.disk / 2**20, "{:.1f} MiB"),
    "memory while asked": (lambda own: own.memory / 2**20, "{:.0f} MiB"),
    "cold start to first answer": (lambda own: float(np.median(own.cold)), "{:.2f} s"),
    "a question, median": (lambda own: float(np.median(own.times)) * 1000, "{:.2f} ms"),
    "a question, p95": (lambda own: float(np.percentile(own.times, 95)) * 1000, "{:.2f} ms"),
    **{
        f"a question of {clients} clients": (
            lambda own, clients=clients: 1000 / float(np.median(own.rates[clients])),  # type: ignore[misc]
            "{:.2f} ms",
        )
        for clients in CLIENTS
    },
}
"""What is told of each, less being better. With several clients, the time for which one is answered: 1,000 by as many
milliseconds are the questions a second."""


def table(costs: Mapping[str, Costs]) -> list[str]:
    """Lines of a table: how many times the cheapest each costs, and what the cheapest costs."""
    lines = [
        f"| times the least | least | {' | '.join(NAMES[name] for name in costs)} |",
        "| --- " * (len(costs) + 2) + "|",
    ]
    for name, (value, form) in ROWS.items():
        values = {peer: value(own) for peer, own in costs.items()}
        least = min(values.values())
        cells = (f"{found / least:.2f}" for found in values.values())
        lines.append(f"| {name} | {form.format(least)} | {' | '.join(cells)} |")
    lines.append(f"| questions that failed | | {' | '.join(str(own.failed) for own in costs.values())} |")
    return lines


def made_up(count: int) -> tuple[dict[str, str], list[str]]:
    """So many short texts by rule, and questions about them."""
    things = ("포장재", "냉장고", "간판", "도자기", "양봉", "제빵", "목공", "인쇄기", "염색", "버섯")
    ways = ("교체", "개량", "보급", "실습", "점검", "수리", "전시", "공동구매", "인증", "시제품")
    texts = {
        f"t{at}": f"{things[at % 10]} {ways[at // 10 % 10]} 지원사업 {at}차 공고. {at % 9 + 1}천만원까지 지원합니다."
        for at in range(count)
    }
    return texts, [f"{thing} {way} 비용을 지원받고 싶습니다" for thing in things for way in ways]


def main() -> None:
    """Over a set that is there, or over texts made up."""
    if "--quick" in sys.argv:
        kind, scale = DRAWN, 5
        texts, questions = made_up(300)
    elif is_there(SET):
        benchmark = read(SET)
        texts, questions = indexed(benchmark), [title for title in benchmark.titles.values() if title][: ROUNDS * BLOCK]
        kind, scale = "e5", 1
        Known(open_embedder(kind, KEPT / kind)).embed_documents(list(texts.values()))
    else:
        return
    print(f"\n{machine()}\n{versions()}\n{len(texts)} texts, {len(questions)} questions", flush=True)
    with tempfile.TemporaryDirectory() as root:
        costs = measured([OWN, *(name for name in at_hand() if name != OWN)], kind, texts, questions, Path(root), scale)
    print("\n".join(table(costs)))


if __name__ == "__main__":
    main()
