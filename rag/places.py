"""Places: `regions.yaml` flows in; words of a question or of a contact table flow out as canonical places.

A canonical place is "경기도 가평군" (시·도 and 시·군·구) or a whole 시·도 ("울산광역시").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from rag.errors import CorpusError
from rag.romanised import romanised

# What must follow a bare stem for it to be read as a place: "가평에서", "용인 공장".
_AT = (
    r"에서|에도?\s?(?:공장|회사|사업장|본사|지점|현장|창고)|에\s?있|에잇|에\s?위치"
    r"|에\s?소재|\s?소재|\s?쪽|\s?지역|\s?근처|\s?(?:제?[1-9이삼]\s?)?공장|\s?국가산단|\s?산단|\s?공단|\s?현장|\s?사업장"
    r"|\s?작업장|\s?지점|\s?매장|\s?점포|\s?창고|\s?본사|\s?연구소"
)
# A 읍, 면, 동 or 리 that follows its 시·군: "공주 유구읍에서", "구미 산동면 공장".
_TOWN = r"\s[가-힣]{1,3}(?<![측화표방반정전지장국이내외하])(?:읍|면)(?=에|의|으|\s|,|$)"
_PARTICLE = (
    rf"(?={_AT}|{_TOWN}|\s[가-힣]{{1,3}}[동리](?=에|의\s)|서\s|에\s|에서|시에|에는|에도|업체|기업|회사|시청|군청|본사|입니다|인데|이고|이에요|예요"
    r"|은|는|이|도|의|,|\)|\s|이?요(?![가-힣])|$)"
)
_STRONG_PARTICLE = rf"(?={_AT}|{_TOWN}|서\s|동(?:에|\s))"
_PROVINCE_TAIL = (
    r"(?=[시도]?(?:청|내|권|\s|,|/|·|\)|$|에|의|은|는|이|도|인데|입니다|예요|소재|쪽|지역|본사|공장|업체|기업|회사"
    r"|과|와|및|랑|이?요(?![가-힣])|\())"
)
# An area may be told in full or by its stem: "호남권", "호남지방", "호남 쪽".
_AREA_TAIL = (
    r"(?=지역|쪽|내|에|은|는|이(?:고|에|요|야|라|\s|나)|도(?![가-힣])|의|만|까지|으로|로|과|와|및|랑|인데|입니다|예요|이요|요|전체|기업|회사|업체"
    r"|[\s,/·)(?.]|$)"
)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words of a text that name a place, and every canonical place they may mean (one when clear).

    Of an area ("호남") the candidates are the 시·도 that it is made of, all of them meant.
    """

    words: str
    candidates: tuple[str, ...]
    is_area: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether the words mean one place or one area."""
        return self.is_area or len(self.candidates) == 1


@dataclass(frozen=True, slots=True)
class Province:
    """A 시·도 with its 시·군·구 and, for cities with 일반구, the districts of each city."""

    name: str
    aliases: tuple[str, ...]
    municipalities: tuple[str, ...]
    districts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A way to write a place, what it may mean, and the pattern for what must follow it ("" for a full name)."""

    words: str
    candidates: tuple[str, ...]
    tail: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A place found in a text at [start, end)."""

    start: int
    end: int
    candidates: tuple[str, ...]
    is_area: bool = False

    def within(self, other: _Found) -> bool:
        """Whether the other is longer and covers this one."""
        longer = other.end - other.start > self.end - self.start
        return longer and other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All 시·도 and 시·군·구 with every way to write them."""

    provinces: tuple[Province, ...]
    spellings: tuple[_Spelling, ...]
    latin: tuple[tuple[str, str], ...] = ()
    areas: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def in_korean(self, text: str) -> tuple[str, ...]:
        """The canonical places that words in Latin letters name ("Cheonan-si"); spellings of several are left out."""
        known = dict(self.latin)
        words = re.findall(r"[a-z]{4,}", re.sub(r"-(?:si|gun|gu|do)\b", "", text.lower()))
        return tuple(dict.fromkeys(known[word] for word in words if word in known))

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
        members = {p.name: p.municipalities for p in self.provinces}
        places: list[str] = []
        governing = ""
        is_used = True
        for word in re.split(r"[\s,/·()]+", words):
            named = self.province(word)
            if named:
                if not is_used:
                    places.append(governing)
                governing, is_used = named, False
            elif governing and word in members[governing]:
                places.append(f"{governing} {word}")
                is_used = True
            elif governing and word in ("전체", "전역", "전지역"):
                places.append(governing)
                is_used = True
        if not is_used:
            places.append(governing)
        return tuple(dict.fromkeys(places))

    def address(self, words: str) -> tuple[PlaceMention, ...]:
        """The places in words that are nothing but an address; a bare "화성" is one there, and may not be in a text."""
        return self.mentions(f"{words} ") or self.mentions(f"{words.strip()}에서 ")

    def mentions(self, text: str) -> tuple[PlaceMention, ...]:
        """The places that free text names, each once, in order; a 시·도 beside its own 시·군·구 is one place."""
        provinces = list(self._provinces_in(text))
        cities = list(self._cities_in(text))
        areas = list(self._areas_in(text))
        governors = {name for found in (*provinces, *cities) for name in found.candidates if " " not in name}
        inside = {name for found in areas for name in found.candidates}
        cities = [_governed(found, governors | inside, inside) for found in cities]
        every = (*provinces, *cities, *areas)
        found = [f for f in every if not any(f.within(other) for other in every)]
        exact = {c.split()[0] for f in found for c in f.candidates if " " in c and len(f.candidates) == 1}
        unique: dict[tuple[str, ...], PlaceMention] = {}
        for f in sorted(found, key=lambda f: (f.start, -len(f.candidates))):
            if not any(c in exact for c in f.candidates):
                unique.setdefault(f.candidates, PlaceMention(text[f.start : f.end], f.candidates, f.is_area))
        return tuple(unique.values())

    def _areas_in(self, text: str) -> Iterator[_Found]:
        for words, members in self.areas:
            if words in text:
                for match in re.finditer(rf"(?<![가-힣]){re.escape(words)}(?:권|지방)?{_AREA_TAIL}", text):
                    yield _Found(match.start(), match.end(), members, is_area=len(members) > 1)

    def _provinces_in(self, text: str) -> Iterator[_Found]:
        for province in self.provinces:
            for spelling in (province.name, *province.aliases):
                # "광주" and the like are settled among the cities, where every reading is known.
                if spelling in text and not any(s.words == spelling for s in self.spellings):
                    for match in re.finditer(rf"(?<![가-힣]){re.escape(spelling)}{_PROVINCE_TAIL}", text):
                        yield _Found(match.start(), match.end(), (province.name,))

    def _cities_in(self, text: str) -> Iterator[_Found]:
        for spelling in self.spellings:
            if spelling.words not in text:
                continue
            words = re.escape(spelling.words)
            for match in re.finditer(rf"(?<![가-힣]){words}{spelling.tail}", text):
                yield _Found(match.start(), match.end(), spelling.candidates)
            # Right behind its 시·도 a city needs no particle: "경남 고성 조선소".
            for governor in {c.split()[0] for c in spelling.candidates if " " in c}:
                names = "|".join(re.escape(n) for n in self._names_of(governor))
                inside = tuple(c for c in spelling.candidates if c.split()[0] == governor and " " in c)
                for match in re.finditer(rf"(?<![가-힣])(?:{names})\s?({words})", text):
                    yield _Found(match.start(1), match.end(1), inside)
                # "고성(강원)": the 시·도 may stand behind it in brackets.
                for match in re.finditer(rf"(?<![가-힣])({words})\s?\(\s?(?:{names})[도시]?\s?\)", text):
                    yield _Found(match.start(1), match.end(1), inside)

    def _names_of(self, province: str) -> tuple[str, ...]:
        return next((p.name, *p.aliases) for p in self.provinces if p.name == province)


