"""Territories: a clause on applicants flows in, the places it limits them to, or shuts out, flow out."""

from __future__ import annotations

from pathlib import Path

from ingest.phrases import phrases
from rag.grammar.places import Gazetteer, PlaceMention

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_BLANKS = str.maketrans(dict.fromkeys(",()·ㆍ/", " "))
_LONGEST_LIST, _LONGEST_CELL = 20, 60
_MANY = 3


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
        if (mention.is_clear or len(meant) == 1) and not _WORDS["of_body"].begins(tail):
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
