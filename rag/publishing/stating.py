"""Stating: a programme flows in; what it tells, field by field and in the words people say it with, flows out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from rag.conditions.tree import unread_of
from rag.domain import Benefit, Contact, Detail, Evidence, Period, PeriodKind, Program
from rag.messages import publishing as said
from rag.money import won
from rag.periods import again, month, span
from rag.saying.wording import Wording
from rag.text import squash
from rag.wordlists import word_lists

_KOREAN = Wording("ko")
# Where a value stands is no part of it.
_NOWHERE = Evidence("", (1, 1), "", "")


class Field(StrEnum):
    """What of a programme can change; STATEMENT is a labelled statement of no other field."""

    NAME = "name"
    YEAR = "year"
    PERIOD = "period"
    CONTACT = "contact"
    BENEFIT = "benefit"
    OWN_SHARE = "own_share"
    CRITERION = "criterion"
    APPLY = "apply"
    PAPERS = "papers"
    AGENCY = "agency"
    MINISTRY = "ministry"
    REGION = "region"
    TRACK = "track"
    BUDGET = "budget"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a programme tells: `part` is of what (a track, an office, a label), `value` what is compared.

    `said` are the words for it; a statement that only `repeats` is a line of a document from which a record was read.
    """

    field: Field
    part: str
    value: Hashable
    said: str
    evidence: Evidence | None
    repeats: bool = False


def statements(program: Program) -> tuple[Statement, ...]:
    """Everything that a programme tells, each statement once."""
    return tuple(dict.fromkeys(one for stated in _STATED for one in stated(program)))


def _identity(program: Program) -> Iterator[Statement]:
    key, place = program.key, program.evidence
    round_ = key.round if key else ""
    yield Statement(Field.NAME, "", (squash(program.name), round_), f"{program.name} {round_}".strip(), place)
    if program.year:
        yield Statement(Field.YEAR, "", program.year, said.YEAR.format(year=program.year), place)
    bodies = (
        (Field.AGENCY, program.agency),
        (Field.MINISTRY, program.ministry),
        (Field.REGION, key.region if key else ""),
    )
    yield from (Statement(field, "", squash(body), body, place) for field, body in bodies if body)
    if program.budget is not None:
        yield Statement(Field.BUDGET, "", program.budget, won(program.budget), place)
    for track in program.tracks:
        yield Statement(Field.TRACK, squash(track.name), squash(track.name), track.name, place)


def _periods(program: Program) -> Iterator[Statement]:
    for period in program.periods:
        if period.kind is not PeriodKind.UNSTATED or period.text or period.is_cancelled or period.unread:
            # Where there are days they are the statement; else the document's words are.
            text = "" if _dated(period) else squash(period.text)
            value = replace(period, evidence=None, confidence=1.0, text=text)
            told = _of_track(period.track, period_told(period))
            yield Statement(Field.PERIOD, squash(period.track or ""), value, told, period.evidence)


def _contacts(program: Program) -> Iterator[Statement]:
    for contact in program.contacts:
        value = replace(contact, evidence=_NOWHERE, confidence=1.0)
        part = squash(f"{contact.organisation} {contact.track or ''}")
        told = _of_track(contact.track, contact_told(contact))
        yield Statement(Field.CONTACT, part, value, told, contact.evidence)


def _benefits(program: Program) -> Iterator[Statement]:
    for benefit in program.benefits:
        part = squash(benefit.track or "")
        figures = (benefit.ceiling, benefit.rate, benefit.per)
        words = "" if benefit.ceiling is not None or benefit.rate is not None else squash(benefit.text)
        if words or any(figure is not None for figure in figures[:2]):
            told = _of_track(benefit.track, benefit_told(benefit))
            yield Statement(Field.BENEFIT, part, (benefit.kind, *figures, words), told, benefit.evidence)
        if benefit.own_share is not None:
            told = _of_track(benefit.track, said.OWN_SHARE.format(share=f"{benefit.own_share:g}"))
            yield Statement(Field.OWN_SHARE, part, benefit.own_share, told, benefit.evidence)


