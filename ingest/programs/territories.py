"""Territories: a statement on applicants flows in, the places it limits them to, or shuts out, flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.domain import Criterion, CriterionField, Detail
from rag.places import Gazetteer

EXCLUDES = re.compile(r"제외|불가|할 수 없")
_AREAS = {
    "수도권": ("서울특별시", "인천광역시", "경기도"),
    "영남권": ("부산광역시", "대구광역시", "울산광역시", "경상북도", "경상남도"),
    "호남권": ("광주광역시", "전북특별자치도", "전라남도"),
    "충청권": ("대전광역시", "세종특별자치시", "충청북도", "충청남도"),
    "동남권": ("부산광역시", "울산광역시", "경상남도"),
    "대경권": ("대구광역시", "경상북도"),
}


def regions(text: str, detail: Detail, gazetteer: Gazetteer, strict: bool) -> Iterator[Criterion]:
    area = next((name for name in _AREAS if name in text), None)
    if area:
        places = _AREAS[area]
        allowed, excluded = ((), places) if f"비{area}" in text or EXCLUDES.search(text) else (places, ())
        yield Criterion(
            CriterionField.REGION,
            text,
            detail.evidence,
            allowed=allowed,
            excluded=excluded,
            strict=strict or not excluded,
        )
        return
    places = tuple(m.candidates[0] for m in gazetteer.mentions(text) if len(m.candidates) == 1)
    if places and re.search(r"소재|내\s|內|도내|관내|지역|기업|사업장|본사|공장|영위|거주", text):
        yield Criterion(CriterionField.REGION, text, detail.evidence, allowed=places, strict=True)


def listed_provinces(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The 시·도 of a statement that lists three or more of them, those it excludes left out."""
    excluded = excluded_places(text, gazetteer)
    named = tuple(p for p in provinces(text, gazetteer) if p not in excluded)
    return named if len(named) >= 3 else ()


def provinces(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The 시·도 that stand as words of their own in a statement, each once."""
    found = [gazetteer.province(re.sub(r"(?:과|와|은|는|이|등)$", "", word)) for word in re.split(r"[\s,()·]+", text)]
    return tuple(dict.fromkeys(p for p in found if p))


def excluded_places(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    excluding = EXCLUDES.search(text)
    if excluding is None:
        return ()
    head = text[: excluding.start()]
    tail = re.split(r"[(（,]|이며|그리고|이고", head)[-1]
    return tuple(m.candidates[0] for m in gazetteer.mentions(tail + " ") if len(m.candidates) == 1)
