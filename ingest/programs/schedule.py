"""Schedule: a programme's statements flow in, its application periods flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest.programs.periods import parse_period
from rag.domain import Detail, Period, PeriodKind

_TRACK = re.compile(
    r"(?:^|(?<=예정)\s|(?<=[상수]시)\s|(?<=까지)\s|(?<=[일.)])\s|\n)\s*\(?([가-힣A-Za-z][가-힣A-Za-z·+\s]{1,18}?)\)?\s*:\s*"
)
_ROUND = re.compile(r"\(?(\d{1,2}차)\)?\s*:?\s*")
_APPLYING = re.compile(r"접수|신청|제출|모집|공모")
_YEAR_RUN = re.compile(
    r"['’]?(20\d\d|\d\d)\s*[년.]\s*(\d{1,2})\s*월?\s*[~∼～-]\s*(?:['’]?(20\d\d|\d\d)\s*[년.]\s*)?(\d{1,2})\s*월"
)


def periods(stated: Sequence[Detail], year: int | None) -> tuple[Period, ...]:
    """The periods under 신청기간; failing that, the dated statements on applying; failing that, one UNSTATED."""
    labelled = [d for d in stated if d.label == "신청기간"]
    found = [p for d in labelled for p in _of(d, year) if p.kind is not PeriodKind.UNSTATED]
    if not found:
        found = _from_sentences(stated, year)
    if not found:
        return (Period(PeriodKind.UNSTATED, ""),)
    return _distinct(found)


def _of(detail: Detail, year: int | None) -> list[Period]:
    marks = list(_ROUND.finditer(detail.text))
    if len(marks) < 2 or marks[0].start() > 0:
        marks = list(_TRACK.finditer(detail.text))
    if not marks or marks[0].start() > 0:
        return [parse_period(detail.text, year, detail.evidence)]
    ends = [*(m.start() for m in marks[1:]), len(detail.text)]
    return [
        parse_period(detail.text[mark.end() : end].strip(" ,/·"), year, detail.evidence, mark[1].strip())
        for mark, end in zip(marks, ends, strict=True)
    ]


def _from_sentences(stated: Sequence[Detail], year: int | None) -> list[Period]:
    """Deadlines told in running text ("3월 10일까지 접수된 …"); of several, the one that says most."""
    found = []
    for detail in stated:
        for sentence in re.split(r"(?<=[다요])\.\s+|\n", detail.text):
            if not _APPLYING.search(sentence) or len(sentence) > 400:
                continue
            period = parse_period(sentence, year, detail.evidence)
            if period.kind in (PeriodKind.FIXED, PeriodKind.ANNOUNCED) and _names_applying(sentence):
                found.append(period)
    fixed = [p for p in found if p.kind is PeriodKind.FIXED]
    return fixed[:1] or _bounded_by_run(found[:1], stated)


def _names_applying(sentence: str) -> bool:
    return bool(re.search(r"(?:까지|마감|접수|제출)", sentence))


def _bounded_by_run(found: list[Period], stated: Sequence[Detail]) -> list[Period]:
    """Announced months keep no later day than the end of the programme itself, where that is stated."""
    for detail in stated:
        match = _YEAR_RUN.search(detail.text) if detail.label == "사업기간" else None
        if match and found:
            end_year = int(match[3] or match[1])
            end = date(end_year + (2000 if end_year < 100 else 0), int(match[4]), 28)
            return [replace(p, expected_to=min(p.expected_to, end) if p.expected_to else end) for p in found]
    return found


def _distinct(found: Sequence[Period]) -> tuple[Period, ...]:
    kept: dict[tuple[object, ...], Period] = {}
    for period in found:
        kept.setdefault((period.kind, period.opens_on, period.closes_on, period.expected_from, period.track), period)
    return tuple(kept.values())
