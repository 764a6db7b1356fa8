"""Conversation: earlier turns flow in, the programmes and the company they were about flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.company import company_in
from rag.domain import CompanyProfile, Program, Question
from rag.kinds import kinds_wanted
from rag.lexicon import Lexicon
from rag.naming import ProgramNames
from rag.places import Gazetteer

_ORDINAL = re.compile(r"(첫|두|세|네)\s*번\s*째|(?:맨\s*)?(처음|첫)\s*(?:거|것|번|사업)|(?<![\d-])([1-4])\s*번")
_ORDER = "첫두세네"
# "로봇 교육도 있다던데": something else that somebody has heard of.
_HEARD_OF = re.compile(r"있다(?:던데|는데|면서|고)|들었는데|하던데")
_ALSO = re.compile(r"도\s*(?:있|되|해|받|주)")


def carried_programs(question: Question, text: str, names: ProgramNames) -> tuple[str, ...]:
    """The programmes that the conversation was last about; "두 번째" picks the second of those last told together."""
    told: list[tuple[str, ...]] = []
    for turn in question.history:
        found = names.found_in(turn.content) or _reached_at(turn.content, names.programs)
        if turn.role == "assistant" and told:
            # An answer names other programmes in passing; it is about those the talk was about before.
            found = tuple(name for name in found if name in told[-1]) or found
        told.extend([found] if found else [])
    at = ordinal(text)
    lists = [] if at is None else [found for found in told if len(found) > max(at, 1)]
    last = told[-1] if told else ()
    return lists[-1][at : at + 1] if at is not None and lists else last


def programs_meant(
    question: Question, text: str, names: ProgramNames, lexicon: Lexicon, *, seeks: bool
) -> tuple[str, ...]:
    """The programmes the talk goes on with: those carried, unless the text means another or (`seeks`) a new need."""
    carried = carried_programs(question, text, names)
    described = lexicon.programs_described(text) if _HEARD_OF.search(text) else ()
    if len(described) == 1:
        return described
    given = {benefit.kind for p in names.programs if p.name in carried for benefit in p.benefits}
    wanted = {*kinds_wanted(text, lexicon)} if seeks and not _ALSO.search(text) else set()
    return () if wanted and given and not wanted & given else carried


def ordinal(text: str) -> int | None:
    """Which of the things told before the text means, from 0."""
    match = _ORDINAL.search(text)
    if not match:
        return None
    if match[2]:
        return 0
    return _ORDER.index(match[1]) if match[1] else int(match[3]) - 1


def company_so_far(question: Question, names: ProgramNames, gazetteer: Gazetteer) -> CompanyProfile:
    """The profile given, with what the asker's earlier turns tell of the company."""
    profile = question.profile
    for turn in question.history:
        if turn.role == "user":
            text = names.blanked(turn.content)
            profile = company_in(text, gazetteer.mentions(f"{text} "), profile, question.as_of)
    return profile


def _reached_at(content: str, programs: Sequence[Program]) -> tuple[str, ...]:
    """The programmes whose phone or e-mail an earlier turn tells."""
    return tuple(
        dict.fromkeys(
            p.name for p in programs for c in p.contacts if any(way in content for way in (*c.phones, *c.emails))
        )
    )
