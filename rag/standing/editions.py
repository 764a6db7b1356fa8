"""Editions: programmes as read and their sources flow in; one edition of each programme and year flows out.

Of the documents that describe one edition those of most authority count, of equals the later; the others fill what
those leave out. What a lesser one says otherwise is a dispute and changes nothing; hearsay founds no programme that a
government announces, under whatever body, year or spelling, and fills in nothing. A notice
that only changes something changes nothing else, and of several calls only the one whose number it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag.conditions.tree import grown, unread_of
from rag.domain import Benefit, Contact, Detail, Period, PeriodKind, Program, ProgramKey, Rank, Source
from rag.patching import is_partial, patched
from rag.standing.actionable import actionable_in
from rag.standing.authority import is_hearsay, rank_of
from rag.standing.differences import disputes
from rag.standing.lookalikes import bare, lookalike
from rag.text import squash
from rag.trust import key_of, trusted
from rag.wordlists import word_lists

_POINTS = 24
"""Letters of words that only point elsewhere, at most."""

SourceOf = Callable[[str], Source | None]
"""The source of an id."""


@dataclass(frozen=True, slots=True)
class Member:
    """One document's account of an edition, and how it stands: its rank and date ("2026" to "2026-02-04")."""

    program: Program
    source: Source | None
    rank: Rank

    @property
    def standing(self) -> tuple[Rank, str]:
        """What two documents are compared by; the greater counts."""
        return self.rank, self.source.published_on if self.source else ""


@dataclass(frozen=True, slots=True)
class Edition:
    """What all documents say of one edition, the one that counts last; `strays` change calls with other numbers."""

    members: tuple[Member, ...]
    strays: tuple[Member, ...] = ()

    @property
    def lesser(self) -> tuple[Member, ...]:
        """The members that are only heard: of less authority than the whole accounts that count."""
        whole = max((m.rank for m in self.members if not is_partial(m.program)), default=Rank.UNLISTED)
        floor = max(whole, min(self.members[-1].rank, Rank.GOVERNMENT))
        return tuple(member for member in self.members if member.rank < floor)


def usable(programs: Sequence[Program], source_of: SourceOf) -> tuple[Program, ...]:
    """The programmes that answers rest on, each edition once, with what is disputed of it."""
    kept: list[Program] = []
    merged_into: dict[str, str] = {}
    for edition in editions([trusted(program) for program in programs], source_of):
        merged = folded(edition)
        merged_into.update({m.program.id: merged.id for m in edition.members if m.program.id != merged.id})
        kept.append(merged)
    return tuple(replace(p, supersedes=_before(p, merged_into)) for p in kept)


def _before(program: Program, merged_into: dict[str, str]) -> str | None:
    before = merged_into.get(program.supersedes or "", program.supersedes)
    return before if before != program.id else None


# --- which documents describe one edition ---


def editions(programs: Sequence[Program], source_of: SourceOf) -> list[Edition]:
    """The programmes by the edition that they describe, in the order in which each is met first.

    Those that no authority vouches for come last, unless they speak of what one announces.
    """
    ranks = {program.source_id: rank_of(source_of(program.source_id)) for program in programs}
    heard = [program for program in programs if is_hearsay(ranks[program.source_id])]
    groups: dict[_Place, list[Program]] = {}
    for program in programs:
        if not is_hearsay(ranks[program.source_id]):
            groups.setdefault(_place(program), []).append(program)
    announced = _Announced(groups) if heard and groups else None
    for program in heard:
        is_listed = ranks[program.source_id] is not Rank.UNLISTED
        meant = announced.meant(program, is_listed=is_listed) if announced else ()
        for place in meant or (_place(program),):
            groups.setdefault(place, []).append(program)
    return [_edition(group, source_of) for group in groups.values()]


_Place = tuple[ProgramKey, str]


def _place(program: Program) -> _Place:
    # Two editions of unknown years are not known to be the same.
    return key_of(program), "" if program.year else program.id