def read_regions(
    path: Path,
    homographs: frozenset[str] = frozenset(),
    neighbourhoods: tuple[tuple[str, str], ...] = (),
    areas: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> Gazetteer:
    """Read `regions.yaml`. Raises CorpusError.

    `homographs` are stems that usually mean something else ("예산"), `neighbourhoods` well-known names with the
    canonical place they lie in, `areas` names of several 시·도 together with the 시·도.
    """
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CorpusError(f"{path.name}: 읽을 수 없습니다({error}). 파일을 고쳐 주세요.") from error
    if not isinstance(raw, list) or not all(
        isinstance(e, Mapping) and "name" in e and "municipalities" in e for e in raw
    ):
        raise CorpusError(f"{path.name}: 시·도마다 name과 municipalities가 있어야 합니다.")
    provinces = tuple(_province(entry) for entry in raw)
    known = tuple(_Spelling(name, (place,), "") for name, place in neighbourhoods)
    return Gazetteer(provinces, (*_spellings(provinces, homographs), *known), tuple(_latin(provinces)), areas)


def _latin(provinces: tuple[Province, ...]) -> Iterator[tuple[str, str]]:
    """Each place by its name in Latin letters, where that means one place only."""
    found: dict[str, list[str]] = {}
    for province in provinces:
        for name in (province.name, *province.aliases):
            found.setdefault(romanised(re.sub(r"(?:특별자치|광역|특별)?[시도]$", "", name)), []).append(province.name)
        for city in province.municipalities:
            found.setdefault(romanised(city[:-1]), []).append(f"{province.name} {city}")
    for spelling, places in found.items():
        if len(set(places)) == 1:
            yield spelling, places[0]


def _province(entry: Mapping[str, object]) -> Province:
    aliases, cities, districts = entry.get("aliases"), entry["municipalities"], entry.get("districts")
    return Province(
        name=str(entry["name"]),
        aliases=tuple(map(str, aliases)) if isinstance(aliases, list) else (),
        municipalities=tuple(map(str, cities)) if isinstance(cities, list) else (),
        districts=tuple((str(city), tuple(map(str, names))) for city, names in districts.items())
        if isinstance(districts, Mapping)
        else (),
    )


def _spellings(provinces: tuple[Province, ...], homographs: frozenset[str]) -> Iterator[_Spelling]:
    full: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}
    for province in provinces:
        named = [(city, f"{province.name} {city}") for city in province.municipalities]
        named += [(d, f"{province.name} {city}") for city, districts in province.districts for d in districts]
        named += [
            (f"{city} {d}", f"{province.name} {city}") for city, districts in province.districts for d in districts
        ]
        for words, place in named:
            full.setdefault(words, []).append(place)
            # "제주" alone is the 시·도, not the city in it.
            if len(words) >= 3 and " " not in words and words[:-1] not in province.aliases:
                stems.setdefault(words[:-1], []).append(place)
        metropolis = re.sub(r"(?:특별자치|광역|특별)시$", "", province.name)
        # "광주" may be the city in 경기도 as well; other metropolises go by their aliases.
        if any(f"{metropolis}시" in p.municipalities for p in provinces):
            full.setdefault(f"{metropolis}시", []).append(province.name)
            stems.setdefault(metropolis, []).append(province.name)
    for words, places in full.items():
        yield _Spelling(words, tuple(dict.fromkeys(places)), "")
    for words, places in stems.items():
        weak = words in homographs or (f"{words}구" in full and f"{words}시" not in full)
        yield _Spelling(words, tuple(dict.fromkeys(places)), _STRONG_PARTICLE if weak else _PARTICLE)


def _governed(found: _Found, governors: set[str], areas: set[str]) -> _Found:
    """The reading of an ambiguous city that lies in a 시·도 or an area the text names, where there is one."""
    inside = tuple(c for c in found.candidates if c in areas or (c.split()[0] in governors and " " in c))
    return _Found(found.start, found.end, inside or found.candidates)
