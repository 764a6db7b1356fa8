"""Programmes benchmark: question files flow in; how often the right programme stands first, and how often five passages
of each peer, shown as they are, would have passed and served beside the product's answers, flow out.

Run with `make bench`. All search the same passages of the bundled corpus, cut and headed by the product, with the same
vectors. A plain answer shows the five best passages, cites them and names their programmes; it judges nothing.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from ingest.pipeline import sync
from rag.advisor import Advisor
from rag.domain import (
    Answer,
    AnswerStatus,
    Chunk,
    Citation,
    Evidence,
    Hit,
    Match,
    PeriodStatus,
    Program,
    Question,
    Verdict,
)
from rag.embedders import open_embedder
from rag.evaluate import evaluate, question_of
from rag.expectations import folded, listed
from rag.generation import OpenGeneration, open_current
from rag.retrieve import retrieve
from tests.bench.known import KEPT, Known
from tests.bench.measuring import interval
from tests.bench.peers import NAMES, OWN, Search, at_hand, peer
from tests.bench.sets import DATA, REPOSITORY

SHOWN, LOOKED_AT = 5, 10
FILES = (
    DATA / "questions" / "questions.jsonl",
    DATA / "questions" / "hard.jsonl",
    REPOSITORY / "tests" / "evals" / "unseen-4.jsonl",
)
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plain:
    """An adviser that shows what a search finds; it has of a shelf what evaluating asks retrieval for."""

    search: Search
    chunks: Mapping[str, Chunk]
    programs: Mapping[str, Program]
    pages_of: Callable[[Chunk], str]

    @property
    def shelf(self) -> Plain:
        """Where evaluating looks for passages."""
        return self

    def find(self, text: str, count: int) -> list[Hit]:
        """The passages that are found, best first; their scores say nothing."""
        found = self.search(text, count)
        return [Hit(self.chunks[id_], 1.0, rank, 0.0, 0.0) for rank, id_ in enumerate(found, 1)]

    def named(self, text: str) -> list[Program]:
        """The programmes of the passages looked at, best first."""
        names = dict.fromkeys(hit.chunk.program for hit in self.find(text, LOOKED_AT))
        return [self.programs[name] for name in names if name in self.programs]

    def answer(self, question: Question) -> Answer:
        """Five passages."""
        shown = [hit.chunk for hit in self.find(question.text, SHOWN)]
        names = dict.fromkeys(chunk.program for chunk in shown)
        return Answer(
            status=AnswerStatus.ANSWERED,
            text="\n\n".join(chunk.indexed_text for chunk in shown),
            as_of=question.as_of,
            matches=tuple(
                Match(self.programs[name], (), None, None, PeriodStatus.UNKNOWN)
                for name in names
                if name in self.programs
            ),
            citations=tuple(
                Citation(mark, Evidence(chunk.source_id, chunk.pages, chunk.section, chunk.text))
                for mark, chunk in enumerate(shown, 1)
            ),
        )


def scored(path: Path, advisor: object) -> tuple[Values, Values]:
    """For each question of a file whether it passed, and whether it was served."""
    ids = [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines() if line.strip()]
    report = evaluate(path, cast(Advisor, advisor))
    failed = {failure.id for failure in report.failures}
    unserved = failed | {failure.id for failure in report.unserved}
    return (
        np.array([id_ not in failed for id_ in ids], dtype=np.float64),
        np.array([id_ not in unserved for id_ in ids], dtype=np.float64),
    )


def precisions(path: Path, named: Callable[[Question], Sequence[Program]]) -> tuple[Values, Values]:
    """For each question that wants programmes whether the first named is one, and how many of the first three are.

    The second is a share of three, or of as many as are wanted where they are fewer.
    """
    rows: list[tuple[float, float]] = []
    for line in path.read_text("utf-8").splitlines():
        case = json.loads(line)
        wanted = set(map(folded, (*listed(case, "programs_any"), *listed(case, "programs_all"))))
        if not wanted or case.get("history"):
            continue
        # Editions and siblings share a name, and count as one.
        names = list(dict.fromkeys(folded(program.name) for program in named(question_of(case))))
        right = [name in wanted for name in names[:3]]
        rows.append((float(right[:1] == [True]), sum(right) / min(3, len(wanted))))
    first, three = np.array(rows, dtype=np.float64).reshape(-1, 2).T
    return first, three


def told(name: str, own: Sequence[Values], reference: Sequence[Values] | None) -> None:
    """One line: each figure with its interval, and how much more the reference reaches on the same questions."""
    cells = []
    for at, values in enumerate(own):
        low, high = interval(values)
        cell = f"{values.mean():.3f} ({low:.3f}–{high:.3f})"
        if reference is not None:
            more = reference[at] - values
            low, high = interval(more)
            cell += f" jiwon {more.mean():+.3f} ({low:+.3f} to {high:+.3f})"
        cells.append(f"{cell:<56}")
    print(f"  {name:<22}{'  '.join(cells)}".rstrip(), flush=True)


def report(path: Path, adviser: Advisor, own: Plain, plain: Mapping[str, Plain]) -> None:
    """Both tables of one file."""

    def recommended(question: Question) -> list[Program]:
        matches = adviser.answer(question).matches
        return [match.program for match in matches if match.verdict is not Verdict.INELIGIBLE]

    passages = precisions(path, lambda question: own.named(question.text))
    print(f"\n{path.name}: {len(passages[0])} questions want programmes\n  {'':<22}{'P@1':<58}P@3")
    told("jiwon, answers", precisions(path, recommended), None)
    told("jiwon, passages", passages, None)
    for name, one in plain.items():
        told(NAMES[name], precisions(path, lambda question, one=one: one.named(question.text)), passages)  # type: ignore[misc]
    answers = scored(path, adviser)
    print(f"{path.name}: {len(answers[0])} questions\n  {'':<22}{'passed':<58}served")
    told("jiwon, answers", answers, None)
    told("jiwon, five passages", scored(path, own), answers)
    for name, one in plain.items():
        told(NAMES[name], scored(path, one), answers)


def plain_of(search: Search, opened: OpenGeneration, adviser: Advisor) -> Plain:
    """A plain adviser over a search."""
    chunks = {chunk.id: chunk for chunk in opened.catalogue.chunks()}
    return Plain(search, chunks, {program.name: program for program in adviser.shelf.programs}, adviser.shelf.pages_of)


def main() -> None:
    """Index the bundled corpus with every peer and ask the files that are there."""
    embedder = Known(open_embedder("e5", KEPT / "e5"))
    data_dir = KEPT / "bundled"
    data_dir.mkdir(parents=True, exist_ok=True)
    sync(REPOSITORY / "corpus", data_dir, embedder, built_at="2026-03-01T00:00:00")
    opened = open_current(data_dir, embedder)
    opened.vectors.open()
    adviser = Advisor(opened)
    own = plain_of(lambda question, count: [hit.chunk.id for hit in retrieve(opened, question, count)], opened, adviser)
    texts = {id_: chunk.indexed_text.strip() for id_, chunk in own.chunks.items()}
    print(f"\nbundled corpus: {len(texts)} passages, {len(own.programs)} programmes", flush=True)
    with tempfile.TemporaryDirectory() as root:
        plain: dict[str, Plain] = {}
        for name in at_hand():
            if name == OWN:
                continue
            folder = Path(root) / name
            folder.mkdir()
            peer(name).index(texts, folder, embedder)
            plain[name] = plain_of(peer(name).opened(folder, embedder), opened, adviser)
        for path in FILES:
            if path.is_file():
                report(path, adviser, own, plain)
            else:
                print(f"\n{path.name}: no data at {path}, skipped (JIWON_BENCH_DATA tells the folder)")
    opened.close()


if __name__ == "__main__":
    main()