class _Announced:
    """The editions that authorities announce, by how their names look."""

    def __init__(self, groups: dict[_Place, list[Program]]) -> None:
        self._exact: dict[str, dict[_Place, None]] = {}
        self._bare: dict[str, dict[_Place, None]] = {}
        for place, programs in groups.items():
            for name in {name for program in programs for name in (program.name, *program.aliases)}:
                self._exact.setdefault(lookalike(name), {})[place] = None
            for name in {program.name for program in programs}:
                self._bare.setdefault(bare(name), {})[place] = None

    def meant(self, program: Program, *, is_listed: bool) -> tuple[_Place, ...]:
        """The editions that an account without authority speaks of: of its own body if any, and of its year.

        One that nobody listed for a later year speaks of the latest one.
        """
        known = self._exact.get(lookalike(program.name)) or self._bare.get(bare(program.name)) or {}
        own = key_of(program)
        agreeing = [place for place in known if may_be(own, place[0])] or list(known)
        latest = max((place[0].year or 0 for place in agreeing), default=0)
        # A year that nobody announces is a round of its own where staff list the report, or it is over anyway.
        is_own_year = bool(program.year) and (is_listed or (program.year or 0) < latest)
        year = program.year if is_own_year or any(p[0].year == program.year for p in agreeing) else latest
        return tuple(place for place in agreeing if (place[0].year or 0) == (year or 0))


def may_be(own: ProgramKey, other: ProgramKey) -> bool:
    """Whether two keys, name and year aside, agree in all that both tell."""
    pairs = ((own.authority, other.authority), (own.region, other.region), (own.round, other.round))
    return all(not one or not two or squash(one) == squash(two) for one, two in pairs)


def _edition(programs: Sequence[Program], source_of: SourceOf) -> Edition:
    sources = {program.source_id: source_of(program.source_id) for program in programs}
    bodies = {
        body
        for program in programs
        if not is_hearsay(rank_of(sources[program.source_id]))
        for body in (program.ministry, program.agency)
    }
    members = [Member(p, sources[p.source_id], rank_of(sources[p.source_id], bodies)) for p in programs]
    members.sort(key=lambda member: member.standing)
    numbers = {member.program.number for member in members if not is_partial(member.program)}
    strays = [m for m in members if numbers and "" not in numbers and _is_of_another(m.program, numbers)]
    return Edition(tuple(member for member in members if member not in strays), tuple(strays))


def _is_of_another(notice: Program, numbers: set[str]) -> bool:
    """Whether a notice changes a call under a number that none of these calls has."""
    return is_partial(notice) and bool(notice.of_numbers) and not names_any(notice, numbers)


def names_any(notice: Program, numbers: set[str]) -> bool:
    """Whether a notice names one of the numbers of calls."""
    return not numbers.isdisjoint((notice.number, *notice.of_numbers))


# --- what they come to together ---


def folded(edition: Edition) -> Program:
    """The edition as those that count tell it, filled from the others, with what these say otherwise."""
    lesser = edition.lesser
    first, *later = _renumbered([member.program for member in edition.members if member not in lesser])
    done = first
    for program in later:
        told = without_nothings(program, done)
        done = patched(done, told) if is_partial(program) else _filled(told, done)
    for member in reversed(lesser):
        done = done if is_hearsay(member.rank) else _filled(done, member.program)
    found = (dispute for m in lesser for dispute in disputes(done, m.program, m.rank, m.source))
    return replace(done, disputes=tuple(found)) if lesser else done


def _renumbered(programs: Sequence[Program]) -> list[Program]:
    """The accounts, each notice that names the number of one call put into that call and no later one."""
    kept = list(programs)
    for notice in programs:
        called = [p for p in kept if p.number and not is_partial(p) and names_any(notice, {p.number})]
        if is_partial(notice) and called:
            kept = [patched(p, notice) if p is called[-1] else p for p in kept if p is not notice]
    return kept


