"""Gazetteer: what `regions.yaml` says flows in; spellings of places, what lies in what, names on a day flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rag.domain import Result
from rag.grammar.regions import Province, Regions
from rag.romanised import romanised

_KIND_OF_PROVINCE = re.compile(r"(?:특별자치|광역|특별)?[시도]$")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to write a place and every place it may mean, in the order of the file.

    Of an area the candidates are all meant. A `former` candidate counts where the words before name its 시·도, or
    where nothing else goes by the name now. A doubtful spelling needs evidence, a governed one its 시·도 or 시 before
    it; `unless` are words beside it that make it no place.
    """

    words: str
    candidates: tuple[str, ...]
    former: tuple[str, ...] = ()
    is_area: bool = False
    is_doubtful: bool = False
    is_governed: bool = False
    unless: frozenset[str] = frozenset()


def spellings_of(regions: Regions, suffixes: tuple[str, ...]) -> tuple[Spelling, ...]:
    """Every spelling of every place; `suffixes` are what may end the name of an area ("권", "지방")."""
    full: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    former: dict[str, list[str]] = {}
    for words, place in _full_names(regions):
        full.setdefault(words, []).append(place)
    for words, place in _short_names(regions):
        short.setdefault(words, []).append(place)
    for old, place in regions.former:
        former.setdefault(old.split()[-1], []).append(place)
    unless = {words: frozenset(beside) for words, beside in regions.unless}
    areas = dict(_areas(regions, suffixes))
    made = []
    for words in dict.fromkeys((*areas, *full, *short, *former)):
        of_place = tuple(dict.fromkeys((*full.get(words, ()), *short.get(words, ()))))
        is_short = words not in full and words not in areas
        made.append(
            Spelling(
                words,
                areas.get(words) or of_place,
                tuple(dict.fromkeys(former.get(words, ()))),
                is_area=words in areas,
                is_doubtful=words in regions.homographs and (is_short or words in _aliases(regions)),
                is_governed=words in regions.governed and is_short,
                unless=unless.get(words, frozenset()),
            )
        )
    return tuple(made)


def _full_names(regions: Regions) -> Iterator[tuple[str, str]]:
    for province in regions.provinces:
        yield from ((words, province.name) for words in (province.name, *province.aliases))
        yield from ((city, f"{province.name} {city}") for city in province.municipalities)
        for city, districts in province.districts:
            yield from ((district, f"{province.name} {city}") for district in districts)
        # "광주시" may be the city of that name in another 시·도; other metropolises go by their aliases.
        metropolis = _KIND_OF_PROVINCE.sub("", province.name) + "시"
        is_city = province.name.endswith("시")
        if is_city and any(metropolis in other.municipalities for other in regions.provinces):
            yield metropolis, province.name
    yield from ((rename.name.split()[-1], rename.place) for rename in regions.renames)


def _short_names(regions: Regions) -> Iterator[tuple[str, str]]:
    for province in regions.provinces:
        named = [(city, f"{province.name} {city}") for city in province.municipalities]
        named += [(d, f"{province.name} {city}") for city, districts in province.districts for d in districts]
        # "제주" alone is the 시·도, not the city in it.
        yield from ((w[:-1], place) for w, place in named if len(w) > 2 and w[:-1] not in province.aliases)
    yield from ((words, place) for place, names in regions.neighbourhoods for words in names)


