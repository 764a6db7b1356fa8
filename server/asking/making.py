"""Making: facts of the product flow in, the records that callers get of them flow out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rag.announced import posted
from rag.answering.select import ceiling, kinds_of
from rag.conditions.tree import unread_of
from rag.domain import (
    BenefitKind,
    Citation,
    Contact,
    CriterionField,
    Evidence,
    Finding,
    Match,
    Period,
    PeriodKind,
    PeriodStatus,
    Program,
    ProgramKey,
    Result,
    Source,
    TrackMatch,
    Verdict,
)
from rag.errors import IndexDamaged
from rag.messages import caution, place
from rag.periods import days_left
from server.asking.announced_wire import announcements_out
from server.asking.records import (
    CitationOut,
    ContactOut,
    DocumentOut,
    FindingOut,
    KeyOut,
    PeriodOut,
    ProgramOut,
    RecurrenceOut,
    TrackOut,
)

UNSTATED = "원문에서 확인되지 않음"
Mark = Callable[[Evidence | None], int | None]
"""The mark under which a piece of evidence is cited."""


def document_out(source: Source) -> DocumentOut:
    """A source as callers see it."""
    return DocumentOut(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        published_on=source.published_on,
        url=source.url,
        recognised_pages=source.recognised,
        kept=source.kept,
        also=source.also,
        collected_on=source.collected_on or None,
        checked_on=source.checked_on or None,
    )


def period_out(period: Period | None, status: PeriodStatus, as_of: date, mark: Mark) -> PeriodOut:
    """A period on a day; one that no document states is said to be unknown."""
    if period is None:
        period = Period(PeriodKind.UNSTATED, UNSTATED)
    return PeriodOut(
        kind=period.kind,
        status=status,
        opens_on=period.opens_on,
        closes_on=period.closes_on,
        days_left=days_left(period, as_of) if status is PeriodStatus.OPEN else None,
        text=period.text,
        opens_at=period.opens_at,
        closes_at=period.closes_at,
        expected_from=period.expected_from,
        expected_to=period.expected_to,
        recurs=RecurrenceOut.model_validate(period.recurs, from_attributes=True) if period.recurs else None,
        round=period.round,
        closed=list(period.closed),
        closed_on_holidays=period.closed_on_holidays,
        arrival=period.arrival,
        until_spent=period.until_spent,
        changed=period.changed,
        unread=period.unread,
        citation=mark(period.evidence),
    )


def contact_out(contact: Contact, mark: Mark) -> ContactOut:
    """A contact as callers see it."""
    return ContactOut(
        organisation=contact.organisation,
        department=contact.department,
        person=contact.person,
        phones=list(contact.phones),
        extension=contact.extension,
        faxes=list(contact.faxes),
        purpose=contact.purpose,
        since=contact.since,
        until=contact.until,
        emails=list(contact.emails),
        urls=list(contact.urls),
        regions=list(contact.regions),
        citation=mark(contact.evidence),
    )


def program_out(match: Match, as_of: date, mark: Mark) -> ProgramOut:
    """A programme judged, as callers see it."""
    program = match.program
    return ProgramOut(
        id=program.id,
        name=program.name,
        year=program.year,
        ministry=program.ministry,
        agency=program.agency,
        kinds=kinds_told(program),
        amount=ceiling(program),
        key=key_out(program),
        verdict=verdict_out(match),
        period=period_out(match.period, match.status, as_of, mark),
        findings=[_finding(finding, mark) for finding in match.findings],
        tracks=[_track(track, as_of, mark) for track in match.tracks],
        unread=open_clauses(match),
        announcements=announcements_out(posted().of(program, as_of)),
    )


def kinds_told(program: Program) -> list[BenefitKind]:
    """The kinds of support in the order in which they are stated; one that lends gives no grants by the way."""
    return [kind for kind in dict.fromkeys(b.kind for b in program.benefits) if kind in kinds_of(program)]


def verdict_out(match: Match) -> Verdict | None:
    """The verdict as callers see it: while a clause of the conditions is open, nobody is eligible for sure."""
    is_open = match.verdict is Verdict.ELIGIBLE and open_clauses(match)
    return Verdict.POSSIBLE if is_open else match.verdict


def open_clauses(match: Match) -> list[str]:
    """The clauses on who may apply that were not read, without those that what the company tells has settled."""
    findings = (*match.findings, *(finding for track in match.tracks for finding in track.findings))
    met = {f.criterion.text for f in findings if f.result is Result.MET and f.criterion.field is CriterionField.OTHER}
    return [text for text in dict.fromkeys(clause.text for clause in unread_of(match.program)) if text not in met]


def key_out(program: Program) -> KeyOut:
    """What tells a programme from others of its name; of one made without a key, its year."""
    key = program.key or ProgramKey(program.name, year=program.year)
    return KeyOut(authority=key.authority, region=key.region, year=key.year, round=key.round)


def _track(track: TrackMatch, as_of: date, mark: Mark) -> TrackOut:
    return TrackOut(
        name=track.name,
        verdict=track.verdict,
        period=period_out(track.period, track.status, as_of, mark),
        findings=[_finding(finding, mark) for finding in track.findings],
        contacts=[contact_out(contact, mark) for contact in track.contacts],
    )


def _finding(finding: Finding, mark: Mark) -> FindingOut:
    return FindingOut(
        criterion=finding.criterion.text,
        result=finding.result,
        reason=finding.reason,
        ask=finding.ask,
        citation=mark(finding.criterion.evidence),
    )


def citation_out(citation: Citation, source_of: Callable[[str], Source | None]) -> CitationOut:
    """A mark with the words it stands for. Raises IndexDamaged for a document that nobody knows."""
    evidence = citation.evidence
    source = source_of(evidence.source_id)
    if source is None:
        raise IndexDamaged(f"출처 '{evidence.source_id}'이(가) 색인에 없습니다. 'jiwon sync'를 다시 실행해 주세요.")
    return CitationOut(
        mark=citation.mark,
        document=document_out(source),
        pages=evidence.pages,
        section=evidence.section,
        quote=evidence.quote,
        recognised=source.is_recognised(evidence.pages),
        place=place(evidence, source),
        caution=caution(evidence, source),
    )
