"""Firms: a clause on applicants flows in; its bounds on people and years, classes of size and places flow out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.phrases import phrases
from rag.domain import SizeClass
from rag.grammar.places import Gazetteer, PlaceMention
from rag.grammar.typed import Age, Count, Duration, Interval, Unit
from rag.grammar.values import ANY_DAY, Value, read_values

Bound = tuple[int | None, int | None]

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_CLASSES = {"micro": SizeClass.MICRO, "small": SizeClass.SMALL, "medium": SizeClass.MEDIUM, "large": SizeClass.LARGE}
_BLANKS = str.maketrans(dict.fromkeys(",()·ㆍ/", " "))
_LONGEST_LIST, _LONGEST_CELL = 20, 60
_MANY = 3


def employees(text: str) -> Iterator[Bound]:
    """Bounds on how many people a firm employs."""
    text = _spaced(text)
    told = [(value, people) for value in _values(text) if (people := _people(value, text))]
    yield from (_inclusive(people, completed=False) for _, people in _joined(text, told))


def _people(value: Value, text: str) -> Interval | None:
    """The bound that a value sets on the people of a firm; None where they are hired, trained or counted otherwise."""
    if not isinstance(value.of, Count) or value.of.unit is not Unit.PEOPLE or value.of.per or value.of.interval.exact:
        return None
    before, after = text[: value.start], text[value.end :]
    is_of_others = _WORDS["others_before"].ends(before) or _WORDS["others_after"].begins(after)
    if is_of_others or _WORDS["each"].begins(after):
        return None
    is_of_firm = _WORDS["staff"].is_in(text[: value.end]) or _WORDS["firm_behind"].begins(after)
    return value.of.interval if is_of_firm else None


def ages(text: str) -> Iterator[Bound]:
    """Bounds on the completed years since a firm was founded; "3년 초과" leaves one with three completed years in."""
    text = _spaced(text.replace("년차", "년"))
    told = _joined(text, [(value, years) for value in _values(text) if (years := _years(value))])
    founded = [(value, years) for value, years in told if _is_since_founding(text, value)]
    for value, years in founded:
        if years.exact is None:
            yield _inclusive(years, completed=True)
        elif _WORDS["passed"].begins(text, value.end):
            yield int(years.low or 0), None
    if not founded:
        yield from (_inclusive(years, completed=True) for value, years in told if _is_of_young(text, value, years))


def _joined(text: str, told: list[tuple[Value, Interval]]) -> list[tuple[Value, Interval]]:
    """The values with their intervals, two halves of one ("10인 이상이고 300인 미만") made one."""
    made: list[tuple[Value, Interval]] = []
    for value, own in told:
        last, low = made[-1] if made else (None, own)
        between = text[last.end : value.start] if last else ""
        is_half = last and low.high is None and own.low is None
        if last and is_half and (not between.strip() or _WORDS["ands"].is_all(between)):
            made[-1] = (replace(last, end=value.end), replace(own, low=low.low, over=low.over))
        else:
            made.append((value, own))
    return made


def _spaced(text: str) -> str:
    """The text with bounds as words of their own: "10인 미만업체"."""
    for hit in reversed(list(_WORDS["limit"].all(text))):
        text = f"{text[: hit.end]} {text[hit.end :].lstrip()}"
    return text


def _values(text: str) -> tuple[Value, ...]:
    return read_values(text, ANY_DAY) if any(letter.isdecimal() for letter in text) else ()


def _years(value: Value) -> Interval | None:
    """The years that an age or a duration states."""
    if isinstance(value.of, Age):
        return value.of.years
    is_years = isinstance(value.of, Duration) and value.of.unit is Unit.YEARS
    return value.of.interval if is_years and isinstance(value.of, Duration) else None


def _is_since_founding(text: str, value: Value) -> bool:
    """Whether years count from the founding of a firm: by words within the value, or right before it."""
    is_age = isinstance(value.of, Age) and not text[value.start].isdecimal()
    return is_age or _WORDS["since"].ends(text[: value.start]) is not None


def _is_of_young(text: str, value: Value, years: Interval) -> bool:
    """Whether years are those of a firm that is called young or has been run for so long ("7년 이내 창업기업")."""
    if years.exact is not None or _WORDS["lately"].ends(text[: value.start]):
        return False
    after = text[value.end :]
    is_young = _WORDS["young"].begins(after) or _WORDS["young"].is_in(text[value.start : value.end])
    return bool(is_young or _WORDS["run"].begins(after))


def _inclusive(told: Interval, *, completed: bool) -> Bound:
    """The bounds of an interval, both within."""
    low, high = (None if end is None else int(end) for end in (told.low, told.high))
    return (
        low + 1 if low is not None and told.over and not completed else low,
        high - 1 if high is not None and told.under else high,
    )


def sizes(text: str) -> tuple[str, ...]:
    """The size classes that may apply; none where a large firm appears only as the partner of small ones."""
    told = _WORDS["partner"].without(_WORDS["bodies"].without(text))
    found = [size for name, size in _CLASSES.items() if _WORDS[name].is_in(told)]
    return () if {SizeClass.LARGE, SizeClass.SMALL} <= set(found) else tuple(size.value for size in found)


def is_of_small_firms(text: str) -> bool:
    """Whether a clause names small firms, which are fewer than what a profile calls small and medium ones."""
    return _WORDS["small_firm"].is_in(text)


def shut_out_sizes(text: str) -> tuple[str, ...]:
    """The size classes that a clause shuts out as such; firms in which a large firm holds shares are no size class."""
    found = _WORDS["shut"].first(text)
    if found is None:
        return ()
    before = text[: found.start]
    first, *others = _WORDS["class"].all(found.words)
    named = [first, *(hit for hit in others[:1] if not _WORDS["of_itself"].begins(text, found.start + hit.end))]
    if _WORDS["of_another"].ends(before) or _WORDS["owned"].is_in(before):
        return ()
    if _WORDS["of_itself"].begins(text, found.start + named[-1].end):
        return ()
    return tuple(dict.fromkeys(hit.words.replace(" ", "") for hit in named))


def allowed_places(text: str, gazetteer: Gazetteer, home: tuple[str, ...]) -> tuple[str, ...]:
    """Where an applicant must be by the words; `home` is the place of the publisher, meant by "도내" and "관내"."""
    label, _, cell = text.replace("：", ":").partition(":")
    if cell and ":" not in cell and len(cell) <= _LONGEST_CELL and _WORDS["place_label"].is_all(label):
        # In a cell of its own a bare "경기" is a place.
        return tuple(dict.fromkeys(_listed(cell, gazetteer)))
    if not _WORDS["seat"].is_in(text):
        return ()
    places = tuple(place for place, tail in _named(text, gazetteer) if not _WORDS["outside"].begins(tail))
    excluded = outside(text, gazetteer)
    if not excluded and _WORDS["shuts"].is_in(_WORDS["beside"].without(text)):
        # Whom such words shut out is not plain, and taken the wrong way round it would let in the very ones.
        return ()
    local = _WORDS["local"].first(text)
    if not places and local and home:
        places = tuple(place.split()[0] for place in home) if _WORDS["whole_province"].begins(local.words) else home
    return tuple(dict.fromkeys(place for place in places if place not in excluded))


def outside(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The places of which the words say that an applicant must not be there ("수도권 외 지역", "서울 제외")."""
    for name, area in gazetteer.areas:
        at = text.find(name)
        if at >= 0 and (text[:at].endswith("비") or _WORDS["outside"].begins(text, at + len(name))):
            return area
    gap = _WORDS["gap"].first(text)
    # A list of places ends in the words that take it out: "서울·인천·경기 밖에".
    return _listed(_WORDS["before_list"].parts(text[: gap.start])[-1], gazetteer) if gap else ()


