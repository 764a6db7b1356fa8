"""Facts: a programme and a thing asked of it flow in; what its records state of it, or that they don't, flows out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from rag.announced import held
from rag.answering import figures
from rag.answering.contacts import contact_facts
from rag.answering.moments import asked_moments, rounds
from rag.answering.picking import Ranked, Scored, query_of, words_of
from rag.answering.rates import rated
from rag.answering.reckoning import reckoned
from rag.answering.select import Asker, own_share
from rag.answering.statements import Statement, label_weight
from rag.answering.verdicts import SURE, who_may
from rag.domain import Match, Period, PeriodKind, PeriodStatus, Result
from rag.grammar.typed import Count, Money
from rag.messages import BUDGET, NO_DAY, OWN_IS, REST_IS_OWN
from rag.money import won
from rag.periods import period_status, when
from rag.plan import Ask, Fact, Facts, NotStated, Outcome, Part, Plan, Point, SelectBy, Shape
from rag.shelf import Shelf
from rag.text import squash
from rag.tracks import tracks_of

# How surely a statement must answer to be told beside what is not stated; by the dev split, see
# tests/bench/RESULTS.md.
_NEAR = 0.12
# A statement is told beside the best where its share is this much of the best one's.
_BESIDE = 0.3
_UNDECIDED = (PeriodStatus.UPCOMING, PeriodStatus.UNKNOWN)
_STATEMENTS, _LOOKED_AT = 3, 5
_ROWS, _LETTERS = 8, 420
# So many steps of applying are told, each with its days.
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked of one programme: the plan and the part it belongs to, the programme judged, and who asks."""

    point: Point
    plan: Plan
    part: Part
    match: Match
    asker: Asker

    @property
    def ask(self) -> Ask:
        """What sort of thing is asked."""
        return self.point.ask

    @property
    def tracks(self) -> tuple[str, ...]:
        """The tracks asked about that are this programme's, or the one that it was suggested for."""
        own = {track.name for track in tracks_of(self.match.program)}
        asked = tuple(track for track in self.part.select.tracks if track in own)
        is_suggested = self.part.select.by is SelectBy.NEED and self.match.track in own
        return asked or ((self.match.track,) if is_suggested and self.match.track else ())


def facts_of(asked: Asked, shelf: Shelf) -> Outcome:
    """What the records state of the thing asked; every ask has one function, and a missing record one outcome."""
    return _ANSWERS[asked.ask](asked, shelf)


def _period(asked: Asked, shelf: Shelf) -> Outcome:
    match = asked.match
    beside = _beside_applying(asked, shelf)
    if beside:
        return Facts(Ask.THING, match, (_fact(Ask.THING, beside),), beside.track)
    if match.period is None or (match.period.kind is PeriodKind.UNSTATED and not match.period.text):
        return not_stated(asked)
    facts = [
        _standing(track.period, track.status, asked, track.name)
        for track in match.tracks
        if not asked.tracks and track.period
    ]
    if not match.tracks and match.period.track:
        facts = list(_steps_of_applying(asked, match.period))
    if len({fact.text for fact in facts}) < 2:
        facts = [_standing(match.period, match.status, asked, match.track or "")]
    if match.period.kind is PeriodKind.ANNOUNCED and match.status in _UNDECIDED:
        facts.append(Fact(Ask.PERIOD, NO_DAY, facts[0].evidence))
    told = (*asked_moments(match, asked.part.words), *_grouped(facts), *rounds(match))
    return Facts(Ask.PERIOD, match, told, match.track)


def _steps_of_applying(asked: Asked, best: Period) -> Iterator[Fact]:
    """The standing of each step or round that has days of its own, the one to act on first; none of a long list."""
    program, as_of = asked.match.program, asked.asker.as_of
    own = [period for period in program.periods if period.track]
    for period in sorted(own, key=lambda p: p != best) if len(own) <= _STEPS else ():
        now = held(period, program, as_of)
        yield _standing(now, period_status(now, program, as_of), asked, now.track or "")


def _beside_applying(asked: Asked, shelf: Shelf) -> Statement | None:
    """The statement on another event whose day is asked for, or on another figure asked for; None where it is when one
    may apply.
    """
    ranked = _ranked(asked, shelf)
    if not ranked.scored or ranked.sure < SURE:
        return None
    best = ranked.scored[0].statement
    if label_weight(Ask.PERIOD, best.label):
        return None
    wanted = figures.wanted_in(_said(asked))
    is_event = bool(asked.point.thing) and figures.has_day(best.words)
    is_figure = bool(wanted.units) and not wanted.asks_day and wanted.holds_all(best.words)
    return best if is_event or is_figure else None


