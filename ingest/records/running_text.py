"""Running text: statements flow in, the application periods that their sentences tell flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from ingest.phrases import phrases
from ingest.records.stated_periods import periods_of, unnumbered
from ingest.values.written_days import from_publication, last_of_month, year_of
from rag.domain import Detail, Evidence, Period, PeriodKind

FROM_PUBLICATION = 0.8
"""Days that count from the day of the document ("다음 달 15일")."""
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
# Statements under these labels speak of the programme, of money or of others, never of applying.
NOT_APPLYING = frozenset({"사업기간", "지원기간", "융자기간", "훈련내용", "사례", "추진배경", "추진근거", "기대효과"})
# Where a sentence ends, or the next item of a list inside a cell begins.
_SENTENCE_END = re.compile(r"(?<=[다요])\.\s+|\n|\s(?=[■□●▪]\s)")
_YEAR_RUN = re.compile(
    r"['’]?(20\d\d|\d\d)\s?[년.]\s?(1[0-2]|0?[1-9])\s?월?\s?[~∼～-]"
    r"\s?(?:['’]?(20\d\d|\d\d)\s?[년.]\s?)?(1[0-2]|0?[1-9])\s?월"
)


def from_sentences(stated: Sequence[Detail], year: int | None, published: date | None) -> list[Period]:
    """Deadlines told in running text ("3월 10일까지 접수된 …"); of several, the one that says most.

    A sentence that tells the part it speaks of is joined by the others that do.
    """
    found: list[tuple[bool, Period]] = []
    before = ""
    for detail in map(unnumbered, stated):
        is_headed = _WORDS["bare_head"].is_all(before)
        before = detail.text
        if detail.label in NOT_APPLYING:
            continue
        for sentence in _SENTENCE_END.split(detail.text):
            if len(sentence) > 400 or not (is_headed or _is_on_applying(sentence)):
                continue
            for period in _told(sentence, detail, year, published):
                if period.kind is PeriodKind.FIXED or _is_plain(period.kind, sentence):
                    found.append((_WORDS["led"].is_in(sentence), period))
    named = [p for _, p in found if p.track]
    fixed = [p for _, p in sorted(found, key=lambda told: not told[0]) if p.kind is PeriodKind.FIXED]
    if len({p.track for p in named}) > 1:
        return named
    return _with_hours(_fullest(fixed, stated), fixed) or _bounded_by_run([p for _, p in found][:1], stated)


def _fullest(fixed: Sequence[Period], stated: Sequence[Detail]) -> list[Period]:
    """The first period, with the day at its other end where another sentence tells both, or the next one that day."""
    first = fixed[0] if fixed else None
    if first is None or (first.opens_on and first.closes_on):
        return list(fixed[:1])
    for period in fixed:
        is_whole = period.opens_on and period.closes_on
        if is_whole and (period.opens_on == first.opens_on or period.closes_on == first.closes_on):
            return [period]
    opening = [p for p in fixed if not p.closes_on]
    closing = [p for p in fixed if not p.opens_on]
    if len({p.opens_on for p in opening}) != 1 or len({p.closes_on for p in closing}) != 1:
        return [first]
    if (opening[0].opens_on or date.max) > (closing[0].closes_on or date.min):
        return [first]
    evidence = _together(opening[0].evidence, closing[0].evidence, stated)
    if evidence is None:
        return [first]
    text = f"{opening[0].text} · {closing[0].text}"
    sure = min(opening[0].confidence, closing[0].confidence)
    return [replace(closing[0], opens_on=opening[0].opens_on, text=text, evidence=evidence, confidence=sure)]


def _with_hours(told: Sequence[Period], fixed: Sequence[Period]) -> list[Period]:
    """The periods, a last day without its hour with the one that another sentence tells of the same day."""
    hours = {period.closes_on: period.closes_at for period in fixed if period.closes_at}
    return [replace(p, closes_at=p.closes_at or hours.get(p.closes_on)) for p in told]


def _together(one: Evidence | None, other: Evidence | None, stated: Sequence[Detail]) -> Evidence | None:
    """The words of two statements that follow one another, as one stretch; `None` for others."""
    if one == other:
        return one
    for above, below in pairwise(detail.evidence for detail in stated):
        if {above, below} == {one, other}:
            pages = (above.pages[0], below.pages[1])
            return replace(above, pages=pages, quote=f"{above.quote}\n{below.quote}")
    return None


def _told(sentence: str, detail: Detail, year: int | None, published: date | None) -> list[Period]:
    written = from_publication(sentence, published) if published else sentence
    told = periods_of(replace(detail, text=written), year)
    return (
        told if written == sentence else [replace(p, text=sentence.strip(), confidence=FROM_PUBLICATION) for p in told]
    )


def _is_on_applying(sentence: str) -> bool:
    if not _WORDS["applying"].is_in(sentence) or (
        _WORDS["other"].is_in(sentence) and not _WORDS["led"].is_in(sentence)
    ):
        return False
    return _WORDS["names_applying"].is_in(sentence) or _WORDS["takes"].is_in(sentence)


def _is_plain(kind: PeriodKind, sentence: str) -> bool:
    if kind is PeriodKind.ANNOUNCED:
        return _WORDS["expects"].is_in(sentence)
    return kind in (PeriodKind.ALWAYS, PeriodKind.UNTIL_SPENT) and _WORDS["takes"].is_in(sentence)


def _bounded_by_run(found: list[Period], stated: Sequence[Detail]) -> list[Period]:
    """Announced months keep no later day than the end of the programme itself, where that is stated."""
    for detail in stated:
        match = _YEAR_RUN.search(detail.text) if detail.label == "사업기간" else None
        if match and found:
            end = last_of_month(year_of(match[3] or match[1]) or date.max.year, int(match[4]))
            return [replace(p, expected_to=min(p.expected_to, end) if p.expected_to else end) for p in found]
    return found
