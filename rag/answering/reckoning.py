"""Reckoning: a sum that the asker tells and a programme's rates flow in; what that comes to flows out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rag.answering.statements import Statement
from rag.domain import Match
from rag.grammar.typed import Money, Share
from rag.grammar.values import read_values
from rag.messages import RECKONED_AT_MOST, RECKONED_OWN, RECKONED_OWN_BEYOND, RECKONED_RATE, RECKONED_SUPPORT
from rag.money import won
from rag.plan import Ask, Fact, Part, Plan, Polarity, Role
from rag.text import squash

# A sum means the same on every day.
_ANY_DAY = date(2000, 1, 1)
_SIGNS = {"+": 1, "-": -1, "−": -1, "–": -1}
# A rate is named by so many words before the sign ("정책자금 기준금리").
_NAMED_BY = 2


def reckoned(ask: Ask, plan: Plan, part: Part, match: Match) -> tuple[Fact, ...]:
    """What the support, or the company's own share, comes to of the sum told in KRW; none where no one rate, or no one
    ceiling that is passed, is stated.

    Support ends at the ceiling, and what is beyond it the company pays.

    A sum that is claimed of the programme, or set aside, is none to reckon with.
    """
    total = _told(plan, part)
    own = [b for b in match.program.benefits if match.track is None or b.track in (None, match.track)]
    rated = [b for b in own if b.rate is not None or b.own_share]
    shares = {b.rate if b.rate is not None else 100 - (b.own_share or 0.0) for b in rated}
    if total is None or len(shares) != 1:
        return ()
    share, ceilings = shares.pop(), {b.ceiling for b in own if b.ceiling}
    support, most = round(total * share / 100), min(ceilings, default=total)
    if support > most and len(ceilings) > 1:
        return ()
    told = {"total": won(total), "rate": f"{share:g}%", "sum": won(support), "most": won(most)}
    if ask is Ask.OWN_SHARE:
        told |= {"rate": f"{100 - share:g}%", "sum": won(total - min(support, most))}
        form = RECKONED_OWN_BEYOND if support > most else RECKONED_OWN
    else:
        form = RECKONED_AT_MOST if support > most else RECKONED_SUPPORT
    return (Fact(ask, form.format(**told), (rated[0].evidence,)),)


def interest(stated: Sequence[Statement], every: Sequence[Statement]) -> Iterator[Fact]:
    """What a rate stated as a difference ("기준금리 - 0.3%p") comes to, where a statement tells the rate it goes by."""
    told: dict[str, Fact] = {}
    for statement in stated:
        for base, difference in _differences(statement.text):
            for other in every:
                rates = [v for v in _shares(other.text) if not v.points and v.interval.exact is not None]
                if len(rates) == 1 and squash(base) in squash(other.text):
                    rate = rates[0].interval.exact or 0
                    form = {"base": base, "rate": f"{rate:g}%", "sum": f"{rate + difference:.4g}%"}
                    text = RECKONED_RATE.format(**form)
                    told.setdefault(text, Fact(Ask.AMOUNT, text, (statement.evidence, other.evidence)))
    yield from told.values()


def _differences(text: str) -> Iterator[tuple[str, float]]:
    """The rates that a text goes by, each with what is added to it or taken off, in percentage points."""
    for value in read_values(text, _ANY_DAY):
        before = text[: value.start].rstrip()
        if isinstance(value.of, Share) and value.of.points and before[-1:] in _SIGNS:
            named = before[:-1].rstrip()
            words = (named.rpartition("(")[0] if named.endswith(")") else named).split()
            exact = value.of.interval.exact
            if words and exact is not None:
                yield " ".join(words[-_NAMED_BY:]), abs(float(exact)) * _SIGNS[before[-1]]


def _shares(text: str) -> Iterator[Share]:
    return (value.of for value in read_values(text, _ANY_DAY) if isinstance(value.of, Share))


def _told(plan: Plan, part: Part) -> int | None:
    """The one sum that a part tells, in KRW."""
    spans = [s for s in plan.spans if s.role is Role.SUM and s.polarity is Polarity.SAID and s.words in part.words]
    sums = [v.of.interval.exact for s in spans for v in read_values(s.words, _ANY_DAY) if isinstance(v.of, Money)]
    return int(sums[0]) if len(sums) == 1 and sums[0] is not None else None
