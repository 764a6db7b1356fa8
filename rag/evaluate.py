"""Evaluating: a question file flows in; which questions pass, and what each failing answer misses, flows out.

The file holds one JSON object a line: id, question, as_of, kind, and what the answer must and must not hold
(must_include, must_not_include, programs_any, programs_all, programs_not, status, cites_any, answerable).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rag.advisor import Advisor
from rag.domain import Answer, AnswerStatus, CompanyProfile, Question, SizeClass, Turn, Verdict
from rag.errors import CorpusError

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


@dataclass(frozen=True, slots=True)
class Row:
    """How many questions of one kind were asked and passed."""

    kind: str
    asked: int
    passed: int


@dataclass(frozen=True, slots=True)
class Report:
    """The whole run: a row a kind, and every failure."""

    rows: tuple[Row, ...]
    failures: tuple[Failure, ...]

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
    outcomes: dict[str, list[bool]] = {}
    failures = []
    for case in _cases(path):
        answer = advisor.answer(_question(case))
        missing = _missing(case, answer)
        kind = str(case.get("kind", ""))
        outcomes.setdefault(kind, []).append(not missing)
        if missing:
            failures.append(Failure(str(case["id"]), kind, str(case["question"]), tuple(missing), answer.text))
    rows = tuple(Row(kind, len(passed), sum(passed)) for kind, passed in sorted(outcomes.items()))
    return Report(rows, tuple(failures))


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


def _missing(case: Mapping[str, object], answer: Answer) -> list[str]:
    """What the answer misses or holds against the case, one phrase each; empty when it passes."""
    text = _folded(answer.text)
    shown = [m for m in answer.matches if m.verdict is not Verdict.INELIGIBLE]
    names = {m.program.name for m in answer.matches}
    found = []
    for group in _list(case, "must_include"):
        if not any(_folded(str(word)) in text for word in group):
            found.append(f"빠진 사실: {' | '.join(map(str, group[:5]))}")
    found.extend(f"있으면 안 되는 말: {word}" for word in _list(case, "must_not_include") if _folded(str(word)) in text)
    wanted = [*_list(case, "programs_any"), *_list(case, "programs_all")]
    if _list(case, "programs_any") and not names & set(_list(case, "programs_any")):
        found.append(f"빠진 사업(하나 이상): {', '.join(_list(case, 'programs_any'))}")
    found.extend(f"빠진 사업: {name}" for name in _list(case, "programs_all") if name not in names)
    recommended = {m.program.name for m in shown}
    found.extend(f"추천하면 안 되는 사업: {name}" for name in _list(case, "programs_not") if name in recommended)
    status = case.get("status")
    if status and not any(m.status.value == status for m in answer.matches if not wanted or m.program.name in wanted):
        found.append(f"접수 상태가 {status}이(가) 아님")
    cited = {c.evidence.source_id for c in answer.citations}
    if _list(case, "cites_any") and not cited & set(_list(case, "cites_any")):
        found.append(f"빠진 출처(하나 이상): {', '.join(_list(case, 'cites_any'))}")
    wanted_status = case.get("answer_status")
    if wanted_status and answer.status.value != wanted_status:
        found.append(f"답변 상태가 {wanted_status}이(가) 아님: {answer.status.value}")
    if answer.status is AnswerStatus.FAILED:
        found.append("답변을 만들지 못함")
    return found


def _list(case: Mapping[str, object], key: str) -> list[str]:
    value = case.get(key) or []
    if not isinstance(value, list):
        raise TypeError(key)
    return value


def _folded(text: str) -> str:
    """Text for comparing: NFKC, lower case, without white space and the marks , · . ~ - ( ) ' " 「 」 : /"""
    return re.sub(r"[\s,·.~\-()'\"「」:/]", "", unicodedata.normalize("NFKC", text).lower())