def _filled(later: Program, earlier: Program) -> Program:
    """The later account with what only the earlier one states; one that tells little replaces only what it tells."""
    stated, thin = _states_days(later), is_thin(later)
    told = {(c.field, c.track) for c in later.criteria}
    kept = tuple(c for c in earlier.criteria if thin and (c.field, c.track) not in told)
    criteria = (*later.criteria, *kept) if later.criteria else earlier.criteria
    unread = (*unread_of(later), *(unread_of(earlier) if kept or not later.criteria else ()))
    return replace(
        later,
        ministry=later.ministry or earlier.ministry,
        agency=later.agency or earlier.agency,
        aliases=tuple(dict.fromkeys((*later.aliases, *earlier.aliases))),
        details=(*later.details, *_unsaid(later.details, earlier.details)),
        criteria=criteria,
        condition=grown(criteria, unread) if later.condition or earlier.condition else None,
        tracks=later.tracks or earlier.tracks,
        benefits=_gains(later.benefits, earlier.benefits, is_thin=thin),
        periods=later.periods if stated else earlier.periods or later.periods,
        contacts=_offices(later.contacts, earlier.contacts, is_thin=thin),
        steps=later.steps or earlier.steps,
        supersedes=later.supersedes or earlier.supersedes,
        budget=later.budget or earlier.budget,
        number=later.number or earlier.number,
    )


def without_nothings(later: Program, earlier: Program) -> Program:
    """The later account without the words that only point elsewhere, where the earlier one says what they leave out."""
    told = {detail.label for detail in earlier.details if not _says_nothing(detail.text)}
    empty = [d for d in later.details if d.label in told and _says_nothing(d.text)]
    gone = {detail.evidence for detail in empty}
    has_days = any(_is_dated(period) for period in earlier.periods)
    return replace(
        later,
        details=tuple(detail for detail in later.details if detail not in empty),
        steps=tuple(step for step in later.steps if step not in empty),
        benefits=tuple(b for b in later.benefits if b.evidence not in gone or _is_figured(b)),
        periods=tuple(p for p in later.periods if _is_dated(p) or not (has_days and _says_nothing(p.text))),
    )


def _says_nothing(text: str) -> bool:
    words = squash(text).rstrip(".)( ")
    nothing = word_lists(Path(__file__).with_name("editions.yaml"))["nothing"]
    return not words or (len(words) <= _POINTS and any(word in words for word in nothing) and not actionable_in(text))


def _is_dated(period: Period) -> bool:
    """Whether a period tells when, by a day, a month or for good."""
    vague = (PeriodKind.UNSTATED, PeriodKind.ANNOUNCED)
    return period.kind not in vague or period.expected_from is not None or period.opens_on is not None


def is_thin(program: Program) -> bool:
    """Whether an account leaves out when or who may apply, as a reminder does and no call."""
    return not (_states_days(program) and program.criteria)


def _states_days(program: Program) -> bool:
    return any(period.kind is not PeriodKind.UNSTATED for period in program.periods)


def _unsaid(later: Sequence[Detail], earlier: Sequence[Detail]) -> Iterator[Detail]:
    labels = {detail.label for detail in later}
    return (detail for detail in earlier if detail.label not in labels)


def _gains(later: Sequence[Benefit], earlier: Sequence[Benefit], *, is_thin: bool) -> tuple[Benefit, ...]:
    """What is given: the sums and shares of an earlier account where the later one tells none of that track."""
    if not any(map(_is_figured, later)):
        figured = tuple(filter(_is_figured, earlier))
        return (*later, *figured) if figured else tuple(later or earlier)
    tracks = {benefit.track for benefit in later}
    return (*later, *(b for b in earlier if is_thin and b.track not in tracks))


def _is_figured(benefit: Benefit) -> bool:
    return bool(benefit.ceiling or benefit.rate or benefit.own_share)


def _offices(later: Sequence[Contact], earlier: Sequence[Contact], *, is_thin: bool) -> tuple[Contact, ...]:
    """Whom to ask: as the earlier account says where the later tells no number; of places also beside a thin one."""
    if not any(contact.phones for contact in later):
        return tuple(earlier or later)
    known = {squash(contact.organisation) for contact in later}
    placed = (c for c in earlier if is_thin and c.regions and squash(c.organisation) not in known)
    return (*later, *placed)
