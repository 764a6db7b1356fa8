"""Differences: two programmes flow in; in which fields they contradict each other, and in which words, flows out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rag.domain import (
    Benefit,
    Changed,
    ChangeKind,
    Criterion,
    Dispute,
    Disputed,
    Evidence,
    Period,
    PeriodKind,
    Program,
    Rank,
    Source,
)
from rag.standing.authority import is_hearsay
from rag.text import squash
from rag.trust import sure

_MARKS = " ○◦□■●▪▫※·•*-–▶▷❍ㅇ"

Said = tuple[str, Evidence]
"""What a document says, in its words, and where."""
Stated = dict[object, list[tuple[object, Said]]]
"""For each part of a programme (track, office) that can be compared: values, each with its words and evidence."""


def differences(one: Program, other: Program) -> Iterator[tuple[Disputed, Said, Said]]:
    """Each field of which both state the same part and agree in nothing, with what each says of it."""
    for field, stated in _STATED.items():
        said = _first(stated(one), stated(other))
        if said:
            yield field, *said


def disputes(held: Program, lesser: Program, rank: Rank, source: Source | None) -> tuple[Dispute, ...]:
    """What a document of less authority, of that rank and source, says otherwise than what is held, a field once.

    Of hearsay also each value that is not held: a number that no office has, a sum, days or conditions where none are.
    """
    title = source.title if source else ""
    found: dict[Disputed, tuple[Said | None, Said]] = {}
    for patch in lesser.patches:
        if patch.field is not Changed.ROWS:
            field = Disputed.CONTACT if patch.field in (Changed.PHONE, Changed.PERSON) else Disputed.EVENT
            words = patch.title if patch.kind is ChangeKind.UNREAD else patch.evidence.quote.lstrip(_MARKS)
            ours = _words(held, _phones if field is Disputed.CONTACT else _periods)
            found.setdefault(field, (ours, (words, patch.evidence)))
    told = {patch.evidence for patch in lesser.patches}
    for field, own, other in differences(held, lesser):
        if other[1] not in told:
            found.setdefault(field, (own, other))
    if is_hearsay(rank):
        for field, unheld in _unheld(held, lesser):
            found.setdefault(field, unheld)
    return tuple(
        Dispute(field, ours[0] if ours else "", theirs[0], ours[1] if ours else None, theirs[1], title, rank)
        for field in Disputed
        if (pair := found.get(field))
        for ours, theirs in (pair,)
    )


def _unheld(held: Program, lesser: Program) -> Iterator[tuple[Disputed, tuple[Said | None, Said]]]:
    """Each field of which a document states a value that is nowhere held, with what is held of it, if anything is."""
    for field, stated in ((Disputed.CONTACT, _phones), (Disputed.AMOUNT, _figures)):
        known = [value for values in stated(held).values() for value, _ in values]
        new = (said for values in stated(lesser).values() for value, said in values if value not in known)
        if (said := next(new, None)) is not None:
            yield field, (_words(held, stated), said)
    for field, stated in ((Disputed.PERIOD, _periods), (Disputed.CONDITION, _targets)):
        if not stated(held) and (alone := _words(lesser, stated)):
            yield field, (None, alone)
    bodies = squash(f"{held.ministry} {held.agency}")
    other = next((body for body in (lesser.agency, lesser.ministry) if body and squash(body) not in bodies), "")
    if other and bodies:
        yield Disputed.IDENTITY, ((held.agency or held.ministry, held.evidence), (other, lesser.evidence))


def _words(program: Program, stated: Callable[[Program], Stated]) -> Said | None:
    """What a programme states first of a field."""
    return next((values[0][1] for values in stated(program).values()), None)


def _first(earlier: Stated, later: Stated) -> tuple[Said, Said] | None:
    """The first part that both state and on which they agree in nothing."""
    for part, old in earlier.items():
        new = later.get(part, [])
        if new and not any(_agree(a, b) for a, _ in old for b, _ in new):
            return old[0][1], new[0][1]
    return None


def _agree(one: object, other: object) -> bool:
    """Whether two values can both be true; a month announced and a day within it can."""
    if isinstance(one, Period) and isinstance(other, Period):
        expected, fixed = (one, other) if one.kind is PeriodKind.ANNOUNCED else (other, one)
        if expected.kind is PeriodKind.ANNOUNCED and expected.expected_from and expected.expected_to and fixed.opens_on:
            return expected.expected_from <= fixed.opens_on <= expected.expected_to
        return _dates(one) == _dates(other)
    return one == other


def _dates(period: Period) -> tuple[object, ...]:
    return period.kind, period.opens_on, period.closes_on, period.expected_from, period.expected_to


def _periods(program: Program) -> Stated:
    found: Stated = {}
    for period in sure(program.periods):
        if period.kind is not PeriodKind.UNSTATED and period.evidence:
            found.setdefault(_key(period.track), []).append((period, (period.text, period.evidence)))
    return found


def _phones(program: Program) -> Stated:
    found: Stated = {}
    for contact in sure(program.contacts):
        part = (squash(contact.organisation), _key(contact.department), _key(contact.person), _key(contact.track))
        for phone in contact.phones:
            found.setdefault(part, []).append((phone, (f"{contact.organisation} {phone}", contact.evidence)))
    return found


def _ceilings(program: Program) -> Stated:
    highest: dict[str, Benefit] = {}
    for benefit in sure(program.benefits):
        known = highest.get(_key(benefit.track))
        if benefit.ceiling and (known is None or benefit.ceiling > (known.ceiling or 0)):
            highest[_key(benefit.track)] = benefit
    return {track: [(b.ceiling, (b.text, b.evidence))] for track, b in highest.items()}


def _figures(program: Program) -> Stated:
    """Every sum and share that a programme gives or asks, whatever its track."""
    found: Stated = {}
    for benefit in sure(program.benefits):
        for sort, value in (("sum", benefit.ceiling), ("share", benefit.rate), ("own", benefit.own_share)):
            if value is not None:
                found.setdefault(sort, []).append(((sort, value), (benefit.text, benefit.evidence)))
    return found


def _targets(program: Program) -> Stated:
    """Bounds and categories of applicants; free words are left alone, since no two documents use the same."""
    values: dict[object, list[Criterion]] = {}
    for criterion in sure(program.criteria):
        if criterion.strict:
            values.setdefault((criterion.field, _key(criterion.track)), []).append(criterion)
    return {
        part: [
            (
                frozenset((frozenset(c.allowed), frozenset(c.excluded), c.minimum, c.maximum) for c in listed),
                (listed[0].text, listed[0].evidence),
            )
        ]
        for part, listed in values.items()
    }


def _key(words: str | None) -> str:
    return squash(words or "")


_STATED: dict[Disputed, Callable[[Program], Stated]] = {
    Disputed.PERIOD: _periods,
    Disputed.CONTACT: _phones,
    Disputed.AMOUNT: _ceilings,
    Disputed.CONDITION: _targets,
}
