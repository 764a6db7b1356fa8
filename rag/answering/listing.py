"""Listing: programmes and what is asked of each flow in; they flow out in order, with the figure or fact of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from rag.answering import figures
from rag.answering.facts import Asked, facts_of
from rag.answering.picking import Query
from rag.answering.select import OVER, Asker, ceiling, own_share
from rag.answering.statements import SO_CALLED, label_weight, statements_of
from rag.conditions.judge import deciding
from rag.domain import Benefit, Evidence, Match, Program, Result
from rag.grammar.typed import Unit
from rag.messages import AT_MOST, NO_SUCH_FIGURE, NOT_STATED, PARTS
from rag.money import won
from rag.periods import when
from rag.plan import (
    Aside,
    Ask,
    Fact,
    Facts,
    Field,
    Found,
    Measure,
    Nothing,
    Op,
    Order,
    Outcome,
    Part,
    Plan,
    Point,
    SelectBy,
    Shape,
)
from rag.shelf import Shelf
from rag.text import squash
from rag.tracks import tracks_of

# What a programme is for and whom, not when or whom to call, is why it fits.
_REASONS = (Ask.WHAT, Ask.WHO_MAY)
# What is told beside the best one is short, so of offices a few.
_OFFICES = 2
# A list ends after 800 letters (rag/saying/lines.py); no line of one has less than twenty.
_ROOM = 40
MUST_STATE = frozenset((Ask.OWN_SHARE, Ask.SELECTED, Ask.PAPERS, Ask.THING))
"""What is asked of a list and must be stated by what stands in it."""
# A list longer than this, or one that is a ranking, tells the same of each.
_FEW, _AT_LENGTH = 4, (Shape.ONE, Shape.LIST, Shape.COMPARE)


def listed(plan: Plan, part: Part, matches: Sequence[Match], total: int, asker: Asker, shelf: Shelf) -> Found:
    """The programmes with the first fact of each thing asked of them; none where nothing but "which" is asked.

    Of hundreds no more are told than a list has room for, unless what they state decides whether they are in it.
    """
    facts: list[tuple[Fact, ...]] = []
    for match in matches if MUST_STATE & set(part.asks) else matches[:_ROOM]:
        own = [*_bounded(part, match, asker, shelf), *_barring(part, match)]
        for ask in _told(part):
            outcome = facts_of(Asked(Point(ask, part.about), plan, part, match, asker), shelf)
            if isinstance(outcome, Facts):
                own.append(_first(outcome, part))
        if part.select.by is SelectBy.NEED:
            own = own or list(_reason(plan, part, match, shelf))
            # Of the best one all that decides is told, of the others why they are there.
            is_first = not facts and part.shape in _AT_LENGTH and len(matches) <= _FEW
            own += _deciding(plan, part, match, asker, shelf) if is_first else ()
        facts.append(_each_once(own))
    facts += [()] * (len(matches) - len(facts))
    return Found(tuple(matches), tuple(facts), total)


def _first(told: Facts, part: Part) -> Fact:
    """The first fact: of times that of the track told, of contacts that of the office or with the way wanted."""
    bodies = {squash(c.value) for c in part.where if c.field in _BODIES and c.op is Op.IN}
    own = (f for f in told.facts if f.contact and squash(f.contact.organisation) in bodies)
    ways = [c.value for c in part.where if c.field is Field.REACHED and c.op is Op.IN]
    by_way = (f for f in told.facts if f.contact and any(getattr(f.contact, way, ()) for way in ways))
    track = told.match.track or ""
    timely = (f for f in told.facts if f.ask is Ask.PERIOD and track and track in f.label)
    return next(own, None) or next(by_way, None) or next(timely, told.facts[0])


_BODIES = (Field.MINISTRY, Field.AGENCY, Field.BODY)
_BOUNDS = {Field.CEILING: Measure.AMOUNT, Field.BUDGET: Measure.BUDGET}


def _bounded(part: Part, match: Match, asker: Asker, shelf: Shelf) -> Iterator[Fact]:
    """The figures that a list is bounded by."""
    for measure in dict.fromkeys(_BOUNDS[c.field] for c in part.where if c.field in _BOUNDS):
        value = _VALUES[measure](match.program, shelf)
        if value is not None and _ASK_OF[measure] not in part.asks:
            yield _fact(measure, match, value, asker, shelf)


def _barring(part: Part, match: Match) -> Iterator[Fact]:
    """Why the asker may not apply, where programmes are picked by that."""
    if any(c.field is Field.VERDICT for c in part.where):
        unmet = deciding(match.findings, Result.UNMET)
        yield from (Fact(Ask.WHO_MAY, f.reason, (f.criterion.evidence,), label=f.track or "") for f in unmet[:1])


def _reason(plan: Plan, part: Part, match: Match, shelf: Shelf) -> Iterator[Fact]:
    """What the programme states that answers the wish best; of one with several tracks, which there are."""
    tracks = tracks_of(match.program)
    if match.track is None and len(tracks) > 1:
        text = ", ".join(track.name for track in tracks)
        yield Fact(Ask.WHAT, text, (match.program.evidence,), label=PARTS)
        return
    wish = " ".join(filter(None, (*part.select.words, part.thing, *plan.company.needs)))
    own = (match.track,) if match.track else ()
    query = Query(Ask.WHAT, wish, part.thing, wish, own, shelf.name_words(match.program))
    stated = (scored.statement for scored in shelf.picker.best(match.program, query).scored)
    best = next((s for s in stated if s.track or any(label_weight(ask, s.label) for ask in _REASONS)), None)
    if best:
        yield Fact(Ask.WHAT, best.text, (best.evidence,), label=best.label)


def aims_of(program: Program) -> tuple[Fact, ...]:
    """What a programme is for, as its best label for that states it; nothing where none does."""
    called = [s for s in statements_of(program) if not s.track and label_weight(Ask.WHAT, s.label) >= SO_CALLED]
    aim = max(called, key=lambda s: label_weight(Ask.WHAT, s.label), default=None)
    return (Fact(Ask.WHAT, aim.text, (aim.evidence,), label=aim.label),) if aim else ()


def _deciding(plan: Plan, part: Part, match: Match, asker: Asker, shelf: Shelf) -> Iterator[Fact]:
    """Who may apply, what it costs the company itself, as the documents state it, and whom to call there."""
    own = (match.track,) if match.track else ()
    alone = replace(part, words="", where=(), points=(), select=replace(part.select, words=(), tracks=own))
    who = shelf.picker.best(match.program, Query(Ask.WHO_MAY, tracks=own, without=shelf.name_words(match.program)))
    asked = {f.criterion.evidence for f in match.findings if f.criterion.strict}
    stated = [s.statement for s in who.scored if label_weight(Ask.WHO_MAY, s.statement.label) >= SO_CALLED]
    best = max(stated, key=lambda s: (s.evidence in asked) + (bool(own) and s.track in own), default=None)
    if best:
        yield Fact(Ask.WHO_MAY, best.text, (best.evidence,), label=best.label)
    share = facts_of(Asked(Point(Ask.OWN_SHARE), plan, alone, match, asker), shelf)
    if isinstance(share, Facts) and figures.speaks_of_own_share(share.facts[0].text):
        yield replace(share.facts[0], label="")
    office = facts_of(Asked(Point(Ask.CONTACT), plan, alone, match, asker), shelf)
    if isinstance(office, Facts) and len(office.facts) <= _OFFICES and Ask.CONTACT not in part.asks:
        yield from office.facts


def _each_once(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts, none that another one says."""
    kept: list[Fact] = []
    for fact in facts:
        said = squash(fact.text)
        if fact.contact or not any(said in squash(other.text) or squash(other.text) in said for other in kept):
            kept.append(fact)
    return tuple(kept)


