"""The request: what a caller sends to `/v1/ask` flows in, a Question flows out."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rag.domain import CompanyProfile, Question, SizeClass, Turn
from rag.reading.talk import recent
from server.asking.values import NOT_BLANK, Count, Day, Inbound, Place, Words, Year


class ProfileIn(Inbound):
    """What is known of the company; every field may be left out."""

    region: Place | None = Field(default=None, description="사업장이 있는 시·도나 시·군·구(200자까지)")
    industry: Words | None = Field(default=None, description="업종(200자까지)")
    employees: Count | None = Field(default=None, description="상시근로자 수(명)")
    size: SizeClass | None = Field(default=None, description="기업 규모")
    founded: Year | None = Field(default=None, description="설립 연도(년)")
    insured: Annotated[bool, Field(strict=True)] | None = Field(default=None, description="고용보험에 가입했는지")
    needs: Annotated[list[Words], Field(max_length=20)] = Field(
        default=[], description="필요한 것. 20개까지, 하나에 200자까지"
    )

    def profile(self) -> CompanyProfile:
        """The profile in the words of the product."""
        return CompanyProfile(
            self.region, self.industry, self.employees, self.size, self.founded, self.insured, tuple(self.needs)
        )


class TurnIn(Inbound):
    """One earlier turn of the conversation."""

    role: Literal["user", "assistant"] = Field(description="누구의 말인지: user(묻는 사람), assistant(앞선 답변)")
    content: Annotated[str, Field(max_length=20_000)] = Field(description="한 말(20,000자까지)")


class AskRequest(Inbound):
    """A question; `as_of` is today in Korea where it is not given; of `history` the end counts, see `recent`."""

    question: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
        Field(json_schema_extra=NOT_BLANK),
    ] = Field(description="묻는 말. 한국어나 영어로 1~2,000자")
    as_of: Day | None = Field(default=None, description="기준일(YYYY-MM-DD). 비우면 오늘(한국)입니다.")
    profile: ProfileIn | None = Field(default=None, description="기업 정보. 모르는 것은 비웁니다.")
    history: Annotated[list[TurnIn], Field(max_length=100)] = Field(
        default=[], description="앞선 대화. 100개까지이며 끝의 것부터 봅니다."
    )
    conversation_id: Annotated[str, Field(max_length=200)] | None = Field(
        default=None, description="대화의 id(200자까지). 부르는 쪽이 정하며, 지울 때 씁니다."
    )

    def as_question(self, today: date) -> Question:
        """The question in the words of the product."""
        return Question(
            text=self.question,
            as_of=self.as_of or today,
            profile=self.profile.profile() if self.profile else CompanyProfile(),
            history=recent([Turn(turn.role, turn.content) for turn in self.history]),
        )
