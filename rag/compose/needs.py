"""Needs: the words of a need flow in; how well each programme suits it flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.domain import BenefitKind, Match, Program
from rag.kinds import KINDS, kinds_wanted
from rag.knowledge import Knowledge
from rag.text import squash
from rag.understand import Request

# A text longer than this is a story; its last so many letters say what is wanted.
_LONG = 140
_ASKED = 90
_MET = 0.5
_SPOKEN = 0.8
# "재직 근로자", "미취업자": people, whom a company speaks of without being one.
_PERSON = re.compile(r"자$")
_NEAR = 0.25


def suitability(need: str, request: Request, knowledge: Knowledge) -> dict[str, float]:
    """How well each programme suits the need (0–1.8): by its best passage, and by what it gives."""
    hits = knowledge.scored(f"{need} {request.profile.industry or ''}", 40)
    top = max((h.score for h in hits), default=1.0)
    wanted = kinds_wanted(need, knowledge.lexicon)
    terms = knowledge.statements.terms(need)
    scores = {}
    for program in knowledge.current(request.question.as_of):
        passages = [
            h.score / top for h in hits if h.chunk.program == program.name and h.chunk.source_id == program.source_id
        ]
        kinds = {b.kind for b in program.benefits}
        purpose = " ".join(d.text for d in program.details if d.label in ("목적", "개요", "지원내용", "지원대상"))
        given = sum(_gives(kind, _aim(program), program, kinds) for kind in wanted) / len(wanted) if wanted else 0.0
        said = knowledge.statements.coverage(terms, f"{program.name} {purpose}")
        scores[program.id] = 0.4 * max(passages, default=0.0) + 0.9 * given + 0.5 * said
    return scores


def giving(need: str, knowledge: Knowledge) -> frozenset[str]:
    """The ids of the programmes that are wholly about a kind of support that the need names, if it names any."""
    wanted = kinds_wanted(need, knowledge.lexicon)
    found = set()
    for program in knowledge.programs:
        kinds = {benefit.kind for benefit in program.benefits}
        if any(kind in kinds and _gives(kind, _aim(program), program, kinds) == 1.0 for kind in wanted):
            found.add(program.id)
    return frozenset(found)


def _aim(program: Program) -> str:
    """The name of a programme and the head of what it is for."""
    return program.name + " ".join(d.text for d in program.details if d.label in ("목적", "개요"))[:200]


def names_applicant(program: Program, request: Request, knowledge: Knowledge) -> bool:
    """Whether the programme names, among those it is for, the kind of applicant that asks (소상공인 for a bakery)."""
    size = request.profile.size.value if request.profile.size else ""
    bare = squash(f"{request.text} {request.profile.industry or ''} {size}")
    firms = [group for group in knowledge.lexicon.applicants if not _PERSON.search(group[0])]
    kinds = [group[0] for group in firms if any(squash(word) in bare for word in group)]
    return any(kind in d.text for kind in kinds for d in program.details if d.label == "지원대상")


def suitability_of_story(need: str, request: Request, knowledge: Knowledge) -> dict[str, float]:
    """How well each programme suits the need; in a long story the last words, which ask, count twice."""
    whole = suitability(need, request, knowledge)
    asked = need[-_ASKED:].partition(" ")[2] if len(need) > _LONG else ""
    last = suitability(asked, request, knowledge) if asked else whole
    return {id_: (score + 2 * last[id_]) / 3 for id_, score in whole.items()}


def is_met(need: str, best: Sequence[Match], knowledge: Knowledge) -> bool:
    """Whether the need names a kind of support we know, or the best programme speaks of much of it."""
    if kinds_wanted(need, knowledge.lexicon):
        return True
    terms = knowledge.statements.terms(need)
    said = " ".join(f"{m.program.name} {d.text}" for m in best for d in m.program.details)
    return knowledge.statements.coverage(terms, said) >= _MET


def is_near(need: str, knowledge: Knowledge) -> bool:
    """Whether some passage speaks of at least a part of the need."""
    terms = knowledge.statements.terms(need)
    return any(knowledge.statements.coverage(terms, h.chunk.indexed_text) >= _NEAR for h in knowledge.find(need, 5))


def _gives(kind: BenefitKind, aim: str, program: Program, kinds: set[BenefitKind]) -> float:
    """How much a programme is about a kind of benefit: wholly when its aim or much of its text says so."""
    pattern = dict(KINDS)[kind]
    speaking = sum(bool(pattern.search(d.text)) for d in program.details)
    if pattern.search(aim) or speaking >= max(4, len(program.details) // 4):
        return 1.0 if kind in kinds or not kinds else _SPOKEN
    return 0.4 if kind in kinds else 0.0
