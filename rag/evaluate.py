"""Evaluating: a question file flows in; which questions pass and are served, and what others miss, flows out.

The file holds one JSON object a line: id, question, as_of, kind, and what the answer must and must not hold; see
`rag.expectations`. A question is served when it passes and its answer also tells the fact asked for in front, is short
and does not open with a denial.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rag.advisor import Advisor
from rag.domain import CompanyProfile, Question, SizeClass, Turn
from rag.errors import CorpusError
from rag.expectations import LISTS, Fault, folded, listed, missing, unserved
from rag.messages import files as said

DEPTH = 10
"""Passages that retrieval is asked for."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that did not pass, or was not served: what was missing or wrong, and the answer given."""

    id: str
    kind: str
    question: str
    missing: tuple[str, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Row:
    """How many questions of one kind were asked, passed and served, and in how many of them each fault was found."""

    kind: str
    asked: int
    passed: int
    served: int
    faults: tuple[tuple[Fault, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How often a passage of the right document, or page, was first or among the first `DEPTH` hits.

    The right document is one that the case names; the right page holds a fact that the answer must include.
    """

    asked: int
    document_first: int
    document_found: int
    page_first: int
    page_found: int


@dataclass(frozen=True, slots=True)
class Report:
    """The whole run: a row a kind, every failure, what passed without being served, and retrieval by itself."""

    rows: tuple[Row, ...]
    failures: tuple[Failure, ...]
    unserved: tuple[Failure, ...]
    retrieval: Retrieval

    @property
    def asked(self) -> int:
        """How many questions were asked."""
        return sum(row.asked for row in self.rows)

    @property
    def passed(self) -> int:
        """How many passed."""
        return sum(row.passed for row in self.rows)

    @property
    def served(self) -> int:
        """How many were served."""
        return sum(row.served for row in self.rows)


def evaluate(path: Path, advisor: Advisor) -> Report:
    """Ask every question of the file. Raises CorpusError naming the line that cannot be read."""
    cases = _cases(path)
    outcomes: dict[str, list[_Outcome]] = {}
    failures: list[Failure] = []
    poor: list[Failure] = []
    for case in cases:
        answer = advisor.answer(question_of(case))
        wrong, unfit = missing(case, answer), tuple(unserved(case, answer))
        kind = str(case.get("kind", ""))
        outcomes.setdefault(kind, []).append(_Outcome(frozenset(fault for fault, _ in wrong), not wrong and not unfit))
        told = tuple(words for _, words in wrong)
        if wrong or unfit:
            kept = failures if wrong else poor
            kept.append(Failure(str(case["id"]), kind, str(case["question"]), told or unfit, answer.text))
    rows = tuple(_row(kind, found) for kind, found in sorted(outcomes.items()))
    return Report(rows, tuple(failures), tuple(poor), _retrieval(cases, advisor))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """The faults of one answer, none where it passed, and whether it served."""

    faults: frozenset[Fault]
    is_served: bool


def _row(kind: str, found: Sequence[_Outcome]) -> Row:
    faults = tuple((fault, sum(fault in one.faults for one in found)) for fault in Fault)
    return Row(kind, len(found), sum(not one.faults for one in found), sum(one.is_served for one in found), faults)


def _retrieval(cases: Sequence[Mapping[str, object]], advisor: Advisor) -> Retrieval:
    """The cases that name their document and a fact on its page, asked of retrieval alone."""
    places = []
    for case in cases:
        wanted, facts = (
            set(listed(case, "cites_any")),
            [folded(str(w)) for g in listed(case, "must_include") for w in g],
        )
        if not wanted or not facts or case.get("answerable") is False or case.get("history"):
            continue
        hits = advisor.shelf.find(str(case["question"]), DEPTH)
        document = [hit.chunk.source_id in wanted for hit in hits]
        page = [
            right and any(fact in folded(advisor.shelf.pages_of(hit.chunk)) for fact in facts)
            for right, hit in zip(document, hits, strict=True)
        ]
        places.append((document, page))
    return Retrieval(
        len(places),
        sum(document[:1] == [True] for document, _ in places),
        sum(any(document) for document, _ in places),
        sum(page[:1] == [True] for _, page in places),
        sum(any(page) for _, page in places),
    )


def _cases(path: Path) -> list[Mapping[str, object]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(said.NO_QUESTIONS.format(file=path, error=error)) from error
    cases: list[Mapping[str, object]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            date.fromisoformat(case["as_of"])
            cases.append({"id": case["id"], "question": case["question"], **case})
            question_of(case)
            for key in LISTS:
                listed(case, key)
            if any(len(pair) != 2 for pair in listed(case, "binds")):
                raise TypeError("binds")
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(said.NO_CASE.format(file=path, line=number, error=error)) from error
    return cases


def question_of(case: Mapping[str, object]) -> Question:
    """What is asked in a case. Raises ValueError, KeyError or TypeError where it is not of its form."""
    profile = case.get("profile") or {}
    history = case.get("history") or ()
    if not isinstance(profile, Mapping) or not isinstance(history, Sequence):
        raise TypeError("profile, history")
    return Question(
        text=str(case["question"]),
        as_of=date.fromisoformat(str(case["as_of"])),
        profile=CompanyProfile(
            region=profile.get("region"),
            industry=profile.get("industry"),
            employees=profile.get("employees"),
            size=SizeClass(profile["size"]) if profile.get("size") else None,
            founded=profile.get("founded"),
            insured=profile.get("insured"),
            needs=tuple(profile.get("needs") or ()),
        ),
        history=tuple(Turn(turn["role"], turn["content"]) for turn in history),
    )
