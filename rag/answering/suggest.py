"""Suggesting: a wish and a company flow in; the programmes that fit it, best first, flow out."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from rag.answering.picking import Query, shares_of
from rag.answering.select import OVER, Asker, for_track, holds, is_joint, passing, places_of, sort_of, unsettled
from rag.answering.statements import label_weight
from rag.answering.suiting import features, sure_features, weights
from rag.domain import Match, Program, Verdict
from rag.grammar.trades import Trade, is_in, trades_in
from rag.plan import Ask, Field, Op, Part, Plan, Shape
from rag.retrieve import CANDIDATES
from rag.shelf import Shelf
from rag.text import morphemes

# A programme is told beside the best where its share is this much of the best one's, a list wants more of them; and the
# best is told at all where it meets the wish so surely. By the rows held out, see tests/bench/RESULTS.md.
_BESIDE, _BESIDE_IN_LIST, SURE = 0.12, 0.04, 0.3
_FEW, _MANY, _SHORT_LIST = 3, 5, 8
# As many as the programmes among which the weights were learned; tried on the looked-at questions over notices alone.
_SHORTLIST = 12
# A track is told for the whole programme where it is so much nearer to the wish than any other. How near it is, is a
# sum: beside what its lines say count the statement on it that answers the wish best, and the asker's trade.
_STANDS_OUT, _ANSWERS, _TRADE = 0.03, 0.02, 0.01


@dataclass(frozen=True, slots=True)
class Suggested:
    """Programmes that fit a wish, best first, and how likely it is (0–1) that the best one meets it."""

    matches: tuple[Match, ...]
    sure: float


def suggest(plan: Plan, part: Part, asker: Asker, shelf: Shelf, without: Sequence[str] = ()) -> tuple[Match, ...]:
    """The programmes that fit a wish, best first; none where none does, none that is over while others are not."""
    among = _spoken_of(plan, part, asker, shelf, without)
    if not among:
        return ()
    wish, *others = wishes_of(plan, part)
    among = _shortlist(plan, part, among, shelf)
    few = _MANY if part.shape is not Shape.ONE else _FEW
    found = _best(plan, part, wish, among, shelf)
    if found.sure < SURE and not is_vague(plan, part):
        return _of_the_place(part, among, shelf)
    # The kinds of support wanted are those of all wishes together; of one among several nothing is known.
    unkind = replace(part, select=replace(part.select, kinds=()))
    first = [match for other in others for match in _best(plan, unkind, other, among, shelf).matches[:1]]
    # A list of what passes a filter leaves nothing out while it is short.
    narrowed = any(c.op is Op.IN for c in part.where) or is_vague(plan, part)
    filtered = part.shape is Shape.LIST and narrowed and len(among) <= _SHORT_LIST
    rest = among if filtered else ()
    few = _SHORT_LIST if filtered else few
    kept = {match.program.id: match for match in (*found.matches[:1], *first, *found.matches, *rest)}
    told = list(kept.values())
    if is_vague(plan, part):
        # Where nothing but a place is told, what is for that place in particular comes first.
        own = {match.program.id: match for match in among if shelf.closeness(match.program, part.at) > 1}
        told = list({**own, **kept}.values())
    meant = "" if is_vague(plan, part) else f"{wish} {part.thing}"
    return tuple(_of_track(plan, part, meant, match, asker, shelf) for match in told[:few])


def barring(plan: Plan, part: Part, asker: Asker, shelf: Shelf) -> tuple[Match, ...]:
    """The one programme that meets a wish best of all, where it does not admit the asker; none where another does."""
    among = _shortlist(plan, part, passing(shelf, part, asker), shelf)
    if not among or is_vague(plan, part):
        return ()
    found = _best(plan, part, wishes_of(plan, part)[0], among, shelf)
    first = found.matches[0]
    return (first,) if found.sure >= SURE and first.verdict is Verdict.INELIGIBLE else ()


def instead(plan: Plan, part: Part, lost: Sequence[Program], asker: Asker, shelf: Shelf) -> tuple[Match, ...]:
    """What fits in place of programmes that are no help, best first.

    What gives the same sort of help comes first, and what asks for no partners where those programmes did not; then
    what leaves least to be settled, then what speaks most of what those programmes are for and of what was said.
    """
    found = candidates(part, asker, shelf, [program.name for program in lost])
    ends = (detail.text for program in lost for detail in program.details if label_weight(Ask.WHAT, detail.label))
    said = (*part.select.words, *plan.company.needs, plan.company.industry, *list(ends)[: len(lost)])
    suit = shelf.cards.suit(" ".join(filter(None, said)), [match.program for match in found])
    sorts = {(sort_of(program), is_joint(program)) for program in lost}

    def rank(match: Match) -> tuple[bool, int, float]:
        sort = (sort_of(match.program), is_joint(match.program))
        return sort not in sorts, len(unsettled(match)), -suit[match.program.id]

    return tuple(sorted(found, key=rank))


def _spoken_of(plan: Plan, part: Part, asker: Asker, shelf: Shelf, without: Sequence[str]) -> tuple[Match, ...]:
    """The candidates; where they are so many that only those whose passages suit the question best are looked at, no
    others are judged, as long as these are enough.
    """
    if len(shelf.programs) > CANDIDATES and not is_vague(plan, part):
        found = candidates(part, asker, shelf, without, shelf.spoken_of(part.words))
        if len(found) >= _SHORTLIST:
            return found
    return candidates(part, asker, shelf, without)


def candidates(
    part: Part, asker: Asker, shelf: Shelf, without: Sequence[str] = (), among: Container[str] | None = None
) -> tuple[Match, ...]:
    """The programmes that may meet a wish: that pass the part, admit the asker, and are not over if others are not;
    `among` only those of these ids.

    What another place than the asker's runs for its own is none of them, though nothing says whom it shuts out.
    """
    places = places_of(part, asker)
    fitting = [
        match
        for match in passing(shelf, part, asker, among, admitting=True)
        if match.verdict is not Verdict.INELIGIBLE
        and match.program.name not in without
        and not (places and shelf.is_for_others(match.program, places))
    ]
    wants_over = any(c.field is Field.STATUS and c.value == "closed" and c.op is Op.IN for c in part.where)
    current = [match for match in fitting if match.status not in OVER]
    return tuple(fitting if wants_over else current or fitting)


def _of_the_place(part: Part, among: Sequence[Match], shelf: Shelf) -> tuple[Match, ...]:
    """The programme whose passages suit the question best, where it is for the very place named: that is no chance."""
    spoken = shelf.spoken_of(part.words)
    best = max(among, key=lambda match: spoken.get(match.program.id, 0.0))
    return (best,) if shelf.closeness(best.program, part.at) > 1 else ()


def _shortlist(plan: Plan, part: Part, among: tuple[Match, ...], shelf: Shelf) -> tuple[Match, ...]:
    """The programmes whose best passages suit the question best, in the order of `among`; all where they are few.

    What ranks them was learned among a dozen, and of hundreds some card always says a word of the wish by chance.
    """
    if len(among) <= _SHORTLIST:
        return among
    spoken = shelf.spoken_of(part.words)
    near = part.at if is_vague(plan, part) else ()
    ranked = sorted(among, key=lambda m: (-shelf.closeness(m.program, near), -spoken.get(m.program.id, 0.0)))
    own = (match.program for match in ranked if not shelf.is_named_for_another(match.program, part.at))
    kept = {program.id for program in islice(own, _SHORTLIST)}
    return tuple(match for match in among if match.program.id in kept)


def wishes_of(plan: Plan, part: Part) -> list[str]:
    """The words to look for: all that the part or the company says of it, then each wish of several for itself."""
    told = [words for words in part.select.words if words.strip()]
    said = (*told, *(() if told else (part.thing,)), *plan.company.needs, plan.company.industry)
    whole = " ".join(dict.fromkeys(filter(None, said))) or part.words
    return [whole, *(told[:_FEW] if len(told) > 1 else ())]


def is_vague(plan: Plan, part: Part) -> bool:
    """Whether nothing is wished for but whatever fits."""
    return not (part.select.words or plan.company.needs)


def _best(plan: Plan, part: Part, wish: str, among: Sequence[Match], shelf: Shelf) -> Suggested:
    """The programmes that suit one wish nearly as well as the best of them, and whether that one meets it."""
    rows = features(plan, part, wish, among, shelf)
    scores = weights().scores(rows)
    shares = shares_of(scores)
    least = shares.max() * (_BESIDE if part.shape is Shape.ONE else _BESIDE_IN_LIST)
    order = [int(at) for at in np.argsort(-scores, kind="stable") if shares[at] >= least]
    return Suggested(tuple(among[at] for at in order), weights().sureness(sure_features(wish, rows, scores)))


def _of_track(plan: Plan, part: Part, wish: str, match: Match, asker: Asker, shelf: Shelf) -> Match:
    """The programme judged for the one of its tracks that the wish is for, of those that admit the asker best.

    Where the tracks come to the same for the asker, one is told for all only if it stands out.
    """
    out = frozenset(c.value for c in part.where if c.field is Field.TRACK and c.op is Op.OUT)
    timed = [c for c in part.where if c.field is Field.STATUS]
    admitting = {
        track.name: track
        for track in match.tracks
        if track.name not in out
        and track.verdict is not Verdict.INELIGIBLE
        and all(holds(c, replace(for_track(match, track), tracks=()), asker, shelf) for c in timed)
    }
    eligible = {name: track for name, track in admitting.items() if track.verdict is Verdict.ELIGIBLE}
    among = eligible or admitting
    if not among or (match.track is None and len(match.tracks) < 2):
        return match
    # What a wish is nearest to is worked out only where there is a choice.
    near = _near(plan, wish, match, shelf) if len(among) > 1 else {}
    ranked = sorted(((near.get(name, 0.0), name) for name in among), reverse=True)
    stands_out = len(ranked) == 1 or ranked[0][0] >= ranked[1][0] + _STANDS_OUT
    if stands_out or (match.track and near):
        return for_track(match, admitting[ranked[0][1]])
    return match if match.track is None or match.track in admitting else for_track(match, admitting[ranked[0][1]])


def _near(plan: Plan, wish: str, match: Match, shelf: Shelf) -> dict[str, float]:
    """How near each track of a programme is to a wish: by its lines, by what answers the wish, by the asker's trade."""
    if not wish:
        return {}
    near = shelf.cards.of_tracks(wish, match.program.id, shelf.name_words(match.program))
    if not near:
        return {}
    shares = _shares(wish, match, shelf)
    most = max(shares.values(), default=1.0)
    trade = trades_in(plan.company.industry or plan.text)
    return {
        track: value + _ANSWERS * shares.get(track, 0.0) / most + _of_trade(trade, track)
        for track, value in near.items()
    }


def _shares(wish: str, match: Match, shelf: Shelf) -> dict[str, float]:
    """How well (0–1) the best statement on each track of a programme answers the wish."""
    query = Query(Ask.WHAT, wish, wish, wish, (), shelf.name_words(match.program))
    shares: dict[str, float] = {}
    for scored in shelf.picker.best(match.program, query).scored:
        tells = scored.statement.is_row or label_weight(Ask.WHAT, scored.statement.label) > 0
        if scored.statement.track and tells and not label_weight(Ask.CONTACT, scored.statement.heading):
            shares.setdefault(scored.statement.track, scored.share)
    return shares


def _of_trade(trade: Sequence[Trade], track: str) -> float:
    """What a track's name that speaks of the asker's trade counts, or of others only ("제조로봇 실증")."""
    held = [is_in(trade, (word,)) for word in morphemes(track) if len(word) > 1] if trade else []
    return _TRADE if True in held else -_TRADE if False in held else 0.0
