"""About programmes: a request that names programmes flows in, what their documents say to it flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.compose.chosen import chosen
from rag.compose.closing import next_steps, warnings
from rag.compose.contact import contact_statements
from rag.compose.corrections import corrections
from rag.compose.dated import dated
from rag.compose.draft import Draft, Statement
from rag.compose.gaps import named_gaps, year_gaps
from rag.compose.judge import judge
from rag.compose.outside import outside_bodies
from rag.compose.parts import PARTS, deadline, overview, refused, rest
from rag.compose.refuse import INSIDE
from rag.compose.whole import divided
from rag.domain import AnswerStatus, Contact, Evidence, Match, PeriodKind, PeriodStatus, Program, Verdict
from rag.knowledge import Knowledge
from rag.messages import NO_INSIDE, NO_INVENTION, NO_ORDERS
from rag.understand import Intent, Request

_PROGRAMMES = 3


def about_programs(request: Request, knowledge: Knowledge) -> Draft | None:
    """Answer a question that names programmes: each part it asks for, what else is said to it, and where it stands."""
    if not request.programs:
        return None
    other_year = year_gaps(request, knowledge)
    strangers = outside_bodies(request, knowledge)
    statements = [*strangers, *other_year, *([Statement(NO_ORDERS)] if request.gives_orders else [])]
    statements += [Statement(NO_INSIDE)] if INSIDE.search(request.text) else []
    statements += [Statement(NO_INVENTION)] if request.wants_invention and not request.has(Intent.CONTACT) else []
    matches: list[Match] = []
    contacts: list[Contact] = []
    asks: list[str] = []
    is_missing = bool(strangers)
    for program in editions_named(request, knowledge)[:_PROGRAMMES]:
        match = judge(program, request, knowledge)
        matches.append(match)
        statements.extend(_opening(program, request))
        selected, aged = chosen(program, request, knowledge), dated(program, request, knowledge)
        known, has_gap = named_gaps(program, request, knowledge, is_told=bool(selected))
        statements.extend([*selected, *aged, *known, *corrections(program, request), *divided(program, request)])
        has_gap = has_gap or bool(aged)
        if _asks_whom(program, request):
            lines, found, question = contact_statements(program, request, knowledge)
            statements.extend(lines)
            contacts.extend(found)
            asks.extend([question] if question else [])
            has_gap = has_gap or not any(c.phones for c in found)
        if match.verdict is Verdict.INELIGIBLE and not _is_judged(request):
            statements.extend(refused(program, match))
        is_over = match.status is PeriodStatus.CLOSED and not request.has(Intent.DEADLINE)
        if is_over and request.intents != (Intent.CONTACT,):
            when = deadline(program, match, request, knowledge)
            statements.extend(_led(when, program) if len(request.programs) == 1 else when)
        for intent, part in PARTS:
            if request.has(intent) or (intent is Intent.ELIGIBILITY and _asks_for_itself(request)):
                lines = part(program, match, request, knowledge)
                is_first = len(request.programs) == 1 and not any(s.evidence for s in statements)
                statements.extend(_led(lines, program) if is_first else lines)
        if not any(request.has(intent) for intent, _ in PARTS) and not request.has(Intent.CONTACT):
            statements.extend(overview(program, match, request, knowledge))
        if request.intents != (Intent.CONTACT,):
            statements.extend(rest(program, request, knowledge, statements))
            if not (is_over or request.has(Intent.DEADLINE)):
                statements.extend(deadline(program, match, request, knowledge))
        is_missing = is_missing or has_gap
    status = _status(request, matches, contacts, is_missing=is_missing, is_other_year=bool(other_year))
    if len(matches) == 1 and not other_year:
        steps, offices = next_steps(matches[0], request, knowledge, statements)
        statements.extend(steps)
        contacts.extend(offices)
    statements.extend(warnings(matches, request, knowledge))
    return Draft(status, distinct(statements), tuple(matches), tuple(contacts), next(iter(asks), None), offers(request))


def editions_named(request: Request, knowledge: Knowledge) -> list[Program]:
    """The editions of the programmes named that the question means, in the order named."""
    as_of, years = request.question.as_of, request.years
    return [program for name in request.programs for program in knowledge.editions(name, as_of, years)]


def _opening(program: Program, request: Request) -> list[Statement]:
    """A heading where several programmes are told."""
    return [Statement(f"### {program.name}")] if len(request.programs) > 1 else []


def _led(lines: Sequence[Statement], program: Program) -> list[Statement]:
    """The lines with the first bullet as the short answer before them."""
    if not lines or not lines[0].text.startswith("- "):
        return list(lines)
    words = re.sub(r"^\*\*([^*]+)\*\*: ", r"\1: ", lines[0].text.removeprefix("- "))
    name = "" if program.name in words else f"**{program.name}** "
    return [Statement(f"{name}{words}", lines[0].evidence), *lines[1:]]


def _asks_whom(program: Program, request: Request) -> bool:
    """Whether offices are asked for: for a call, or by the group ("수도권") that lists them."""
    is_group = any(c.track and c.track in request.text for c in program.contacts)
    return request.has(Intent.CONTACT) or (request.has(Intent.LIST) and is_group)


def _is_judged(request: Request) -> bool:
    """Whether who may apply is told anyway, or is beside the question."""
    return request.has(Intent.ELIGIBILITY) or _asks_for_itself(request) or request.intents == (Intent.CONTACT,)


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


def distinct(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Each line once under its heading, with all the evidence it was read from."""
    evidence: dict[tuple[str, str], dict[Evidence, None]] = {}
    heading = ""
    for statement in statements:
        heading = statement.text if statement.text.startswith("### ") else heading
        evidence.setdefault((heading, statement.text), {}).update(dict.fromkeys(statement.evidence))
    return tuple(Statement(text, tuple(found)) for (_, text), found in evidence.items())


def offers(request: Request) -> tuple[str, ...]:
    """What one may ask next about the programmes told."""
    offered = (
        (Intent.ELIGIBILITY, "우리 회사도 신청할 수 있나요?"),
        (Intent.DEADLINE, "신청기간은 언제까지인가요?"),
        (Intent.AMOUNT, "얼마까지 지원되나요?"),
        (Intent.CONTACT, "어디로 전화하면 되나요?"),
    )
    return tuple(words for intent, words in offered if not request.has(intent))[:3]
