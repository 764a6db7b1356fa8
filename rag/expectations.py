"""Expectations: a case of a question file and an answer flow in; what the answer misses flows out, phrase by phrase.

The keys of a case are those of the format of question files: must_include, must_not_include, binds, programs_any,
programs_all, programs_not, status, verdict, cites_any, cites_all, cites_not, answerable, lead and kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from rag.domain import Answer, Verdict
from rag.messages import measuring as said
from rag.wordlists import word_lists

Case = Mapping[str, object]

LISTS = (
    *("must_include", "must_not_include", "binds", "lead", "programs_any", "programs_all", "programs_not"),
    *("cites_any", "cites_all", "cites_not", "verdict"),
)
"""The keys whose value is a list."""

_FRONT = 300
_LONGEST, _LONGEST_OF_SEVERAL = 500, 900
_SERVED = Path(__file__).with_name("served.yaml")
_MARK = re.compile(r"\[\d+\]")
_LEFT_OUT = re.compile(r"[\s,·.~\-()'\"「」『』:/*_`|#]")


class Fault(StrEnum):
    """In what an answer fell short."""

    FACT = said.FACT
    FORBIDDEN = said.FORBIDDEN
    PROGRAM = said.PROGRAM
    CITATION = said.CITATION
    STATUS = said.STATUS


def missing(case: Case, answer: Answer) -> list[tuple[Fault, str]]:
    """What the answer misses or holds against the case, one phrase each; empty when it passes."""
    return [
        *((Fault.FACT, words) for words in _facts_missing(case, answer)),
        *((Fault.FORBIDDEN, words) for words in _forbidden(case, answer)),
        *((Fault.PROGRAM, words) for words in _programs_wrong(case, answer)),
        *((Fault.STATUS, words) for words in _status_wrong(case, answer)),
        *((Fault.CITATION, words) for words in _citations_wrong(case, answer)),
    ]


def unserved(case: Case, answer: Answer) -> list[str]:
    """Why the answer serves nobody though it may be right: the fact asked for far down, too long, or first denied."""
    text, found = shown(answer), []
    groups = listed(case, "lead") or listed(case, "must_include")
    if groups and not any(_holds(group, folded(text[:_FRONT])) for group in groups):
        found.append(said.FACT_FAR_DOWN.format(length=_FRONT))
    limit = _LONGEST_OF_SEVERAL if case.get("kind") in word_lists(_SERVED)["long"] else _LONGEST
    if len(text) > limit:
        found.append(said.TOO_LONG.format(most=limit, length=len(text)))
    is_denied = _denies(text.split("\n")[0])
    is_to_deny = any(_denies(str(word)) for group in listed(case, "must_include") for word in group)
    if case.get("answerable", True) and is_denied and not is_to_deny:
        found.append(said.FIRST_DENIED)
    return found


def shown(answer: Answer) -> str:
    """The text of an answer without its marks."""
    return _MARK.sub("", answer.text).strip()


def folded(text: str) -> str:
    """Text for comparing: NFKC, lower case, without white space, marks of Markdown, and , · . ~ - ( ) : /"""
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text).lower())


def listed(case: Case, key: str) -> list[Any]:
    """The list of a case under a key. Raises TypeError where it is none."""
    value = case.get(key) or []
    if not isinstance(value, list):
        raise TypeError(key)
    return value


def _holds(group: Sequence[str], text: str) -> bool:
    return any(folded(str(word)) in text for word in group)


def _denies(text: str) -> bool:
    return any(words in text for words in word_lists(_SERVED)["denials"])


def _facts_missing(case: Case, answer: Answer) -> Iterator[str]:
    text = folded(shown(answer))
    for group in listed(case, "must_include"):
        if not _holds(group, text):
            yield said.FACT_MISSING.format(words=" | ".join(map(str, group[:5])))
    lines = [folded(line) for line in shown(answer).split("\n")]
    for label, value in listed(case, "binds"):
        if not _is_bound(folded(label), folded(value), lines):
            yield said.FACT_UNBOUND.format(label=label, value=value)


def _is_bound(label: str, value: str, lines: Sequence[str]) -> bool:
    """Whether the value stands on a line with the label, or on the line below it."""
    return any(value in line and (label in line or (at and label in lines[at - 1])) for at, line in enumerate(lines))


def _forbidden(case: Case, answer: Answer) -> Iterator[str]:
    text = folded(shown(answer))
    told = (words for words in listed(case, "must_not_include") if folded(str(words)) in text)
    yield from (said.FORBIDDEN_TOLD.format(words=words) for words in told)


def _programs_wrong(case: Case, answer: Answer) -> Iterator[str]:
    names = {folded(match.program.name) for match in answer.matches if match.verdict is not Verdict.INELIGIBLE}
    any_of = listed(case, "programs_any")
    if any_of and not names & set(map(folded, any_of)):
        yield said.NO_PROGRAM_OF.format(names=", ".join(any_of))
    absent = (name for name in listed(case, "programs_all") if folded(name) not in names)
    yield from (said.PROGRAM_MISSING.format(names=name) for name in absent)
    wrong = (name for name in listed(case, "programs_not") if folded(name) in names)
    yield from (said.PROGRAM_WRONG.format(names=name) for name in wrong)


def _status_wrong(case: Case, answer: Answer) -> Iterator[str]:
    wanted = set(map(folded, listed(case, "programs_any") or listed(case, "programs_all")))
    status = case.get("status")
    if status and not any(m.status == status for m in answer.matches if not wanted or folded(m.program.name) in wanted):
        yield said.STANDING_WRONG.format(wanted=status)
    verdicts = {match.verdict for match in answer.matches}
    allowed = listed(case, "verdict")
    if allowed and verdicts and not verdicts & set(allowed):
        yield said.VERDICT_WRONG.format(wanted=", ".join(allowed), found=", ".join(sorted(map(str, verdicts))))
    wanted_status = case.get("answer_status")
    if wanted_status and answer.status != wanted_status:
        yield said.STATUS_WRONG.format(wanted=wanted_status, found=answer.status)


def _citations_wrong(case: Case, answer: Answer) -> Iterator[str]:
    cited = {citation.evidence.source_id for citation in answer.citations}
    if case.get("answerable", True):
        any_of = listed(case, "cites_any")
        if any_of and not cited & set(any_of):
            yield said.NO_CITATION_OF.format(names=", ".join(any_of))
        absent = (source for source in listed(case, "cites_all") if source not in cited)
        yield from (said.CITATION_MISSING.format(names=source) for source in absent)
    wrong = (source for source in listed(case, "cites_not") if source in cited)
    yield from (said.CITATION_WRONG.format(names=source) for source in wrong)
