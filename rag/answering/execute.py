"""Executing: a plan flows in; for every part of it what the records come to flows out, in the order asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answering import figures
from rag.answering.contacts import by_purpose
from rag.answering.facts import Asked, facts_of
from rag.answering.heard import checked
from rag.answering.listing import MUST_STATE, aims_of, listed, ranked, with_missing, without_over
from rag.answering.passages import passages, stories
from rag.answering.select import (
    OVER,
    Asker,
    judged,
    named,
    named_by_kind,
    passing,
    places_of,
    set_aside,
    settled,
    years_of,
)
from rag.answering.suggest import barring, instead, suggest
from rag.answering.trace import trace
from rag.domain import Match, Program, Verdict
from rag.errors import JiwonError
from rag.korean import topic
from rag.messages import OF_TIME, WHICH_MEANT, WHICH_SIBLING, YEAR
from rag.plan import (
    Ask,
    Broken,
    Constraint,
    Facts,
    Field,
    Found,
    Nothing,
    NotStated,
    Op,
    Outcome,
    Part,
    Passages,
    Plan,
    Point,
    Refused,
    SelectBy,
    Selection,
    Several,
    Shape,
    Traced,
    When,
)
from rag.shelf import Shelf, home_of
from rag.text import squash
from rag.tracks import tracks_of
from rag.trust import family_of

_ALTERNATIVES = 2
_PASSAGES, _PROGRAMS = 6, 2
# Of so many passages the programmes are offered where nobody can know which is meant.
_OFFERED = 12
# So many siblings of one name are told, with the question which is meant.
_SIBLINGS = 5
# Where more programmes pass than people list, one thing asked of them all is asked of what suits the question.
_ALL_OF_FEW = 20
# What is asked of whoever is behind a number or a name; anything else is asked of the programmes.
_TRACED = frozenset((Ask.CONTACT, Ask.WHAT, Ask.THING))
# How parts say what they are about that name no programme.
_UNNAMED = frozenset((SelectBy.NEED, SelectBy.ALL, SelectBy.REVERSE))
# What tells programmes apart, where somebody asks for the difference and for nothing in particular.
_COMPARED = (Ask.WHO_MAY, Ask.AMOUNT, Ask.OWN_SHARE, Ask.PERIOD)


@dataclass(frozen=True, slots=True)
class Answered:
    """A part with what it came to, one outcome for each thing asked of each programme."""

    part: Part
    outcomes: tuple[Outcome, ...]


def execute(plan: Plan, asker: Asker, shelf: Shelf) -> tuple[Answered, ...]:
    """Every part answered, in order; a fault in one leaves the others standing, and is an outcome of its own.

    Raises what the shelf raises of a store that is away: that is no fault of a part, and no answer.
    """
    answered: list[Answered] = []
    for part in plan.parts:
        try:
            found = _part(plan, part, asker, shelf)
        except JiwonError:
            raise
        except Exception:  # noqa: BLE001 - one part must never take the answer down; it is told as failed
            found = (Broken(part.words),)
        answered.append(Answered(part, found))
        if part.if_not:
            case = part.if_not
            if _failed(found, case.when):
                answered += _fallback(plan, _beside(case.part, found), _programs(found), asker, shelf)
        else:
            answered += _instead(plan, part, found, asker, shelf)
    return tuple(answered)


def _fallback(plan: Plan, part: Part, lost: Sequence[Program], asker: Asker, shelf: Shelf) -> tuple[Answered, ...]:
    """A fallback answered; one that tells no wish of its own is for the ends of the programmes that failed."""
    names_none = part.select.by in (SelectBy.NEED, SelectBy.ALL) and not part.select.words
    own = _alternatives(plan, part, lost, asker, shelf) if names_none and lost else ()
    return own or execute(replace(plan, parts=(part,)), asker, shelf)


def _part(plan: Plan, part: Part, asker: Asker, shelf: Shelf) -> tuple[Outcome, ...]:
    if part.asks == (Ask.THING,) and part.select.by in _UNNAMED:
        told = stories(part, shelf, shelf.words)
        if isinstance(told, Passages):
            return (told,)
    return _WAYS[part.select.by](plan, part, asker, shelf)


def _of_named(plan: Plan, part: Part, asker: Asker, shelf: Shelf) -> tuple[Outcome, ...]:
    matches = named(shelf, plan, part, asker)
    local = _of_other_places(part, matches, shelf)
    if local or (not matches and part.select.programs and not set(part.select.programs) <= set_aside(part)):
        # Those of that name serve other places.
        return (Nothing(" ".join((places_of(part, asker)[0].split()[-1], *part.select.programs[:1])), local),)
    if not matches:
        is_untold = part.select.by is SelectBy.CARRIED and not (part.thing or part.select.words)
        return (_which_meant(part, asker, shelf),) if is_untold else _of_nothing(plan, part, asker, shelf)
    if part.shape in (Shape.RANK, Shape.SUM) and len(matches) > 1:
        return ranked(part, matches, asker, shelf)
    if siblings := _siblings(matches):
        return _of_siblings(plan, part, siblings, asker, shelf)
    if part.shape is Shape.COMPARE and len(matches) > 1 and _only_compares(part):
        # What is compared is no words to pick statements by.
        alike = replace(part, asks=_COMPARED, about="", thing="", words="")
        found = listed(plan, alike, matches, len(matches), asker, shelf)
        aims = (aims_of(match.program) for match in matches)
        return (replace(found, facts=tuple((*aim, *facts) for aim, facts in zip(aims, found.facts, strict=True))),)
    outcomes: list[Outcome] = []
    for own, match in _by_track(part, matches, asker, shelf):
        told = [facts_of(Asked(point, plan, own, match, asker), shelf) for point in _points(own, match)]
        dated = [_of_time(outcome, part, asker, shelf) for outcome in told]
        # What is known comes first, in the order asked; then what is not.
        dated.sort(key=lambda outcome: isinstance(outcome, NotStated))
        outcomes += checked(dated, plan, part, match, shelf)
    return _without_repeats(outcomes)


def _only_compares(part: Part) -> bool:
    """Whether nothing is asked of programmes but how they differ; what a model guesses to be asked beyond is not."""
    return part.asks == (Ask.WHAT,) or figures.only_compares(part.about)


def _which_meant(part: Part, asker: Asker, shelf: Shelf) -> Several:
    """Which programme is meant, where somebody speaks of one ("그건 얼마예요") and the talk has named none; those that
    the words lead to are offered.
    """
    hits = shelf.find(part.about or part.words, _OFFERED)
    families = {family_of(program) for hit in hits for program in shelf.of_chunk(hit.chunk)}
    offered = (p.name for p in shelf.current(asker.as_of, years_of(part)) if family_of(p) in families)
    return Several(WHICH_MEANT, tuple(dict.fromkeys(offered))[:_SIBLINGS])


def _of_other_places(part: Part, matches: Sequence[Match], shelf: Shelf) -> tuple[Match, ...]:
    """The programmes named, where all are of a 시·군·구 that is none of the places asked about; whether the asker may
    apply all the same is told as of any other.
    """
    if not part.at or part.select.by is not SelectBy.NAMED or Ask.WHO_MAY in part.asks:
        return ()
    local = all(home and all(" " in place for place in home) for home in (home_of(m.program) for m in matches))
    elsewhere = all(shelf.is_elsewhere(match.program.name, part.at) for match in matches)
    return tuple(matches) if local and elsewhere else ()


def _siblings(matches: Sequence[Match]) -> tuple[Match, ...]:
    """The programmes, where all are of one name and run by more than one government."""
    names = {match.program.name for match in matches}
    families = {family_of(match.program) for match in matches}
    return tuple(matches) if len(names) == 1 and len(families) > 1 else ()


def _of_siblings(plan: Plan, part: Part, siblings: Sequence[Match], asker: Asker, shelf: Shelf) -> tuple[Outcome, ...]:
    """What each sibling states, a line each, and which of them is meant, as nothing that was said tells."""
    question = WHICH_SIBLING.format(name=topic(siblings[0].program.name))
    homes = (place for match in siblings for place in home_of(match.program)[:1])
    replies = tuple(dict.fromkeys(homes))[:_SIBLINGS]
    return (Several(question, replies), listed(plan, part, siblings[:_SIBLINGS], len(siblings), asker, shelf))


def _by_track(part: Part, matches: Sequence[Match], asker: Asker, shelf: Shelf) -> Iterator[tuple[Part, Match]]:
    """Each programme for each of its tracks that the part names, where it names several; else as it is."""
    for match in matches:
        own = {track.name for track in tracks_of(match.program)}
        tracks = [track for track in part.select.tracks if track in own]
        if len(tracks) < 2:
            yield part, match
            continue
        for track in tracks:
            one = replace(part, select=replace(part.select, tracks=(track,)))
            yield one, judged(shelf, asker, match.program, (track,))


def _points(part: Part, match: Match) -> Iterator[Point]:
    """The things asked; whether one may apply comes with when, where the time is over.

    What the desk that is asked for is there for ("이의신청은 어디로 전화하나요") is no other thing.
    """
    points = part.points or tuple(Point(ask) for ask in part.asks)
    if Ask.CONTACT in part.asks:
        points = tuple(p for p in points if p.ask is not Ask.THING or not _is_of_desk(p, match))
    if Ask.WHO_MAY in part.asks and Ask.PERIOD not in part.asks and match.status in OVER:
        yield Point(Ask.PERIOD)
    yield from points


def _is_of_desk(point: Point, match: Match) -> bool:
    """Whether a desk of the programme is there for the thing asked."""
    thing = squash(point.thing or point.about)
    desks = by_purpose(match.program.contacts, point.words or point.about)
    return bool(thing) and any(thing in squash(desk.purpose) for desk in desks)


def _of_time(outcome: Outcome, part: Part, asker: Asker, shelf: Shelf) -> Outcome:
    """What a programme states, told beside that of the time asked about nothing is stated, where that is so."""
    if not isinstance(outcome, Facts):
        return outcome
    time = _unstated_year(outcome, part, shelf) or _unstated_quarter(outcome, part, asker)
    if not time:
        return outcome
    return NotStated(outcome.ask, outcome.match, OF_TIME.format(time=time), outcome.facts, outcome.track)


def _unstated_year(outcome: Facts, part: Part, shelf: Shelf) -> str:
    """The year asked about that neither the facts nor, where they tell none, the programme speaks of; "" for none."""
    years = years_of(part)
    program = outcome.match.program
    # Of several that are compared a year is that of the one it stands with ("A랑 작년 B").
    is_of_another = part.shape is Shape.COMPARE and len(part.select.programs) > 1 and program.year not in years
    if not years or is_of_another:
        return ""
    told = {year for fact in outcome.facts for year in figures.years_in(f"{fact.label} {fact.text}")}
    of_other = bool(told) and not told & set(years) and outcome.ask is not Ask.PERIOD
    is_told = not of_other and (program.year in years or any(shelf.speaks_of(program, year) for year in years))
    return "" if is_told else YEAR.format(year=years[0])


def _unstated_quarter(outcome: Facts, part: Part, asker: Asker) -> str:
    """The quarter or half of a year asked about where the facts tell of others, in the asker's words; "" for none."""
    asked = figures.quarters_in(part.words, asker.as_of)
    if not asked:
        return ""
    told = {time for fact in outcome.facts for time in figures.quarters_in(fact.text, asker.as_of)}
    return "" if not told or told & set(asked) else next(iter(asked.values()))


