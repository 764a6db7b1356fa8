"""The work of tools, done at a desk: what a tool was asked flows in, a bounded record flows out, or what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from rag.announced import MOST_TOLD, posted
from rag.conditions.tree import unread_of
from rag.domain import CompanyProfile, Contact, Detail, Match, Period, PeriodStatus, Program, Source, Verdict
from rag.messages import place
from rag.periods import days_left
from server.desks.desks import Desk
from server.faces.tools_wire import (
    MOST_FACTS,
    MOST_FINDINGS,
    MOST_LETTERS,
    BenefitShort,
    ContactShort,
    ContactsOut,
    DeadlinesOut,
    FactShort,
    FindingShort,
    JudgedShort,
    MatchesOut,
    PeriodShort,
    ProgramShort,
    ProgramsOut,
    ProgramWhole,
    SourceShort,
)
from server.http.fresh import Refusal
from server.portal.filters import Filters, chosen

NO_PLACE = "region: 모르는 지역입니다. '경기도 화성시'처럼 시·도나 시·군·구를 적어 주세요."
NO_PROGRAM = "그런 지원사업이 없습니다. programs로 이름과 id를 확인해 주세요."
WHICH = "이름이 맞는 사업이 여럿입니다. id로 물어봐 주세요: {names}"
WRONG_WAY = "from, to: 첫날이 마지막 날보다 뒤일 수 없습니다."
TOO_LONG = "from, to: 366일까지 볼 수 있습니다. 나누어 물어봐 주세요."
SPAN, LONGEST = timedelta(30), timedelta(366)
MOST_NAMES = 5


def fitting(desk: Desk, profile: CompanyProfile, as_of: date, limit: int) -> MatchesOut | str:
    """What a company may apply for, best first."""
    if profile.region and not desk.knows_place(profile.region):
        return f"profile.{NO_PLACE}"
    fits = [match for match in desk.fit(profile, as_of).matches if match.verdict is not Verdict.INELIGIBLE]
    return MatchesOut(
        programs=[judged_short(match, as_of) for match in fits[:limit]],
        total=len(fits),
        as_of=as_of,
        generation=desk.record.id,
    )


def listed(desk: Desk, filters: Filters, as_of: date, page: int, per_page: int) -> ProgramsOut | str:
    """A page of the catalogue, newest year first, then by name."""
    through = chosen(desk, filters, as_of)
    if isinstance(through, Refusal):
        return through.detail
    found = list(through.matches)
    found.sort(key=lambda match: (-(match.program.year or 0), match.program.name))
    return ProgramsOut(
        programs=[_program(match, as_of) for match in found[(page - 1) * per_page : page * per_page]],
        program=None,
        total=len(found),
        page=page,
        pages=-(-len(found) // per_page),
        as_of=as_of,
        generation=desk.record.id,
    )


def whole(desk: Desk, program_id: str, as_of: date) -> ProgramsOut | str:
    """One programme with its facts."""
    match = next((m for m in desk.match(CompanyProfile(), as_of) if m.program.id == program_id), None)
    if match is None:
        return NO_PROGRAM
    return ProgramsOut(
        programs=[],
        program=_whole(match, as_of, desk.catalogue.source(match.program.source_id)),
        total=1,
        page=1,
        pages=1,
        as_of=as_of,
        generation=desk.record.id,
    )


def reached(desk: Desk, program: str, region: str | None, as_of: date, limit: int) -> ContactsOut | str:
    """Whom to call on a programme, named or by its id; from a place, those who serve it."""
    if region and not desk.knows_place(region):
        return NO_PLACE
    found = _named(desk.match(CompanyProfile(), as_of), program)
    if not found:
        return NO_PROGRAM
    if len(found) > 1:
        names = ", ".join(f"{m.program.name}({m.program.id})" for m in found[:MOST_NAMES])
        return WHICH.format(names=names)
    offices = desk.offices(found[0], region, as_of)
    return ContactsOut(
        contacts=[contact_short(contact, found[0].program.name) for contact in offices[:limit]],
        total=len(offices),
        as_of=as_of,
        generation=desk.record.id,
    )


def closing(
    desk: Desk, first: date | None, last: date | None, region: str | None, today: date, limit: int
) -> DeadlinesOut | str:
    """The programmes whose last day lies within some days, both within, by their last day."""
    first = first or today
    last = last or first + SPAN
    if first > last:
        return WRONG_WAY
    if last - first > LONGEST:
        return TOO_LONG
    through = chosen(desk, Filters(region=region), today)
    if isinstance(through, Refusal):
        return through.detail
    found = [
        match
        for match in through.matches
        if match.status is not PeriodStatus.CANCELLED and first <= _closes(match.period) <= last
    ]
    found.sort(key=lambda match: (_closes(match.period), match.program.name))
    return DeadlinesOut(
        programs=[_program(match, today) for match in found[:limit]],
        total=len(found),
        first=first,
        last=last,
        as_of=today,
        generation=desk.record.id,
    )


def judged_short(match: Match, as_of: date) -> JudgedShort:
    """A programme with the conditions that were held against the company."""
    findings = [
        FindingShort(criterion=cut(f.criterion.text), result=f.result, reason=f.reason, ask=f.ask)
        for f in match.findings[:MOST_FINDINGS]
    ]
    unread = dict.fromkeys(cut(clause.text) for clause in unread_of(match.program))
    return JudgedShort(
        **dict(_program(match, as_of)), verdict=match.verdict, findings=findings, unread=list(unread)[:MOST_FINDINGS]
    )


def contact_short(contact: Contact, program: str) -> ContactShort:
    """Whom to call on a programme."""
    return ContactShort(
        program=program,
        organisation=contact.organisation,
        department=contact.department,
        purpose=contact.purpose,
        phones=list(contact.phones),
        emails=list(contact.emails),
        urls=list(contact.urls),
        regions=list(contact.regions[:MOST_FACTS]),
    )


def cut(text: str) -> str:
    """A text of at most so many letters."""
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"


def _whole(match: Match, as_of: date, source: Source | None) -> ProgramWhole:
    program = match.program
    return ProgramWhole(
        **dict(_program(match, as_of)),
        criteria=[cut(criterion.text) for criterion in program.criteria[:MOST_FACTS]],
        benefits=[
            BenefitShort(
                kind=benefit.kind,
                text=cut(benefit.text),
                ceiling=benefit.ceiling,
                per=benefit.per,
                rate=benefit.rate,
                own_share=benefit.own_share,
            )
            for benefit in program.benefits[:MOST_FACTS]
        ],
        contacts=[contact_short(contact, program.name) for contact in program.contacts[:MOST_FACTS]],
        facts=list(_facts((*program.details, *program.steps)))[:MOST_FACTS],
        source=_source(program, source) if source else None,
    )


def _facts(details: Iterable[Detail]) -> Iterable[FactShort]:
    return (FactShort(label=detail.label, text=cut(detail.text)) for detail in details)


def _source(program: Program, source: Source) -> SourceShort:
    return SourceShort(
        mark=1,
        title=source.title,
        publisher=source.publisher,
        published_on=source.published_on,
        place=place(program.evidence, source),
        quote=cut(program.evidence.quote),
        url=source.url,
    )


def _program(match: Match, as_of: date) -> ProgramShort:
    program, period = match.program, match.period
    return ProgramShort(
        id=program.id,
        name=program.name,
        year=program.year,
        ministry=program.ministry,
        agency=program.agency,
        period=PeriodShort(
            status=match.status,
            opens_on=period.opens_on if period else None,
            closes_on=period.closes_on if period else None,
            days_left=days_left(period, as_of) if period and match.status is PeriodStatus.OPEN else None,
            text=cut(period.text) if period else "",
        ),
        announcements=[notice.text for notice in posted().of(program, as_of)[:MOST_TOLD]],
    )


def _named(matches: Sequence[Match], words: str) -> list[Match]:
    """The programme of an id; else those of a name or an alias, else with the words in a name, of the latest year."""
    plain = _plain(words)
    by_id = [match for match in matches if match.program.id == words]
    if by_id:
        return by_id
    named = [m for m in matches if plain in map(_plain, (m.program.name, *m.program.aliases))]
    found = named or [match for match in matches if plain in _plain(match.program.name)]
    latest = max((match.program.year or 0 for match in found), default=0)
    return [match for match in found if (match.program.year or 0) == latest]


def _plain(name: str) -> str:
    return "".join(name.casefold().split())


def _closes(period: Period | None) -> date:
    return period.closes_on if period and period.closes_on else date.max
