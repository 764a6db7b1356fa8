"""Reckoning: a sum that the asker tells and a programme's rates flow in; what that comes to flows out."""

from __future__ import annotations

from datetime import date

from rag.answering.select import own_share
from rag.domain import Match
from rag.grammar.typed import Money
from rag.grammar.values import read_values
from rag.messages import RECKONED_AT_MOST, RECKONED_OWN, RECKONED_SUPPORT
from rag.money import won
from rag.plan import Ask, Fact, Part, Plan, Polarity, Role
from rag.shelf import Shelf

# A sum means the same on every day.
_ANY_DAY = date(2000, 1, 1)


def reckoned(ask: Ask, plan: Plan, part: Part, match: Match, shelf: Shelf) -> tuple[Fact, ...]:
    """What the support, or the company's own share, comes to of the sum told in KRW; none where a rate is not stated.

    A sum that is claimed of the programme, or set aside, is none to reckon with.
    """
    total = _told(plan, part)
    if total is None:
        return ()
    if ask is Ask.OWN_SHARE:
        share = own_share(shelf, match.program)
        rated = next((b for b in match.program.benefits if b.own_share is not None or b.rate is not None), None)
        if share is None or rated is None:
            return ()
        text = RECKONED_OWN.format(total=won(total), rate=f"{share:g}%", sum=won(round(total * share / 100)))
        return (Fact(ask, text, (rated.evidence,)),)
    benefit = next((b for b in match.program.benefits if b.rate is not None), None)
    if benefit is None or benefit.rate is None:
        return ()
    support = round(total * benefit.rate / 100)
    if benefit.ceiling and support > benefit.ceiling:
        text = RECKONED_AT_MOST.format(total=won(total), rate=f"{benefit.rate:g}%", most=won(benefit.ceiling))
    else:
        text = RECKONED_SUPPORT.format(total=won(total), rate=f"{benefit.rate:g}%", sum=won(support))
    return (Fact(ask, text, (benefit.evidence,)),)


def _told(plan: Plan, part: Part) -> int | None:
    """The one sum that a part tells, in KRW."""
    spans = [s for s in plan.spans if s.role is Role.SUM and s.polarity is Polarity.SAID and s.words in part.words]
    sums = [v.of.interval.exact for s in spans for v in read_values(s.words, _ANY_DAY) if isinstance(v.of, Money)]
    return int(sums[0]) if len(sums) == 1 and sums[0] is not None else None
