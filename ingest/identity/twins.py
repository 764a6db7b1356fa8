"""Twins: readings of all files flow in; which of them are one notice published in two places flows out.

A notice collected from one place is the same as one from another where both have one address, or one title and number,
or one title and period of bodies that may be the same. Its programme is then one edition told twice, and the passages
of the second are no second source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from ingest.files.reading import Reading
from rag.domain import Period, PeriodKind, Program, ReviewCode, ReviewItem, Source
from rag.messages import collecting as said
from rag.text import squash
from rag.trust import sure

COLLECTED = "collected/"


def twins(readings: Sequence[Reading]) -> dict[str, str]:
    """For each source that repeats a notice of an earlier one the id of that one; staff's own files come first."""
    first: dict[tuple[object, ...], Reading] = {}
    found: dict[str, str] = {}
    for reading in readings:
        if reading.document is None:
            continue
        signs = list(_signs(reading))
        same = (first[sign] for sign in signs if sign in first)
        if other := next((known for known in same if _may_be_one(known, reading)), None):
            found[reading.source.id] = found.get(other.source.id, other.source.id)
            continue
        for sign in signs:
            first.setdefault(sign, reading)
    return found


def told_once(readings: Sequence[Reading], same: Mapping[str, str]) -> list[Reading]:
    """The readings, the passages of a notice that is told twice only from where it came first, with both addresses."""
    urls = {reading.source.id: reading.source.url for reading in readings}
    return [_told_once(reading, same, urls) for reading in readings]


def as_one(programs: Iterable[Program], same: Mapping[str, str]) -> list[Program]:
    """The programmes, the one of a notice told twice under the name, bodies and key that it has where it came first."""
    programs = list(programs)
    alone: dict[str, Program | None] = {}
    for program in programs:
        alone[program.source_id] = None if program.source_id in alone else program
    return [
        replace(program, ministry=first.ministry, agency=first.agency, name=first.name, year=first.year, key=first.key)
        if (first := alone.get(same.get(program.source_id, ""))) and alone[program.source_id]
        else program
        for program in programs
    ]


def told_twice(readings: Sequence[Reading], same: Mapping[str, str]) -> Iterator[ReviewItem]:
    """What staff hear of it."""
    sources = {reading.source.id: reading.source for reading in readings}
    for second, first in same.items():
        message = said.SAME_NOTICE.format(file=sources[first].path)
        file = sources[second].path
        yield ReviewItem(ReviewCode.DUPLICATE, second, file, message, said.KEEP_OR_SPLIT, field="notice")


def _told_once(reading: Reading, same: Mapping[str, str], urls: Mapping[str, str | None]) -> Reading:
    source = reading.source
    if source.id in same:
        return replace(reading, chunks=())
    others = (urls[second] for second, first in same.items() if first == source.id)
    also = tuple(dict.fromkeys(url for url in others if url and url != source.url))
    if also == source.also or reading.document is None:
        return reading
    told = replace(source, also=also)
    return replace(reading, source=told, document=replace(reading.document, source=told))


def _signs(reading: Reading) -> Iterator[tuple[object, ...]]:
    """What two notices that are one have in common, the surest first."""
    source = reading.source
    title = squash(source.title)
    if source.url:
        yield "url", _plain(source.url)
    if not title:
        return
    for program in reading.programs:
        if program.number:
            yield "number", title, program.number
        days = frozenset((p.opens_on, p.closes_on) for p in sure(program.periods) if _is_dated(p))
        if days:
            yield "period", title, program.year, days


def _may_be_one(first: Reading, second: Reading) -> bool:
    """Whether they come from two places, one of them collected, and nothing tells that two bodies speak."""
    places = _place(first.source), _place(second.source)
    if places[0] == places[1] or not any(places):
        return False
    if first.source.url and second.source.url and _plain(first.source.url) == _plain(second.source.url):
        return True
    ours, theirs = _bodies(first), _bodies(second)
    regions = [{squash(p.key.region) for p in r.programs if p.key and p.key.region} for r in (first, second)]
    is_one_place = not all(regions) or bool(regions[0] & regions[1])
    return is_one_place and (not ours or not theirs or bool(ours & theirs))


def _bodies(reading: Reading) -> set[str]:
    named = (body for program in reading.programs for body in (program.ministry, program.agency))
    return {squash(body) for body in (*named, reading.source.publisher) if body}


def _place(source: Source) -> str:
    """The folder of the source that a file was collected from, "" of a file of staff."""
    return source.path.split("/")[1] if source.path.startswith(COLLECTED) else ""


def _is_dated(period: Period) -> bool:
    return period.kind is PeriodKind.FIXED and period.closes_on is not None


def _plain(url: str) -> str:
    """An address without what does not tell pages apart: its scheme, "www.", a fragment and the order of its query."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(parse_qsl(parts.query)))}"
