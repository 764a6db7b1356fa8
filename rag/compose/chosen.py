"""Chosen: a request on who was selected flows in; who the documents say was, and who was not, flows out."""

from __future__ import annotations

import re

from rag.compose.draft import Statement, listed
from rag.domain import Detail, Program
from rag.knowledge import Knowledge
from rag.korean import with_particle
from rag.understand import Request

_ASKED = re.compile(r"뽑[혔혀힌힘히았은]|선정(?:된|됐|되었|되|한|했|지)|붙[은었]|당첨|낙점")
# "2025년에 5개 광역 지방정부(경남, 대구, 울산, 전남, 제주)를 선정하여"
_TOLD = re.compile(r"(?P<year>20\d\d)년에?\s[^.()]{0,30}\((?P<names>[^()]+)\)[을를]?\s*선정")


def chosen(program: Program, request: Request, knowledge: Knowledge) -> list[Statement]:
    """The statement that names who was selected in the year asked about, after whether the place told is among them."""
    if not _ASKED.search(request.text):
        return []
    found = _stated(program.name, request, knowledge)
    if not found:
        return []
    detail, names = found
    told = [knowledge.gazetteer.province(name.strip()) for name in names.split(",")]
    places = [place for place in _claimed(request, knowledge) if any(told)]
    lines = [
        Statement(f"{with_particle(place, '은', '는')} 선정된 곳이 아닙니다.", (detail.evidence,))
        for place in places
        if place not in told
    ]
    return [*lines, listed(detail)]


def _stated(name: str, request: Request, knowledge: Knowledge) -> tuple[Detail, str] | None:
    """The detail of any edition of the programme that names the selected, with the names in its words."""
    for edition in knowledge.programs:
        for detail in edition.details if edition.name == name else ():
            match = _TOLD.search(detail.text)
            if match and (not request.years or int(match["year"]) in request.years):
                return detail, match["names"]
    return None


def _claimed(request: Request, knowledge: Knowledge) -> list[str]:
    """The 시·도 named in the words before those on the selection, else those of the whole question."""
    said = _ASKED.split(request.text, maxsplit=1)[0]
    mentions = knowledge.gazetteer.mentions(f"{knowledge.names.blanked(said)} ")
    return list(dict.fromkeys(m.candidates[0].split()[0] for m in mentions if len(m.candidates) == 1))
