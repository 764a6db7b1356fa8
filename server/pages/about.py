"""정확도: figures of first sight and the documents at hand flow in; a page of how far answers hold flows out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path

from fastapi import APIRouter, Response

from rag.aging import OLD_DAYS, latest_day
from rag.domain import Extent, Source
from rag.errors import JiwonError
from rag.wordlists import sizes
from server.desks.desks import Desk, Desks
from server.pages.responses import page
from ui.pages.drawing import draw

FIGURES = Path(__file__).parent / "accuracy.yaml"
LISTED = 20
"""So many of the documents are named, the newest ones."""
OTHERS = "그 밖"
_SURE = 1.96
"""Standard errors around a share within which it lies in 95 of 100 cases."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Questions of one kind: how many were asked, and how many answered as they should be."""

    name: str
    asked: int
    passed: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on a day; `served` are the answers that also told first what was asked, and nothing set aside.

    `swing` is by how much the share may be off by chance, in points of a hundred.
    """

    day: date
    asked: int
    passed: int
    served: int
    kinds: tuple[Kind, ...]

    @property
    def swing(self) -> int:
        """Half of the interval in which the share lies in 95 of 100 cases, in points of a hundred."""
        share = self.passed / self.asked
        return round(100 * _SURE * sqrt(share * (1 - share) / self.asked))


@dataclass(frozen=True, slots=True)
class Held:
    """The documents that answers rest on, the newest first, and of which generation they are."""

    generation: str
    built_on: str
    programs: int
    documents: tuple[Source, ...]
    count: int
    newest: str
    oldest: str
    undated: int
    old: int
    unread: int


def about_routes(desks: Desks, today: Callable[[], date]) -> APIRouter:
    """`/about`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/about")
    async def about() -> Response:
        held, why = None, ""
        try:
            held = await desks.run(held_on, today())
        except JiwonError as error:
            why = str(error)
        return page(draw("about.html", here="/about", figures=figures(), held=held, why=why))

    return router


def figures() -> Figures:
    """What was measured last, of every kind; those of no kind that is named are told together."""
    told = sizes(FIGURES)
    day, whole = told["measured"], told["all"]
    kinds = [
        Kind(name, int(own["asked"]), int(own["passed"]))
        for name, own in told.items()
        if name not in ("measured", "all")
    ]
    asked, passed = int(whole["asked"]), int(whole["passed"])
    rest = Kind(OTHERS, asked - sum(one.asked for one in kinds), passed - sum(one.passed for one in kinds))
    when = date(int(day["year"]), int(day["month"]), int(day["day"]))
    return Figures(when, asked, passed, int(whole["served"]), (*kinds, *([rest] if rest.asked else [])))


def held_on(desk: Desk, day: date) -> Held:
    """What the served generation rests on, and what of it is old on a day."""
    sources = sorted(desk.catalogue.sources(), key=lambda source: source.published_on, reverse=True)
    dated = [source.published_on for source in sources if source.published_on]
    latest = [latest_day(told) for told in dated]
    unread = (Extent.UNREAD, Extent.PARTLY)
    return Held(
        generation=desk.record.id,
        built_on=desk.record.built_at[:10],
        programs=desk.record.programs,
        documents=tuple(sources[:LISTED]),
        count=len(sources),
        newest=dated[0] if dated else "",
        oldest=dated[-1] if dated else "",
        undated=len(sources) - len(dated),
        old=sum(1 for one in latest if one and (day - one).days > OLD_DAYS),
        unread=sum(1 for result in desk.catalogue.results() if result.extent in unread),
    )
