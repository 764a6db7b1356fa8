"""Territories: a clause on applicants flows in, the places it limits them to, or shuts out, flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.grammar.places import Gazetteer

_AREAS = {
    "수도권": ("서울특별시", "인천광역시", "경기도"),
    "영남권": ("부산광역시", "대구광역시", "울산광역시", "경상북도", "경상남도"),
    "호남권": ("광주광역시", "전북특별자치도", "전라남도"),
    "충청권": ("대전광역시", "세종특별자치시", "충청북도", "충청남도"),
    "동남권": ("부산광역시", "울산광역시", "경상남도"),
    "대경권": ("대구광역시", "경상북도"),
}
_SEAT = re.compile(
    r"소재|내\s|內|도내|관내|시내|군내|지역|기업|업체|사업장|사업체|본사|본점|공장|연구소|점포|사무소|영위|거주|소상공인|사업자|위치|입주|둔\s"
)
# Behind the name of a place these make it a body, a law or a giver of money.
_OF_A_BODY = re.compile(
    r"(?:\s?[가-힣]{0,4}(?:대학교?|은행|협회|재단|진흥원|공단|공사|테크노파크|신문))|\s?(?:조례|지사|시장|군수|의회)|의\s(?!본사|공장|사업장|기업|업체|중소)|로부터|에서\s?(?:지정|인증|추천|주관|시행|열|개최|지원|받)"
    r"|(?:가|이)\s?(?:지정|인증|추천|시행)"
    # Where one moves to, or brings others to, is not where one sits.
    r"|[^,.]{0,12}(?:으로|로)\s(?:\S+\s){0,2}이전|(?:에|\s내|\s내에)?\s(?:\S+\s){0,2}유치"
)
_OUTSIDE = re.compile(r"(?:을|를)?\s?(?:제외한|제외하고|제외\)|뺀|아닌|외의?\s|이외|밖에|밖의|제외$|\(?\s?제외)")
_LOCAL = re.compile(
    r"(?<![가-힣])(도내|관내|시내|군내|구내|우리\s?(?:시|군|구|도)|(?:시|군|구|도)에\s(?=사업자|사업장|본사|공장|주소)|당해\s?지역)"
)
_JOINED = re.compile(r"[가-힣]{2}\s?(?:[·ㆍ,/]|및|또는)\s?[가-힣]{2}")
_CELL = re.compile(r"(?:지원\s?|대상\s?|신청\s?)?(?:지역|소재지)\s?[:：]\s?([^:：]{2,60})$")
_SHUT = re.compile(r"(?:제외|불가|할\s?수\s?(?:없|업)|안\s?(?:됩|됨))")


def allowed_places(text: str, gazetteer: Gazetteer, home: tuple[str, ...]) -> tuple[str, ...]:
    """Where an applicant must be by the words; `home` is the place of the publisher, meant by "도내" and "관내"."""
    if cell := _CELL.match(text):
        # In a cell of its own a bare "경기" is a place.
        return tuple(dict.fromkeys(_listed(cell[1], gazetteer)))
    if not _SEAT.search(text):
        return ()
    places = tuple(place for place, tail in _named(text, gazetteer) if not _OUTSIDE.match(tail))
    excluded = outside(text, gazetteer)
    if not excluded and _SHUT.search(text):
        # Whom such words shut out is not plain, and taken the wrong way round it would let in the very ones.
        return ()
    local = _LOCAL.search(text)
    if not places and local and home:
        places = tuple(place.split()[0] for place in home) if local[1] == "도내" else home
    return tuple(dict.fromkeys(place for place in places if place not in excluded))


def outside(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The places of which the words say that an applicant must not be there ("수도권 외 지역", "서울 제외")."""
    for name, area in _AREAS.items():
        if f"비{name}" in text or re.search(rf"{name}{_OUTSIDE.pattern}", text):
            return area
    gap = re.search(r"(?:을|를)?\s?(?:제외한|제외하고|뺀|이외|밖에|밖의)|은\s?제외|\s제외|\s외의?\s", text)
    if gap is None:
        return ()
    # A list of places ends in the words that take it out: "서울·인천·경기 밖에".
    head = re.split(r"[(（.;]|이며|그리고|이고|\s중\s|(?<=[가-힣])에서\s|소재|지역", text[: gap.start()])[-1]
    return _listed(head, gazetteer)


def shut_out_places(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The places whose applicants a clause shuts out; places that gave money or did something else are not meant."""
    end = _SHUT.search(text)
    head = text[: end.start()] if end else text
    areas = tuple(place for name, area in _AREAS.items() if name in head and f"비{name}" not in head for place in area)
    if areas:
        return areas
    named = _named(head + " ", gazetteer)
    if not named:
        return _listed(head, gazetteer) if len(head) <= 20 else ()
    return tuple(dict.fromkeys(place for place, _ in named)) if all(_is_subject(tail) for _, tail in named) else ()


def provinces(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The 시·도 that stand as words of their own in a statement, each once."""
    found = [
        gazetteer.province(re.sub(r"(?:과|와|은|는|이|등|에|지역)$", "", word))
        for word in re.split(r"[\s,()·ㆍ/]+", text)
    ]
    return tuple(dict.fromkeys(p for p in found if p))


def _is_subject(tail: str) -> bool:
    return re.match(r"(?:에서|의|로부터|가\s|이\s)", tail) is None


def _named(text: str, gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """The places that the words name as places, with the words behind each; those in an area come in its order."""
    text = _plain(text)
    found = [
        (place, tail)
        for name, area in _AREAS.items()
        if _is_area(name, text) and not _OF_A_BODY.match(tail := text.partition(name)[2])
        for place in area
    ]
    for mention in gazetteer.mentions(text + " "):
        tail = text[text.find(mention.words) + len(mention.words) :]
        if mention.is_clear and not _OF_A_BODY.match(tail):
            found += [(place, tail) for place in mention.candidates]
    listed = provinces(text, gazetteer)
    if len(listed) >= 3 or (_JOINED.search(text) and len(listed) == 2):
        known = {place.split()[0] for place, _ in found}
        found += [(place, "") for place in listed if place not in known]
    return found


def _plain(text: str) -> str:
    """The text with the names of places as the gazetteer writes them ("창원특례시", "대전광역시인 기업")."""
    return re.sub(r"(?<=[가-힣]{2}[시도군구])(?=(?:인|이며|이고)\s)", " ", text.replace("특례시", "시"))


def _is_area(name: str, text: str) -> bool:
    return name in text and f"비{name}" not in text


def _listed(words: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The places at the end of the words, in full or by their stems ("포항·울릉")."""
    found: list[str] = []
    for word in _places_backwards(words):
        bare = re.sub(r"(?:과|와|은|는|을|를|이|가|및)$", "", word)
        province = gazetteer.province(word) or gazetteer.province(bare)
        places = (province,) if province else gazetteer.bare(word) or gazetteer.bare(bare)
        if not places:
            break
        found = [*places, *found]
    return tuple(dict.fromkeys(found))


def _places_backwards(words: str) -> Iterator[str]:
    for word in reversed(re.split(r"[\s,·ㆍ/()]+", words)):
        if word and word not in ("및", "또는", "소재", "지역", "기업"):
            yield word
