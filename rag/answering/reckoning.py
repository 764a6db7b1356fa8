"""Reckoning: a sum that the asker tells and a programme's rates flow in; what that comes to flows out."""

from __future__ import annotations

from datetime import date

from rag.domain import Match
from rag.grammar.typed import Money
from rag.grammar.values import read_values
from rag.messages import RECKONED_AT_MOST, RECKONED_OWN, RECKONED_OWN_BEYOND, RECKONED_SUPPORT
from rag.money import won
from rag.plan import Ask, Fact, Part, Plan, Polarity, Role

# A sum means the same on every day.
_ANY_DAY = date(2000, 1, 1)


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
    # What bounds a person or a month bounds no total.
    if total is None or len(shares) != 1 or any(b.ceiling != b.whole for b in own):
        return ()
    share, ceilings = shares.pop(), {b.whole for b in own if b.whole}
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


def _told(plan: Plan, part: Part) -> int | None:
    """The one sum that a part tells, in KRW."""
    spans = [s for s in plan.spans if s.role is Role.SUM and s.polarity is Polarity.SAID and s.words in part.words]
    sums = [v.of.interval.exact for s in spans for v in read_values(s.words, _ANY_DAY) if isinstance(v.of, Money)]
    return int(sums[0]) if len(sums) == 1 and sums[0] is not None else None
