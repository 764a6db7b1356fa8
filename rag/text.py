"""Korean text: a string flows in; morphemes, bigrams, a form for comparing flow out."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token  # type: ignore[import-untyped]


class Word(NamedTuple):
    """A morpheme as it stands in a text at [start, end); one that is in no dictionary may be a slip or a name."""

    form: str
    tag: str
    start: int
    end: int
    is_listed: bool


# Nouns, numerals, stems of verbs and adjectives, roots, foreign words, Chinese characters, numbers, and the
# patterns Kiwi keeps whole (URL, e-mail, phone, hashtag). No particles, endings, dependent nouns or auxiliaries.
_CONTENT_TAGS = frozenset(
    ("NNG", "NNP", "NR", "VV", "VA", "XR", "SL", "SH", "SN", "W_URL", "W_EMAIL", "W_HASHTAG", "W_SERIAL")
)
_WORD = re.compile(r"\w+")
# Smaller ids stand for whole classes, such as any unlisted noun.
_FIRST_WORD = 96
# Spoken "and", which Kiwi takes into a noun that it does not know; a stem of fewer letters may be a word ("사랑").
_AND, _SHORTEST_STEM = ("이랑", "랑"), 2
_LOCK = threading.Lock()


def encodable(text: str) -> str:
    """The text with a question mark for each half of a letter, which no encoding can write; as long as before."""
    return text.encode("utf-8", "replace").decode("utf-8")


def morphemes(text: str) -> tuple[str, ...]:
    """Content morphemes in order, NFKC and lower case.

    Kiwi may keep an unlisted compound whole (데이터바우처) or split it, depending on its neighbours; both
    readings are emitted, so that the compound and its parts are found by one another.
    """
    text = _clean(text)
    kept: dict[tuple[int, int, str], None] = {}
    for reading in ("chr", "rule"):
        for token in _tokens(text, reading):
            # A few names in Kiwi's dictionary have white space in them.
            kept.setdefault((token.start, token.len, squash(token.form)))
    return tuple(form for _, _, form in sorted(kept))


def morpheme_ids(text: str) -> tuple[int, ...]:
    """Ids of the content morphemes as Kiwi's language model knows them; ids grow as frequency falls."""
    return tuple(token.id for token in _tokens(_clean(text), "rule"))


def content_morphemes(text: str) -> tuple[tuple[str, int], ...]:
    """Content morphemes in order, in small letters, with their ids in Kiwi's language model."""
    return tuple((squash(token.form), token.id) for token in _tokens(_clean(text), "rule"))


def similarities(one: int, others: Iterable[int]) -> list[float]:
    """Cosines of one morpheme id with others in Kiwi's language model; NaN where it has no vector for one."""
    compare = _kiwi().morpheme_similarity
    return [compare(one, other) for other in others]


def model_version() -> str:
    """Versions of the analyser and its model; the same versions give the same morphemes and similarities."""
    return f"{version('kiwipiepy')}-{version('kiwipiepy_model')}"


def tagged(text: str) -> tuple[Word, ...]:
    """Every morpheme with its part of speech and its place in the text, which must be NFKC already."""
    found = (
        Word(
            token.form, token.tag.split("-")[0], token.start, token.end, token.id >= _FIRST_WORD or token.tag[0] != "N"
        )
        for token in _kiwi().tokenize(text)
    )
    return tuple(part for word in found for part in _parted(word))


def _parted(word: Word) -> Iterator[Word]:
    """A noun of no dictionary that ends in "랑" parted from that particle ("바우처랑"); any other word as it is."""
    stem = next((word.form.removesuffix(end) for end in _AND if word.form.endswith(end)), word.form)
    if word.is_listed or stem == word.form or len(stem) < _SHORTEST_STEM or word.end - word.start != len(word.form):
        yield word
        return
    joint = word.start + len(stem)
    yield Word(stem, word.tag, word.start, joint, word.is_listed)
    yield Word(word.form[len(stem) :], "JC", joint, word.end, True)


def bigrams(text: str) -> tuple[str, ...]:
    """Pairs of neighbouring characters of every word, NFKC and lower case; "<" and ">" mark where a word
    begins and ends, so that a word of one character counts and a match at a word's edge weighs more.
    """
    words = (f"<{word}>" for word in _WORD.findall(_clean(text).lower()))
    return tuple(word[at : at + 2] for word in words for at in range(len(word) - 1))


def squash(text: str) -> str:
    """The text for comparing: NFKC, lower case, without white space."""
    bare = "".join(_clean(text).lower().split())
    # Removing white space can bring a letter and a combining mark together.
    return unicodedata.normalize("NFKC", bare)


def _tokens(text: str, reading: str) -> list[Token]:
    return [token for token in _kiwi().tokenize(text, oov_handling=reading) if token.tag.split("-")[0] in _CONTENT_TAGS]


def _clean(text: str) -> str:
    """NFKC; lone surrogates, which no encoder takes, become "?"."""
    return unicodedata.normalize("NFKC", text.encode("utf-8", "replace").decode("utf-8"))


def _kiwi() -> Kiwi:
    with _LOCK:
        return _load()


@cache
def _load() -> Kiwi:
    from kiwipiepy import Kiwi

    return Kiwi()
