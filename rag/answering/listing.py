"""Listing: programmes and what is asked of each flow in; they flow out in order, with the figure or fact of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rag.answering import figures
from rag.answering.facts import Asked, facts_of
from rag.answering.picking import Query
from rag.answering.select import Asker, ceiling, own_share
from rag.answering.statements import label_weight
from rag.domain import Evidence, Match, Program
from rag.grammar.typed import Count
from rag.messages import AT_MOST, NO_SUCH_FIGURE, PARTS
from rag.money import won
from rag.periods import when
from rag.plan import (
    Ask,
    Fact,
    Facts,
    Field,
    Found,
    Measure,
    Nothing,
    Order,
    Outcome,
    Part,
    Plan,
    Point,
    SelectBy,
    Shape,
)
from rag.shelf import Shelf
from rag.tracks import Track, tracks_of

# What a programme is for and whom, not when or whom to call, is why it fits.
_FEW = 3
_REASONS = (Ask.WHAT, Ask.WHO_MAY)


def listed(plan: Plan, part: Part, matches: Sequence[Match], total: int, asker: Asker, shelf: Shelf) -> Found:
    """The programmes with the first fact of each thing asked of them; none where nothing but "which" is asked."""
    facts: list[tuple[Fact, ...]] = []
    for at, match in enumerate(matches):
        own: list[Fact] = []
        for ask in _told(part):
            outcome = facts_of(Asked(Point(ask, part.about), plan, part, match, asker), shelf)
            if isinstance(outcome, Facts):
                own.append(outcome.facts[0])
        if part.select.by is SelectBy.NEED and not own:
            own = list(_reason(plan, part, match, shelf))
            if at == 0 and len(matches) <= _FEW:
                own += [fact for fact in _terms(part, match, shelf) if fact.text not in {f.text for f in own}]
        facts.append(tuple(own))
    return Found(tuple(matches), tuple(facts), total)


def _reason(plan: Plan, part: Part, match: Match, shelf: Shelf) -> Iterator[Fact]:
    """What the programme states that answers the wish best; of one with several tracks, which there are."""
    tracks = {track.name: track for track in tracks_of(match.program)}
    if match.track is None and len(tracks) > 1:
        nearest = [tracks[track.name] for track in match.tracks if track.name in tracks] or list(tracks.values())
        text = ", ".join(_track_told(track) for track in nearest)
        evidence = (e for track in nearest for e in _behind(track))
        yield Fact(Ask.WHAT, text, tuple(dict.fromkeys((match.program.evidence, *evidence))), label=PARTS)
        return
    wish = " ".join(filter(None, (*part.select.words, part.thing, *plan.company.needs)))
    own = (match.track,) if match.track else ()
    query = Query(Ask.WHAT, wish, part.thing, wish, own, shelf.name_words(match.program))
    stated = (scored.statement for scored in shelf.picker.best(match.program, query).scored)
    best = next((s for s in stated if s.track or any(label_weight(ask, s.label) for ask in _REASONS)), None)
    if best:
        yield Fact(Ask.WHAT, best.text, (best.evidence,), label=best.label)


def _track_told(track: Track) -> str:
    """A track by name, with what it gives at most and whom to call, where those are its own."""
    most = max((benefit.ceiling for benefit in track.benefits if benefit.track and benefit.ceiling), default=0)
    phone = next((c.phones[0] for c in track.contacts if c.track and c.phones), "")
    beside = ", ".join(filter(None, (AT_MOST.format(sum=won(most)) if most else "", phone)))
    return f"{track.name}({beside})" if beside else track.name


def _behind(track: Track) -> Iterator[Evidence]:
    """The words behind what is told of a track."""
    yield from (benefit.evidence for benefit in track.benefits if benefit.track and benefit.ceiling)
    yield from (contact.evidence for contact in track.contacts[:1] if contact.track)


def _terms(part: Part, match: Match, shelf: Shelf) -> Iterator[Fact]:
    """Of the programme that fits best, whom it is for, and what it leaves the company to pay, where that is stated."""
    tracks = (match.track,) if match.track else ()
    for ask, holds in ((Ask.WHO_MAY, _any), (Ask.OWN_SHARE, figures.speaks_of_own_share)):
        query = Query(ask, part.thing, "", part.thing, tracks, shelf.name_words(match.program))
        stated = (scored.statement for scored in shelf.picker.best(match.program, query).scored)
        own = (s for s in stated if s.track in (None, "", match.track) and holds(s.text))
        best = next((s for s in own if label_weight(ask, s.label) > 0), None)
        if best:
            yield Fact(ask, best.text, (best.evidence,), label=best.label)


def _any(text: str) -> bool:
    return True


def _told(part: Part) -> Iterator[Ask]:
    """What is told of each: what was asked, and what a constraint on own money rests on."""
    yield from (ask for ask in part.asks if ask is not Ask.WHAT)
    if Ask.OWN_SHARE not in part.asks and any(c.field is Field.OWN_MONEY for c in part.where):
        yield Ask.OWN_SHARE


def ranked(part: Part, matches: Sequence[Match], asker: Asker, shelf: Shelf) -> tuple[Outcome, ...]:
    """The programmes by a measure, or how many there are, or their sum; those without the figure are named apart."""
    if not matches:
        return (Nothing(part.words),)
    if part.shape is Shape.COUNT:
        return (Found(tuple(matches), tuple(() for _ in matches), len(matches), value=str(len(matches))),)
    order = part.order or Order(next((m for m, ask in _ASK_OF.items() if ask in part.asks), Measure.BUDGET))
    valued = [(match, _VALUES[order.by](match.program, shelf)) for match in matches]
    if order.by is Measure.AMOUNT and all(value is None for _, value in valued):
        # Where no ceiling is known of any, the money meant is what they have to give.
        order = replace(order, by=Measure.BUDGET)
        valued = [(match, _VALUES[order.by](match.program, shelf)) for match in matches]
    known = [(match, value) for match, value in valued if value is not None]
    left_out = tuple((match.program, NO_SUCH_FIGURE) for match, value in valued if value is None)
    if not known:
        return (Nothing(part.words),)
    known.sort(key=lambda pair: -pair[1] if order.descending else pair[1])
    kept = known[: order.limit or len(known)]
    facts = tuple((_fact(order.by, match, value, asker, shelf),) for match, value in kept)
    total = sum(value for _, value in kept)
    said = _said(order.by, total) if part.shape is Shape.SUM else ""
    return (Found(tuple(m for m, _ in kept), facts, len(known), value=said, left_out=left_out),)


def _fact(measure: Measure, match: Match, value: float, asker: Asker, shelf: Shelf) -> Fact:
    ask = _ASK_OF[measure]
    if measure is Measure.CLOSES:
        behind = match.period.evidence if match.period else None
        return Fact(ask, when(match.period, match.status, asker.as_of), (behind,) if behind else ())
    stated = shelf.picker.best(match.program, Query(ask)).scored
    if measure is Measure.SELECTED and stated:
        return Fact(ask, stated[0].statement.text, (stated[0].statement.evidence,))
    evidence = (stated[0].statement.evidence if stated else match.program.evidence,)
    return Fact(ask, _said(measure, value), evidence)


def _said(measure: Measure, value: float) -> str:
    return f"{value:g}%" if measure is Measure.OWN_SHARE else won(round(value))


def _selected(program: Program, shelf: Shelf) -> float | None:
    """How many a programme selects: the first count of its statement on that."""
    stated = shelf.picker.best(program, Query(Ask.SELECTED)).scored
    counts = [n for s in stated[:1] for sort, n in figures.values_in(s.statement.text) if sort is Count]
    return max(counts, default=None)


def _closes(program: Program, shelf: Shelf) -> float | None:
    days = [period.closes_on for period in program.periods if period.closes_on]
    return float(min(days).toordinal()) if days else None


_ASK_OF = {
    Measure.AMOUNT: Ask.AMOUNT,
    Measure.BUDGET: Ask.BUDGET,
    Measure.OWN_SHARE: Ask.OWN_SHARE,
    Measure.CLOSES: Ask.PERIOD,
    Measure.SELECTED: Ask.SELECTED,
    Measure.PROGRAMS: Ask.WHAT,
}
_VALUES: dict[Measure, Callable[[Program, Shelf], float | None]] = {
    Measure.AMOUNT: lambda program, shelf: ceiling(program),
    Measure.BUDGET: lambda program, shelf: program.budget,
    Measure.OWN_SHARE: lambda program, shelf: own_share(shelf, program),
    Measure.CLOSES: _closes,
    Measure.SELECTED: _selected,
    Measure.PROGRAMS: lambda program, shelf: 1.0,
}
