"""Look-alikes: a name flows in; the form that it shares with every name that looks like it flows out."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rag.text import squash
from rag.wordlists import word_lists

_LEAST = 3
"""Letters of a name that are always left."""
_PAIRS = {
    "(": ")",
    "[": "]",
    "{": "}",
    "<": ">",
    "〈": "〉",
    "《": "》",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
}


def lookalike(name: str) -> str:
    """The name as the eye takes it: without white space and marks, letters of other scripts as those they look like."""
    folded = squash(name).translate(_folds())
    return "".join(letter for letter in folded if letter.isalnum())


def bare(name: str) -> str:
    """The same without what stands in brackets, and without words that a notice puts around a name."""
    kept = lookalike(outside_brackets(name)) or lookalike(name)
    beginnings, endings = _words("before"), _words("behind")
    while True:
        starts = (kept.removeprefix(word) for word in beginnings if kept.startswith(word))
        ends = (kept.removesuffix(word) for word in endings if kept.endswith(word))
        cut = next((rest for rest in (*starts, *ends) if len(rest) >= _LEAST), None)
        if cut is None:
            return kept
        kept = cut


def outside_brackets(name: str) -> str:
    """The words that stand in no brackets, without white space."""
    kept, closing = [], ""
    for letter in squash(name):
        if closing:
            closing = "" if letter == closing else closing
        elif letter in _PAIRS:
            closing = _PAIRS[letter]
        else:
            kept.append(letter)
    return "".join(kept)


@cache
def _folds() -> dict[int, str]:
    return {ord(other): group[0] for group in _words("letters") for other in group[1:]}


@cache
def _words(place: str) -> tuple[str, ...]:
    return word_lists(Path(__file__).with_name("lookalikes.yaml"))[place]