_BEHIND = {
    Field.OWN_MONEY: Ask.OWN_SHARE,
    Field.SIZE: Ask.WHO_MAY,
    Field.APPLICANT: Ask.WHO_MAY,
    Field.OPENS: Ask.PERIOD,
    Field.CLOSES: Ask.PERIOD,
    Field.REACHED: Ask.CONTACT,
    Field.APPLIED: Ask.HOW,
}


def _told(part: Part) -> Iterator[Ask]:
    """What is told of each: what was asked, and what the records state that a constraint rests on."""
    yield from (ask for ask in part.asks if ask is not Ask.WHAT)
    yield from dict.fromkeys(
        ask for c in part.where if c.op is not Op.OUT and (ask := _BEHIND.get(c.field)) and ask not in part.asks
    )


def ranked(part: Part, matches: Sequence[Match], asker: Asker, shelf: Shelf) -> tuple[Outcome, ...]:
    """The programmes by a measure, or how many there are, or their sum; those without the figure are named apart."""
    if not matches:
        return (Nothing(part.words),)
    if part.shape is Shape.COUNT:
        return (Found(tuple(matches), tuple(() for _ in matches), len(matches), value=str(len(matches))),)
    order = part.order or Order(next((m for m, ask in _ASK_OF.items() if ask in part.asks), Measure.BUDGET))
    order = _measured(order, matches, shelf)
    if order.by is Measure.CLOSES and not order.descending:
        # Of what closes next nothing has closed.
        matches = [m for m in matches if m.status not in OVER] or matches
    units = figures.units_told(part.words) if order.by is Measure.SELECTED else frozenset()
    valued = [(match, _value(order.by, match.program, units, shelf)) for match in matches]
    known = [(match, value) for match, value in valued if value is not None]
    if order.by is Measure.OWN_SHARE and order.descending:
        # Who asks what costs most means what costs something.
        known = [pair for pair in known if pair[1]] or known
    if not known:
        return (Nothing(part.words),)
    known.sort(key=lambda pair: -pair[1] if order.descending else pair[1])
    kept = known[: order.limit or len(known)]
    facts = tuple((_fact(order.by, match, value, asker, shelf),) for match, value in kept)
    found = Found(tuple(m for m, _ in kept), facts, len(known), by=_ASK_OF[order.by])
    if part.shape is Shape.SUM:
        found = replace(found, value=_said(order.by, sum(value for _, value in kept)))
    return (with_missing(found, part, [match for match, value in valued if value is None]),)


