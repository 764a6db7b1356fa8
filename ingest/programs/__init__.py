"""Programmes: a document and its sections flow in, the support programmes it describes flow out.

extract: lines → segments (one per programme) → details → periods, contacts, criteria, benefits → Program
link:    editions of one programme over all documents, each later one superseding the one before
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.programs.benefits import benefits
from ingest.programs.contacts import MINISTRY, areas_of, contacts, table_contacts
from ingest.programs.criteria import criteria
from ingest.programs.details import details
from ingest.programs.lines import Line, lines_of
from ingest.programs.schedule import periods
from ingest.programs.segments import Segment, segments
from rag.domain import Contact, Detail, Document, Program, Section
from rag.lexicon import Lexicon
from rag.places import Gazetteer
from rag.text import squash

_MINISTRY = re.compile(r"(?:주무부처|소관부처|주무기관)\s*[(:]\s*([^)→\n]+)\)?")
_AGENCY = re.compile(r"(?:전담\s*기관|추진\s*기관|운영\s*기관|주관\s*기관)(?:인)?\s*[(:·]?\s*([^)→·\n(]{3,30})")
_STEPS = frozenset({"신청방법", "전산등록방법", "제출서류", "선정절차", "운영절차", "추진일정"})


def extract(document: Document, sections: Sequence[Section], lexicon: Lexicon, gazetteer: Gazetteer) -> list[Program]:
    """The programmes of one document, in reading order; none when it describes none."""
    lines = lines_of(sections)
    found, outside = segments(lines, document.source, lexicon)
    programs = [_program(segment, document, lexicon, gazetteer) for segment in found]
    return _with_outside_contacts(programs, outside, document, lexicon, gazetteer)


def link(programs: Sequence[Program]) -> list[Program]:
    """All programmes with `supersedes` set: the id of the edition of the same name in the latest earlier year."""
    linked = []
    for program in programs:
        earlier = [p for p in programs if p.name == program.name and (p.year or 0) < (program.year or 0)]
        before = max(earlier, key=lambda p: p.year or 0, default=None)
        linked.append(replace(program, supersedes=before.id if before else None))
    return linked


def _program(segment: Segment, document: Document, lexicon: Lexicon, gazetteer: Gazetteer) -> Program:
    source = document.source
    stated = details(segment.lines, source.id)
    year = _year(source.title) or _year(source.published_on)
    ministry = _body(_MINISTRY, stated, lexicon) or segment.chapter or _bodies(source.publisher)[0]
    agency = _body(_AGENCY, stated, lexicon) or _agency_of(stated, lexicon, ministry) or _bodies(source.publisher)[-1]
    asked = contacts(segment.lines, source.id, gazetteer, areas_of(segment.lines, gazetteer), agency)
    ministry = lexicon.organisation_named(ministry) or ministry
    return Program(
        id=f"{year or 0}-{hashlib.sha256(squash(segment.name).encode()).hexdigest()[:8]}",
        name=segment.name,
        source_id=source.id,
        year=year,
        ministry=ministry,
        agency=agency,
        evidence=segment.lines[0].evidence(source.id),
        aliases=lexicon.aliases_of(segment.name),
        details=stated,
        criteria=criteria(stated, gazetteer),
        benefits=benefits(stated),
        periods=periods(stated, year),
        contacts=tuple(replace(c, organisation=ministry) if c.organisation == MINISTRY else c for c in asked),
        steps=tuple(d for d in stated if d.label in _STEPS),
    )


def _with_outside_contacts(
    programs: list[Program], outside: Sequence[Line], document: Document, lexicon: Lexicon, gazetteer: Gazetteer
) -> list[Program]:
    """Give each phone table outside every programme to the programme that the line before it names."""
    given: dict[str, list[Contact]] = {}
    for caption, listed in table_contacts(outside, document.source.id, gazetteer):
        name = lexicon.program_named(caption.text) or lexicon.program_named(" ".join(caption.path))
        if name:
            given.setdefault(name, []).extend(listed)
    return [replace(p, contacts=(*p.contacts, *given.get(p.name, ()))) if p.name in given else p for p in programs]


def _body(pattern: re.Pattern[str], stated: Sequence[Detail], lexicon: Lexicon) -> str | None:
    for detail in stated:
        match = pattern.search(detail.text)
        if match:
            words = match[1].strip()
            known = lexicon.organisation_named(words)
            if known or match[0].endswith(")") or "(" in match[0]:
                return known or words
    return None


def _agency_of(stated: Sequence[Detail], lexicon: Lexicon, ministry: str) -> str | None:
    """The organisation named in how to apply or whom to ask, where no agency is stated."""
    for label in ("신청방법", "문의처"):
        for detail in stated:
            named = lexicon.organisation_named(detail.text) if detail.label == label else None
            if named and named != ministry:
                return named
    return None


def _bodies(publisher: str) -> list[str]:
    return [body.strip() for body in re.split(r"[·,]", publisher)]


def _year(text: str) -> int | None:
    match = re.search(r"(20\d\d)", text)
    return int(match[1]) if match else None
