"""Formats agree: one document read from two formats says the same words, measured on published documents."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from ingest.checks.report import ResultCode
from ingest.loaders import load
from ingest.text.clean import clean
from rag.domain import Document, Source
from rag.errors import LoadError

READABLE = Path(__file__).parents[2].parent / "shared" / "documents" / "readable"
BROKEN = "20_펫푸드_BROKEN_TEXTLAYER.pdf"
LEAST = 0.95
GRAM = 3

FILES = sorted(READABLE.iterdir()) if READABLE.is_dir() else []
PAIRS = [
    (one, other)
    for one, other in combinations(FILES, 2)
    if one.stem == other.stem and one.suffix != other.suffix and BROKEN not in (one.name, other.name)
]

pytestmark = pytest.mark.skipif(not FILES, reason="the published documents are not here")


@cache
def document_of(path: Path) -> Document:
    return clean(load(path, Source("a", path.name, "", "", "", None, "")), ())


def words(path: Path) -> str:
    """The document without white space, and without what only one format has.

    A PDF draws the dots of a table of contents; a symbol of a picture font and the box of a form's field have no
    common code.
    """
    text = "".join("".join(block.text.split()) for block in document_of(path).blocks)
    return re.sub(r"[·.‥…]{3,}|[☐☑]|[\ue000-\uf8ff\U000f0000-\U000fffff]", "", text)


def share(part: Counter[str], whole: Counter[str]) -> float:
    """How much of `part`, with repeats, is in `whole`."""
    return (part & whole).total() / part.total()


def grams(text: str) -> Counter[str]:
    return Counter(text[at : at + GRAM] for at in range(len(text) - GRAM + 1))


@pytest.mark.long
@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda path: path.name)
def test_two_formats_of_a_document_hold_the_same_characters(one: Path, other: Path) -> None:
    first, second = Counter(words(one)), Counter(words(other))
    assert min(share(first, second), share(second, first)) >= LEAST


@pytest.mark.long
@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda path: path.name)
def test_two_formats_of_a_document_hold_the_same_words_in_order(one: Path, other: Path) -> None:
    """Runs of three characters: stricter, for cells and lines that meet in another order break them."""
    first, second = grams(words(one)), grams(words(other))
    assert min(share(first, second), share(second, first)) >= 0.85


def test_a_pdf_without_its_hangul_is_named_so() -> None:
    path = READABLE / BROKEN
    with pytest.raises(LoadError) as caught:
        load(path, Source("a", path.name, "", "", "", None, ""))
    assert caught.value.code == ResultCode.LOST_HANGUL
