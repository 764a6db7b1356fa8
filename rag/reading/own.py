"""Own figures: the spans and values of a question flow in; those that tell of the asker's firm flow out as such.

A sum behind what it measures ("작년 매출이 12억인데") is a circumstance of the firm, no sum of a programme; when it was
founded ("올봄에 가게를 열었어요") is its age, whatever it was read as.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from rag.grammar.typed import Age, Days, Money
from rag.grammar.values import Value
from rag.plan import Polarity, Role, Span
from rag.text import Word
from rag.wordlists import word_lists

_WORDS = {name: frozenset(words) for name, words in word_lists(Path(__file__).with_name("own.yaml")).items()}
# So many morphemes may stand between what is measured and its sum.
_NEAR = 4
# And so many between a day and what was opened on it.
_FAR = 7


def of_the_firm(
    spans: Sequence[Span], values: Sequence[Value], tokens: Sequence[Word], text: str
) -> tuple[tuple[Span, ...], tuple[Value, ...]]:
    """The spans with sums of the firm as circumstances, and days of its founding as its age; the values left.

    The year of such a sum ("작년 매출") is that of no programme.
    """
    kept, own = list(spans), list(values)
    for value in values:
        if isinstance(value.of, Money) and _is_one(value.of):
            start = _behind(tokens, value.start)
            if start is not None:
                year = next(
                    (v for v in own if isinstance(v.of, Days) and v.end <= start and not text[v.end : start].strip()),
                    None,
                )
                start = year.start if year else start
                own = [v for v in own if v is not year]
                kept = _with(kept, Span(start, value.end, Role.STATE, text[start : value.end]))
        elif isinstance(value.of, Age) and value.of.first and value.of.last:
            kept = _aged(kept, value)
        elif isinstance(value.of, Days) and value.of.first and value.of.last and _is_begun(tokens, value.end):
            begun = replace(value, of=Age(value.of.first, value.of.last))
            own = [begun if v is value else v for v in own]
            kept = _aged(kept, begun)
    return tuple(kept), tuple(own)


def _is_one(sum_: Money) -> bool:
    """Whether one sum is told, be it about so much, and no bound."""
    told = sum_.interval
    return told.low == told.high and not (told.over or told.under)


def _behind(tokens: Sequence[Word], start: int) -> int | None:
    """Where the word begins that says what the sum at `start` measures of the firm; `None` where none does."""
    for token in reversed([token for token in tokens if token.end <= start][-_NEAR:]):
        if token.form in _WORDS["of_others"] or token.tag in ("EF", "SF"):
            return None
        if token.form in _WORDS["measures"] and token.tag[0] == "N":
            return token.start
    return None


def _is_begun(tokens: Sequence[Word], end: int) -> bool:
    """Whether the words behind `end` say, up to their first verb, that something was opened."""
    behind = [token for token in tokens if token.start >= end][:_FAR]
    for token, after in pairwise(behind):
        if token.form in _WORDS["founding"] and token.tag in ("VV", "NNG"):
            tail = behind[behind.index(after) :][:2]
            return any(one.form in _WORDS["past"] for one in tail)
        if token.tag[0] not in "NJXS":
            return False
    return False


def _aged(spans: Sequence[Span], value: Value) -> list[Span]:
    """The spans with an age in place of the day that was read in it."""
    over = [s for s in spans if s.start < value.end and value.start < s.end]
    if not over or any(s.role is Role.AGE for s in over) or not any(s.role is Role.DAY for s in over):
        return list(spans)
    day = next(s for s in over if s.role is Role.DAY)
    return [replace(s, role=Role.AGE) if s is day else s for s in spans]


def _with(spans: Iterable[Span], told: Span) -> list[Span]:
    """The spans with one in place of those that it touches; what asks is left as it is."""
    spans = list(spans)
    kept = [s for s in spans if s.role is Role.ASK or s.end <= told.start or told.end <= s.start]
    is_out = any(s.polarity is Polarity.OUT for s in spans if s not in kept)
    return sorted((*kept, replace(told, polarity=Polarity.OUT if is_out else Polarity.SAID)), key=lambda s: s.start)
