"""Tokens: a text and what is known of its words flow in, morphemes with their features and clauses flow out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.plan import Span
from rag.reading.operators import pointed
from rag.text import Word, tagged

_CLOSING = frozenset(("EF", "SF"))
# Endings and marks after which another clause may begin; a noun before a comma keeps on enumerating.
_JOINING = frozenset(("EC",))
_WORDS_BEFORE_A_BREAK = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """Words at [start, end) that something outside the reader knows: a name, a place, a value, a trade, a body."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens from `first` up to `last`, exclusive, that make one clause, and the place in the text where it begins."""

    first: int
    last: int
    start: int
    end: int


def tokens_of(text: str) -> tuple[Word, ...]:
    """The morphemes of a text; one written together with its neighbour shares its place."""
    return tagged(text)


def clauses_of(text: str, tokens: Sequence[Word]) -> tuple[Clause, ...]:
    """The clauses of a text: after a final ending with its mark, a connecting ending before white space, a comma."""
    found: list[Clause] = []
    first = 0
    for at in range(len(tokens)):
        if at + 1 < len(tokens) and not _ends(text, tokens, at, at - first):
            continue
        start = 0 if not found else found[-1].end
        end = tokens[at + 1].start if at + 1 < len(tokens) else len(text)
        found.append(Clause(first, at + 1, start, end))
        first = at + 1
    return tuple(found)


def _ends(text: str, tokens: Sequence[Word], at: int, length: int) -> bool:
    """Whether a clause ends with this token, `length` tokens after it began."""
    token, following = tokens[at], tokens[at + 1]
    if following.tag in _CLOSING or following.tag == "SP":
        return False
    if token.tag in _CLOSING:
        return True
    if length < _WORDS_BEFORE_A_BREAK:
        return False
    is_spaced = following.start > token.end
    return token.tag == "SP" or (token.tag in _JOINING and is_spaced and following.tag not in ("VX", "VV"))


def inside(spans: Iterable[Span | Hit], token: Word) -> Span | Hit | None:
    """The span that the middle of a token lies in."""
    middle = (token.start + token.end) / 2
    return next((span for span in spans if span.start <= middle < span.end), None)


def sequence_features(text: str, tokens: Sequence[Word], hits: Sequence[Hit]) -> list[list[str]]:
    """For every token the features that the sequence model weighs: its own, its neighbours', its hits."""
    own = [_own(text, tokens, at) for at in range(len(tokens))]
    known = [[*_known(hits, token), *pointed(text, token.start, token.end)] for token in tokens]
    rows = []
    for at in range(len(tokens)):
        row = ["bias", *own[at], *known[at]]
        for step in (-3, -2, -1, 1, 2, 3):
            other = at + step
            if 0 <= other < len(tokens):
                row.append(f"{step}:{tokens[other].form}")
                if abs(step) < 3:
                    row.append(f"{step}:{tokens[other].tag}")
                    row.extend(f"{step}:{kind}" for kind in known[other])
            else:
                row.append(f"{step}:edge")
        if at:
            row.append(f"<{tokens[at - 1].form}|{tokens[at].form}")
            row.append(f"<{tokens[at - 1].tag}|{tokens[at].tag}")
        if at + 1 < len(tokens):
            row.append(f">{tokens[at].form}|{tokens[at + 1].form}")
            row.append(f">{tokens[at].tag}|{tokens[at + 1].tag}")
        rows.append(row)
    return rows


def _own(text: str, tokens: Sequence[Word], at: int) -> list[str]:
    token = tokens[at]
    form = token.form.lower()
    features = [f"w={form}", f"t={token.tag}", f"wt={form}/{token.tag}", f"p={form[:1]}", f"s={form[-1:]}"]
    if len(form) > 1:
        features += [f"p2={form[:2]}", f"s2={form[-2:]}"]
    if not token.is_listed:
        features.append("unlisted")
    if at == 0 or token.start > tokens[at - 1].end:
        features.append("begins")
    if at + 1 == len(tokens) or tokens[at + 1].start > token.end:
        features.append("closes")
    if form.isdigit():
        features.append(f"digits={min(len(form), 5)}")
    elif form.isascii():
        features.append("latin")
    word_start, word_end = token.start, token.end
    while word_start > 0 and not text[word_start - 1].isspace():
        word_start -= 1
        if token.start - word_start > 12:
            break
    while word_end < len(text) and not text[word_end].isspace():
        word_end += 1
        if word_end - token.end > 12:
            break
    word = text[word_start:word_end].lower()
    return [*features, f"e={word[:3]}", f"f={word[-2:]}"]


def _known(hits: Sequence[Hit], token: Word) -> list[str]:
    middle = (token.start + token.end) / 2
    found = []
    for hit in hits:
        if hit.start <= middle < hit.end:
            found.append(f"hit={hit.kind}")
            found.append(f"hit={hit.kind}:{'B' if token.start <= hit.start else 'I'}")
    return found
