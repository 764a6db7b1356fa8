"""Closing: a programme judged on a day flows in, what the reader does next, whom to call with it, flows out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.aging import OLD_DAYS, latest_day
from rag.compose.contact import contacts_of, shown_for
from rag.compose.draft import Statement, listed, reach
from rag.domain import Contact, Evidence, Match, PeriodKind, PeriodStatus
from rag.knowledge import Knowledge
from rag.korean import with_particle
from rag.understand import Intent, Request

_OFFICES = 3
_HOW = frozenset({"신청방법"})
_FIELDS = {"period": "신청기간", "contact": "전화번호", "ceiling": "지원한도", "target": "지원대상"}
_STEP = {
    PeriodStatus.UPCOMING: "아직 접수 전입니다. 공고가 나왔는지 담당 기관에 확인하세요.",
    PeriodStatus.CLOSED: "이번 접수는 끝났습니다. 다음 공고 일정은 담당 기관에 확인하세요.",
    PeriodStatus.UNKNOWN: "접수하고 있는지 담당 기관에 먼저 확인하세요.",
}


def next_steps(
    match: Match, request: Request, knowledge: Knowledge, said: Iterable[Statement]
) -> tuple[list[Statement], list[Contact]]:
    """How to go on with one programme: what the day asks for, how to apply where not told yet, whom to call."""
    shown = {evidence for statement in said for evidence in statement.evidence}
    lines: list[Statement] = []
    if match.status in _STEP:
        lines.append(Statement(_STEP[match.status]))
    else:
        how = [d for d in match.program.details if d.label in _HOW and d.evidence not in shown][:1]
        lines.extend(listed(detail) for detail in how)
        if match.period and match.period.kind is PeriodKind.UNTIL_SPENT:
            lines.append(Statement("예산이 남았는지 담당 기관에 먼저 확인하세요."))
    offices: list[Contact] = []
    if not request.has(Intent.CONTACT):
        asked, offices = _whom(match, request, knowledge, shown)
        lines.extend(asked)
    return ([Statement("**다음에 할 일**"), *lines] if lines else []), offices


def warnings(matches: Sequence[Match], request: Request, knowledge: Knowledge) -> list[Statement]:
    """That what is told rests on an old document, or that documents contradict each other on it."""
    lines = []
    for source_id in dict.fromkeys(match.program.source_id for match in matches):
        source = knowledge.source(source_id)
        published = latest_day(source.published_on) if source else None
        if source and published and (request.question.as_of - published).days > OLD_DAYS:
            lines.append(
                Statement(
                    f"※ {published.year}년에 발행된 문서('{source.title}')의 내용입니다. "
                    "1년이 넘어 지금과 다를 수 있으니 담당 기관에 확인하세요."
                )
            )
    told = {match.program.name for match in matches}
    for item in knowledge.contradictions:
        source = knowledge.source(item.source_id)
        if item.program in told and item.pages and source:
            other = Evidence(item.source_id, item.pages, "", item.quote)
            field = with_particle(_FIELDS.get(item.field, "내용"), "이", "가")
            said = f"'{source.title}'에는 {field} 다르게 적혀 있습니다: {item.quote}"
            lines.append(Statement(f"※ {said} — 나중에 나온 문서를 따랐습니다.", (other,)))
    return lines


def _whom(
    match: Match, request: Request, knowledge: Knowledge, shown: set[Evidence]
) -> tuple[list[Statement], list[Contact]]:
    """The few offices that answer, or which place would tell them."""
    offices = [c for c in contacts_of(match.program, request, knowledge) if c.phones]
    if any(c.evidence in shown for c in offices):
        return [], []
    if offices and len(offices) <= _OFFICES:
        return [reach(shown_for(contact, request, knowledge)) for contact in offices], offices
    tracks = tuple(dict.fromkeys(c.track for c in offices if c.track))
    if tracks:
        return [Statement(f"문의처가 나뉘어 있습니다. {', '.join(tracks)} 가운데 어느 쪽인지 알려 주세요.")], []
    if any(c.regions for c in match.program.contacts):
        return [Statement("회사가 있는 시·군·구를 알려 주시면 관할 기관의 번호를 안내합니다.")], []
    return [], []
