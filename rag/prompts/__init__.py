"""Prompts: the name of a text file and what stands in its places flow in; the words for a model flow out."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).resolve().parent


@cache
def text_of(name: str) -> str:
    """The words of one prompt file; people may edit them without knowing how to program."""
    return (_FOLDER / f"{name}.txt").read_text("utf-8")


def filled(name: str, **places: str) -> str:
    """The words of a prompt file with its places (`$day`) filled; what is put in is not read for places again."""
    return Template(text_of(name)).substitute(places)


def legible(words: str) -> str:
    """Words in NFKC without letters nobody sees, so that nothing in them looks to a model like what it is not."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", words) if unicodedata.category(letter) != "Cf")


def defused(words: str) -> str:
    """Words that come from elsewhere, without anything that could be taken for a fence around data."""
    return words.replace("<<<", "‹‹‹").replace(">>>", "›››")
