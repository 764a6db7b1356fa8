"""Peers: a case and the figures of a corpus flow in; those to set beside the company flow out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.diagnosis.contacts import places_of
from rag.diagnosis.marks import Marks
from rag.diagnosis.overview import UNKNOWN, band
from rag.diagnosis.records import Case, Compared
from rag.diagnosis.survey import question
from rag.diagnosis.tree import Block, Grid, Paragraph
from rag.domain import Result, SizeClass
from rag.grammar.places import Gazetteer
from rag.grammar.trades import is_in, trades_of
from rag.statistics import OUTSIDE, Figure
from rag.text import squash

# What a figure is about that the survey asks as well.
_ASKED = (("ai활용", "ai_use"), ("ai교육", "ai_training"), ("ai훈련", "ai_training"), ("훈련", "training"))
_SMALL = (SizeClass.MICRO, SizeClass.SMALL)
_NOTE = "'이 회사가 드는 쪽'은 적은 규모와 소재지로 정했습니다. 조사한 해가 달라 지금과 다를 수 있습니다."


@dataclass(frozen=True, slots=True)
class _Here:
    """What of a company decides whether a figure is told of its like."""

    case: Case
    gazetteer: Gazetteer
    as_of: date


def compared(case: Case, figures: Sequence[Figure], gazetteer: Gazetteer, as_of: date) -> tuple[Compared, ...]:
    """Figures on the company's own trade and band, and of figures on everybody all groups, its own marked.

    A figure on a trade or a band is told to a company of that trade and band alone; a figure of which no group is the
    company's is not told.
    """
    here = _Here(case, gazetteer, as_of)
    fits = {figure: _fits(figure, here) for figure in figures}
    kin = [f for f in figures if (f.trade or f.band) and fits[f]]
    whole = [f for f in figures if not (f.trade or f.band)]
    told = {f.figure for f in whole if fits[f]}
    shown = [*kin, *(f for f in whole if f.figure in told)]
    return tuple(
        Compared(f.figure, f.group, f.value, f"{f.survey}({f.year}년)".strip(), bool(fits[f]), f.evidence)
        for f in dict.fromkeys(shown)
    )


def _fits(figure: Figure, here: _Here) -> bool:
    """Whether the company is for sure of the group that a figure is told of."""
    company = here.case.company
    if figure.trade and is_in(trades_of(company.industry, company.industry_code), (figure.trade,)) is not True:
        return False
    if figure.band and squash(figure.band) != squash(band(company.employees) or ""):
        return False
    if figure.size and not (company.size is figure.size or (company.size in _SMALL and figure.size is SizeClass.SMALL)):
        return False
    return not figure.area or _lies(figure.area, here)


def _lies(area: str, here: _Here) -> bool:
    places = places_of(here.case, here.gazetteer, here.as_of)
    wanted = Result.UNMET if area.endswith(OUTSIDE) else Result.MET
    inside = {here.gazetteer.inside(place, area.removesuffix(OUTSIDE), here.as_of) for place in places}
    return inside == {wanted}


def peers(found: Sequence[Compared], case: Case, marks: Marks) -> Iterator[Block]:
    """A table for each figure: what the company said, then each group with its value and source."""
    for figure in dict.fromkeys(each.figure for each in found):
        rows = tuple(
            (
                each.group,
                each.value,
                "이 회사가 드는 쪽" if each.is_own else "-",
                each.survey,
                marks.of((each.evidence,)),
            )
            for each in found
            if each.figure == figure
        )
        yield Paragraph(f"{figure} — 이 회사: {_own(figure, case)}")
        yield Grid(("구분", figure, "이 회사", "조사", "출처"), rows)
    yield Paragraph(_NOTE, is_note=True)


def _own(figure: str, case: Case) -> str:
    asked = next((id_ for words, id_ in _ASKED if words in squash(figure)), "")
    return (question(asked).said(case.reply(asked)) if asked else "") or UNKNOWN