def _criteria(program: Program) -> Iterator[Statement]:
    for criterion in program.criteria:
        part = squash(f"{criterion.field} {criterion.track or ''}")
        value = replace(criterion, evidence=_NOWHERE, confidence=1.0, text=squash(criterion.text))
        told = _of_track(criterion.track, criterion.text)
        yield Statement(Field.CRITERION, part, value, told, criterion.evidence)
    for clause in unread_of(program):
        told = _of_track(clause.track, said.UNREAD_CLAUSE.format(text=clause.text))
        yield Statement(
            Field.CRITERION, "", (squash(clause.text), clause.track, clause.shuts_out), told, clause.evidence
        )


def _steps(program: Program) -> Iterator[Statement]:
    for step in program.steps:
        yield Statement(Field.APPLY, squash(step.label), _words(step), step.text, step.evidence)


def _details(program: Program) -> Iterator[Statement]:
    for detail in program.details:
        field = _field_of(detail.label)
        told = _of_track(detail.track, f"{detail.label}: {detail.text}" if field is Field.STATEMENT else detail.text)
        part = squash(f"{detail.label} {detail.item} {detail.track or ''}")
        repeats = field not in (Field.STATEMENT, Field.PAPERS)
        yield Statement(field, part, _words(detail), told, detail.evidence, repeats)


_STATED: tuple[Callable[[Program], Iterator[Statement]], ...] = (
    *(_identity, _periods, _contacts, _benefits, _criteria, _steps, _details),
)


def period_told(period: Period) -> str:
    """When one may apply, whatever the day: "2026년 3월 2일부터 4월 20일까지", "연중 상시"."""
    if period.is_cancelled:
        return said.CANCELLED
    if period.unread:
        return said.CHANGE_UNREAD.format(title=period.unread)
    named = {
        PeriodKind.ALWAYS: said.ALWAYS,
        PeriodKind.UNTIL_SPENT: said.UNTIL_SPENT,
        PeriodKind.ANNOUNCED: said.EXPECTED.format(month=month(period)) if month(period) else said.MONTHLESS,
    }
    hours = "~".join(said.HOURS.format(hour) for hour in (period.opens_at, period.closes_at) if hour)
    parts = (period.round, span(period), hours, named.get(period.kind, ""), again(period))
    return " ".join(filter(None, parts)) or period.text


def contact_told(contact: Contact) -> str:
    """Whom to ask and how to reach him: "가나다센터 02-000-0000"."""
    more = ", ".join((*contact.faxes, *contact.urls, *contact.regions))
    told = f"{_KOREAN.who(contact)} {_KOREAN.ways(contact)}"
    return f"{told}, {more}" if more else told


def benefit_told(benefit: Benefit) -> str:
    """What is given: "최대 2,000만 원", "총사업비의 70% 이내"; the document's words where they hold no figure."""
    rate = _KOREAN.say("rate", rate=f"{benefit.rate:g}%") if benefit.rate is not None else ""
    most = ""
    if benefit.ceiling is not None:
        form = "grant_part" if benefit.per else "grant_most"
        most = _KOREAN.say(form, per=benefit.per, ceiling=won(benefit.ceiling))
    return ", ".join(filter(None, (rate, most))) or benefit.text


def _dated(period: Period) -> bool:
    return bool(period.opens_on or period.closes_on or period.expected_from or period.expected_to)


def _of_track(track: str | None, told: str) -> str:
    return said.OF_TRACK.format(track=track, text=told) if track else told


def _words(detail: Detail) -> Hashable:
    return squash(detail.text), detail.track, detail.item


def _field_of(label: str) -> Field:
    lists = word_lists(Path(__file__).with_name("fields.yaml"))
    name = squash(label)
    return next((Field(field) for field, labels in lists.items() if name in labels), Field.STATEMENT)
