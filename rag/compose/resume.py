"""Resuming: a short question that asks for nothing by name flows in, what the talk's programmes say to it flows out."""

from __future__ import annotations

from dataclasses import replace

from rag.compose.about import about_programs, editions_named
from rag.compose.draft import Draft
from rag.conversation import carried_programs
from rag.knowledge import Knowledge
from rag.text import squash
from rag.tracks import touched_tracks, tracks_of
from rag.understand import Intent, Request

_SHORT = 40


def resume(request: Request, knowledge: Knowledge) -> Draft | None:
    """Answer a question like "선정기업이면 뭐가 좋아지는데요" about the programmes last told that speak of it."""
    text = request.text
    if request.programs or request.intents or request.wants_other or not request.question.history:
        return None
    if len(text) > _SHORT or request.only_open or request.organisations:
        return None
    meant = replace(request, programs=carried_programs(request.question, text, knowledge.names))
    if _asks_office(meant, knowledge):
        return about_programs(replace(meant, intents=(Intent.CONTACT,)), knowledge)
    asked = {word for word, weight in knowledge.statements.terms(text).weights if weight == 1.0 and len(word) > 1}
    said = " ".join(d.text for p in editions_named(meant, knowledge) for d in p.details)
    if not any(word in said and not knowledge.lexicon.is_cue(word) for word in asked):
        return None
    return about_programs(meant, knowledge)


def _asks_office(meant: Request, knowledge: Knowledge) -> bool:
    """Whether nothing but one of the programme's offices or a place that they serve is named ("표준협회는 몇 번?")."""
    bare = squash(meant.text)
    contacts = [c for p in editions_named(meant, knowledge) for c in p.contacts]
    offices = {squash(c.organisation).removeprefix("한국") for c in contacts}
    return any(len(o) >= 4 and o in bare for o in offices) or (bool(meant.places) and any(c.regions for c in contacts))


def told_before(request: Request, knowledge: Knowledge) -> set[str]:
    """The programmes that the talk has told or set aside; one of which only some tracks were named may go on."""
    talk = " ".join((*(turn.content for turn in request.question.history), request.question.text))
    named = knowledge.names.found_in(talk)
    tracks = {p.name: tracks_of(p) for p in knowledge.current(request.question.as_of) if p.name in named}
    return {name for name in named if not 0 < len(touched_tracks(tracks.get(name, ()), talk)) < len(tracks[name])}