def _measured(order: Order, matches: Sequence[Match], shelf: Shelf) -> Order:
    """The order; where no ceiling is known of any programme, the money meant is what they have to give."""
    if order.by is not Measure.AMOUNT or any(_VALUES[order.by](match.program, shelf) is not None for match in matches):
        return order
    return replace(order, by=Measure.BUDGET)


def with_missing(found: Found, part: Part, missing: Sequence[Match]) -> Found:
    """A list with the programmes that lack the figure: at its end where it is of few chosen, else named apart.

    What is asked of a list leaves nothing out of it.
    """
    is_chosen = part.shape in (Shape.LIST, Shape.COMPARE) and any(c.op is Op.IN for c in part.where)
    if not is_chosen:
        aside = tuple(Aside(match.program, NO_SUCH_FIGURE) for match in missing)
        return replace(found, left_out=(*found.left_out, *aside))
    facts = tuple((Fact(Ask.THING, NOT_STATED, (match.program.evidence,)),) for match in missing)
    return replace(
        found,
        matches=(*found.matches, *missing),
        facts=(*found.facts, *facts),
        total=found.total + len(missing),
    )


def _behind(match: Match) -> tuple[Evidence, ...]:
    return (match.period.evidence,) if match.period and match.period.evidence else ()


def without_over(found: Found, part: Part, asker: Asker) -> Found:
    """A list of when one may apply, what is over named apart, unless that is all or was asked for."""
    over = [match for match in found.matches if match.status in OVER]
    is_timed = any(c.field in (Field.STATUS, Field.CLOSES, Field.OPENS) for c in part.where)
    if Ask.PERIOD not in part.asks or is_timed or len(over) == len(found.matches):
        return found
    kept = [(m, facts) for m, facts in zip(found.matches, found.facts, strict=True) if m.status not in OVER]
    aside = (Aside(m.program, when(m.period, m.status, asker.as_of), _behind(m)) for m in over)
    return replace(
        found,
        matches=tuple(m for m, _ in kept),
        facts=tuple(facts for _, facts in kept),
        total=len(kept),
        left_out=(*found.left_out, *aside),
    )


def _fact(measure: Measure, match: Match, value: float, asker: Asker, shelf: Shelf) -> Fact:
    ask = _ASK_OF[measure]
    if measure is Measure.CLOSES:
        return Fact(ask, when(match.period, match.status, asker.as_of), _behind(match))
    if measure is Measure.AMOUNT:
        return _most(match.program)
    stated = shelf.picker.best(match.program, Query(ask)).scored
    if measure is Measure.SELECTED and stated:
        return Fact(ask, stated[0].statement.text, (stated[0].statement.evidence,))
    evidence = (stated[0].statement.evidence if stated else match.program.evidence,)
    return Fact(ask, _said(measure, value), evidence)


def _most(program: Program) -> Fact:
    """The most that a programme gives, of each track where its tracks differ."""
    tracks: dict[str, Benefit] = {}
    for benefit in program.benefits:
        name = benefit.track or ""
        if benefit.whole and benefit.whole > (tracks[name].whole or 0 if name in tracks else 0):
            tracks[name] = benefit
    best = max(tracks.values(), key=lambda benefit: benefit.ceiling or 0)
    told = tracks if len({benefit.ceiling for benefit in tracks.values()}) > 1 else {"": best}
    text = ", ".join(f"{name} {AT_MOST.format(sum=won(one.ceiling or 0))}".strip() for name, one in told.items())
    return Fact(Ask.AMOUNT, text, tuple(dict.fromkeys(one.evidence for one in told.values())))


def _said(measure: Measure, value: float) -> str:
    return f"{value:g}%" if measure is Measure.OWN_SHARE else won(round(value))


def _value(measure: Measure, program: Program, units: frozenset[Unit], shelf: Shelf) -> float | None:
    """The figure of a programme; of how many it selects, in the unit asked for where one is."""
    if measure is not Measure.SELECTED or not units:
        return _VALUES[measure](program, shelf)
    stated = shelf.picker.best(program, Query(Ask.SELECTED)).scored
    return max(
        (n for s in stated[:1] for unit, n in figures.counts_in(s.statement.text) if unit in units), default=None
    )


def _selected(program: Program, shelf: Shelf) -> float | None:
    """How many a programme selects: the greatest count of its statement on that."""
    return _value(Measure.SELECTED, program, frozenset(Unit), shelf)


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
