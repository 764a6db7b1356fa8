"""Evaluating: a question file flows in; which questions pass, and what each failing answer misses, flows out.

The file holds one JSON object a line: id, question, as_of, kind, and what the answer must and must not hold
(must_include, must_not_include, programs_any, programs_all, programs_not, status, cites_any, answerable).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from rag.advisor import Advisor
from rag.domain import Answer, AnswerStatus, CompanyProfile, Question, SizeClass, Turn, Verdict
from rag.errors import CorpusError

DEPTH = 10
"""Passages that retrieval is asked for."""

_EXPECTED = (
    "must_include",
    "must_not_include",
    "programs_any",
    "programs_all",
    "programs_not",
    "cites_any",
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that did not pass: what was missing or wrong, and the answer given."""

    id: str
    kind: str
    question: str
    missing: tuple[str, ...]
    answer: str


class Fault(StrEnum):
    """In what an answer fell short."""

    FACT = "빠진 사실"
    FORBIDDEN = "있으면 안 되는 말"
    PROGRAM = "사업"
    CITATION = "출처"
    STATUS = "상태"


@dataclass(frozen=True, slots=True)
class Row:
    """How many questions of one kind were asked and passed, and in how many of them each fault was found."""

    kind: str
    asked: int
    passed: int
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
    """The whole run: a row a kind, every failure, and retrieval by itself."""

    rows: tuple[Row, ...]
    failures: tuple[Failure, ...]
    retrieval: Retrieval

    @property
    def asked(self) -> int:
        """How many questions were asked."""
        return sum(row.asked for row in self.rows)

    @property
    def passed(self) -> int:
        """How many passed."""
        return sum(row.passed for row in self.rows)


def evaluate(path: Path, advisor: Advisor) -> Report:
    """Ask every question of the file. Raises CorpusError naming the line that cannot be read."""
    outcomes: dict[str, list[set[Fault]]] = {}
    failures = []
    cases = _cases(path)
    for case in cases:
        answer = advisor.answer(_question(case))
        missing = _missing(case, answer)
        kind = str(case.get("kind", ""))
        outcomes.setdefault(kind, []).append({fault for fault, _ in missing})
        if missing:
            told = tuple(words for _, words in missing)
            failures.append(Failure(str(case["id"]), kind, str(case["question"]), told, answer.text))
    rows = tuple(_row(kind, found) for kind, found in sorted(outcomes.items()))
    return Report(rows, tuple(failures), _retrieval(cases, advisor))


def _row(kind: str, found: Sequence[set[Fault]]) -> Row:
    faults = tuple((fault, sum(fault in one for one in found)) for fault in Fault)
    return Row(kind, len(found), sum(not one for one in found), faults)


def _retrieval(cases: Sequence[Mapping[str, object]], advisor: Advisor) -> Retrieval:
    """The cases that name their document and a fact on its page, asked of retrieval alone."""
    places = []
    for case in cases:
        wanted, facts = set(_list(case, "cites_any")), [_folded(str(w)) for g in _list(case, "must_include") for w in g]
        if not wanted or not facts or case.get("answerable") is False or case.get("history"):
            continue
        hits = advisor.knowledge.find(str(case["question"]), DEPTH)
        document = [hit.chunk.source_id in wanted for hit in hits]
        page = [
            right and any(fact in _folded(advisor.knowledge.pages_of(hit.chunk)) for fact in facts)
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
        raise CorpusError(f"{path}: 질문 파일을 읽을 수 없습니다({error}).") from error
    cases: list[Mapping[str, object]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
            date.fromisoformat(case["as_of"])
            cases.append({"id": case["id"], "question": case["question"], **case})
            _question(case)
            for key in _EXPECTED:
                _list(case, key)
        except (ValueError, KeyError, TypeError) as error:
            raise CorpusError(
                f"{path} {number}번째 줄: id, question, as_of가 있고 항목마다 꼴이 맞는 JSON이어야 합니다({error!r})."
            ) from error
    return cases


def _question(case: Mapping[str, object]) -> Question:
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


def _missing(case: Mapping[str, object], answer: Answer) -> list[tuple[Fault, str]]:
    """What the answer misses or holds against the case, one phrase each; empty when it passes."""
    return [
        *((Fault.FACT, words) for words in _facts_missing(case, answer)),
        *((Fault.FORBIDDEN, words) for words in _forbidden(case, answer)),
        *((Fault.PROGRAM, words) for words in _programs_wrong(case, answer)),
        *((Fault.STATUS, words) for words in _status_wrong(case, answer)),
        *((Fault.CITATION, words) for words in _citations_wrong(case, answer)),
    ]


def _facts_missing(case: Mapping[str, object], answer: Answer) -> Iterator[str]:
    text = _folded(answer.text)
    for group in _list(case, "must_include"):
        if not any(_folded(str(word)) in text for word in group):
            yield f"빠진 사실: {' | '.join(map(str, group[:5]))}"


def _forbidden(case: Mapping[str, object], answer: Answer) -> Iterator[str]:
    text = _folded(answer.text)
    yield from (f"있으면 안 되는 말: {word}" for word in _list(case, "must_not_include") if _folded(str(word)) in text)


def _programs_wrong(case: Mapping[str, object], answer: Answer) -> Iterator[str]:
    names = {m.program.name for m in answer.matches}
    recommended = {m.program.name for m in answer.matches if m.verdict is not Verdict.INELIGIBLE}
    if _list(case, "programs_any") and not names & set(_list(case, "programs_any")):
        yield f"빠진 사업(하나 이상): {', '.join(_list(case, 'programs_any'))}"
    yield from (f"빠진 사업: {name}" for name in _list(case, "programs_all") if name not in names)
    yield from (f"추천하면 안 되는 사업: {name}" for name in _list(case, "programs_not") if name in recommended)


def _status_wrong(case: Mapping[str, object], answer: Answer) -> Iterator[str]:
    wanted = [*_list(case, "programs_any"), *_list(case, "programs_all")]
    status = case.get("status")
    if status and not any(m.status.value == status for m in answer.matches if not wanted or m.program.name in wanted):
        yield f"접수 상태가 {status}이(가) 아님"
    wanted_status = case.get("answer_status")
    if wanted_status and answer.status.value != wanted_status:
        yield f"답변 상태가 {wanted_status}이(가) 아님: {answer.status.value}"
    if answer.status is AnswerStatus.FAILED:
        yield "답변을 만들지 못함"


def _citations_wrong(case: Mapping[str, object], answer: Answer) -> Iterator[str]:
    cited = {c.evidence.source_id for c in answer.citations}
    if _list(case, "cites_any") and not cited & set(_list(case, "cites_any")):
        yield f"빠진 출처(하나 이상): {', '.join(_list(case, 'cites_any'))}"


def _list(case: Mapping[str, object], key: str) -> list[str]:
    value = case.get(key) or []
    if not isinstance(value, list):
        raise TypeError(key)
    return value


def _folded(text: str) -> str:
    """Text for comparing: NFKC, lower case, without white space and the marks , · . ~ - ( ) ' " 「 」 : /"""
    return re.sub(r"[\s,·.~\-()'\"「」:/]", "", unicodedata.normalize("NFKC", text).lower())
