"""Places: words of a question, a notice or a contact table flow in; the places they name flow out as canonical places.

Names that lie in one another and stand side by side are one mention ("경북 구미"). What a mention is wanted for, or
whether it is set aside, is for its reader to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from rag.domain import Result
from rag.grammar import gazetteer
from rag.grammar.attached import lists
from rag.grammar.finding import Finder
from rag.grammar.gazetteer import Spelling
from rag.grammar.regions import Names, Province, Regions, parse_regions
from rag.grammar.sentences import Sentences
from rag.grammar.settling import Settler

# Where a company sits is held against every programme, and programmes name some hundred places.
_ADDRESSES_KEPT, _PAIRS_KEPT = 512, 8192
_LATIN = re.compile(r"\b([a-z]{4,})(?:-(?:si|gun|gu|do))?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words of a text at [start, end) that name a place, and every canonical place they may mean (one when clear).

    Of an area ("호남") the candidates are the 시·도 that it is made of, all of them meant.
    """

    words: str
    candidates: tuple[str, ...]
    is_area: bool = False
    start: int = 0
    end: int = 0

    @property
    def is_clear(self) -> bool:
        """Whether the words mean one place or one area."""
        return self.is_area or len(self.candidates) == 1


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Gazetteer:
    """All 시·도 and 시·군·구 with every way to write them."""

    provinces: tuple[Province, ...] = ()
    spellings: tuple[Spelling, ...] = ()
    regions: Regions = field(default_factory=Regions)
    latin: tuple[tuple[str, str], ...] = ()
    _finder: Finder = field(init=False, repr=False, compare=False)
    _addresses: Callable[[str, date | None], tuple[PlaceMention, ...]] = field(init=False, repr=False, compare=False)
    _insides: Callable[[str, str, date | None], Result] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_finder", Finder(self.spellings, self.regions))
        object.__setattr__(self, "_addresses", lru_cache(_ADDRESSES_KEPT)(self._address))
        object.__setattr__(self, "_insides", lru_cache(_PAIRS_KEPT)(self._inside))

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[object, ...]]:
        return Gazetteer, (self.provinces, self.spellings, self.regions, self.latin)  # it goes to who reads files

    @property
    def areas(self) -> Names:
        """The areas of several 시·도 and the 시·도 each is made of."""
        return self.regions.areas

    # --- texts ---

    def mentions(self, text: str, as_of: date | None = None) -> tuple[PlaceMention, ...]:
        """The places that free text names, each once, in order; a 시·도 beside its own 시·군·구 is one place.

        On a day, what does not exist then is no candidate where something else does.
        """
        found = self.spans(text, as_of)
        exact = {c.split()[0] for m in found for c in m.candidates if " " in c and len(m.candidates) == 1}
        unique: dict[tuple[str, ...], PlaceMention] = {}
        for mention in found:
            if mention.is_area or not any(c in exact for c in mention.candidates):
                unique.setdefault(mention.candidates, mention)
        return tuple(unique.values())

    def spans(self, text: str, as_of: date | None = None) -> tuple[PlaceMention, ...]:
        """Every mention of a place in free text, in order; none overlaps another."""
        return self._read(text, as_of, is_address=False)

    def address(self, words: str, as_of: date | None = None) -> tuple[PlaceMention, ...]:
        """The places in words that are nothing but an address; a bare "화성" is one there, and may not be in a text."""
        return self._addresses(words, as_of)

    def seat(self, words: str, as_of: date | None = None) -> tuple[str, ...]:
        """The place that an address ends in, canonical, or all that it may be; none where the words name no place."""
        found = self.address(words, as_of)
        return found[-1].candidates if found else ()

    # --- formal words ---

    def province(self, word: str) -> str | None:
        """The 시·도 that a whole word names, by any of its names."""
        return next((p.name for p in self.provinces if word == p.name or word in p.aliases), None)

    def bare(self, word: str) -> tuple[str, ...]:
        """The one 시·군·구 that a bare word names in full or by its stem ("구미"); none when several share it."""
        if len(word) < 2:
            return ()
        found = [f"{p.name} {city}" for p in self.provinces for city in p.municipalities if word in (city, city[:-1])]
        return tuple(found) if len(found) == 1 else ()

    def served(self, words: str) -> tuple[str, ...]:
        """The places that a cell of a contact table names, e.g. "강원도 춘천시, 양구군 / 경기도 가평군".

        A 시·도 governs the 시·군·구 after it; one that stands alone, or with "전체", is served as a whole.
        Names that belong to no 시·군·구 of the governing 시·도 are left out.
        """
        places: list[str] = []
        governing: tuple[str, ...] = ()
        is_used = True
        for word in re.split(r"[\s,/·()]+", words):
            named = gazetteer.members_of(word, self.regions) if self._is_province(word) else ()
            members = [m for p in governing for m in gazetteer.members_of(f"{p} {word}", self.regions)]
            if named:
                if not is_used:
                    places.extend(governing)
                governing, is_used = named, False
            elif members:
                places.extend(members)
                is_used = True
            elif governing and word in lists()["whole"]:
                places.extend(governing)
                is_used = True
        if not is_used:
            places.extend(governing)
        return tuple(dict.fromkeys(places))

    def inside(self, place: str, area: str, as_of: date | None = None) -> Result:
        """Whether a canonical place lies in another on a day; UNKNOWN where it is the larger, or partly does."""
        return self._insides(place, area, as_of)

    def name_on(self, place: str, day: date) -> str:
        """What a canonical place is called on a day ("전남광주통합특별시 목포시")."""
        return gazetteer.name_on(place, self.regions, day)

    def _address(self, words: str, as_of: date | None) -> tuple[PlaceMention, ...]:
        return _once(self._read(words, as_of, is_address=True))

    def _inside(self, place: str, area: str, as_of: date | None) -> Result:
        return gazetteer.inside(place, area, self.regions, as_of)

    def _is_province(self, word: str) -> bool:
        unions = (name for union in self.regions.unions for name in (union.name, *union.aliases))
        return self.province(word) is not None or word in unions

    def _read(self, text: str, as_of: date | None, *, is_address: bool) -> tuple[PlaceMention, ...]:
        # A lone surrogate would stop the analyser; "?" takes its place.
        text = text.encode("utf-8", "replace").decode("utf-8")
        sentences = Sentences(text)
        names = self._finder.names(text, sentences)
        settled = Settler(text, names, sentences, self._finder, self.regions).places(as_of, is_address=is_address)
        found = [PlaceMention(text[n.start : n.end], n.candidates, n.is_area, n.start, n.end) for n in settled]
        return tuple(sorted((*found, *self._latin_in(text)), key=lambda mention: mention.start))

    def _latin_in(self, text: str) -> Iterator[PlaceMention]:
        known = dict(self.latin)
        for match in _LATIN.finditer(text):
            if place := known.get(match[1].lower()):
                yield PlaceMention(match[0], (place,), False, match.start(), match.end())


def read_regions(path: Path) -> Gazetteer:
    """Read `regions.yaml`. Raises CorpusError."""
    regions = parse_regions(path)
    spellings = gazetteer.spellings_of(regions, tuple(sorted(lists()["area_suffixes"])))
    return Gazetteer(regions.provinces, spellings, regions, tuple(gazetteer.latin_names(regions.provinces).items()))


def _once(found: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    return tuple({mention.candidates: mention for mention in reversed(found)}.values())[::-1]
