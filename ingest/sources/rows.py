"""Rows: the fields of one row of a portal, by the names in `fields.yaml`, flow in; words, cells and places flow out."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from rag.wordlists import word_lists

Row = Mapping[str, str]
FIELDS = Path(__file__).with_name("fields.yaml")
_TAG = re.compile(r"<[a-zA-Z/!][^>]*>")


def fields_of(group: str) -> Mapping[str, tuple[str, ...]]:
    """The names of fields of a group by what they are."""
    return word_lists(FIELDS, group)


def first(row: Row, names: Sequence[str]) -> str:
    """What the first of these fields says that says anything."""
    return next((words for name in names if (words := row.get(name, "").strip())), "")


def plain(words: str) -> str:
    """Words without tags and entities, in one line: portals escape once, twice or not at all."""
    once = html.unescape(words)
    return " ".join(html.unescape(_TAG.sub(" ", once)).split())


def cells_of(row: Row, group: str) -> tuple[tuple[str, str], ...]:
    """What a row states beside the fields of every notice, by label; nothing is said twice."""
    found: dict[str, str] = {}
    for label, names in fields_of(group).items():
        words = plain(first(row, names).replace("@", ", "))
        if words and words not in found.values():
            found[label] = words
    return tuple(found.items())


def places_in(words: str, between: str) -> str:
    """The places that words name, for the whole country "전국"; other words than names of places are left out."""
    known = fields_of("places")
    named = [part.strip() for part in re.split(between, words)]
    found = [place for place in known["provinces"] if place in named]
    if len(found) == len(known["provinces"]) or any(place in named for place in known["everywhere"]):
        return "전국"
    return ", ".join(found)


def row_of(raw: Mapping[object, object]) -> Row:
    """A row as words: what is null is "", numbers are written out."""
    return {str(name): "" if value is None else str(value) for name, value in raw.items()}
