"""Matches on the wire: a company and a day flow in; what fits it flows out, best first, with every condition judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field, JsonValue

from rag.domain import CompanyProfile, Verdict
from rag.inbound import whole
from server.asking.making import contact_out, program_out, verdict_out
from server.asking.records import ContactOut, ProgramOut
from server.asking.request import ProfileIn
from server.asking.values import Day, Inbound, Words
from server.desks.desks import Desk
from server.http.fresh import Refusal
from server.portal.filters import NO_PLACE
from server.portal.listing import Citations, Paged, page_of, paging
from server.portal.marks import Marks

EXAMPLE: dict[str, JsonValue] = {
    "profile": {"region": "경기도 화성시", "employees": 32, "industry": "자동차 부품 제조", "size": "중소기업"},
    "needs": ["설비를 바꾸는 비용"],
    "as_of": "2026-03-20",
    "ineligible": "omit",
}


class Ineligible(StrEnum):
    """What becomes of programmes that do not admit the company."""

    LAST = "last"
    OMIT = "omit"


class MatchRequest(Inbound):
    """A company to find programmes for."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    profile: ProfileIn = Field(description="기업 정보. 모르는 것은 비웁니다.", examples=[EXAMPLE["profile"]])
    needs: Annotated[list[Words], Field(max_length=20)] = Field(
        default=[], description="필요한 것. profile.needs와 함께 봅니다.", examples=[EXAMPLE["needs"]]
    )
    as_of: Day | None = Field(
        default=None, description="기준일(YYYY-MM-DD). 비우면 오늘(한국)입니다.", examples=["2026-03-20"]
    )
    ineligible: Ineligible = Field(
        default=Ineligible.LAST,
        description="대상이 아닌 사업을 까닭과 함께 끝에(last) 또는 빼고(omit)",
        examples=["omit"],
    )
    page: Annotated[int, Field(strict=True, ge=1, le=100_000), BeforeValidator(whole)] = Field(
        default=1, description="몇째 쪽인지. 1부터 셉니다.", examples=[1]
    )
    per_page: Annotated[int, Field(strict=True, ge=1, le=100), BeforeValidator(whole)] = Field(
        default=20, description="한 쪽에 몇 개까지인지", examples=[20]
    )

    def company(self) -> CompanyProfile:
        """The company with all its needs."""
        profile = self.profile.profile()
        return replace(profile, needs=tuple(dict.fromkeys((*profile.needs, *self.needs))))


class MatchOut(ProgramOut):
    """A programme against the company, with whom to call on it from where the company is."""

    contacts: list[ContactOut] = Field(description="이 기업의 지역에서 물어볼 곳. 없으면 빈 목록입니다.")


class MatchPage(Paged):
    """What fits a company, best first; what does not admit it comes last, with the condition that shuts it out."""

    programs: list[MatchOut] = Field(description="맞는 순서대로, 대상이 아닌 사업은 끝에")
    counts: dict[Verdict, int] = Field(
        description="판정마다 몇 개인지. 기업 정보가 없으면 비어 있습니다.", examples=[{"eligible": 3, "possible": 5}]
    )
    elsewhere: int = Field(description="다른 지역이 자기 지역을 위해 하는 사업이라 넣지 않은 수", examples=[12])
    citations: Citations


def match_page(
    desk: Desk, company: CompanyProfile, as_of: date, ineligible: Ineligible, page: int, per_page: int
) -> bytes | Refusal:
    """One page of what fits, as JSON; a place nobody knows is refused."""
    if company.region and not desk.knows_place(company.region):
        return Refusal(422, f"profile.{NO_PLACE}")
    found = desk.fit(company, as_of)
    kept = [m for m in found.matches if ineligible is Ineligible.LAST or m.verdict is not Verdict.INELIGIBLE]
    marks = Marks()
    told = []
    for match in page_of(kept, page, per_page):
        contacts = [contact_out(c, marks) for c in desk.offices(match, company.region, as_of)]
        told.append(MatchOut(**dict(program_out(match, as_of, marks)), contacts=contacts))
    shown = MatchPage(
        programs=told,
        counts=_counts([verdict_out(match) for match in kept]),
        elsewhere=found.elsewhere,
        citations=marks.citations(desk.catalogue.source),
        **paging(len(kept), page, per_page),
        as_of=as_of,
        generation=desk.record.id,
    )
    return shown.model_dump_json().encode()


def _counts(verdicts: Sequence[Verdict | None]) -> dict[Verdict, int]:
    return dict(Counter(verdict for verdict in verdicts if verdict is not None))
