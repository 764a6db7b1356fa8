"""Choosing: readings of a question with what they come to flow in; the one that the records bear out flows out.

As in `picking`, it is a sum of named features whose weights are learned (`rag.fitting`), not set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rag.answering.execute import Answered
from rag.answering.weights import Linear, read_linear
from rag.plan import (
    Ask,
    Broken,
    Facts,
    Found,
    Nothing,
    NotStated,
    Outcome,
    Passages,
    Refused,
    SelectBy,
    Several,
    Shape,
    Traced,
)
from rag.reading.labelling import Way
from rag.reading.reader import Reading
from rag.saying.draft import Draft
from rag.settings import INSTALLATION
from rag.text import squash, tagged

SHIPPED = INSTALLATION / "corpus" / "choices" / "weights.json"

_SORTS: tuple[type[Outcome], ...] = (Nothing, NotStated, Several, Facts, Found, Refused, Traced, Passages, Broken)
_SPECIFIC = (SelectBy.NAMED, SelectBy.DESCRIBED)
_NAMING = frozenset(("NNG", "NNP", "XR", "SL"))
# So much likelier (log) another reading must be: by leaving out one writer at a time (tests/bench/RESULTS.md).
_MARGIN = 1.0
_MANY, _LETTERS = 8, 1500
FEATURES = (
    *(f"another {way}" for way in Way),
    *(f"cost of {way}" for way in (Way.ROLES, Way.BY)),
    *(f"share of {sort.__name__}" for sort in _SORTS),
    *(f"selects {by}" for by in SelectBy),
    *("outcomes", "parts", "lists", "programmes named", "names that nothing goes by", "programmes found"),
    *("asks what", "asks a thing", "words told again", "words not told", "letters", "tells the same as the first"),
)
"""The names of the features of a reading with its outcomes, in the order of the columns of `features`."""
_OF_LOSS = [FEATURES.index(f"share of {sort.__name__}") for sort in (Nothing, NotStated)]


@dataclass(frozen=True, slots=True)
class Tried:
    """A reading, what it came to, and how that would be told."""

    reading: Reading
    answered: tuple[Answered, ...]
    draft: Draft


@cache
def weights() -> Linear:
    """The weights that ship, read when first used."""
    return read_linear(SHIPPED, FEATURES)


def choose(tried: Sequence[Tried]) -> Tried:
    """The reading that is likely by itself and by what the records say to it: another than the first only if surely."""
    if len(tried) < 2:
        return tried[0]
    if _asks_back(tried[0]):
        return next((one for one in tried[1:] if _tells_place(one, tried[0])), tried[0])
    rows = features(tried)
    return tried[chosen(weights()(rows), rows)]


def _asks_back(first: Tried) -> bool:
    """Whether the likeliest reading comes to nothing but a question back: that the asker left something open is
    surer than any guess at what.
    """
    outcomes = [outcome for answered in first.answered for outcome in answered.outcomes]
    return bool(outcomes) and all(isinstance(outcome, Several) for outcome in outcomes)


def _tells_place(one: Tried, first: Tried) -> bool:
    """Whether a reading asks the same of the same programmes as the first, of a place that the first takes for none."""
    own, known = one.reading.plan.parts, first.reading.plan.parts
    is_alike = [(p.asks, p.select.programs) for p in own] == [(p.asks, p.select.programs) for p in known]
    return is_alike and any(p.at for p in own) and not any(p.at for p in known) and any(p.select.programs for p in own)


def chosen(scores: NDArray[np.float32], rows: NDArray[np.float32]) -> int:
    """The place of the reading to tell: the best by its score, if it is so much better than the first.

    One that finds nothing is never told for the first: it would only say other words of the asker again.
    """
    best = int(np.argmax(scores))
    is_lost = bool(rows[best, _OF_LOSS].sum() >= 1)
    return best if scores[best] > scores[0] + _MARGIN and not is_lost else 0


def features(tried: Sequence[Tried]) -> NDArray[np.float32]:
    """One row for each reading, a column for each of `FEATURES`."""
    first = _text(tried[0])
    return np.array([_row(one, first) for one in tried], dtype=np.float32)


def _row(one: Tried, first: str) -> list[float]:
    reading, parts = one.reading, one.reading.plan.parts
    outcomes = [outcome for answered in one.answered for outcome in answered.outcomes]
    sorts = Counter(type(outcome) for outcome in outcomes)
    told = _text(one)
    words = {word.form for word in tagged(reading.plan.text) if word.tag in _NAMING and len(word.form) > 1}
    again = [word for word in words if squash(word).casefold() in told]
    unlinked = [p for p in parts if p.select.by in _SPECIFIC and p.select.words and not p.select.programs]
    found = sum(len(outcome.matches) for outcome in outcomes if isinstance(outcome, Found | Traced | Passages))
    asks = {ask for part in parts for ask in part.asks}
    return [
        *(float(reading.way is way) for way in Way),
        *(reading.cost if reading.way is way else 0.0 for way in (Way.ROLES, Way.BY)),
        *(sorts[sort] / max(len(outcomes), 1) for sort in _SORTS),
        *(float(any(part.select.by is by for part in parts)) for by in SelectBy),
        float(len(outcomes)),
        float(len(parts)),
        float(any(part.shape is not Shape.ONE for part in parts)),
        float(min(len({name for part in parts for name in part.select.programs}), _MANY)),
        float(len(unlinked)),
        float(min(found, _MANY)),
        float(Ask.WHAT in asks),
        float(Ask.THING in asks),
        len(again) / max(len(words), 1),
        float(len(words) - len(again)),
        min(len(told), _LETTERS) / 1000,
        float(told == first),
    ]


def _text(one: Tried) -> str:
    """What is told, with the names of the programmes, without white space."""
    names = (match.program.name for match in one.draft.matches)
    return squash(" ".join((*(line.text for line in one.draft.lines), *names))).casefold()
