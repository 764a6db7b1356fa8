"""About programmes: a request that names programmes flows in, what their documents say to it flows out."""

from __future__ import annotations

from collections.abc import Sequence

from rag.compose.contact import contact_statements
from rag.compose.corrections import corrections
from rag.compose.draft import Draft, Statement, listed
from rag.compose.gaps import named_gaps, year_gaps
from rag.compose.judge import judge
from rag.compose.parts import MONEY, PARTS, WHO, deadline, overview, rest
from rag.domain import AnswerStatus, Contact, CriterionField, Evidence, Match, PeriodKind, Program
from rag.knowledge import Knowledge
from rag.messages import NO_ORDERS
from rag.understand import Intent, Request

_PROGRAMMES = 3
# How a list is announced, for the intents whose part has no opening line of its own.
_TOPICS = ((Intent.AMOUNT, "지원 금액과 규모"), (Intent.PROCESS, "신청 방법"))


def about_programs(request: Request, knowledge: Knowledge) -> Draft | None:
    """Answer a question that names programmes: each part it asks for, what else is said to it, and where it stands."""
    if not request.programs:
        return None
    other_year = year_gaps(request, knowledge)
    statements = [*other_year, *([Statement(NO_ORDERS)] if request.gives_orders else [])]
    matches: list[Match] = []
    contacts: list[Contact] = []
    asks: list[str] = []
    is_missing = False
    for program in _editions(request, knowledge)[:_PROGRAMMES]:
        match = judge(program, request, knowledge)
        matches.append(match)
        statements.extend(_opening(program, request))
        known, has_gap = named_gaps(program, request)
        statements.extend([*known, *corrections(program, request)])
        if _asks_whom(program, request):
            lines, found, question = contact_statements(program, request, knowledge)
            statements.extend(lines)
            contacts.extend(found)
            asks.extend([question] if question else [])
            has_gap = has_gap or not any(c.phones for c in found)
        for intent, part in PARTS:
            if request.has(intent) or (intent is Intent.ELIGIBILITY and _asks_for_itself(request)):
                statements.extend(part(program, match, request, knowledge))
        if not any(request.has(intent) for intent, _ in PARTS) and not request.has(Intent.CONTACT):
            statements.extend(overview(program, match, request, knowledge))
        if request.intents != (Intent.CONTACT,):
            statements.extend(rest(program, request, knowledge, statements))
            statements.extend(deadline(program, match, request, knowledge))
        is_missing = is_missing or has_gap
    status = _status(request, matches, contacts, is_missing=is_missing, is_other_year=bool(other_year))
    return Draft(
        status, _distinct(statements), tuple(matches), tuple(contacts), next(iter(asks), None), _offers(request)
    )


def compare(request: Request, knowledge: Knowledge) -> Draft | None:
    """The programmes, or the editions of one, one after another under the same heads."""
    editions = _editions(request, knowledge)
    if not request.has(Intent.COMPARE) or len(editions) < 2:
        return None
    is_one = len({p.name for p in editions}) == 1
    heads = [f"{p.name}({p.year}년)" if is_one else p.name for p in editions]
    statements = [Statement(f"{', '.join(f'**{head}**' for head in heads)} 비교입니다.")]
    matches = [judge(program, request, knowledge) for program in editions]
    for head, program, match in zip(heads, editions, matches, strict=True):
        statements.append(Statement(f"### {head}"))
        for labels in (frozenset({"목적", "개요"}), WHO, MONEY, frozenset({"지원내용"})):
            statements.extend(listed(d) for d in [d for d in program.details if d.label in labels][:4])
        places = [c for c in program.criteria if c.field is CriterionField.REGION]
        statements.extend(Statement(f"- **지역**: {c.text}", (c.evidence,)) for c in places)
        statements.extend(deadline(program, match, request, knowledge))
        statements.extend(rest(program, request, knowledge, statements))
    return Draft(AnswerStatus.ANSWERED, _distinct(statements), tuple(matches), follow_ups=_offers(request))


def _editions(request: Request, knowledge: Knowledge) -> list[Program]:
    as_of, years = request.question.as_of, request.years
    return [program for name in request.programs for program in knowledge.editions(name, as_of, years)]


def _opening(program: Program, request: Request) -> list[Statement]:
    """A heading where several programmes are told, else one line on what the list below is about."""
    if len(request.programs) > 1:
        return [Statement(f"### {program.name}")]
    asked = [words for intent, words in _TOPICS if request.has(intent)]
    return [Statement(f"**{program.name}**의 {', '.join(asked)}입니다.")] if asked else []


def _asks_whom(program: Program, request: Request) -> bool:
    """Whether offices are asked for: for a call, or by the group ("수도권") that lists them."""
    is_group = any(c.track and c.track in request.text for c in program.contacts)
    return request.has(Intent.CONTACT) or (request.has(Intent.LIST) and is_group)


def _asks_for_itself(request: Request) -> bool:
    """Whether a firm only asks if a programme it names would suit it ("AI 바우처 우리한테 맞을까")."""
    return request.intents == (Intent.FIT,) and request.is_government is not None


def _status(
    request: Request, matches: Sequence[Match], contacts: Sequence[Contact], *, is_missing: bool, is_other_year: bool
) -> AnswerStatus:
    if is_missing and len(request.intents) <= 1 and not any(c.phones for c in contacts):
        return AnswerStatus.NOT_FOUND
    unstated = all(m.period is None or m.period.kind is PeriodKind.UNSTATED for m in matches)
    if is_missing or is_other_year or (request.has(Intent.DEADLINE) and unstated):
        return AnswerStatus.PARTIAL
    return AnswerStatus.ANSWERED


def _distinct(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Each line once under its heading, with all the evidence it was read from."""
    evidence: dict[tuple[str, str], dict[Evidence, None]] = {}
    heading = ""
    for statement in statements:
        heading = statement.text if statement.text.startswith("### ") else heading
        evidence.setdefault((heading, statement.text), {}).update(dict.fromkeys(statement.evidence))
    return tuple(Statement(text, tuple(found)) for (_, text), found in evidence.items())


def _offers(request: Request) -> tuple[str, ...]:
    offered = (
        (Intent.ELIGIBILITY, "우리 회사도 신청할 수 있나요?"),
        (Intent.DEADLINE, "신청기간은 언제까지인가요?"),
        (Intent.AMOUNT, "얼마까지 지원되나요?"),
        (Intent.CONTACT, "어디로 전화하면 되나요?"),
    )
    return tuple(words for intent, words in offered if not request.has(intent))[:3]
