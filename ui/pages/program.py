"""One programme: a programme judged on a day flows in; what its page shows, each fact with its place, flows out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from urllib.parse import quote

from rag.addresses import QUOTE, page_at, program_at
from rag.domain import (
    Benefit,
    ChangeKind,
    Contact,
    Detail,
    Evidence,
    Finding,
    Match,
    Patch,
    Period,
    PeriodStatus,
    Program,
    Source,
    TrackMatch,
    Verdict,
)
from rag.messages import caution, place
from rag.messages.review import FIELDS
from rag.money import won
from rag.periods import describe
from ui.pages.listed import amount_words, cut, gives, kinds_told, whose
from ui.pages.sheet import Condition, Edition, Fact, Office, Original, Part, Where, Window
from ui.pages.words import KINDS, Pill, Told, kind_of, pill, verdict_words

SourceOf = Callable[[str], Source | None]
PAPERS, APPLYING = ("제출서류", "신청서류", "구비서류"), ("신청방법", "접수방법", "전산등록방법")
_SHOWN_ELSEWHERE = (*PAPERS, *APPLYING, "문의처", "신청기간", "접수기간", "운영절차", "선정절차")
CHANGES = {
    ChangeKind.EXTENDED: "기간 연장",
    ChangeKind.CLOSED: "조기 마감",
    ChangeKind.CANCELLED: "공고 취소",
    ChangeKind.CORRECTED: "내용 정정",
    ChangeKind.UNREAD: "읽지 못한 변경",
}


class Places:
    """Where facts of one page stand, and of which documents they are, in the order in which they are asked after."""

    def __init__(self, source_of: SourceOf) -> None:
        self._source_of = source_of
        self._asked: dict[str, dict[tuple[int, int], Where]] = {}

    def of(self, evidence: Evidence | None) -> Where | None:
        """The place of some evidence; None where there is none."""
        source = self._source_of(evidence.source_id) if evidence else None
        if evidence is None or source is None:
            return None
        address, lit = (page_at(source.id, evidence.pages[0], words) for words in ("", evidence.quote))
        told = place(evidence, source)
        where = Where(lit, cut(told, 20), f"{source.title} {told}", caution(evidence, source))
        self._asked.setdefault(source.id, {}).setdefault(evidence.pages, Where(address, told, where.title, ""))
        return where

    def originals(self) -> Iterator[Original]:
        """The documents asked after, each with its pages in order."""
        for id_, pages in self._asked.items():
            source = self._source_of(id_)
            assert source is not None
            dated = " · ".join(filter(None, (source.publisher, source.published_on)))
            ordered = tuple(pages[at] for at in sorted(pages))
            yield Original(source.title, dated, f"/documents/{quote(id_, safe='')}", ordered)


def parts_of(
    match: Match, periods: Sequence[Told], as_of: date, places: Places, verdict: Verdict | None
) -> tuple[tuple[Part, ...], tuple[Condition, ...]]:
    """The tracks of a programme, or the whole of one without any, and the conditions that all of them share.

    `periods` is what the wire tells of the period of each; `verdict` is that of the whole: while a clause of the
    conditions is unread, no track is told to be open to the company for sure.
    """
    tracks = match.tracks or (TrackMatch("", verdict, match.period, match.status, match.findings),)
    is_doubted = match.verdict is Verdict.ELIGIBLE and verdict is not match.verdict
    asked = [_conditions(track.findings, places) for track in tracks]
    shared = tuple(one for one in asked[0] if all(one in others for others in asked))
    parts = (
        Part(
            name=track.name,
            verdict=_verdict(track.verdict, is_doubted=is_doubted),
            standing=pill(told, as_of),
            period=_period(track.period, track.status, as_of, places),
            conditions=tuple(one for one in own if one not in shared),
        )
        for track, told, own in zip(tracks, periods, asked, strict=True)
    )
    return tuple(parts), shared


def windows_of(parts: Sequence[Part]) -> Iterator[Window]:
    """When one may apply to the tracks, those that have a period in common told together."""
    told: dict[tuple[Pill, Fact], list[str]] = {}
    for part in parts:
        told.setdefault((part.standing, part.period), []).append(part.name)
    for (standing, period), names in told.items():
        yield Window(tuple(names) if len(told) > 1 else (), standing, period)


def _period(period: Period | None, status: PeriodStatus, as_of: date, places: Places) -> Fact:
    if period is None:
        return Fact("", "접수기간이 확인되지 않습니다.")
    return Fact("", describe(period, status, as_of), places.of(period.evidence))


def _verdict(verdict: Verdict | None, *, is_doubted: bool) -> Pill | None:
    told = Verdict.POSSIBLE if is_doubted and verdict is Verdict.ELIGIBLE else verdict
    return verdict_words(told) if told else None


def _conditions(findings: Iterable[Finding], places: Places) -> tuple[Condition, ...]:
    found = (
        Condition(
            text=one.criterion.text if one.criterion.strict else f"(우대) {one.criterion.text}",
            result=kind_of(one.result),
            reason=one.reason,
            ask=one.ask or "",
            where=places.of(one.criterion.evidence),
        )
        for one in findings
    )
    return tuple(dict.fromkeys(found))


def benefits_of(program: Program, places: Places) -> Iterator[Fact]:
    """What is given, a line for each statement with its kinds, sum and shares; those with a figure first."""
    told: dict[tuple[str | None, str], list[Benefit]] = {}
    for benefit in sorted(program.benefits, key=lambda b: not (b.ceiling or b.rate or b.own_share)):
        told.setdefault((benefit.track, benefit.text), []).append(benefit)
    for (track, text), same in told.items():
        kinds = dict.fromkeys(KINDS[benefit.kind] for benefit in same)
        sums = dict.fromkeys(figure for benefit in same for figure in _figures(benefit))
        yield Fact(track or "", text, places.of(same[0].evidence), (*kinds, *sums))


def _figures(benefit: Benefit) -> Iterator[str]:
    if benefit.ceiling:
        yield f"{f'{benefit.per} ' if benefit.per else ''}{won(benefit.ceiling)}"
    if benefit.rate is not None and benefit.rate <= 100:
        yield f"{benefit.rate:g}% 지원"
    if benefit.own_share is not None:
        yield f"회사 부담 {benefit.own_share:g}%"


def details_of(details: Iterable[Detail], places: Places, labels: Sequence[str] = ()) -> tuple[Fact, ...]:
    """Statements below their labels: those of the labels, or without any those that have no place of their own."""
    chosen = (d for d in details if (d.label in labels if labels else d.label not in _SHOWN_ELSEWHERE))
    return tuple(
        dict.fromkeys(Fact(" ".join(filter(None, (d.label, d.track))), d.text, places.of(d.evidence)) for d in chosen)
    )


def applying_of(program: Program, places: Places) -> tuple[Fact, ...]:
    """How one applies, as far as the steps do not tell it already."""
    told = {step.text for step in program.steps}
    return details_of([detail for detail in program.details if detail.text not in told], places, APPLYING)


def steps_of(program: Program, places: Places) -> tuple[Fact, ...]:
    """How applying goes, in the order of the document."""
    labels = {step.label for step in program.steps}
    return tuple(
        Fact(step.label if len(labels) > 1 else "", step.text, places.of(step.evidence)) for step in program.steps
    )


def office_of(contact: Contact, places: Places) -> Office:
    """An office as it is shown: only addresses of the web are led to."""
    return Office(
        name=" ".join(filter(None, (contact.organisation, contact.department, contact.person))),
        purpose=contact.purpose,
        regions=", ".join(contact.regions),
        phones=contact.phones,
        extension=contact.extension,
        mails=contact.emails,
        pages=tuple(url for url in contact.urls if url.startswith(("https://", "http://"))),
        where=places.of(contact.evidence),
    )


def change_of(patch: Patch, places: Places) -> Fact:
    """What a notice changed, in a line."""
    now = patch.now or (f"{patch.day}까지" if patch.day else "")
    was = patch.was or (f"{patch.was_day}까지" if patch.was_day else "")
    told = f"{was} → {now}" if was and now else now or was or patch.evidence.quote
    return Fact(CHANGES[patch.kind], " · ".join(filter(None, (patch.title, told))), places.of(patch.evidence))


def disputes_of(program: Program, places: Places) -> Iterator[Fact]:
    """What sources of less authority say otherwise of what is held."""
    for one in program.disputes:
        if one.ours:
            told = f"'{one.title}'에는 '{cut(one.theirs, QUOTE)}'(이)라고 적혀 있습니다."
            yield Fact(FIELDS[one.field], told, places.of(one.other))


def edition_of(other: Program, own: Program) -> Edition:
    """Another programme of the name, and how it is another."""
    year = f"{other.year}년" if other.year else ""
    note = "앞선 해" if own.supersedes == other.id else "다음 해" if other.supersedes == own.id else ""
    return Edition(program_at(other.id), other.name, " · ".join(filter(None, (year, other.ministry, note))))


def heading(program: Program) -> dict[str, object]:
    """What the top of the page says of a programme, by the names of `ProgramView`."""
    return {
        "id": program.id,
        "name": program.name,
        "aliases": program.aliases,
        "year": program.year,
        "href": program_at(program.id),
        "whose": whose(program),
        "kinds": kinds_told(program),
        "amount": amount_words(program),
        "gives": gives(program),
    }
