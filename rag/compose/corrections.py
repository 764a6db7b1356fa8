"""Corrections: a request flows in; what it takes for granted and the documents do not bear out flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.compose.draft import Statement
from rag.domain import BenefitKind, Evidence, Program
from rag.korean import with_particle
from rag.messages import LOAN_NOT_GRANT, NO_GUARANTEE
from rag.understand import Request

BODIES = ("추진체계", "소관부처", "전담기관", "사업연도")
_FREE_MONEY = re.compile(r"보조금|무상|갚을\s*필요|안\s*갚|공짜|그냥\s*주")


def corrections(program: Program, request: Request) -> list[Statement]:
    """False premises about one programme, each put right with the words of its document."""
    found = []
    loans = [b for b in program.benefits if b.kind is BenefitKind.LOAN]
    if loans and _FREE_MONEY.search(request.text):
        found.append(Statement(f"{named(program)} {LOAN_NOT_GRANT}", (loans[0].evidence,)))
    if request.wants_guarantee:
        found.append(Statement(NO_GUARANTEE))
    bodies = " ".join([program.ministry, program.agency, *(c.organisation for c in program.contacts)])
    said = bodies + " ".join(d.text for d in program.details)
    strangers = [o for o in request.organisations if o not in said]
    if strangers:
        found.append(
            Statement(
                f"{named(program)} {', '.join(strangers)} 사업이 아닙니다. "
                f"소관 부처는 {program.ministry}, 담당 기관은 {program.agency}입니다.",
                (program.evidence, *body_evidence(program)),
            )
        )
    return found


def named(program: Program) -> str:
    """The programme as the topic of a sentence."""
    return with_particle(f"**{program.name}**", "은", "는")


def body_evidence(program: Program, labels: Sequence[str] = BODIES) -> tuple[Evidence, ...]:
    """The statements on who runs the programme and of which year it is, the first of each kind."""
    found: dict[str, Evidence] = {}
    for detail in program.details:
        if detail.label in labels:
            found.setdefault(detail.label, detail.evidence)
    return tuple(found.values())
