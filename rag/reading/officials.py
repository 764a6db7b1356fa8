"""Officials: a text and the places in it flow in; the place whose government its writer says to be of flows out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rag.grammar.places import PlaceMention
from rag.text import Word, tagged
from rag.wordlists import word_lists

_WORDS = word_lists(Path(__file__).with_name("officials.yaml"))
_IS = "VCP"
_NOUNS = ("N", "XSN")
# So long is what stands between a place and "is" at most, in letters.
_NEAR = 12


def official_of(text: str, places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The place whose government the writer says to belong to: its name, an office or a rank, and "is"."""
    named = [place for place in places if place.words.endswith(_WORDS["governments"])]
    words = tagged(text) if named else ()
    return next((place for place in named if _speaks_for(place, text, words)), None)


def _speaks_for(place: PlaceMention, text: str, words: Sequence[Word]) -> bool:
    said = next((word.start for word in words if word.tag == _IS and word.start > place.end), len(text))
    between = [word for word in words if word.end > place.end and word.start < said and word.tag != _IS]
    # An office ("산업과") may be tagged as a noun and a particle.
    post = text[place.end : said].strip()
    is_noun = all(word.tag.startswith(_NOUNS) or word.form in _WORDS["officials"] for word in between)
    # One of a single letter is a word of its own: a clinic's name ends like an office's.
    ranks = (name for name in _WORDS["officials"] if len(name) > 1 or (between and between[-1].form == name))
    is_one = post.endswith(tuple(ranks)) or post.startswith(_WORDS["halls"])
    return said < len(text) and 0 < len(post) <= _NEAR and is_noun and is_one
