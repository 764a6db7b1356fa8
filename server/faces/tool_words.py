"""The words of tools: what each is for; and the record that one gave flows in, the same in Korean lines flows out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from rag.messages import STANDING, VERDICT_BRIEF
from server.faces.tools_wire import (
    AskOut,
    ContactShort,
    ContactsOut,
    DeadlinesOut,
    JudgedShort,
    MatchesOut,
    ProgramShort,
    ProgramsOut,
    ProgramWhole,
    SourceShort,
    ToolResult,
)

INSTRUCTIONS = (
    "한국의 중소기업 지원사업을 공고와 안내서에서 찾아 답합니다. 전화번호, 날짜, 금액은 결과에 있는 그대로 전하고, "
    "없는 것은 지어내지 마세요. 신청 전에는 문의처에 확인해야 합니다."
)
ASK = (
    "지원사업에 관해 묻기",
    "중소기업 지원사업에 관한 물음에 공고와 안내서에서 확인한 내용으로 답하고 원문의 쪽을 댑니다. 자격, 접수기간, "
    "금액, 문의처, 신청방법을 물을 수 있습니다. 문서에 없는 것은 확인되지 않는다고 답합니다.",
)
MATCH = (
    "우리 기업에 맞는 지원사업",
    "기업 정보를 모든 지원사업의 요건과 견주어, 맞거나 맞을 수 있는 사업을 요건마다의 판정과 함께 줍니다. 몰라서 "
    "확정하지 못한 요건은 unknown이고 물어볼 것(ask)이 있습니다.",
)
PROGRAMS = (
    "지원사업 목록과 한 사업의 내용",
    "지원사업을 조건으로 찾아 쪽마다 줍니다. id를 주면 그 사업 하나의 요건, 지원내용(원, %), 접수기간, 문의처를 "
    "줍니다.",
)
CONTACTS = (
    "지원사업의 문의처",
    "한 지원사업을 어디에 물어야 하는지 줍니다. 지역을 주면 그곳을 맡은 곳만 줍니다.",
)
DEADLINES = (
    "곧 마감되는 지원사업",
    "어떤 날들 사이에 접수가 끝나는 지원사업을 마감이 가까운 순서로 줍니다. 상시처럼 날이 적히지 않은 사업은 없습니다.",
)
NO_TOOL = "그런 도구가 없습니다. {names} 가운데 하나를 쓰세요."
NONE_FOUND = "맞는 것이 없습니다."


@singledispatch
def words(record: ToolResult) -> str:
    """A record in words. Raises NotImplementedError for one of an unknown kind."""
    raise NotImplementedError(type(record).__name__)


@words.register
def _(record: AskOut) -> str:
    asked = record.clarifying_question or ""
    sources = "\n".join(f"[{source.mark}] {_source(source)}" for source in record.sources)
    parts = (record.answer, "" if asked in record.answer else asked, sources)
    return "\n\n".join(filter(None, parts))


@words.register
def _(record: MatchesOut) -> str:
    return _listed(map(_judged, record.programs), record.total)


@words.register
def _(record: ProgramsOut) -> str:
    return _whole(record.program) if record.program else _listed(map(_program, record.programs), record.total)


@words.register
def _(record: ContactsOut) -> str:
    return _listed(map(_contact, record.contacts), record.total)


@words.register
def _(record: DeadlinesOut) -> str:
    return _listed(map(_program, record.programs), record.total)


def _listed(lines: Iterable[str], total: int) -> str:
    told = [f"- {line}" for line in lines]
    return "\n".join((f"모두 {total}개 가운데 {len(told)}개입니다.", *told)) if told else NONE_FOUND


def _program(program: ProgramShort) -> str:
    period = program.period
    who = ", ".join(filter(None, (str(program.year or ""), program.agency or program.ministry)))
    day = f", {period.closes_on} 마감" if period.closes_on else ""
    left = f"({period.days_left}일 남음)" if period.days_left is not None else ""
    return f"{program.name} ({who}) {STANDING[period.status]}{day}{left} [{program.id}]"


def _judged(program: JudgedShort) -> str:
    asks = " ".join(dict.fromkeys(finding.ask for finding in program.findings if finding.ask))
    verdict = VERDICT_BRIEF[program.verdict] if program.verdict else ""
    return " · ".join(filter(None, (_program(program), verdict, asks)))


def _contact(contact: ContactShort) -> str:
    who = " ".join(filter(None, (contact.organisation, contact.department)))
    ways = ", ".join((*contact.phones, *contact.emails, *contact.urls))
    purpose = f" ({contact.purpose})" if contact.purpose else ""
    regions = f"관할: {', '.join(contact.regions)}" if contact.regions else ""
    return " · ".join(filter(None, (f"{who}{purpose} {ways}".strip(), regions)))


def _source(source: SourceShort) -> str:
    return f"{source.title} ({source.publisher}, {source.published_on} 발행) {source.place}"


def _whole(program: ProgramWhole) -> str:
    parts = (
        ("접수기간", [program.period.text] if program.period.text else []),
        ("지원요건", program.criteria),
        ("지원내용", [benefit.text for benefit in program.benefits]),
        ("문의처", [_contact(contact) for contact in program.contacts]),
        ("내용", [f"{fact.label}: {fact.text}" for fact in program.facts]),
        ("출처", [_source(program.source)] if program.source else []),
    )
    told = [_program(program)]
    for heading, lines in parts:
        told += [heading, *(f"- {line}" for line in lines)] if lines else []
    return "\n".join(told)