def _areas(regions: Regions, suffixes: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for union in regions.unions:
        yield from ((words, union.members) for words in (union.name, *union.aliases))
    for words, members in regions.areas:
        yield from ((f"{words}{suffix}", members) for suffix in ("", *suffixes))


def _aliases(regions: Regions) -> frozenset[str]:
    return frozenset(alias for province in regions.provinces for alias in province.aliases)


def latin_names(provinces: tuple[Province, ...]) -> dict[str, str]:
    """Each place by its name in Latin letters, where that means one place only."""
    found: dict[str, list[str]] = {}
    for province in provinces:
        for name in (province.name, *province.aliases):
            found.setdefault(romanised(_KIND_OF_PROVINCE.sub("", name)), []).append(province.name)
        for city in province.municipalities:
            # "Jeju" alone is the 시·도, not the city in it.
            if city[:-1] not in province.aliases:
                found.setdefault(romanised(city[:-1]), []).append(f"{province.name} {city}")
    return {spelling: places[0] for spelling, places in found.items() if len(set(places)) == 1}


def belongs(place: str, area: str, regions: Regions) -> bool:
    """Whether a place lies in another now or once did, so that the two may be written together ("전남 광주")."""
    own = (place, place.split()[0])
    return area in own or any(move.place in own and move.origin == area for move in regions.moves)


def home(place: str, regions: Regions, day: date | None) -> str:
    """The 시·도 that a place lies in on a day, today's where no day is given; of a 시·도 that of its land."""
    for own in (place, place.split()[0]):
        for move in regions.moves:
            if move.place == own and day is not None and day < move.since:
                return move.origin
    return place.split()[0]


def inside(place: str, area: str, regions: Regions, day: date | None = None) -> Result:
    """Whether a place lies in another on a day; UNKNOWN where only part of it does, or may.

    Both are canonical, or named with a union or an area ("전남광주통합특별시 목포시", "수도권"). Land that was united
    stays inside what it was, and is inside the new name whatever the day of the document.
    """
    held = [
        _any([_within(one, other, regions, day) for other in members_of(area, regions)])
        for one in members_of(place, regions)
    ]
    if not held or len(set(held)) > 1:
        return Result.UNKNOWN
    return held[0]


def _any(results: list[Result]) -> Result:
    return next((r for r in (Result.MET, Result.UNKNOWN) if r in results), Result.UNMET if results else Result.UNKNOWN)


def _within(place: str, area: str, regions: Regions, day: date | None) -> Result:
    if place == area:
        return Result.MET
    if " " not in area:
        return Result.MET if home(place, regions, day) == area else Result.UNMET
    if " " not in place:
        return Result.UNKNOWN if home(area, regions, day) == place else Result.UNMET
    own = next((part.of for part in regions.parts if part.place == place), ())
    of_area = next((part.of for part in regions.parts if part.place == area), ())
    if own == (area,):
        return Result.MET
    return Result.UNKNOWN if area in own or place in of_area else Result.UNMET


def members_of(words: str, regions: Regions) -> tuple[str, ...]:
    """The canonical places that a formal name means: one place, or the 시·도 of a union or an area; none if unknown."""
    head, _, rest = words.strip().partition(" ")
    heads = dict(_areas(regions, ())).get(head) or tuple(
        p.name for p in regions.provinces if head == p.name or head in p.aliases
    )
    if not rest:
        return heads
    former = dict(regions.former)
    spelled = {rename.name: rename.place for rename in regions.renames}
    named = (spelled.get(f"{name} {rest}", f"{name} {rest}") for name in heads)
    cities = {f"{p.name} {city}" for p in regions.provinces for city in p.municipalities}
    moved = tuple(m.place for m in regions.moves if m.origin in heads and m.place.endswith(f" {rest}"))
    return tuple(p for p in (former.get(name, name) for name in named) if p in cities or " " not in p) or moved


def name_on(place: str, regions: Regions, day: date) -> str:
    """What a canonical place is called on a day: "전라남도 목포시" is "전남광주통합특별시 목포시" from 1 July 2026."""
    named = next((r.name for r in regions.renames if r.place == place and r.since <= day), place)
    head, _, rest = named.partition(" ")
    if not rest:
        return named
    union = next((u.name for u in regions.unions if head in u.members and u.since <= day), None)
    return f"{union or home(place, regions, day)} {rest}"


def current(candidates: tuple[str, ...], regions: Regions, day: date | None) -> tuple[str, ...]:
    """The candidates that exist on the day; all of them where none does, or no day is given."""
    if day is None:
        return candidates
    gone = {place for place, until in regions.ended if until <= day}
    gone |= {part.place for part in regions.parts if day < part.since}
    return tuple(c for c in candidates if c not in gone) or candidates
