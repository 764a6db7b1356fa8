"""Figures: what a statement says of one part flows in, its ceilings and shares flow out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.labels.fields import canonical
from ingest.labels.sayings import Group
from ingest.phrases import phrases
from ingest.values.ceilings import Ceiling, ceilings
from ingest.values.shares import Shares, shares
from ingest.values.sums import amounts

GIVES = frozenset({"지원내용", "지원규모", "지원조건", "지원방식", "융자한도", "훈련내용", "목적", "개요"})
"""Labels under which a statement says what is given."""
LENDS = frozenset({"융자한도", "융자금리", "융자기간", "융자방식"})
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """Ceilings, the general one first, and the shares of the cost."""

    ceilings: tuple[Ceiling, ...]
    shares: Shares

    def __bool__(self) -> bool:
        return bool(self.ceilings) or self.shares != Shares()


def is_giving(label: str) -> bool:
    """Whether a label, known or in plain words, says that what stands under it is given."""
    named = canonical(label) or label
    return named in GIVES or (canonical(label) is None and _WORDS["giving_heading"].is_in(label))


def read(group: Group, label: str) -> Figures:
    """The figures of all sayings of a group, the first of each sort."""
    sums: tuple[Ceiling, ...] = ()
    rate: float | None = None
    own: float | None = None
    known = is_giving(label)
    for said in group.sayings:
        gives = known or said.is_figure
        sums = sums or ceilings(said.text, said.heading, is_giving=gives)
        told = Shares() if _WORDS["joint"].is_in(said.text) else shares(said.text, said.heading, is_giving=gives)
        if gives or told.own is not None or sums:
            rate = told.rate if rate is None else rate
            own = told.own if own is None else own
    if known and not sums and rate and own and rate + own == _WHOLE:
        sums = tuple(Ceiling(int(cost * rate / _WHOLE)) for said in group.sayings for cost in _cost_of_one(said.text))
    return Figures(() if label == "예산" else sums, Shares(None if label in LENDS else rate, own))


def _cost_of_one(text: str) -> tuple[int, ...]:
    """What one project costs, own share included ("개소당 사업비 4천만원"); none where not one sum is told."""
    told = amounts(text)
    return told if len(told) == 1 and _WORDS["cost_of_one"].is_in(text) else ()
