"""Prompts: the name of a text file and what stands in its places flow in; the words for a model flow out."""

from __future__ import annotations

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


def defused(words: str) -> str:
    """Words that come from elsewhere, without anything that could be taken for a fence around data."""
    return words.replace("<<<", "‹‹‹").replace(">>>", "›››")
