"""Agencies: a request for the phone of a body that runs several programmes flows in, its office for each flows out."""

from __future__ import annotations

from rag.compose.draft import Draft, Statement, reach
from rag.compose.judge import judge
from rag.domain import AnswerStatus
from rag.knowledge import Knowledge
from rag.text import morphemes
from rag.understand import Intent, Request

_OFFICES = 6


def agency_offices(request: Request, knowledge: Knowledge) -> Draft | None:
    """Whom to call at an agency, programme by programme, where a question names the agency and nothing else."""
    if request.programs or request.places or not request.has(Intent.CONTACT) or len(request.organisations) != 1:
        return None
    if not _is_bare(request, knowledge):
        return None
    body = request.organisations[0]
    found = []
    for program in knowledge.current(request.question.as_of):
        own = [c for c in program.contacts if body in c.organisation and c.phones]
        if own and len(own) <= _OFFICES and not any(c.regions for c in own):
            found.append((program, own))
    if len(found) < 2:
        return None
    statements = [Statement(f"**{body}**의 문의처는 사업마다 다릅니다.")]
    for program, own in found:
        statements += [Statement(f"### {program.name}"), *(reach(contact) for contact in own)]
    return Draft(
        AnswerStatus.CLARIFY,
        tuple(statements),
        tuple(judge(program, request, knowledge) for program, _ in found),
        tuple(contact for _, own in found for contact in own),
        clarifying_question="어느 지원사업에 대해 문의하시나요?",
    )


def _is_bare(request: Request, knowledge: Knowledge) -> bool:
    """Whether the question says nothing but the agency and that its phone is asked for."""
    words = knowledge.lexicon
    rest = morphemes(words.without_organisations(request.text))
    told = {*words.generic, *words.stopwords, *words.frames}
    return all(word in told or words.is_cue(word) for word in rest)
