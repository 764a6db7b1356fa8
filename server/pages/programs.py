"""지원사업: the address with its filters flows in; the page with cards, months and comparison flows out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from rag.errors import JiwonError
from server.desks.desks import Desks
from server.http.fresh import Refusal
from server.pages.listed import listed
from server.pages.looking import CHOICES, LABELS, MOST_PICKS, Look, look_of, typed_of
from server.pages.responses import page
from ui.pages.drawing import draw
from ui.pages.listed import ListView

HERE = "/programs"
NEAR = 2
"""So many pages before and after the one shown are led to."""


def program_list_routes(desks: Desks, today: Callable[[], date]) -> APIRouter:
    """`/programs`."""
    router = APIRouter(include_in_schema=False)

    @router.get(HERE)
    async def programs(caller: Request) -> Response:
        typed = typed_of(caller.query_params.multi_items())
        try:
            look = look_of(typed, today())
        except JiwonError as error:
            return page(_drawn(typed, None, None, str(error)), 422)
        found = await desks.run(listed, look)
        if isinstance(found, Refusal):
            said = found.detail.replace("region:", f"{LABELS['region']}:")
            return page(_drawn(typed, None, None, said), found.status)
        return page(_drawn(typed, look, found, _note(typed, found)))

    return router


def _note(typed: Mapping[str, Any], found: ListView) -> str:
    """What a reader should know of what was asked and not found."""
    gone = len(typed["pick"]) - len(found.picked)
    return f"비교하려던 사업 {gone}개는 지금 자료에 없습니다." if gone else ""


def _drawn(typed: Mapping[str, Any], look: Look | None, view: ListView | None, notice: str) -> str:
    picks = tuple(card.id for card in view.picked) if view else ()
    return draw(
        "programs.html",
        here=HERE,
        typed=typed,
        choices=CHOICES,
        labels=LABELS,
        used=sum(name not in ("q", "sort", "page", "pick", "as_of") for name in typed),
        look=look,
        view=view,
        notice=notice,
        most_picks=MOST_PICKS,
        pages=_pages(view.page, view.pages) if view else (),
        to_page=lambda number: address(typed, page=number),
        picking=lambda id_: address(typed, pick=(*picks, id_)),
        dropping=lambda id_: address(typed, pick=tuple(pick for pick in picks if pick != id_)),
        onward=_onward(typed),
        unfiltered=address({"pick": typed.get("pick", ())}),
    )


def address(typed: Mapping[str, Any], **changed: Any) -> str:
    """The address of the list with what was typed, some of it changed; another order or filter begins at page 1."""
    told = {**typed, **changed}
    pairs: list[tuple[str, Any]] = [(name, told[name]) for name in LABELS if name != "pick" and told.get(name)]
    pairs += [("pick", id_) for id_ in told.get("pick", ())]
    return f"{HERE}?{urlencode(pairs)}" if pairs else HERE


def _onward(typed: Mapping[str, Any]) -> str:
    """What goes on to the page of a programme: the day, and the place from which it is to be called."""
    pairs = [(to, typed[name]) for name, to in (("as_of", "as_of"), ("region", "place")) if name in typed]
    return f"?{urlencode(pairs)}" if pairs else ""


def _pages(at: int, count: int) -> tuple[int, ...]:
    """The pages that are led to, with 0 where some are left out."""
    kept: Iterable[int] = sorted({1, count, *range(max(1, at - NEAR), min(count, at + NEAR) + 1)} - {0})
    told: list[int] = []
    for number in kept:
        if told and number - told[-1] > 1:
            told.append(0)
        told.append(number)
    return tuple(told)
