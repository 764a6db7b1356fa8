"""Facts: a programme and a thing asked of it flow in; what its records state of it, or that they don't, flows out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rag.answering import figures
from rag.answering.contacts import contact_facts
from rag.answering.meanings import Terms
from rag.answering.select import Asker, own_share
from rag.answering.statements import Scored, Statement
from rag.answering.verdicts import who_may
from rag.domain import Match, Period, PeriodKind, PeriodStatus
from rag.messages import REST_IS_OWN
from rag.money import won
from rag.periods import when
from rag.plan import Ask, Fact, Facts, NotStated, Outcome, Part, Plan, Point
from rag.shelf import Shelf
from rag.text import squash
from rag.tracks import tracks_of

# A statement answers a question in free words where it says at least this share of them; chosen on the project's own
# questions that no document answers, see tests/bench/RESULTS.md.
_SAYS = 0.45
# A word that names what is asked ("수수료") and that nothing near it speaks of: no figure answers it.
_UNHEARD = 0.2
_NEAR = 0.25
_NEAR_BEST = 0.72
_STATED = 0.3
_SUM_STATED = 0.1
_STEPS = 6


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
        """The tracks asked about that are this programme's."""
        own = {track.name for track in tracks_of(self.match.program)}
        return tuple(track for track in self.part.select.tracks if track in own)


def facts_of(asked: Asked, shelf: Shelf) -> Outcome:
    """What the records state of the thing asked; every ask has one function, and a missing record one outcome."""
    return _ANSWERS[asked.ask](asked, shelf)


def _period(asked: Asked, shelf: Shelf) -> Outcome:
    match = asked.match
    if match.period is None or (match.period.kind is PeriodKind.UNSTATED and not match.period.text):
        return not_stated(asked)
    facts = [
        _standing(track.period, track.status, asked, track.name)
        for track in match.tracks
        if not asked.tracks and track.period
    ]
    if len({fact.text for fact in facts}) < 2:
        facts = [_standing(match.period, match.status, asked, match.track or "")]
    return Facts(Ask.PERIOD, match, tuple(_grouped(facts)), match.track)


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
    stated = _stated(asked, shelf, figures.has_sum)
    own = [scored for scored in stated if scored.statement.track in asked.tracks]
    if asked.tracks:
        return _facts(asked, own[:1]) if own else not_stated(asked)
    if program.budget is not None and not _is_unheard(asked, shelf, stated):
        behind = next((s.statement.evidence for s in stated if s.label), program.evidence)
        fact = Fact(Ask.BUDGET, won(program.budget), (behind,), value=str(program.budget))
        return Facts(Ask.BUDGET, asked.match, (fact,))
    return _best(asked, shelf, stated, 2)


def _amount(asked: Asked, shelf: Shelf) -> Outcome:
    stated = _stated(asked, shelf, figures.has_figure)
    sums = [scored for scored in stated if scored.score >= _SUM_STATED and figures.has_sum(scored.statement.text)]
    return _best(asked, shelf, [s for s in stated if s.score >= _STATED] or sums, 3)


def _selected(asked: Asked, shelf: Shelf) -> Outcome:
    stated = [scored for scored in _stated(asked, shelf, figures.has_count) if scored.score >= _STATED]
    return _best(asked, shelf, stated, 2)


def _own_share(asked: Asked, shelf: Shelf) -> Outcome:
    stated = _stated(asked, shelf, figures.speaks_of_own_share)
    if stated:
        return _best(asked, shelf, stated, 2)
    rated = [scored for scored in _stated(asked, shelf, figures.has_share) if scored.label]
    if rated and own_share(shelf, asked.match.program) is not None and not _is_unheard(asked, shelf, rated):
        best = rated[0].statement
        text = REST_IS_OWN.format(statement=best.text.rstrip(". "))
        return Facts(Ask.OWN_SHARE, asked.match, (Fact(Ask.OWN_SHARE, text, (best.evidence,)),))
    return not_stated(asked)


def _labelled(asked: Asked, shelf: Shelf) -> Outcome:
    stated = [scored for scored in _stated(asked, shelf) if scored.label]
    if not stated:
        return not_stated(asked)
    steps = _rows_below(stated[0], asked, shelf)
    return _facts(asked, steps or _nearly_best(stated)[:3])


def _rows_below(best: Scored, asked: Asked, shelf: Shelf) -> list[Scored]:
    """All rows of the table that the best statement stands in, where its heading is what was asked for: the steps."""
    heading = best.statement.heading
    terms = _terms(asked.point.about, asked, shelf)
    rows = [s for s in shelf.statements.of(asked.match.program) if s.heading == heading and s.is_row]
    if len(rows) < 2 or shelf.statements.heads(best.statement, terms) < _SAYS:
        return []
    return [replace(best, statement=row) for row in rows[:_STEPS]]


