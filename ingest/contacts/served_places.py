"""Served: words that may name places flow in, the canonical places a contact is for flow out."""

from __future__ import annotations

import re

from rag.grammar.places import Gazetteer


def served(words: str, gazetteer: Gazetteer, home: str = "") -> tuple[str, ...]:
    """The places that the words list ("서울·인천", "창원"); none where a word names no place.

    `home` is the body that asks: a 시·군·구 of its own 시·도 needs no 시·도 before it.
    """
    parts = [
        part
        for part in re.split(r"[\s,/·ㆍ∙・()]+", words)
        if part and part not in ("등", "및", "관할", "담당", "지역")
    ]
    governed = gazetteer.served(" ".join(parts))
    if governed and all(_is_place(part, gazetteer) for part in parts):
        return governed
    found = [_municipality(part, gazetteer, home) for part in parts]
    return tuple(dict.fromkeys(place for place in found if place)) if found and all(found) else ()


def _is_place(word: str, gazetteer: Gazetteer) -> bool:
    return bool(
        gazetteer.province(word) or gazetteer.bare(word) or word in ("전체", "전역", "전지역") or word[-1] in "시군구"
    )


def _municipality(word: str, gazetteer: Gazetteer, home: str) -> str:
    province = gazetteer.province(home.split()[0].removesuffix("청")) if home else None
    own = next((p.municipalities for p in gazetteer.provinces if p.name == province), ())
    if province and word in own:
        return f"{province} {word}"
    named = gazetteer.bare(word)
    # A word that usually means something else ("예산") names no place by itself.
    return gazetteer.province(word) or (named[0] if named and gazetteer.mentions(word) else "")
