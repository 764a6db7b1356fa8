"""Operators: a text and its spans flow in; by which closed-class words a span is set aside flows out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from rag.plan import Role, Span
from rag.wordlists import word_lists

LISTS = Path(__file__).with_name("operators.yaml")
"""The closed-class words that set aside; the features of the trained reader come of them too."""

_REACH_AFTER, _REACH_BEFORE = 24, 20
_CLOSING = ".?!"


def operators(text: str, spans: Sequence[Span]) -> dict[Span, str]:
    """The spans that an operator sets aside ("A 말고", "except A"), with it; of several joined ("A랑 B 말고") each."""
    said = sorted((span for span in spans if span.role is not Role.ASK), key=lambda span: span.start)
    found = {span: _after(text, said, span) or _before(text, span) for span in said}
    for span, following in reversed(list(pairwise(said))):
        joined = text[span.end : following.start].strip()
        if found[following] and not found[span] and joined in word_lists(LISTS)["joins"]:
            found[span] = found[following]
    return {span: operator for span, operator in found.items() if operator}


def _after(text: str, spans: Sequence[Span], span: Span) -> str:
    """The operator after a span, with nothing between but particles and words that mean nothing by themselves."""
    following = next((other.start for other in spans if other.start >= span.end), len(text))
    for at in range(span.end, min(span.end + _REACH_AFTER, following, len(text))):
        if text[at] in _CLOSING:
            return ""
        operator = next((word for word in _longest_first("after") if text.startswith(word, at)), "")
        if operator and _means_nothing(text[span.end : at]):
            return operator
    return ""


def _before(text: str, span: Span) -> str:
    """The operator right before a span, a word of its own."""
    head = text[max(0, span.start - _REACH_BEFORE) : span.start].lower().rstrip()
    for word in _longest_first("before"):
        if head.endswith(word) and not (word.isascii() and head[: -len(word)][-1:].isalpha()):
            return word
    return ""


@lru_cache(maxsize=4096)
def _means_nothing(words: str) -> bool:
    bare = words.strip(" ,")
    return not bare or any(
        bare.startswith(word) and _means_nothing(bare[len(word) :]) for word in _longest_first("between")
    )


@lru_cache(maxsize=4)
def _longest_first(name: str) -> tuple[str, ...]:
    return tuple(sorted(word_lists(LISTS)[name], key=lambda word: -len(word)))
