"""한 사업: the address of a programme, with a company, flows in; its page, or its days as a calendar, flows out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import TypeAdapter, ValidationError

from rag.domain import CompanyProfile, SizeClass
from rag.errors import JiwonError
from server.asking.values import Day
from server.desks.desks import Desks
from server.http.fresh import CALENDAR, Refusal, fresh, read, wanted
from server.pages.company import COMPANY, FIELDS, company_of
from server.pages.programs import HERE
from server.pages.responses import page, said
from server.pages.told import Asked, days_ahead, told
from server.pages.wrong import refused
from server.portal.calendar import calendar
from server.portal.filters import Filters
from ui.pages.drawing import draw
from ui.pages.sheet import ProgramView

LONGEST = 200
_DAY = TypeAdapter(Day)
ONWARD = ((HERE, "지원사업 목록으로 가기"),)


def program_routes(desks: Desks, today: Callable[[], date]) -> APIRouter:
    """`/programs/{id}` and its calendar."""
    router = APIRouter(include_in_schema=False)

    @router.get(f"{HERE}/{{program_id}}")
    async def program(caller: Request, program_id: str) -> Response:
        typed = {name: caller.query_params.get(name, "") for name in (*COMPANY, "place", "as_of")}
        typed = {name: value.strip()[: LONGEST + 1] for name, value in typed.items() if value.strip()}
        notice, asked = "", Asked(program_id, CompanyProfile(), "", today())
        try:
            asked = _asked(program_id, typed, today())
        except JiwonError as error:
            notice = str(error)
        found = await desks.run(told, asked)
        if isinstance(found, Refusal) and found.status != 404:
            notice = found.detail
            found = await desks.run(told, Asked(program_id, CompanyProfile(), "", asked.as_of))
        if isinstance(found, Refusal):
            return said("없는 지원사업", found.detail, found.status, ONWARD)
        is_private = any(name in typed for name in (*COMPANY, "place"))
        return page(_drawn(found, typed, notice), 422 if notice else 200, is_private=is_private)

    @router.get(f"{HERE}/{{program_id}}/calendar.ics")
    async def days(caller: Request, program_id: str) -> Response:
        within = days_ahead(today())
        filters = Filters(id=program_id)
        found = await desks.run(read, wanted(caller, within.as_of), calendar, within, filters, str(caller.base_url))
        if found.body is not None and b"BEGIN:VEVENT" not in found.body:
            raise HTTPException(404, "이 사업은 달력에 넣을 날짜가 없습니다.")
        response = fresh(found, CALENDAR)
        response.headers["Content-Disposition"] = 'attachment; filename="jiwon.ics"'
        return response

    return router


def _asked(program_id: str, typed: Mapping[str, str], today: date) -> Asked:
    """What was asked of a programme. Raises JiwonError with a sentence for what cannot be read."""
    company = company_of({name: value for name, value in typed.items() if name in COMPANY})
    try:
        day = _DAY.validate_python(typed["as_of"]) if "as_of" in typed else today
    except ValidationError as error:
        raise refused(error, {"as_of": "기준일"}) from error
    if len(typed.get("place", "")) > LONGEST:
        raise JiwonError(f"문의할 지역: 너무 깁니다({LONGEST}자까지).")
    return Asked(program_id, company, typed.get("place", ""), day)


def _drawn(view: ProgramView, typed: Mapping[str, str], notice: str) -> str:
    return draw(
        "program.html",
        here=HERE,
        view=view,
        typed=typed,
        notice=notice,
        fields=FIELDS,
        sizes=tuple(SizeClass),
        company=[(name, value) for name, value in typed.items() if name in (*COMPANY, "as_of")],
    )
