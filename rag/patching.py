"""Patching: an edition of a programme and a later notice flow in; the edition as the notice leaves it flows out.

A notice changes only what it names. Where it is not known which days it means, or nothing of it was read, the standing
is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from rag.conditions.tree import grown, regrown, unread_of
from rag.domain import (
    Benefit,
    Changed,
    ChangeKind,
    Contact,
    Criterion,
    Detail,
    Evidence,
    Patch,
    Period,
    PeriodKind,
    Program,
    TrackName,
)
from rag.grammar.typed import Days, Money, Phone, Share, Typed
from rag.grammar.values import ANY_DAY, read_values
from rag.text import squash
from rag.tracks import named_in_full

_REACH = "문의처"
_MARKS = " ○◦□■●▪▫※·•*-–▶▷❍ㅇ"


def is_partial(program: Program) -> bool:
    """Whether a notice only changes what another states, and is no whole edition of its own."""
    stated = any(period.kind is not PeriodKind.UNSTATED and period.evidence for period in program.periods)
    days = {patch.evidence for patch in program.patches if patch.field is Changed.PERIOD}
    stated = stated and not all(period.evidence in days for period in program.periods)
    return bool(program.patches) and not (stated and program.criteria)


def mended(program: Program) -> Program:
    """A programme with what its own document changes put into effect where it states the old value itself."""
    done = program
    stated = {period.closes_on for period in program.periods if period.kind is not PeriodKind.UNSTATED}
    for patch in program.patches:
        # Days that the document states in a row of its own are those after the change.
        is_told = patch.field is Changed.PERIOD and stated and patch.was_day not in stated
        if patch.kind is ChangeKind.CANCELLED or not (is_told or patch.kind is ChangeKind.UNREAD):
            done = _APPLY[patch.field](done, patch, program)
    return done


def patched(program: Program, notice: Program) -> Program:
    """An edition as a later notice leaves it: every row that it does not name as it was."""
    done = _with_rows(program, notice)
    for patch in notice.patches:
        done = _APPLY[patch.field](done, patch, notice)
    return done


def on_day(program: Program, as_of: date) -> Program:
    """The programme with the contacts that answer on the day."""
    if not any(contact.since or contact.until for contact in program.contacts):
        return program
    return replace(program, contacts=tuple(contact for contact in program.contacts if _answers(contact, as_of)))


def _answers(contact: Contact, as_of: date) -> bool:
    return (contact.since or as_of) <= as_of <= (contact.until or as_of)


# --- rows that a notice states anew ---


def _with_rows(program: Program, notice: Program) -> Program:
    """The edition with the rows of a notice in the place of those of the same label and track."""
    told = [patch.evidence for patch in notice.patches if patch.was]
    # What a sentence or a row of changes tells is put in the place of the old words alone.
    stated = [detail for detail in notice.details if not _is_within(detail.evidence, told)]
    rows = {_row(d) for d in stated if d.label != _REACH}
    criteria = (*notice.criteria, *_others(program.criteria, {(c.field, c.track) for c in notice.criteria}))
    with_figures = (b for b in notice.benefits if b.ceiling or b.rate or b.own_share)
    figured = tuple(b for b in with_figures if not _is_within(b.evidence, told))
    tracks = {benefit.track for benefit in figured}
    return replace(
        program,
        details=(*(d for d in program.details if _row(d) not in rows), *_new_rows(stated, program.details)),
        criteria=criteria,
        condition=grown(criteria, unread_of(program)) if program.condition and notice.criteria else program.condition,
        benefits=(*(b for b in program.benefits if b.track not in tracks), *figured) if figured else program.benefits,
        periods=_with_days(program, notice),
        contacts=_with_offices(program.contacts, notice.contacts),
        budget=notice.budget or program.budget,
        aliases=tuple(dict.fromkeys((*program.aliases, *notice.aliases))),
    )


def _is_within(evidence: Evidence, told: Sequence[Evidence]) -> bool:
    """Whether words stand in one of the sentences or rows, a cell in its row."""
    return any(replace(one, quote=evidence.quote) == evidence and evidence.quote in one.quote for one in told)


def _row(detail: Detail) -> tuple[str, str | None, str]:
    return detail.label, detail.track, detail.item


def _new_rows(details: Sequence[Detail], before: Sequence[Detail]) -> tuple[Detail, ...]:
    """The rows of a notice, whom to ask only where nobody was named before."""
    is_reached = any(detail.label == _REACH for detail in before)
    return tuple(detail for detail in details if not (is_reached and detail.label == _REACH))


def _others(criteria: Sequence[Criterion], stated: set[tuple[object, str | None]]) -> tuple[Criterion, ...]:
    return tuple(c for c in criteria if (c.field, c.track) not in stated)


def _with_days(program: Program, notice: Program) -> tuple[Period, ...]:
    """The days that a notice states in rows, each for its own track; those told in sentences are its patches."""
    days = tuple(p for p in notice.periods if p.kind is not PeriodKind.UNSTATED)
    if not days or any(patch.field is Changed.PERIOD for patch in notice.patches):
        return program.periods
    tracks = {period.track for period in days}
    kept = tuple(period for period in program.periods if period.track and period.track not in tracks)
    if None in tracks and kept:
        return _doubted(program.periods, notice.patches[0])
    return (*kept, *days)


def _with_offices(before: Sequence[Contact], stated: Sequence[Contact]) -> tuple[Contact, ...]:
    """Whom to ask as it was, with the offices that only the notice tells behind; a notice takes no number away."""
    known = {phone for contact in before for phone in contact.phones}
    more = tuple(contact for contact in stated if contact.phones and not known & set(contact.phones))
    return (*before, *more) if known else (*more, *before)


# --- days ---


def _period(program: Program, patch: Patch, notice: Program) -> Program:
    """The edition with other days, or called off, for the tracks that the sentence or the title names."""
    periods = _apart(program, patch) or (Period(PeriodKind.UNSTATED, ""),)
    meant = _meant(periods, program, patch)
    if patch.kind is ChangeKind.UNREAD or not meant:
        is_own = notice is program or notice.id == program.id
        return program if is_own else replace(program, periods=_doubted(periods, patch))
    moved = tuple(_moved(p, patch) if p in meant else p for p in periods)
    gone = {p.evidence for p in meant if p.evidence != patch.evidence}
    kept = {p.evidence for p in periods if p not in meant}
    return replace(program, periods=moved, details=tuple(_redated(program.details, gone, kept, patch)))


def _redated(
    details: Sequence[Detail], gone: set[Evidence | None], kept: set[Evidence | None], patch: Patch
) -> Iterator[Detail]:
    """The statements, those of days that hold no longer with the new days, or with the sentence that tells them.

    A statement that tells days which still hold keeps its other words.
    """
    for detail in details:
        if detail.evidence in gone:
            text = _reworded(detail.text, patch) if patch.was else None
            if text or detail.evidence not in kept:
                detail = replace(detail, text=text or _said(patch), evidence=patch.evidence)
        elif patch.was and detail.evidence == patch.evidence:
            detail = replace(detail, text=_reworded(detail.text, patch) or detail.text)
        yield detail


def _said(patch: Patch) -> str:
    """The sentence of a patch without the mark before it."""
    return patch.evidence.quote.lstrip(_MARKS)


def _apart(program: Program, patch: Patch) -> tuple[Period, ...]:
    """The periods; one of all tracks as one of each where the notice names some of them."""
    named = _named(program, patch)
    shared = [period for period in program.periods if period.track is None]
    if not named or any(period.track in named for period in program.periods) or len(shared) != 1:
        return program.periods
    each = tuple(replace(shared[0], track=track.name) for track in program.tracks)
    own = {period.track for period in program.periods}
    return (*(p for p in program.periods if p.track), *(p for p in each if p.track not in own))


def _named(program: Program, patch: Patch) -> frozenset[str]:
    """The tracks that the sentence names, failing that the title."""
    known = {track.name for track in program.tracks}
    others = dict.fromkeys(p.track for p in program.periods if p.track and p.track not in known)
    tracks = (*program.tracks, *map(TrackName, others))
    for words in (patch.evidence.quote, patch.title):
        if found := named_in_full(tracks, words.replace(program.name, " ")):
            return frozenset(found)
    return frozenset()


def _meant(periods: Sequence[Period], program: Program, patch: Patch) -> tuple[Period, ...]:
    """The periods that a notice means; none where that is not known."""
    named = _named(program, patch)
    among = [p for p in periods if p.track in named] if named else list(periods)
    if patch.was_day and (ending := [p for p in among if p.closes_on == patch.was_day]):
        return tuple(ending)
    if "일부" in patch.title and not named:
        return ()
    is_one = len({(p.opens_on, p.closes_on, p.kind) for p in among}) == 1
    return tuple(among) if named or is_one or patch.kind is ChangeKind.CANCELLED else ()


def _moved(period: Period, patch: Patch) -> Period:
    said = replace(period, text=_said(patch), evidence=patch.evidence, confidence=1.0, changed=patch.kind, unread="")
    if patch.kind is ChangeKind.CANCELLED:
        return replace(said, is_cancelled=True)
    opens = patch.opens_on or period.opens_on
    opens = None if opens and patch.day and opens > patch.day else opens
    closes_at = _hour(patch) or (period.closes_at if period.closes_on == patch.day else None)
    return replace(
        said, kind=PeriodKind.FIXED, opens_on=opens, closes_on=patch.day, closes_at=closes_at, is_cancelled=False
    )


def _hour(patch: Patch) -> time | None:
    """The hour at which the new last day ends, where the sentence or row tells it."""
    told = [value.of for value in read_values(patch.evidence.quote, patch.day or ANY_DAY)]
    return next((d.closes for d in told if isinstance(d, Days) and d.last == patch.day and d.closes), None)


def _doubted(periods: Sequence[Period], patch: Patch) -> tuple[Period, ...]:
    return tuple(replace(period, unread=patch.title, evidence=patch.evidence) for period in periods)


# --- words, numbers and persons ---


def _words(program: Program, patch: Patch, notice: Program) -> Program:
    """The edition with the statements that hold the old words, or the old figure, holding the new ones."""
    holding = [d for d in program.details if _reworded(d.text, patch) is not None]
    named = _named(program, patch)
    said = squash(patch.evidence.quote)
    holding = [d for d in holding if d.track in named] or holding
    holding = [d for d in holding if d.label and squash(d.label) in said] or holding
    if not holding:
        # Nothing says what the notice puts right: its own words are told as they stand.
        return _with_words(program, patch, notice)
    rows = {detail.evidence for detail in holding}
    done = replace(
        program,
        details=tuple(_new_words(d, patch) if d in holding else d for d in program.details),
        steps=tuple(_new_words(d, patch) if d in holding else d for d in program.steps),
        benefits=tuple(_new_figures(b, patch) if b.evidence in rows else b for b in program.benefits),
        criteria=tuple(_unjudged(c, patch) if c.evidence in rows else c for c in program.criteria),
    )
    return regrown(done) if program.condition and done.criteria != program.criteria else done


def _with_words(program: Program, patch: Patch, notice: Program) -> Program:
    """The edition with the statements of the notice on one change beside its own."""
    own = {detail.evidence for detail in program.details}
    more = (d for d in notice.details if _is_within(d.evidence, [patch.evidence]) and d.evidence not in own)
    return replace(program, details=(*program.details, *more))


def _new_words(detail: Detail, patch: Patch) -> Detail:
    return replace(detail, text=_reworded(detail.text, patch) or detail.text, evidence=patch.evidence)


def _new_figures(benefit: Benefit, patch: Patch) -> Benefit:
    """The benefit with the new figure where it has the old one."""
    old, new = _value(patch.was), _value(patch.now)
    text = _reworded(benefit.text, patch) or benefit.text
    benefit = replace(benefit, text=text, evidence=patch.evidence)
    if isinstance(old, Money) and isinstance(new, Money) and benefit.ceiling == old.interval.high:
        return replace(benefit, ceiling=int(new.interval.high) if new.interval.high else None)
    if isinstance(old, Share) and isinstance(new, Share):
        high = float(new.interval.high) if new.interval.high is not None else None
        rate = high if benefit.rate == old.interval.high else benefit.rate
        own = high if benefit.own_share == old.interval.high else benefit.own_share
        return replace(benefit, rate=rate, own_share=own)
    return benefit


def _unjudged(criterion: Criterion, patch: Patch) -> Criterion:
    """A condition in its new words, which nobody has judged by."""
    text = _reworded(criterion.text, patch)
    if text is None:
        return criterion
    return replace(criterion, text=text, evidence=patch.evidence, allowed=(), excluded=(), minimum=None, maximum=None)


def _reworded(text: str, patch: Patch) -> str | None:
    """The text with the new words for the old, or the new figure for one of the same value; `None` without any.

    Where it has both, as the sentence on the change has, the old ones go.
    """
    at = text.find(patch.was)
    end = at + len(patch.was)
    if at < 0:
        old = _value(patch.was)
        found = next((v for v in read_values(text, ANY_DAY) if old and _same(v.of, old)), None)
        if found is None:
            return None
        at, end = found.start, found.end
    beyond = text.find(patch.now, end)
    return text[:at] + (text[beyond:] if beyond >= 0 else patch.now + text[end:])


def _value(text: str) -> Typed | None:
    values = read_values(text, ANY_DAY)
    return values[0].of if len(values) == 1 else None


def _same(one: Typed, other: Typed) -> bool:
    """Whether two values are the same figure, for whomever it is told."""
    if isinstance(one, Money) and isinstance(other, Money):
        return (one.interval.high, one.currency) == (other.interval.high, other.currency)
    if isinstance(one, Days) and isinstance(other, Days):
        return (one.first, one.last) == (other.first, other.last)
    return one == other


def _phone(program: Program, patch: Patch, notice: Program) -> Program:
    """The edition with the new number for the old one, from the day on which it holds."""
    old, new = _numbers(patch.was), _numbers(patch.now)
    contacts: list[Contact] = []
    for contact in program.contacts:
        if not set(old) & set(contact.phones):
            contacts.append(contact)
            continue
        kept = tuple(phone for phone in contact.phones if phone not in new)
        replaced = tuple(new[0] if new and phone in old else phone for phone in kept)
        contacts += _from(contact, replace(contact, phones=kept), replace(contact, phones=replaced), patch)
    details = tuple(
        replace(d, text=_reworded(d.text, patch) or d.text, evidence=patch.evidence) if patch.was in d.text else d
        for d in program.details
    )
    alone = {(squash(c.organisation), c.department, c.person, c.phones): c for c in reversed(contacts)}
    return replace(program, contacts=tuple(reversed(alone.values())), details=details)


def _from(contact: Contact, before: Contact, after: Contact, patch: Patch) -> tuple[Contact, ...]:
    """A contact before and after the day of a change; only what holds from then on where no day is told."""
    after = replace(
        after,
        evidence=patch.evidence if contact.evidence.source_id != patch.evidence.source_id else contact.evidence,
        since=patch.day,
    )
    return (replace(before, until=patch.day - timedelta(days=1)), after) if patch.day else (after,)


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(n for v in read_values(text, ANY_DAY) if isinstance(v.of, Phone) for n in v.of.numbers)


def _person(program: Program, patch: Patch, notice: Program) -> Program:
    """The edition with another person, where it names one person alone whose place it can be."""
    if not patch.now:
        bodies = {squash(contact.organisation) for contact in notice.contacts if contact.phones}
        others = tuple(c for c in program.contacts if squash(c.organisation) not in bodies)
        return replace(program, contacts=(*(c for c in notice.contacts if c.phones), *others))
    new = next((c for c in notice.contacts if c.evidence == patch.evidence and c.person == patch.now), None)
    old = [c for c in program.contacts if c.person and c.person != patch.now]
    if new is None:
        return program
    if len(old) != 1:
        return replace(program, contacts=(new, *(c for c in program.contacts if c.phones != new.phones)))
    others = tuple(c for c in program.contacts if c is not old[0] and c.phones != new.phones)
    gone = (replace(old[0], until=patch.day - timedelta(days=1)),) if patch.day else ()
    return replace(
        program,
        contacts=(*gone, replace(new, since=patch.day), *others),
        details=tuple(d for d in program.details if d.evidence != old[0].evidence),
    )


_APPLY: dict[Changed, Callable[[Program, Patch, Program], Program]] = {
    Changed.PERIOD: _period,
    Changed.WORDS: _words,
    Changed.PHONE: _phone,
    Changed.PERSON: _person,
    Changed.ROWS: lambda program, patch, notice: program,
}
