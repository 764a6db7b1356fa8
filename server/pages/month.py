"""달력: a month with filters flows in; what opens and closes on its days flows out, a page or a calendar to follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import BaseModel, Field, ValidationError

from rag.addresses import program_at
from rag.domain import BenefitKind
from rag.errors import JiwonError
from rag.inbound import FIRST_DAY, LAST_DAY
from server.asking.values import Words
from server.desks.desks import Desk, Desks
from server.http.fresh import CALENDAR, Refusal, fresh, read, wanted
from server.pages.looking import CHOICES, LABELS
from server.pages.responses import page
from server.pages.wrong import refused
from server.portal.calendar import calendar
from server.portal.deadlines import LONGEST_SPAN, Days, Deadline, deadlines
from server.portal.filters import Filters
from ui.pages.drawing import draw
from ui.pages.listed import whose
from ui.pages.month import Happening, MonthView, month_view

HERE = "/calendar"
BEFORE = 31
"""A calendar that is followed keeps what was so many days ago."""
NAMES = {"month": "달", "region": LABELS["region"], "kind": LABELS["kind"], "event": "보기"}


class Events(StrEnum):
    """What of a period is shown beside the last day."""

    ALL = "all"
    CLOSES = "closes"


EVENTS = {Events.ALL.value: "마감과 시작", Events.CLOSES.value: "마감만"}


class Query(BaseModel):
    """What the address of the calendar may say."""

    month: Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")] | None = None
    region: Words | None = None
    kind: BenefitKind | None = None
    event: Events = Events.ALL

    @property
    def filters(self) -> Filters:
        """Of which programmes the days are shown."""
        return Filters(region=self.region, kind=self.kind)


def calendar_routes(desks: Desks, today: Callable[[], date]) -> APIRouter:
    """`/calendar` and `/calendar.ics`."""
    router = APIRouter(include_in_schema=False)

    @router.get(HERE)
    async def month(caller: Request) -> Response:
        typed = _typed(caller.query_params)
        day = today()
        first, notice = day.replace(day=1), ""
        found: MonthView | Refusal | None = None
        try:
            query = _query(typed)
        except JiwonError as error:
            notice = str(error)
        else:
            first = _first(query, day)
            days = Days(first, _next(first) - timedelta(1), day, opens=query.event is Events.ALL)
            found = await desks.run(happening, days, query.filters)
        if isinstance(found, Refusal):
            notice = found.detail.replace("region:", f"{NAMES['region']}:")
        view = found if isinstance(found, MonthView) else None
        feed = f"{HERE}.ics{_asked(typed, ('region', 'kind', 'event'))}"
        html = draw(
            "calendar.html",
            here=HERE,
            view=view,
            notice=notice,
            typed=typed,
            labels=NAMES,
            kinds=CHOICES["kind"],
            events=EVENTS,
            month=f"{first.year}년 {first.month}월",
            feed=feed,
            follow=f"webcal://{caller.url.netloc}{feed}",
            **_around(first, typed),
        )
        return page(html, 422 if notice else 200)

    @router.get(f"{HERE}.ics")
    async def feed(caller: Request) -> Response:
        try:
            query = _query(_typed(caller.query_params))
        except JiwonError as error:
            raise HTTPException(422, str(error)) from error
        day = today()
        opens = query.event is Events.ALL
        days = Days(day - timedelta(BEFORE), day + timedelta(LONGEST_SPAN - BEFORE), day, opens=opens)
        told = await desks.run(read, wanted(caller, day), calendar, days, query.filters, str(caller.base_url))
        return fresh(told, CALENDAR)

    return router


def happening(desk: Desk, days: Days, filters: Filters) -> MonthView | Refusal:
    """A month at a desk; `days` are its first and last."""
    found = deadlines(desk, days, filters)
    if isinstance(found, Refusal):
        return found
    return month_view(days.first, map(_happening, found), days.as_of)


def _happening(one: Deadline) -> Happening:
    program = one.match.program
    name = " ".join(filter(None, (program.name, one.period.track, one.period.round)))
    at = f"{one.at:%H:%M}" if one.at else ""
    return Happening(one.day, one.event.value, name, program_at(program.id), whose(program), at)


def _typed(query: Mapping[str, str]) -> dict[str, str]:
    return {name: query[name].strip() for name in NAMES if query.get(name, "").strip()}


def _query(typed: Mapping[str, str]) -> Query:
    """What was asked for. Raises JiwonError with a sentence for what cannot be."""
    try:
        query = Query.model_validate(typed)
    except ValidationError as error:
        raise refused(error, NAMES) from error
    if query.month and not f"{FIRST_DAY:%Y-%m}" <= query.month <= f"{LAST_DAY:%Y-%m}":
        raise JiwonError(f"{NAMES['month']}: {FIRST_DAY.year}년부터 {LAST_DAY.year}년까지 볼 수 있습니다.")
    return query


def _first(query: Query, today: date) -> date:
    return date.fromisoformat(f"{query.month}-01") if query.month else today.replace(day=1)


def _next(first: date) -> date:
    return (first + timedelta(31)).replace(day=1)


def _around(first: date, typed: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The addresses of the months before and after, with their names; none beyond what can be asked about."""
    before, after = (first - timedelta(1)).replace(day=1), _next(first)
    told = {}
    for name, month, is_there in (("before", before, before >= FIRST_DAY), ("after", after, after <= LAST_DAY)):
        address = HERE + _asked({**typed, "month": f"{month:%Y-%m}"}, tuple(NAMES))
        told[name] = (
            (address, f"{month.month}월" if month.year == first.year else f"{month.year}년 {month.month}월")
            if is_there
            else ("", "")
        )
    return told


def _asked(typed: Mapping[str, str], names: tuple[str, ...]) -> str:
    pairs = [(name, typed[name]) for name in names if name in typed]
    return f"?{urlencode(pairs)}" if pairs else ""
