"""Announcing over HTTP: what staff announce flows in and stands above answers at once; what stands flows out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi import Path as Param
from pydantic import BaseModel, Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from rag.announced import Announcement, Effect
from rag.text import squash
from server.asking.announced_wire import AnnouncementOut, announcement_out
from server.asking.values import NOT_BLANK, Day, Inbound
from server.clock import now
from server.desks.announcing_desks import Board
from server.desks.desks import Desk, Desks
from server.http.keys import Keys, staff_only
from server.http.problems import refusals
from server.http.queries import then_known
from server.review.reviewing import who
from server.store.announcements import MOST, Announcements, Posting

# What looks like a mark of a citation, or like HTML, would be taken for one.
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300, pattern=r"^[^<>\[\]]*$"),
    Field(json_schema_extra={"pattern": r"^[^<>\[\]]*[^<>\[\]\s][^<>\[\]]*$"}),
]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Field(json_schema_extra=NOT_BLANK)
]
BOTH = "program, authority: 하나만 적어 주세요. 모든 사업이면 둘 다 비웁니다."
NO_PROGRAM = "program: 그런 지원사업이 없습니다. GET /v1/programs에서 id나 이름을 확인해 주세요."
NO_AUTHORITY = "authority: 그런 부처나 기관의 지원사업이 없습니다. GET /v1/programs에서 이름을 확인해 주세요."
NO_YEAR = "year: 사업(program)과 함께, 그 사업이 있는 해를 적어 주세요."
WRONG_WAY = "{first}, {last}: 첫날이 마지막 날보다 뒤일 수 없습니다."
OUTSIDE = "effect_since, effect_until: 알리는 기간(since, until) 안이어야 합니다."
NO_EFFECT = "effect_since, effect_until: effect가 none이면 적지 않습니다."
NOT_FOUND = "그런 알림이 없습니다. GET /v1/corpus/announcements에서 id를 확인해 주세요."
TOO_MANY = f"알림은 {MOST}개까지 둘 수 있습니다. 지난 알림을 지워 주세요."


class AnnouncementIn(Inbound):
    """What to announce; days that are left out are today, or none."""

    text: Text = Field(description="알리는 글(300자까지, 한 문단). '<', '>', '[', ']'는 쓸 수 없습니다.")
    program: Name | None = Field(default=None, description="한 사업만이면 그 id나 이름")
    year: Annotated[int, Field(ge=1990, le=2100)] | None = Field(default=None, description="그 사업의 한 해만이면 그해")
    authority: Name | None = Field(default=None, description="한 부처나 기관의 사업 모두면 그 이름")
    since: Day | None = Field(default=None, description="알리기 시작하는 날(YYYY-MM-DD). 비우면 오늘")
    until: Day | None = Field(default=None, description="알리는 마지막 날(YYYY-MM-DD). 비우면 지울 때까지")
    effect: Effect = Field(
        default=Effect.NONE, description="접수에 미치는 것. 중단이나 취소면 접수 중이라고 하지 않습니다."
    )
    effect_since: Day | None = Field(default=None, description="그 첫날(YYYY-MM-DD). 비우면 since")
    effect_until: Day | None = Field(default=None, description="그 마지막 날(YYYY-MM-DD). 비우면 until")


class PostedOut(AnnouncementOut):
    """An announcement with who posted it."""

    posted_at: str = Field(description="알린 때(ISO 8601)", examples=["2026-03-18T09:00:00+09:00"])
    person: str = Field(description="알린 사람", examples=["운영자"])
    is_shown: bool = Field(description="오늘 알리고 있는지", examples=[True])


class AnnouncementList(BaseModel):
    """All that stand, the newest first."""

    announcements: list[PostedOut] = Field(description="알림. 새것부터")
    total: int = Field(description="모두 몇 개인지", examples=[1])


def announcement_routes(desks: Desks, board: Board, keys: Keys, today: Callable[[], date]) -> APIRouter:
    """`/v1/corpus/announcements`, each behind the key."""
    behind = [Depends(staff_only(keys)), Depends(then_known)]
    router = APIRouter(prefix="/v1/corpus/announcements", tags=["직원"], dependencies=behind)
    store: Announcements = board.announcements

    @router.get("", summary="직원 알림 목록")
    def announcements() -> AnnouncementList:
        found = [_posted(one, today()) for one in store.all()]
        return AnnouncementList(announcements=found, total=len(found))

    @router.post("", summary="답변 위에 알리기", status_code=201, responses=refusals(409))
    async def announce(request: Request, response: Response, body: AnnouncementIn) -> PostedOut:
        meant = await desks.run(meant_by, body, today())
        if isinstance(meant, str):
            raise HTTPException(422, meant)
        if len(await run_in_threadpool(store.all)) >= MOST:
            raise HTTPException(409, TOO_MANY)
        posted = await run_in_threadpool(store.post, meant, who(request), now())
        board.forget()
        response.headers["Location"] = f"/v1/corpus/announcements/{posted.announcement.id}"
        return _posted(posted, today())

    @router.delete("/{announcement}", summary="알림 지우기", status_code=204, responses=refusals(404))
    def take_back(announcement: Annotated[str, Param(max_length=40, description="알림의 id")]) -> None:
        if not store.take_back(announcement):
            raise HTTPException(404, NOT_FOUND)
        board.forget()

    return router


def meant_by(desk: Desk, body: AnnouncementIn, today: date) -> Announcement | str:
    """The notice with the names that the catalogue has; a sentence where it means nothing."""
    since = body.since or today
    first, last = body.effect_since or since, body.effect_until or body.until
    if wrong := _wrong(body, since, first, last):
        return wrong
    programs = desk.catalogue.programs()
    name, year = "", body.year
    if body.program:
        found = [p for p in programs if p.id == body.program]
        year = found[0].year if found else year
        found = found or [p for p in programs if squash(body.program) in map(squash, (p.name, *p.aliases))]
        if not found:
            return NO_PROGRAM
        if year is not None and year not in {p.year for p in found}:
            return NO_YEAR
        name = found[0].name
    given = (each for p in programs for each in (p.ministry, p.agency, p.key.authority if p.key else ""))
    if body.authority and squash(body.authority) not in set(map(squash, filter(None, given))):
        return NO_AUTHORITY
    has_effect = body.effect is not Effect.NONE
    return Announcement(
        id="",
        text=" ".join(body.text.split()),
        posted_on=today,
        since=since,
        until=body.until,
        program=name,
        year=year if name else None,
        authority=body.authority or "",
        effect=body.effect,
        effect_since=first if has_effect else None,
        effect_until=last if has_effect else None,
    )


def _wrong(body: AnnouncementIn, since: date, first: date, last: date | None) -> str:
    """What is wrong with whom it is about and with its days, "" where nothing is."""
    if body.program and body.authority:
        return BOTH
    if body.year is not None and not body.program:
        return NO_YEAR
    if body.effect is Effect.NONE:
        if body.effect_since or body.effect_until:
            return NO_EFFECT
    elif last and first > last:
        return WRONG_WAY.format(first="effect_since", last="effect_until")
    elif first < since or (body.until and (last is None or last > body.until)):
        return OUTSIDE
    return WRONG_WAY.format(first="since", last="until") if body.until and since > body.until else ""


def _posted(one: Posting, today: date) -> PostedOut:
    told = announcement_out(one.announcement).model_dump()
    return PostedOut(**told, posted_at=one.posted_at, person=one.person, is_shown=one.announcement.is_shown(today))
