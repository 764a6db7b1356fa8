"""Contacts on the wire: a place and a programme flow in; whom to call flows out, with the programme beside each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, Field

from rag.domain import CompanyProfile, Contact, Match, Result
from rag.text import squash
from server.asking.making import contact_out, key_out
from server.asking.records import ContactOut, KeyOut
from server.desks.desks import Desk
from server.http.fresh import Refusal
from server.portal.filters import NO_PLACE
from server.portal.listing import NO_PROGRAM, Citations, Paged, ProgramId, ProgramName, page_of, paging
from server.portal.marks import Marks

NOTHING_ASKED = "region, program: 하나는 적어 주세요."


class OfProgram(BaseModel):
    """The programme that an office is asked about."""

    id: ProgramId
    name: ProgramName
    year: int | None = Field(description="어느 해의 사업인지(연도)", examples=[2026])
    key: KeyOut = Field(description="같은 이름의 다른 사업과 가르는 것")


class OfficeOut(ContactOut):
    """Whom to ask about one programme; `track` is the part of it that the office is for."""

    program: OfProgram = Field(description="이 문의처가 안내하는 사업")
    track: str | None = Field(description="사업의 한 세부 유형만 맡으면 그 이름", examples=["일반형"])


class ContactPage(Paged):
    """Whom to call."""

    contacts: list[OfficeOut] = Field(description="문의처. 그 지역을 맡은 곳만 있고, 없으면 빈 목록입니다.")
    citations: Citations


def contact_page(
    desk: Desk, region: str | None, program: str | None, as_of: date, page: int, per_page: int
) -> ContactPage | Refusal:
    """The offices of a programme (id, name or other name) for a place, or all that serve a place.

    Without a programme only offices told apart by place are meant, as in answers: a number for everybody is that of no
    place. Asking for neither is refused, and so is what nobody knows.
    """
    if not region and not program:
        return Refusal(422, NOTHING_ASKED)
    places = desk.serving(region, as_of) if region else None
    if region and places is None:
        return Refusal(422, NO_PLACE)
    matches = _meant(desk, program, as_of) if program else desk.fit(CompanyProfile(), as_of).matches
    if not matches:
        return Refusal(404, f"program: {NO_PROGRAM}")
    found = [
        (match, contact)
        for match in matches
        if places is None or places[match.program.id] is not Result.UNMET
        for contact in desk.offices(match, region, as_of)
        if program or contact.regions
    ]
    marks = Marks()
    return ContactPage(
        contacts=[_office(match, contact, marks) for match, contact in page_of(found, page, per_page)],
        citations=marks.citations(desk.catalogue.source),
        **paging(len(found), page, per_page),
        as_of=as_of,
        generation=desk.record.id,
    )


def _meant(desk: Desk, program: str, as_of: date) -> Sequence[Match]:
    """The programme of that id; else the editions of the day that go by that name, white space and case ignored."""
    own = [match for match in desk.match(CompanyProfile(), as_of) if match.program.id == program]
    bare = _bare(program)
    current = desk.fit(CompanyProfile(), as_of).matches
    return own or [match for match in current if bare in map(_bare, (match.program.name, *match.program.aliases))]


def _bare(name: str) -> str:
    return squash(name).casefold()


def _office(match: Match, contact: Contact, marks: Marks) -> OfficeOut:
    program = match.program
    return OfficeOut(
        **dict(contact_out(contact, marks)),
        program=OfProgram(id=program.id, name=program.name, year=program.year, key=key_out(program)),
        track=contact.track,
    )
