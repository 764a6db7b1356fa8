"""Payers: a plan and the programmes flow in; the programme that is to pay for it flows out."""

from __future__ import annotations

from collections.abc import Sequence

from rag.diagnosis.telling import OWN_MONEY
from rag.domain import Program
from rag.engagement.items import Plan
from rag.text import squash


def pays_itself(plan: Plan) -> bool:
    """Whether the company is told to pay all itself."""
    return bool(plan.payer) and squash(plan.payer or "").startswith(OWN_MONEY)


def payer_of(plan: Plan, programs: Sequence[Program]) -> Program | None:
    """The programme that is to pay; None where the company pays itself or no programme is called so."""
    if not plan.payer or pays_itself(plan):
        return None
    return next((p for p in programs if squash(p.name) == squash(plan.payer)), None) or next(
        (p for p in programs if squash(plan.payer) in squash(p.name)), None
    )