def _standing(period: Period, status: PeriodStatus, asked: Asked, track: str) -> Fact:
    """The standing on the day; what the document says of its length beside it, where no day tells it."""
    evidence = (period.evidence,) if period.evidence else ()
    text = when(period, status, asked.asker.as_of)
    if period.kind is PeriodKind.ANNOUNCED and figures.has_duration(period.text):
        text = f"{text.rstrip('.')} ({period.text})."
    return Fact(Ask.PERIOD, text, evidence, label=track)


def _grouped(facts: Sequence[Fact]) -> list[Fact]:
    """Facts that say the same of several tracks, as one with all their names."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.text, []).append(fact)
    return [replace(own[0], label=", ".join(dict.fromkeys(f.label for f in own if f.label))) for own in groups.values()]


def _budget(asked: Asked, shelf: Shelf) -> Outcome:
    program = asked.match.program
    ranked = _ranked(asked, shelf)
    if program.budget is None or asked.tracks or (asked.point.thing and ranked.sure < SURE):
        return _of_these_tracks(asked, _told_of(asked, ranked, shelf, figures.has_sum))
    value = (Money, float(program.budget))
    best = next((s.statement for s in ranked.scored if figures.has_sum(s.statement.text)), None)
    if best and ranked.sure >= SURE and figures.sums_in(best.text) != {value}:
        # A sum per place or of all shares together is no budget.
        return _told_of(asked, ranked, shelf, figures.has_sum)
    behind = next((s for s in ranked.scored if value in figures.values_in(s.statement.text)), None)
    evidence = behind.statement.evidence if behind else program.evidence
    return Facts(Ask.BUDGET, asked.match, (Fact(Ask.BUDGET, won(program.budget), (evidence,), value=str(value[1])),))


def _of_these_tracks(asked: Asked, outcome: Outcome) -> Outcome:
    """What is told of a track asked about; what is told of the whole programme alone is not it, but near it."""
    if not asked.tracks or not isinstance(outcome, Facts):
        return outcome
    if any(squash(track) in squash(fact.label) for track in asked.tracks for fact in outcome.facts):
        return outcome
    track = asked.tracks[0] if len(asked.tracks) == 1 else None
    return NotStated(asked.ask, asked.match, asked.point.thing, outcome.facts, track)


def _amount(asked: Asked, shelf: Shelf) -> Outcome:
    """What is given; where that is nowhere stated, the whole budget as the sum that comes nearest."""
    found = _surely(asked, _with_reckoned(asked, _stating(asked, shelf, figures.has_figure)), shelf)
    found = _led_by_track(asked, found, shelf)
    if not isinstance(found, NotStated) or found.near or asked.match.program.budget is None or asked.tracks:
        return found
    budget = _budget(replace(asked, point=Point(Ask.BUDGET)), shelf)
    near = tuple(replace(fact, label=BUDGET) for fact in budget.facts) if isinstance(budget, Facts) else ()
    return replace(found, near=near)


def _led_by_track(asked: Asked, outcome: Outcome, shelf: Shelf) -> Outcome:
    """What is told, behind the ceiling of the track asked about where only sums of the whole programme are told."""
    told = outcome.facts if isinstance(outcome, Facts) else ()
    read = {b.evidence for b in asked.match.program.benefits if b.track in asked.tracks and (b.ceiling or b.rate)}
    is_own = any(read & set(fact.evidence) for fact in told) or any(fact.value for fact in told)
    own = [s for s in shelf.picker.of(asked.match.program) if s.evidence in read and figures.has_figure(s.text)]
    if not isinstance(outcome, Facts) or not own or is_own:
        return outcome
    return replace(outcome, facts=(*(_fact(Ask.AMOUNT, s) for s in own[:1]), *told[:1]))


def _surely(asked: Asked, outcome: Outcome, shelf: Shelf) -> Outcome:
    """What comes near, as the answer, where a ceiling or share that is given was read from it.

    Where more than the programme at large is asked about ("강사료는 얼마"), it stays near.
    """
    program = asked.match.program
    # Words that only ask ("얼마까지 지원되나요") are no thing asked about.
    own = set(asked.part.thing.split()) & set(asked.point.about.split())
    beside = (set(asked.point.thing.split()) | own) - shelf.name_words(program)
    if not isinstance(outcome, NotStated) or (beside and not asked.tracks):
        return outcome
    of_tracks = (b for b in program.benefits if not asked.tracks or b.track in asked.tracks)
    read = {b.evidence for b in of_tracks if b.ceiling or b.rate is not None}
    told = tuple(fact for fact in outcome.near if read & set(fact.evidence))
    return Facts(Ask.AMOUNT, asked.match, told, outcome.track) if told else outcome


def _with_reckoned(asked: Asked, outcome: Outcome) -> Outcome:
    """What is stated, behind what it comes to of a sum that the asker tells, or for what it counts."""
    stated = outcome.facts if isinstance(outcome, Facts) else outcome.near if isinstance(outcome, NotStated) else ()
    # A sum told with a wish is what the asker saw somewhere, not the cost of that programme.
    is_wish = asked.part.select.by is SelectBy.NEED
    told = () if is_wish else reckoned(asked.ask, asked.plan, asked.part, asked.match)
    if not told and asked.ask is Ask.AMOUNT:
        told = tuple(islice(filter(None, (rated(fact, asked.part.words) for fact in stated)), 1))
    return Facts(asked.ask, asked.match, (*told, *stated[:1])) if told else outcome


def _selected(asked: Asked, shelf: Shelf) -> Outcome:
    return _stating(asked, shelf, figures.has_count)


def _own_share(asked: Asked, shelf: Shelf) -> Outcome:
    ranked = _ranked(asked, shelf)
    stated = _with_reckoned(asked, _told_of(asked, ranked, shelf, figures.speaks_of_own_share))
    stated = _led_by_share(asked, stated)
    if isinstance(stated, Facts) or own_share(shelf, asked.match.program) is None:
        return stated
    # Not every percentage is a share that is paid ("출석 80% 이상").
    shares = {b.evidence for b in asked.match.program.benefits if b.rate is not None or b.own_share is not None}
    rated = next((s for s in ranked.scored if s.statement.evidence in shares), None)
    if rated is None:
        return stated
    told = rated.statement.text.rstrip(". ")
    text = told if figures.says_free(told) else REST_IS_OWN.format(statement=told)
    return Facts(Ask.OWN_SHARE, asked.match, (Fact(Ask.OWN_SHARE, text, (rated.statement.evidence,)),))


def _led_by_share(asked: Asked, outcome: Outcome) -> Outcome:
    """What is stated, behind the company's share of the whole cost where the record has it and the words do not.

    "기업부담금은 현금 40% 이상" is a share of the share, and "7 : 3" tells none as a percentage.
    """
    own = [b for b in asked.match.program.benefits if b.own_share and (not asked.tracks or b.track in asked.tracks)]
    told = outcome.facts if isinstance(outcome, Facts) else ()
    if len({b.own_share for b in own}) != 1 or any(fact.value for fact in told):
        return outcome
    share = f"{own[0].own_share:g}%"
    if any(share in squash(fact.text) for fact in told):
        return outcome
    first = Fact(Ask.OWN_SHARE, OWN_IS.format(share=share), (own[0].evidence,), value=str(own[0].own_share))
    return Facts(Ask.OWN_SHARE, asked.match, (first, *told[:1]))


def _tracks(asked: Asked, shelf: Shelf) -> Outcome:
    tracks = tracks_of(asked.match.program)
    counted = {count for sort, count in figures.values_in(asked.part.words) if sort is Count}
    ranked = _ranked(asked, shelf)
    if len(tracks) < 2 or (counted and len(tracks) not in counted) or ranked.sure < SURE:
        return _told_of(asked, ranked, shelf)
    facts = []
    for track in tracks:
        evidence = tuple(detail.evidence for detail in track.details[:1]) or (asked.match.program.evidence,)
        facts.append(Fact(Ask.TRACKS, "", evidence, label=track.name))
    return Facts(Ask.TRACKS, asked.match, tuple(facts))


def _stating(asked: Asked, shelf: Shelf, holds: Callable[[str], bool] | None = None) -> Outcome:
    """The statements that answer, ranked for what is asked."""
    return _told_of(asked, _ranked(asked, shelf), shelf, holds)


def _who_may(asked: Asked, shelf: Shelf) -> Outcome:
    """Whether the asker may apply; before a statement on the days, what it means on the day."""
    match = asked.match
    query = query_of(asked.part, asked.point, shelf.name_words(match.program))
    outcome = who_may(query, match, asked.tracks, asked.asker.told, shelf)
    if not isinstance(outcome, Facts) or match.period is None or match.period.evidence is None:
        return outcome
    told = next((fact for fact in outcome.facts[:1] if fact.evidence == (match.period.evidence,)), None)
    standing = replace(told, text=when(match.period, match.status, asked.asker.as_of)) if told else None
    return replace(outcome, facts=(standing, *outcome.facts)) if standing else outcome


def _told_of(asked: Asked, ranked: Ranked, shelf: Shelf, holds: Callable[[str], bool] | None = None) -> Outcome:
    """The statements that answer; where none surely does, or none holds what must be told, that it is not stated."""
    told = _told(ranked.scored, asked, shelf)
    if holds and not any(holds(statement.words) for statement in told):
        told = [s.statement for s in ranked.scored[:_LOOKED_AT] if holds(s.statement.words)][:1]
    if told and ranked.sure >= SURE:
        return Facts(asked.ask, asked.match, tuple(_fact(asked.ask, statement) for statement in told))
    return not_stated(asked, told if ranked.sure >= _NEAR else ())


def not_stated(asked: Asked, near: Sequence[Statement] = ()) -> NotStated:
    """That no record states what was asked, with what comes nearest."""
    facts = tuple(_fact(asked.ask, statement) for statement in near)
    track = asked.tracks[0] if len(asked.tracks) == 1 else None
    return NotStated(asked.ask, asked.match, asked.point.thing, facts, track, is_doubt=bool(facts))


def _ranked(asked: Asked, shelf: Shelf) -> Ranked:
    program = asked.match.program
    return shelf.picker.best(program, query_of(asked.part, asked.point, shelf.name_words(program)))


def _told(scored: Sequence[Scored], asked: Asked, shelf: Shelf) -> list[Statement]:
    """The best statement and those nearly as good, or the table of steps or rows that they stand in.

    Where figures are asked for, what holds them: no statement beside the best one that holds none.
    """
    scored = [s for s in scored if not _is_office_elsewhere(s.statement, asked, shelf)]
    if not scored:
        return []
    best = [s.statement for s in scored[:_STATEMENTS] if s.share >= scored[0].share * _BESIDE]
    wanted = figures.wanted_in(_said(asked))
    if wanted:
        best = _holding(wanted, best, [s.statement for s in scored[:_LOOKED_AT]])
    rows = [s for s in best if s.is_row and s.heading == best[0].heading]
    is_list = asked.part.shape is Shape.LIST
    if rows and (is_list or (len(rows) > 1 and not wanted)):
        best = _table(asked, rows[0], shelf)
    elif asked.ask is Ask.HOW and not wanted:
        best = _steps(_table(asked, best[0], shelf)) or best
    kept: list[Statement] = []
    for statement in best:
        if kept and sum(len(s.words) for s in (*kept, statement)) > _LETTERS:
            break
        kept.append(statement)
    return kept


def _holding(wanted: figures.Wanted, best: Sequence[Statement], near: Sequence[Statement]) -> list[Statement]:
    """Of the best those that hold a figure asked for, and for a unit that none of them counts in the nearest that does.

    Where nothing near holds any, the best as they are.
    """
    kept = [statement for statement in best if wanted.holds_any(statement.words)]
    for unit in wanted.units:
        if not any(unit in figures.units_in(statement.words) for statement in kept):
            kept += [statement for statement in near if unit in figures.units_in(statement.words)][:1]
    return list(dict.fromkeys(kept)) or list(best[:1])


def _table(asked: Asked, row: Statement, shelf: Shelf) -> list[Statement]:
    """The rows of the table below the heading that a statement stands below."""
    rows = (s for s in shelf.picker.of(asked.match.program) if s.is_row and s.heading == row.heading)
    return [s for s in rows if not _is_office_elsewhere(s, asked, shelf)][:_ROWS]


def _is_office_elsewhere(statement: Statement, asked: Asked, shelf: Shelf) -> bool:
    """Whether a statement holds the number of an office for places of which none is asked about, and others are."""
    wanted, as_of = asked.part.at, asked.asker.as_of
    if not wanted or not figures.has_phone(statement.text):
        return False
    served = [place for m in shelf.gazetteer.mentions(statement.words, as_of) for place in m.candidates]
    inside = shelf.gazetteer.inside
    return bool(served) and not any(
        Result.MET in (inside(place, at, as_of), inside(at, place, as_of)) for place in served for at in wanted
    )


def _steps(rows: Sequence[Statement]) -> list[Statement]:
    """The rows of a table whose first cells count up, as steps do; none of another table."""
    numbered = [row for row in rows if figures.begins_with_number(row.label)]
    return numbered if len(numbered) > 1 else []


def _said(asked: Asked) -> str:
    """The words that ask for the thing, as they stand."""
    return words_of(asked.part, asked.point)


def _fact(ask: Ask, statement: Statement) -> Fact:
    return Fact(ask, statement.text, (statement.evidence,), label=statement.full_label)


_ANSWERS: dict[Ask, Callable[[Asked, Shelf], Outcome]] = {
    Ask.CONTACT: lambda asked, shelf: contact_facts(
        asked.plan, asked.part, asked.point, asked.match, asked.tracks, asked.asker, shelf
    ),
    Ask.PERIOD: _period,
    Ask.AMOUNT: _amount,
    Ask.OWN_SHARE: _own_share,
    Ask.WHO_MAY: _who_may,
    Ask.HOW: _stating,
    Ask.PAPERS: _stating,
    Ask.WHAT: _stating,
    Ask.BUDGET: _budget,
    Ask.TRACKS: _tracks,
    Ask.SELECTED: _selected,
    Ask.THING: _stating,
}