def _what(asked: Asked, shelf: Shelf) -> Outcome:
    """What a programme is and gives; of something in it that has a name of its own, what is said of that."""
    named = _stated_of_name(asked, shelf)
    if named:
        return _facts(asked, named[:2])
    return _labelled(asked, shelf)


def _stated_of_name(asked: Asked, shelf: Shelf) -> list[Scored]:
    """The statements on what the asker named, where that is no name of the whole programme but of something in it."""
    program = asked.match.program
    words = " ".join(w for w in asked.part.select.words if squash(w) not in squash(program.name))
    terms = shelf.statements.terms(f"{words} {asked.point.thing}", shelf.name_words(program))
    stated = shelf.statements.best((program,), Ask.THING, terms, asked.tracks)
    return [scored for scored in stated if scored.coverage >= 0.7] if len(terms) else []


def _tracks(asked: Asked, shelf: Shelf) -> Outcome:
    tracks = tracks_of(asked.match.program)
    if not tracks:
        return _labelled(asked, shelf)
    facts = []
    for track in tracks:
        evidence = tuple(detail.evidence for detail in track.details[:1]) or (asked.match.program.evidence,)
        facts.append(Fact(Ask.TRACKS, "", evidence, label=track.name))
    return Facts(Ask.TRACKS, asked.match, tuple(facts))


def _thing(asked: Asked, shelf: Shelf) -> Outcome:
    terms = _terms(asked.point.about, asked, shelf)
    stated = shelf.statements.best((asked.match.program,), Ask.THING, terms, asked.tracks)
    said = [scored for scored in stated if scored.coverage >= _SAYS]
    return _facts(asked, _nearly_best(said)[:2]) if said else not_stated(asked, stated[:1])


def not_stated(asked: Asked, near: Sequence[Scored] = ()) -> NotStated:
    """That no record states what was asked, with what comes nearest."""
    facts = tuple(_fact(asked.ask, s.statement) for s in near if s.coverage >= _NEAR or s.label)
    track = asked.tracks[0] if len(asked.tracks) == 1 else None
    return NotStated(asked.ask, asked.match, asked.point.thing, facts, track)


def _best(asked: Asked, shelf: Shelf, stated: Sequence[Scored], count: int) -> Outcome:
    """The best statements, unless none is any good or what was asked is a thing that none of them speaks of."""
    good = [scored for scored in stated if scored.score >= _SUM_STATED]
    if not good or _is_unheard(asked, shelf, good):
        return not_stated(asked, _nearly_best(good)[:2] if good else ())
    return _facts(asked, _nearly_best(good)[:count])


def _is_unheard(asked: Asked, shelf: Shelf, stated: Sequence[Scored]) -> bool:
    """Whether a thing was named beside the figure that no statement speaks of."""
    terms = _terms(asked.point.thing, asked, shelf)
    return bool(len(terms)) and all(shelf.statements.says(s.statement, terms) < _UNHEARD for s in stated)


def _stated(asked: Asked, shelf: Shelf, test: Callable[[str], bool] | None = None) -> list[Scored]:
    """The statements for the ask in the words of the point, best first; only those that pass the test."""
    terms = _terms(asked.point.about, asked, shelf)
    stated = shelf.statements.best((asked.match.program,), asked.ask, terms, asked.tracks)
    return [scored for scored in stated if test is None or test(scored.statement.words)]


def _terms(words: str, asked: Asked, shelf: Shelf) -> Terms:
    return shelf.statements.terms(words, shelf.name_words(asked.match.program))


def _nearly_best(stated: Sequence[Scored]) -> list[Scored]:
    least = stated[0].score * _NEAR_BEST
    return [scored for scored in stated if scored.score >= least]


def _facts(asked: Asked, stated: Sequence[Scored]) -> Facts:
    """The statements as facts, each figure with its label."""
    return Facts(asked.ask, asked.match, tuple(_fact(asked.ask, scored.statement) for scored in stated))


def _fact(ask: Ask, statement: Statement) -> Fact:
    label = f"{statement.track} {statement.label}" if statement.track else statement.label
    return Fact(ask, statement.text, (statement.evidence,), label=label)


_ANSWERS: dict[Ask, Callable[[Asked, Shelf], Outcome]] = {
    Ask.CONTACT: lambda asked, shelf: contact_facts(
        asked.plan, asked.part, asked.point, asked.match, asked.tracks, asked.asker, shelf
    ),
    Ask.PERIOD: _period,
    Ask.AMOUNT: _amount,
    Ask.OWN_SHARE: _own_share,
    Ask.WHO_MAY: lambda asked, shelf: who_may(asked.point, asked.match, asked.tracks, shelf),
    Ask.HOW: _labelled,
    Ask.PAPERS: _labelled,
    Ask.WHAT: _what,
    Ask.BUDGET: _budget,
    Ask.TRACKS: _tracks,
    Ask.SELECTED: _selected,
    Ask.THING: _thing,
}
