"""The words of a diagnosis: frozen records that flow from a company and its survey to a report.

Days are `datetime.date`, money is KRW, shares are percent (0–100); `None` is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rag.domain import CompanyProfile, Contact, Evidence, Finding, Match, SizeClass
from rag.saying.draft import Line


class Level(StrEnum):
    """AI level of a company, in the words of the guide's table of training by level."""

    BASIC = "초급"
    MIDDLE = "중급"
    ADVANCED = "고급"


class Window(StrEnum):
    """Whether one may apply in a month, as far as the documents say."""

    OPEN = "open"
    EXPECTED = "expected"
    UNKNOWN = "unknown"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Training:
    """훈련이력: one training that the company has had."""

    name: str
    year: int | None = None
    people: int | None = None
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """기업 개요: what the overview of a report shows; anything may be unknown.

    `address` is where it sits, `site` where its training is held. `insured_since` is the start of employment insurance,
    `priority_support` tells a 우선지원대상기업; `founded_month` is 1–12; `support_ceiling` and `support_used` are
    training support of this year in KRW. `circumstances` are what else it tells of itself that a condition may hang on,
    in its own words ("체납 없음", "벤처기업 확인서 있음").
    """

    name: str | None = None
    workplace_number: str | None = None
    address: str | None = None
    industry: str | None = None
    industry_code: str | None = None
    insured: bool | None = None
    insured_since: date | None = None
    priority_support: bool | None = None
    size: SizeClass | None = None
    employees: int | None = None
    founded: int | None = None
    person: str | None = None
    is_government: bool | None = None
    trainings: tuple[Training, ...] = ()
    support_ceiling: int | None = None
    support_used: int | None = None
    site: str | None = None
    founded_month: int | None = None
    circumstances: tuple[str, ...] = ()

    @property
    def support_left(self) -> int | None:
        """What is left of this year's training support, in KRW; unknown where either sum is."""
        if self.support_ceiling is None or self.support_used is None:
            return None
        return max(self.support_ceiling - self.support_used, 0)

    @property
    def profile(self) -> CompanyProfile:
        """What programmes are matched against."""
        insured = True if self.insured is None and self.insured_since else self.insured
        return CompanyProfile(
            self.address,
            self.industry,
            self.employees,
            self.size,
            self.founded,
            insured,
            site=self.site,
            founded_in=self.founded_month if self.founded else None,
            priority_support=self.priority_support,
            is_government=self.is_government,
            industry_code=self.industry_code,
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of the survey: the ids of the options chosen, or an amount in KRW, or free words."""

    question: str
    options: tuple[str, ...] = ()
    amount: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Doubted:
    """의심스러운 값: the field of the company or the question of the survey (by id), and what to ask about it."""

    field: str
    ask: str


@dataclass(frozen=True, slots=True)
class Case:
    """진단 대상: a company and what it replied to the survey; a question without a reply is unknown.

    `doubted` is what was told in a way that leaves a question.
    """

    company: Company = Company()
    replies: tuple[Reply, ...] = ()
    doubted: tuple[Doubted, ...] = ()

    def reply(self, question: str) -> Reply | None:
        """The reply to one question of the survey."""
        return next((reply for reply in self.replies if reply.question == question), None)


@dataclass(frozen=True, slots=True)
class LevelFinding:
    """AI 수준 판정: the level, the replies that led to it, and what to ask where it cannot be told."""

    level: Level | None
    reasons: tuple[str, ...]
    asks: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """추천: one programme with what the company must know of it; every line carries its evidence.

    `considerations` are what to mind, `amounts` what is computed for this company, `steps` what to do,
    `documents` what to prepare, `contacts` whom to ask for this place.
    """

    match: Match
    considerations: tuple[Line, ...]
    amounts: tuple[Line, ...]
    steps: tuple[Line, ...]
    documents: tuple[Line, ...]
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """아깝게 맞지 않는 사업: a programme that suits the need, and the conditions that shut the company out.

    Where none is missing, its period is over.
    """

    match: Match
    missing: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class RoadmapItem:
    """로드맵 한 줄: a course of one level for some people, planned from `first` to `last` (months from 0 to 11).

    `windows` tell for each of the twelve months whether one may apply to the programme that pays; what prepares the
    courses has no level.
    """

    level: Level | None
    course: str
    people: str
    program: str
    first: int
    last: int
    windows: tuple[Window, ...]
    note: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """견줄 값: what a survey found ("28.7%") of a group of companies, and whether the company is of that group."""

    figure: str
    group: str
    value: str
    survey: str
    is_own: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """진단: everything a report tells of one case on one day, from one generation.

    `branches` and `centres` serve the company's place; `asks` are the questions that would settle what is unknown, and
    `asked` names for each of them the field of the company, or the question of the survey, that answers it; `compared`
    are figures on companies like it; `planned` are programmes that are to pay for something and are not recommended.
    """

    case: Case
    as_of: date
    generation: str
    level: LevelFinding
    recommendations: tuple[Recommendation, ...]
    near_misses: tuple[NearMiss, ...]
    roadmap: tuple[RoadmapItem, ...]
    combinations: tuple[Line, ...]
    proposals: tuple[Line, ...]
    branches: tuple[Contact, ...]
    centres: tuple[Contact, ...]
    asks: tuple[str, ...]
    asked: tuple[str, ...] = ()
    compared: tuple[Compared, ...] = ()
    planned: tuple[Recommendation, ...] = ()
