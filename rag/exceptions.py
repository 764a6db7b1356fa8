"""Exceptions: findings on a programme and the words of a question flow in, findings that heed exceptions flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.domain import CriterionField, Finding, Result
from rag.text import morphemes

_EXCEPTION = re.compile(r"예외")
# Words of an exception that tell no case from another.
_COMMON = frozenset(
    ["구분", "내용", "예외", "업력", "중소", "기업", "이내", "이상", "미만", "포함", "경우", "해당", "따르"]
)
_TOLD = 0.5


def heeding_exceptions(findings: Sequence[Finding], words: str) -> tuple[Finding, ...]:
    """The findings without those that only state an exception; one unmet that has an exception is judged anew.

    It is met where the words tell of the excepted case and the company fits it, and unknown where they tell nothing
    and no other track is open.
    """
    return tuple(_heeding(f, findings, words) for f in findings if not _is_exception(f))


def _is_exception(finding: Finding) -> bool:
    criterion = finding.criterion
    is_bound = criterion.field in (CriterionField.AGE, CriterionField.EMPLOYEES)
    return is_bound and not criterion.strict and bool(_EXCEPTION.search(criterion.text))


def _heeding(finding: Finding, findings: Sequence[Finding], words: str) -> Finding:
    if finding.result is not Result.UNMET:
        return finding
    for exception in _exceptions_to(finding, findings):
        case = exception.criterion.text.rpartition(": ")[2].rstrip(". ")
        if _is_told(case, words):
            met = replace(finding.criterion, text=exception.criterion.text, evidence=exception.criterion.evidence)
            return Finding(met, Result.MET, f"예외에 해당합니다: {case}.")
        if any(_opens(other, finding) for other in findings):
            return finding
        reason = f"{finding.reason.rstrip('.')}. 다만 예외가 있습니다: {case}."
        return Finding(finding.criterion, Result.UNKNOWN, reason, f"예외에 해당하나요? {case}")
    return finding


def _opens(other: Finding, finding: Finding) -> bool:
    """Whether another way in by the same property is open, so that no exception need be asked after."""
    criterion = other.criterion
    is_met = criterion.strict and other.result is Result.MET
    return is_met and criterion.field is finding.criterion.field and criterion.track != finding.criterion.track


def _exceptions_to(finding: Finding, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The exceptions told under the same heading that the company fits."""
    criterion = finding.criterion
    for other in findings:
        is_beside = other.criterion.evidence.section == criterion.evidence.section
        is_of_it = _is_exception(other) and is_beside and other.criterion.field is criterion.field
        if is_of_it and other.result is Result.MET:
            yield other


def _is_told(case: str, words: str) -> bool:
    """Whether the words speak of most of what makes the case one of its own."""
    own = {m for m in morphemes(case) if len(m) > 1 and m not in _COMMON and not m.isdigit()}
    said = set(morphemes(words))
    return bool(own) and len(own & said) / len(own) >= _TOLD
