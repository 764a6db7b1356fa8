"""Suiting: a wish and the programmes that may meet it flow in; how well each suits, and whether one does, flows out.

As in `picking`, it is a sum of named features whose weights are learned (`rag.fitting`), not set.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rag.answering.picking import relative, shares_of
from rag.answering.select import is_loan, kinds_of
from rag.answering.weights import Weights, read_weights
from rag.domain import LENT, BenefitKind, Match, PeriodStatus, Verdict
from rag.plan import Part, Plan
from rag.settings import INSTALLATION
from rag.shelf import Shelf

SHIPPED = INSTALLATION / "corpus" / "wishes" / "weights.json"

# A guarantee is weighed as the loan that it is for.
_KINDS = tuple(kind for kind in BenefitKind if kind is not BenefitKind.GUARANTEE)
_WORDS = ("wish", "whole", "trade")
_SUITS = ("means it", "three lines mean it", "says it", "three lines say it", "shares letters with it")
_OF_WORDS = tuple(f"{words}: {name}{of_all}" for words in _WORDS for name in _SUITS for of_all in ("", " most of all"))
_OF_PASSAGES = ("a passage suits it", "a passage suits it most of all")
_OF_KINDS = tuple(f"{how} {kind}" for kind in _KINDS for how in ("gives wanted", "gives unwanted", "gives likeliest"))
_VERDICTS = (Verdict.ELIGIBLE, Verdict.POSSIBLE)
FEATURES = (
    *_OF_WORDS,
    *_OF_PASSAGES,
    "gives kinds wanted",
    *_OF_KINDS,
    *(f"is {verdict}" for verdict in _VERDICTS),
    *(f"is {status}" for status in PeriodStatus),
)
"""The names of the features of a programme for a wish, in the order of the columns of `features`."""
SURE_FEATURES = (
    *(f"best: {name}" for name in FEATURES),
    *(f"most: {name}" for name in (*_OF_WORDS, *_OF_PASSAGES)),
    *("best: share of all", "spread", "words wished"),
)
"""The names of the features by which it is judged whether the best programme meets the wish at all."""
_LESS = 0.65


@cache
def weights() -> Weights:
    """The weights that ship, read when first used."""
    return read_weights(SHIPPED, FEATURES, SURE_FEATURES)


def features(plan: Plan, part: Part, wish: str, among: Sequence[Match], shelf: Shelf) -> NDArray[np.float32]:
    """One row for each programme, a column for each of `FEATURES`."""
    ids = [match.program.id for match in among]
    columns: list[NDArray[np.float32] | list[float]] = []
    for words in (wish, part.words, plan.company.industry or ""):
        for column in shelf.cards.suits(words, ids):
            columns += [column, relative(column)]
    spoken = shelf.spoken_of(part.words)
    told = np.array([spoken.get(id_, 0.0) for id_ in ids], dtype=np.float32)
    columns += [told, relative(told), [_kind(match, part) for match in among]]
    wanted = wanted_kinds(part)
    for kind in _KINDS:
        meant = LENT if kind is BenefitKind.LOAN else {kind}
        gives = [float(bool(kinds_of(match.program) & meant)) for match in among]
        for counts in (kind in wanted, kind not in wanted, wanted[:1] == (kind,)):
            columns.append(gives if counts else [0.0] * len(among))
    columns += [[float(match.verdict is verdict) for match in among] for verdict in _VERDICTS]
    columns += [[float(match.status is status) for match in among] for status in PeriodStatus]
    return np.column_stack(columns).astype(np.float32)


def sure_features(wish: str, rows: NDArray[np.float32], scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """What tells whether the best programme meets the wish at all, a value for each of `SURE_FEATURES`."""
    shares = shares_of(scores)
    spread = -float((shares * np.log(shares + 1e-9)).sum())
    most = rows[:, : len(_OF_WORDS) + len(_OF_PASSAGES)].max(axis=0)
    return np.concatenate([rows[int(np.argmax(scores))], most, [shares.max(), spread, len(wish.split())]]).astype(
        np.float32
    )


def wanted_kinds(part: Part) -> tuple[BenefitKind, ...]:
    """The kinds of support wanted, likeliest first, a guarantee weighed as a loan."""
    return tuple(dict.fromkeys(BenefitKind.LOAN if k in LENT else BenefitKind(k) for k in part.select.kinds))


def _kind(match: Match, part: Part) -> float:
    """How well (0–1) what a programme gives is of the kinds wanted; main kind and likeliest wanted count most."""
    given = _given(match)
    best = 0.0
    for wanted_at, kind in enumerate(wanted_kinds(part)):
        if kind == BenefitKind.GRANT and BenefitKind.VOUCHER in given:
            best = max(best, _LESS**wanted_at * _LESS)
        if kind in given:
            best = max(best, _LESS**wanted_at * _LESS ** given.index(BenefitKind(kind)))
    return best


def _given(match: Match) -> list[BenefitKind]:
    """The kinds of support that a programme gives, the one it is known by first: a voucher or a loan is just that."""
    given = (benefit.kind for benefit in match.program.benefits)
    kinds = list(dict.fromkeys(BenefitKind.LOAN if kind in LENT else kind for kind in given))
    if is_loan(match.program):
        return [BenefitKind.LOAN]
    if BenefitKind.VOUCHER in kinds:
        return [BenefitKind.VOUCHER, *(k for k in kinds if k not in (BenefitKind.VOUCHER, BenefitKind.GRANT))]
    return kinds
