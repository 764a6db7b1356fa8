"""Regions: `regions.yaml`, edited by staff, flows in; 시·도, what lies in them and how they changed flow out.

A canonical place is "경기도 가평군" (시·도 and 시·군·구) or a whole 시·도 ("울산광역시"). It is the key under which a
place is compared and stays the same when the place is united, moved or called by a new name; `rag.grammar.gazetteer`
tells its name on a day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rag.errors import CorpusError
from rag.messages import files as said
from rag.yaml_file import read_yaml

Names = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Province:
    """A 시·도 with its 시·군·구 and, for cities with 일반구, the districts of each city."""

    name: str
    aliases: tuple[str, ...]
    municipalities: tuple[str, ...]
    districts: Names


@dataclass(frozen=True, slots=True)
class Union:
    """A 시·도 made of several others on a day; places in it keep their keys under the members."""

    name: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    since: date


@dataclass(frozen=True, slots=True)
class Move:
    """A place that lay in another 시·도 before a day."""

    place: str
    origin: str
    since: date


@dataclass(frozen=True, slots=True)
class Part:
    """A 구 made on a day out of land of others; wholly within one where `of` has one."""

    place: str
    of: tuple[str, ...]
    since: date


@dataclass(frozen=True, slots=True)
class Rename:
    """A place that goes by another name from a day on."""

    place: str
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class Regions:
    """All that `regions.yaml` says; every tuple keeps the order of the file.

    `former` are names no longer used with the place they mean now, `homographs` names that count as a place only
    with evidence, `governed` names that do so only right behind their 시·도 or 시, `unless` words beside a name that
    make it none.
    """

    provinces: tuple[Province, ...] = ()
    unions: tuple[Union, ...] = ()
    moves: tuple[Move, ...] = ()
    parts: tuple[Part, ...] = ()
    renames: tuple[Rename, ...] = ()
    ended: tuple[tuple[str, date], ...] = ()
    former: tuple[tuple[str, str], ...] = ()
    neighbourhoods: Names = ()
    areas: Names = ()
    homographs: frozenset[str] = frozenset()
    governed: frozenset[str] = frozenset()
    unless: Names = ()


def parse_regions(path: Path) -> Regions:
    """Read and check `regions.yaml`. Raises CorpusError naming the section that is wrong."""
    try:
        raw = read_yaml(path)
    except (OSError, ValueError) as error:
        raise CorpusError(said.UNREADABLE.format(file=path.name, error=error)) from error
    # A file with nothing but a list of 시·도 is one from before there was more to say.
    sections = {"provinces": raw} if isinstance(raw, list) else raw
    if not isinstance(sections, Mapping) or not sections.get("provinces"):
        raise CorpusError(said.NO_PROVINCES.format(file=path.name))
    return _Sections(path.name, sections).regions()


@dataclass(frozen=True, slots=True)
class _Sections:
    """The sections of a file as YAML has them, and the file's name for a complaint."""

    file: str
    raw: Mapping[str, Any]

    def regions(self) -> Regions:
        self._check("provinces", ("name", "municipalities"))
        self._check("unions", ("name", "members", "since"))
        self._check("moves", ("place", "from", "since"))
        self._check("parts", ("place", "of", "since"))
        self._check("renamed", ("place", "name", "since"))
        regions = Regions(
            provinces=tuple(
                Province(e["name"], _words(e.get("aliases")), _words(e["municipalities"]), _names(e.get("districts")))
                for e in self._entries("provinces")
            ),
            unions=tuple(
                Union(e["name"], _words(e.get("aliases")), _words(e["members"]), e["since"])
                for e in self._entries("unions")
            ),
            moves=tuple(Move(e["place"], e["from"], e["since"]) for e in self._entries("moves")),
            parts=tuple(Part(e["place"], _words(e["of"]), e["since"]) for e in self._entries("parts")),
            renames=tuple(Rename(e["place"], e["name"], e["since"]) for e in self._entries("renamed")),
            ended=tuple(self._mapping("ended").items()),
            former=tuple(self._mapping("former").items()),
            neighbourhoods=_names(self._mapping("neighbourhoods")),
            areas=_names(self._mapping("areas")),
            homographs=frozenset(_words(self.raw.get("homographs"))),
            governed=frozenset(_words(self.raw.get("governed"))),
            unless=_names(self._mapping("unless")),
        )
        self._check_places(regions)
        return regions

    def _entries(self, key: str) -> list[Mapping[str, Any]]:
        return self.raw.get(key) or []

    def _mapping(self, key: str) -> Mapping[str, Any]:
        value = self.raw.get(key) or {}
        if not isinstance(value, Mapping):
            raise self._wrong(said.NO_MAPPING, key)
        return value

    def _check(self, key: str, fields: tuple[str, ...]) -> None:
        entries = self._entries(key)
        if not isinstance(entries, list) or not all(
            isinstance(e, Mapping) and all(field in e for field in fields) for e in entries
        ):
            raise self._wrong(said.FIELDS_MISSING, key, fields=", ".join(fields))
        for entry in entries:
            if "since" in fields and not isinstance(entry["since"], date):
                raise self._wrong(said.NO_DAY, key, value=entry["since"])

    def _wrong(self, sentence: str, key: str, **words: object) -> CorpusError:
        return CorpusError(sentence.format(file=self.file, key=key, **words))

    def _check_places(self, regions: Regions) -> None:
        """Every place that a section speaks of is one of the 시·도 or 시·군·구."""
        known = {place for p in regions.provinces for place in (p.name, *(f"{p.name} {c}" for c in p.municipalities))}
        told = {
            "unions": {member for union in regions.unions for member in union.members},
            "moves": {place for move in regions.moves for place in (move.place, move.origin)},
            "parts": {place for part in regions.parts for place in (part.place, *part.of)},
            "renamed": {rename.place for rename in regions.renames},
            "ended": {place for place, _ in regions.ended},
            "former": {place for _, place in regions.former},
            "neighbourhoods": {place for place, _ in regions.neighbourhoods},
            "areas": {place for _, places in regions.areas for place in places},
        }
        for key, places in told.items():
            if unknown := sorted(places - known):
                raise self._wrong(said.UNKNOWN_PLACE, key, place=unknown[0])


def _words(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _names(value: object) -> Names:
    return tuple((str(name), _words(words)) for name, words in value.items()) if isinstance(value, Mapping) else ()