def _without_repeats(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes, a fact that two things asked of a programme share told once, and a refusal once."""
    kept: list[Outcome] = []
    told: set[tuple[str, str, str]] = set()
    for outcome in outcomes:
        if isinstance(outcome, Facts):
            name = outcome.match.program.name
            fresh = tuple(f for f in outcome.facts if f.contact or (name, f.label, f.text) not in told)
            told |= {(name, fact.label, fact.text) for fact in outcome.facts}
            if not fresh:
                continue
            outcome = replace(outcome, facts=fresh)
        kept.append(outcome)
    return tuple(kept)


def _of_nothing(plan: Plan, part: Part, asker: Asker, shelf: Shelf) -> tuple[Outcome, ...]:
    """What a programme of the passages that suit the words states, or what they say, where no name is known."""
    only = tuple(named_by_kind(shelf, plan, part, (), asker))
    if only:
        return _of_these(plan, part, only, asker, shelf)
    words = " ".join(dict.fromkeys((*part.select.words, *part.about.split())))
    found = _of_passages(plan, part, words, asker, shelf)
    if found:
        return found
    told = passages(words, shelf, shelf.words, part.select.words)
    return (
        told if not isinstance(told, Nothing) else Nothing(" ".join(part.select.words) or part.thing or part.words),
    )


def _of_passages(plan: Plan, part: Part, words: str, asker: Asker, shelf: Shelf) -> tuple[Outcome, ...]:
    """The first programme, in the order of the passages that suit the words, whose records state all that is asked.

    What was named, or else each thing asked, must be something that the programme speaks of, by every word of it.
    """
    named_so = part.select.words or (part.thing,)
    told = (program for hit in shelf.find(words, _PASSAGES) for program in shelf.of_chunk(hit.chunk))
    families = list(dict.fromkeys(family_of(program) for program in told))[:_PROGRAMS]
    current = (p for p in shelf.current(asker.as_of, years_of(part)) if family_of(p) in families)
    for program in sorted(current, key=lambda p: families.index(family_of(p))):
        if not shelf.says_all(program, named_so):
            continue
        match = judged(shelf, asker, program)
        outcomes = [facts_of(Asked(point, plan, part, match, asker), shelf) for point in _points(part, match)]
        if outcomes and all(isinstance(outcome, Facts) for outcome in outcomes):
            return _without_repeats(outcomes)
    return ()


def _of_need(plan: Plan, part: Part, asker: Asker, shelf: Shelf) -> tuple[Outcome, ...]:
    barred = barring(plan, part, asker, shelf) if part.asks == (Ask.WHO_MAY,) and part.shape is Shape.ONE else ()
    if barred:
        # Who asks only whether they may hears first that they may not have what they speak of.
        return _of_these(plan, part, barred, asker, shelf)
    matches = suggest(plan, part, asker, shelf)
    things = set(part.asks) - {Ask.WHAT, Ask.WHO_MAY}
    if matches and part.shape is Shape.ONE and (len(things) > 1 or (things and len(matches) == 1)):
        # Several things asked of whatever fits are asked of the one that fits best, and anything of the only one.
        return _of_these(plan, part, matches[:1], asker, shelf)
    if not matches and Ask.WHO_MAY in part.asks and any(c.op is Op.IN for c in part.where):
        # Who asks whether they may apply for what a body runs wants to hear that they may not.
        return _of_these(plan, part, passing(shelf, part, asker)[:1], asker, shelf)
    if not matches:
        return (Nothing(" ".join(part.select.words) or part.words),)
    return (listed(plan, part, matches, len(matches), asker, shelf),)


def _of_all(plan: Plan, part: Part, asker: Asker, shelf: Shelf) -> tuple[Outcome, ...]:
    if _asks_of_none(part):
        return _of_nothing(plan, part, asker, shelf)
    part = settled(part, asker, shelf)
    is_admitting = not any(c.field is Field.VERDICT for c in part.where)
    passed = passing(shelf, part, asker, admitting=is_admitting)
    matches = [m for m in passed if not is_admitting or _admits(m, part)]
    if not matches and any(c.op is Op.IN for c in part.where):
        # Who may apply for none of those picked wants to know of them all the same: for a report, or for others.
        matches = list(passing(shelf, part, asker))
    if part.shape is Shape.ONE and not part.where and len(matches) > _ALL_OF_FEW:
        # Of hundreds not all can be meant.
        return _of_need(plan, part, asker, shelf)
    # Who names a place hears first of what is for that place in particular.
    matches.sort(key=lambda match: -shelf.closeness(match.program, part.at))
    if len(matches) == 1 and part.shape is Shape.ONE and part.where and part.asks != (Ask.WHAT,):
        return _of_these(plan, part, matches, asker, shelf)
    if part.shape in (Shape.RANK, Shape.SUM, Shape.COUNT) or part.order:
        return ranked(part, matches, asker, shelf)
    if not matches:
        return (Nothing(part.words),)
    told = _stating(listed(plan, part, matches, len(matches), asker, shelf), part)
    return (without_over(told, part, asker) if isinstance(told, Found) else told,)


def _asks_of_none(part: Part) -> bool:
    """Whether a part, though it speaks of all programmes, asks about one thing and picks none of them."""
    is_plain = part.shape is Shape.ONE and not part.where and part.order is None
    return is_plain and (part.asks == (Ask.THING,) or bool(part.thing and set(part.asks) <= _OF_A_THING))


_OF_A_THING = frozenset((Ask.THING, Ask.WHO_MAY, Ask.HOW, Ask.AMOUNT, Ask.PAPERS))


def _stating(found: Found, part: Part) -> Outcome:
    """A list of what records state, with the programmes that do not state it told as such."""
    if not MUST_STATE & set(part.asks):
        return found
    kept = [(match, facts) for match, facts in zip(found.matches, found.facts, strict=True) if facts]
    if not kept:
        return Nothing(part.words)
    stating = replace(found, matches=tuple(m for m, _ in kept), facts=tuple(f for _, f in kept), total=len(kept))
    return with_missing(stating, part, [m for m, facts in zip(found.matches, found.facts, strict=True) if not facts])


def _admits(match: Match, part: Part) -> bool:
    """Whether a programme may stand in a list for the asker."""
    return match.verdict is not Verdict.INELIGIBLE


def _of_these(plan: Plan, part: Part, matches: Sequence[Match], asker: Asker, shelf: Shelf) -> tuple[Outcome, ...]:
    """What is asked, of programmes that were meant by something else than a name."""
    names = tuple(dict.fromkeys(match.program.name for match in matches))
    # The track that one was told for is the one that is meant, unless tracks, or what serves a place, are asked for.
    is_free = len(matches) == 1 and not (part.select.tracks or part.at or Ask.TRACKS in part.asks)
    of_one = tuple(match.track for match in matches if match.track and is_free)
    select = replace(part.select, by=SelectBy.NAMED, programs=names, tracks=of_one or part.select.tracks)
    return _of_named(plan, replace(part, select=select), asker, shelf)


def _of_reverse(plan: Plan, part: Part, asker: Asker, shelf: Shelf) -> tuple[Outcome, ...]:
    found = trace(plan, part, asker, shelf)
    if isinstance(found, Traced) and set(part.asks) - _TRACED:
        return _of_these(plan, part, found.matches, asker, shelf)
    if isinstance(found, Nothing) and part.select.programs:
        return _of_named(plan, part, asker, shelf)
    return _of_nothing(plan, part, asker, shelf) if isinstance(found, Nothing) else (found,)


def _beside(part: Part, failed: Sequence[Outcome]) -> Part:
    """A fallback: never the programmes that have failed, unless it names them.

    The standing that it speaks of is theirs ("끝났으면"), and no wish.
    """
    names = {program.name for program in _programs(failed)} - set(part.select.programs)
    out = (Constraint(Field.PROGRAM, Op.OUT, name) for name in sorted(names))
    where = tuple(c for c in part.where if c.field is not Field.STATUS)
    return replace(part, where=(*where, *out))


def _programs(outcomes: Sequence[Outcome]) -> list[Program]:
    return [o.match.program for o in outcomes if isinstance(o, Facts | NotStated | Refused)]


def _failed(outcomes: Sequence[Outcome], when: When) -> bool:
    """Whether a part came to nothing in the way that its fallback is meant for."""
    shut_out = any(isinstance(outcome, Refused) for outcome in outcomes)
    matches = [outcome.match for outcome in outcomes if isinstance(outcome, Facts | NotStated)]
    over = any(match.status in OVER for match in matches)
    barred = shut_out or any(match.verdict is Verdict.INELIGIBLE for match in matches)
    nothing = all(isinstance(outcome, Nothing | NotStated | Several) for outcome in outcomes)
    return {When.CLOSED: over, When.INELIGIBLE: barred, When.ANY: over or barred}[when] or nothing


def _instead(plan: Plan, part: Part, outcomes: Sequence[Outcome], asker: Asker, shelf: Shelf) -> tuple[Answered, ...]:
    """After a programme that shuts out the asker or is over: what fits instead, unasked."""
    asked = {Ask.WHO_MAY, Ask.PERIOD} & set(part.asks)
    lost = _programs([o for o in outcomes if isinstance(o, Refused | Facts) and _is_lost(o)])
    if not asked or not lost or part.shape is Shape.COMPARE:
        return ()
    select = Selection(SelectBy.NEED, words=tuple(filter(None, (part.about,))))
    wish = replace(part, asks=(Ask.WHAT,), select=select, points=(), where=(), shape=Shape.ONE)
    return _alternatives(plan, wish, lost, asker, shelf)


def _alternatives(plan: Plan, part: Part, lost: Sequence[Program], asker: Asker, shelf: Shelf) -> tuple[Answered, ...]:
    """What fits instead of programmes that are no help; nothing where nothing does."""
    found = instead(plan, part, lost, asker, shelf)[:_ALTERNATIVES]
    told = listed(plan, part, found, len(found), asker, shelf)
    return (Answered(part, (replace(told, is_alternative=True),)),) if found else ()


def _is_lost(outcome: Refused | Facts) -> bool:
    if isinstance(outcome, Refused):
        return True
    return outcome.ask is Ask.PERIOD and outcome.match.status in OVER


_Way = Callable[[Plan, Part, Asker, Shelf], tuple[Outcome, ...]]
_WAYS: dict[SelectBy, _Way] = {
    SelectBy.NAMED: _of_named,
    SelectBy.DESCRIBED: _of_named,
    SelectBy.CARRIED: _of_named,
    SelectBy.NEED: _of_need,
    SelectBy.ALL: _of_all,
    SelectBy.REVERSE: _of_reverse,
}
