"""Composing: a request and the knowledge to answer it from flow in, a draft of cited statements flows out.

The steps of `compose`, in order; the first that answers ends the list:
refuse → scheme of no document → who answers → go on with the talk → out of scope → compare → largest → list →
about the programmes named → an agency's offices → what of which programme → about the one described →
which fits → what to tell us → open question, or an honest no
"""

from __future__ import annotations

from rag.compose.about import about_programs
from rag.compose.agency import agency_offices
from rag.compose.asking import ask_back, ask_which
from rag.compose.comparison import compare
from rag.compose.draft import Draft
from rag.compose.english import in_english
from rag.compose.identity import introduce
from rag.compose.largest import superlative
from rag.compose.listing import list_programs
from rag.compose.open import greet_or_leave, open_question, other_scheme
from rag.compose.recommend import infer, recommend
from rag.compose.refuse import refuse
from rag.compose.resume import resume
from rag.knowledge import Knowledge
from rag.understand import Request

_STEPS = (
    refuse,
    other_scheme,
    introduce,
    resume,
    greet_or_leave,
    compare,
    superlative,
    list_programs,
    about_programs,
    agency_offices,
    ask_which,
    infer,
    recommend,
    ask_back,
    open_question,
)


def compose(request: Request, knowledge: Knowledge) -> Draft:
    """The draft of the first step that has something to say; the last step always has."""
    for step in _STEPS:
        draft = step(request, knowledge)
        if draft is not None:
            return in_english(draft, request.question.as_of) if request.is_english else draft
    raise AssertionError("open_question answers every request")