def shut_out_places(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The places whose applicants a clause shuts out; places that gave money or did something else are not meant."""
    end = _WORDS["shuts"].first(text)
    head = text[: end.start] if end else text
    areas = tuple(place for mention in _areas(head, gazetteer) for place in mention.candidates)
    if areas:
        return areas
    named = _named(head + " ", gazetteer)
    if not named:
        return _listed(head, gazetteer) if len(head) <= _LONGEST_LIST else ()
    is_doer = any(_WORDS["doer"].begins(tail) for _, tail in named)
    return () if is_doer else tuple(dict.fromkeys(place for place, _ in named))


def provinces(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The 시·도 that stand as words of their own in a statement, each once."""
    found = [gazetteer.province(_bare(word, "ending")) for word in text.translate(_BLANKS).split()]
    return tuple(dict.fromkeys(p for p in found if p))


def _bare(word: str, endings: str) -> str:
    ending = _WORDS[endings].ends(word)
    return word[: ending.start] if ending else word


def _areas(text: str, gazetteer: Gazetteer) -> list[PlaceMention]:
    """The areas of several 시·도 that the words name, those that mean the rest ("비수도권") left out."""
    return [m for m in gazetteer.spans(text + " ") if m.is_area and not text[: m.start].endswith("비")]


def _named(text: str, gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """The places that the words name as places, with the words behind each; those in an area come in its order."""
    text = _plain(text)
    areas = _areas(text, gazetteer)
    mentions = [m for m in gazetteer.mentions(text + " ") if not m.is_area]
    governing = {place.split()[0] for m in mentions if m.is_clear for place in m.candidates}
    found: list[tuple[str, str]] = []
    for mention in (*areas, *mentions):
        tail = text[text.find(mention.words) + len(mention.words) :]
        # "부산 북구·강서구": a name that several provinces have is that of the one named beside it.
        is_shared = all(" " in candidate for candidate in mention.candidates)
        meant = [c for c in mention.candidates if mention.is_clear or (is_shared and c.split()[0] in governing)]
        if (mention.is_clear or len(meant) == 1) and not _WORDS["behind_place"].begins(tail):
            found += [(place, tail) for place in meant]
    listed = provinces(text, gazetteer)
    if len(listed) >= _MANY or (_WORDS["joined"].is_in(text) and len(listed) == _MANY - 1):
        known = {place.split()[0] for place, _ in found}
        found += [(place, "") for place in listed if place not in known]
    return found


def _plain(text: str) -> str:
    """The text with the names of places as the gazetteer writes them ("창원특례시", "대전광역시인 기업")."""
    text = text.replace("특례시", "시")
    for hit in reversed(list(_WORDS["named_copula"].all(text))):
        copula = _WORDS["copula"].ends(hit.words)
        cut = hit.end - len(copula.words) if copula else hit.end
        text = f"{text[:cut]} {text[cut:]}"
    return text


def _listed(words: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The places at the end of the words, in full or by their stems ("포항·울릉")."""
    found: list[str] = []
    for word in reversed(words.translate(_BLANKS).split()):
        if _WORDS["no_place"].is_all(word):
            continue
        bare = _bare(word, "particle")
        province = gazetteer.province(word) or gazetteer.province(bare)
        places = (province,) if province else gazetteer.bare(word) or gazetteer.bare(bare)
        if not places:
            break
        found = [*places, *found]
    return tuple(dict.fromkeys(found))
