"""Suggesting: a wish and a company flow in; the programmes that fit it, best first, flow out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.answering.picking import Query, shares_of
from rag.answering.select import OVER, Asker, is_joint, judged, passing, sort_of, unsettled
from rag.answering.statements import label_weight
from rag.answering.suiting import features, sure_features, weights
from rag.domain import Match, Program, Verdict
from rag.plan import Ask, Field, Op, Part, Plan, Shape
from rag.shelf import Shelf
from rag.tracks import tracks_of

# A programme is told beside the best where its share is this much of the best one's, a list wants more of them; and the
# best is told at all where it meets the wish so surely. By the rows of the dev split, see tests/bench/RESULTS.md.
_BESIDE, _BESIDE_IN_LIST, SURE = 0.12, 0.04, 0.3
_FEW, _MANY, _SHORT_LIST = 3, 5, 8
# A track is told for the whole programme where it answers the wish so many times better than any other.
_STANDS_OUT = 1.5


@dataclass(frozen=True, slots=True)
class Suggested:
    """Programmes that fit a wish, best first, and how likely it is (0–1) that the best one meets it."""

    matches: tuple[Match, ...]
    sure: float


def suggest(plan: Plan, part: Part, asker: Asker, shelf: Shelf, without: Sequence[str] = ()) -> tuple[Match, ...]:
    """The programmes that fit a wish, best first; none where none does, none that is over while others are not."""
    among = candidates(part, asker, shelf, without)
    if not among:
        return ()
    wish, *others = wishes_of(plan, part)
    few = _MANY if part.shape is not Shape.ONE else _FEW
    out = frozenset(c.value for c in part.where if c.field is Field.TRACK and c.op is Op.OUT)
    found = _best(plan, part, wish, among, shelf)
    if found.sure < SURE and not is_vague(plan, part):
        return ()
    # The kinds of support wanted are those of all wishes together; of one among several nothing is known.
    unkind = replace(part, select=replace(part.select, kinds=()))
    first = [match for other in others for match in _best(plan, unkind, other, among, shelf).matches[:1]]
    # A list of what passes a filter leaves nothing out while it is short.
    narrowed = any(c.op is Op.IN for c in part.where) or is_vague(plan, part)
    filtered = part.shape is Shape.LIST and narrowed and len(among) <= _SHORT_LIST
    rest = among if filtered else ()
    few = _SHORT_LIST if filtered else few
    kept = {match.program.id: match for match in (*found.matches[:1], *first, *found.matches, *rest)}
    told = (match if is_vague(plan, part) else _of_track(wish, match, asker, shelf, out) for match in kept.values())
    return tuple(told)[:few]


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


def candidates(part: Part, asker: Asker, shelf: Shelf, without: Sequence[str] = ()) -> tuple[Match, ...]:
    """The programmes that may meet a wish: that pass the part, admit the asker, and are not over if others are not."""
    fitting = [
        match
        for match in passing(shelf, part, asker)
        if match.verdict is not Verdict.INELIGIBLE and match.program.name not in without
    ]
    wants_over = any(c.field is Field.STATUS and c.value == "closed" and c.op is Op.IN for c in part.where)
    current = [match for match in fitting if match.status not in OVER]
    return tuple(fitting if wants_over else current or fitting)


def wishes_of(plan: Plan, part: Part) -> list[str]:
    """The words to look for: all that the part or the company says of it, then each wish of several for itself."""
    told = [words for words in part.select.words if words.strip()]
    said = (*told, *(() if told else (part.thing,)), *plan.company.needs, plan.company.industry)
    whole = " ".join(dict.fromkeys(filter(None, said))) or part.words
    return [whole, *(told[:_FEW] if len(told) > 1 else ())]


def is_vague(plan: Plan, part: Part) -> bool:
    """Whether nothing is wished for but whatever fits."""
    return not (part.select.words or part.thing or plan.company.needs)


def _best(plan: Plan, part: Part, wish: str, among: Sequence[Match], shelf: Shelf) -> Suggested:
    """The programmes that suit one wish nearly as well as the best of them, and whether that one meets it."""
    rows = features(plan, part, wish, among, shelf.cards)
    scores = weights().scores(rows)
    shares = shares_of(scores)
    least = shares.max() * (_BESIDE if part.shape is Shape.ONE else _BESIDE_IN_LIST)
    order = [int(at) for at in np.argsort(-scores, kind="stable") if shares[at] >= least]
    return Suggested(tuple(among[at] for at in order), weights().sureness(sure_features(wish, rows, scores)))


def _of_track(wish: str, match: Match, asker: Asker, shelf: Shelf, without: frozenset[str]) -> Match:
    """The programme judged for the one of its tracks that the wish is for, if one that admits the asker stands out."""
    if match.track is None and len(match.tracks) < 2:
        return match
    admitting = {
        track: own
        for track in (track.name for track in tracks_of(match.program))
        if track not in without
        and (own := judged(shelf, asker, match.program, (track,))).verdict is not Verdict.INELIGIBLE
    }
    shares = {track: share for track, share in _shares(wish, match, shelf).items() if track in admitting}
    ranked = sorted(shares, key=lambda track: -shares[track])
    if ranked and (len(ranked) == 1 or shares[ranked[0]] >= _STANDS_OUT * shares[ranked[1]]):
        return admitting[ranked[0]]
    if len(admitting) == 1:
        return next(iter(admitting.values()))
    if not (admitting and ranked):
        return match if match.track is None or match.track in admitting else next(iter(admitting.values()), match)
    # The track told of a programme at large is the one open first, which is not why it was found.
    near = sorted((track for track in match.tracks if track.name in admitting), key=lambda t: -shares.get(t.name, 0.0))
    return replace(match, track=None, tracks=tuple(near))


def _shares(wish: str, match: Match, shelf: Shelf) -> dict[str, float]:
    """How well (0–1) the best statement on each track of a programme answers the wish."""
    query = Query(Ask.WHAT, wish, wish, wish, (), shelf.name_words(match.program))
    shares: dict[str, float] = {}
    for scored in shelf.picker.best(match.program, query).scored:
        tells = scored.statement.is_row or label_weight(Ask.WHAT, scored.statement.label) > 0
        if scored.statement.track and tells and not label_weight(Ask.CONTACT, scored.statement.heading):
            shares.setdefault(scored.statement.track, scored.share)
    return shares
