"""Samples: a text with its spans flows in, the features that each of the reader's models weighs flow out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from rag.plan import Polarity, Role, Span
from rag.reading.tokens import Clause, inside
from rag.text import Word

# Words of these roles are names and values: what they are is told to the models, which they are is not.
_SLOTS = frozenset(
    (
        *(Role.PROGRAM, Role.TRACK, Role.PLACE, Role.SEAT, Role.SITE, Role.BODY, Role.PERSON, Role.PHONE, Role.MAIL),
        *(Role.COUNT, Role.SUM, Role.SHARE, Role.AGE, Role.TRADE, Role.SIZE),
    )
)
_AFTER, _BEFORE = 7, 3


def text_features(
    text: str, tokens: Sequence[Word], spans: Sequence[Span], first: int, last: int, *, with_letters: bool = True
) -> list[str]:
    """Of the tokens from `first` up to `last`: words and pairs of words with names as slots, letters, and roles."""
    symbols = _symbols(tokens, spans, first, last)
    features = [f"u={symbol}" for symbol in symbols]
    features += [f"b={one} {two}" for one, two in pairwise(["^", *symbols, "$"])]
    features += role_features(spans, tokens[first].start, tokens[last - 1].end) if last > first else []
    if with_letters:
        features += letters(_masked(text, tokens, spans, first, last))
    return features


def role_features(spans: Iterable[Span], start: int, end: int) -> list[str]:
    """Which roles the spans within [start, end) have and how they are meant; what is asked the models judge."""
    roles = [span for span in spans if start <= span.start < end and span.role is not Role.ASK]
    features = []
    for span in roles:
        features += [f"r={span.role}", f"r={span.role}{span.polarity}"]
        if span.value:
            features.append(f"v={span.role}={span.value}")
    names = [span for span in roles if span.role is Role.PROGRAM]
    features.append(f"programs={min(len(names), 3)}")
    return features


def polarity_features(
    tokens: Sequence[Word], spans: Sequence[Span], span: Span, operator: str, limit: str
) -> list[str]:
    """Of one span: its role, the operator that sets it aside and the word that wants it alone ("" for none), and the
    words around it, nearer ones by their distance, endings however far; its own words tell nothing of this.
    """
    within = [at for at, token in enumerate(tokens) if span.start <= (token.start + token.end) / 2 < span.end]
    if not within:
        return [f"role={span.role}"]
    first, last = within[0], within[-1]
    features = [f"role={span.role}"]
    if operator:
        features += ["operator", f"operator={operator}", f"operator:{span.role}"]
    if limit:
        features += ["limit", f"limit={limit}", f"limit:{span.role}"]
    after = list(range(last + 1, min(last + 1 + _AFTER, len(tokens))))
    crossed = ""
    for step, at in enumerate(after, 1):
        token = tokens[at]
        other = inside(spans, token)
        form = f"<{other.role}>" if isinstance(other, Span) else token.form
        features += [f"a{crossed}={form}", f"a{step}={form}", f"{span.role}:a{step}={form}"]
        if step < 4 and at + 1 < len(tokens):
            features.append(f"aa{step}={form}|{tokens[at + 1].form}")
        if token.tag in ("EF", "SF"):
            crossed = "'"
    for step, at in enumerate(range(first - 1, max(first - 1 - _BEFORE, -1), -1), 1):
        features.append(f"b{step}={tokens[at].form}")
    # What was heard is told by how the sentence ends ("…다던데"), which may be far from what was heard.
    for ending, following in pairwise(tokens[last + 1 :]):
        if ending.tag.startswith("E"):
            features += [f"ending={ending.form}", f"ending={ending.form}|{following.form}"]
    return features


def ask_features(text: str, tokens: Sequence[Word], spans: Sequence[Span], span: Span) -> list[str]:
    """Of words that ask: their morphemes and letters, the words around them, and the roles beside them."""
    within = [at for at, token in enumerate(tokens) if span.start <= (token.start + token.end) / 2 < span.end]
    features = [f"i={tokens[at].form}" for at in within]
    features += [f"ii={tokens[one].form} {tokens[other].form}" for one, other in pairwise(within)]
    features += letters(f"<{' '.join(span.words.lower().split())}>")
    if within:
        features += [f"head={tokens[within[0]].form}", f"last={tokens[within[-1]].form}"]
        for step in range(1, 5):
            for name, at in (("b", within[0] - step), ("a", within[-1] + step)):
                if 0 <= at < len(tokens):
                    other = inside(spans, tokens[at])
                    is_slot = isinstance(other, Span) and other.role in _SLOTS
                    form = f"<{other.role}>" if is_slot and isinstance(other, Span) else tokens[at].form
                    features += [f"{name}{step}={form}", f"{name}={form}"]
    return [*features, *(f"near={name}" for name in role_features(spans, 0, len(text)))]


def value_features(tokens: Sequence[Word], span: Span) -> list[str]:
    """Of one span: its morphemes, its letters, and the two words after it."""
    features = [f"w={token.form}" for token in tokens if span.start <= (token.start + token.end) / 2 < span.end]
    features += letters(f"<{''.join(span.words.lower().split())}>")
    after = [token for token in tokens if token.start >= span.end][:3]
    return features + [f"a{step}={token.form}" for step, token in enumerate(after)] + [f"whole={span.words.lower()}"]


def bound_features(
    text: str, tokens: Sequence[Word], spans: Sequence[Span], left: Clause, right: Clause, so_far: Clause
) -> list[str]:
    """Of the place between two clauses: how one ends, how the other begins, the roles on both sides.

    `so_far` is the part as it stands, from its beginning to the end of `left`.
    """
    ending = [token.form for token in tokens[max(left.first, left.last - 4) : left.last]]
    beginning = [token.form for token in tokens[right.first : min(right.first + 5, right.last)]]
    features = [f"l{at}={form}" for at, form in enumerate(reversed(ending))]
    features += [f"r{at}={form}" for at, form in enumerate(beginning)]
    features += [f"end={' '.join(ending[-2:])}", f"begin={' '.join(beginning[:2])}"]
    features += [
        f"R:{name}" for name in text_features(text, tokens, spans, right.first, right.last, with_letters=False)
    ]
    features += [f"L:{name}" for name in role_features(spans, left.start, left.end)]
    features += [f"S:{name}" for name in role_features(spans, so_far.start, so_far.end)]
    both = {span.role for span in spans if left.start <= span.start < left.end}
    features += [
        f"both={role}" for role in both if any(s.role is role and right.start <= s.start < right.end for s in spans)
    ]
    has_asked = any(span.role is Role.ASK and so_far.start <= span.start < so_far.end for span in spans)
    asks_on = any(span.role is Role.ASK and right.start <= span.start < right.end for span in spans)
    return [*features, f"asked={has_asked}>{asks_on}"]


def letters(text: str) -> list[str]:
    """Runs of two and three letters of a text."""
    return [f"{size}:{text[at : at + size]}" for size in (2, 3) for at in range(len(text) - size + 1)]


def _symbols(tokens: Sequence[Word], spans: Sequence[Span], first: int, last: int) -> list[str]:
    symbols: list[str] = []
    for token in tokens[first:last]:
        span = inside(spans, token)
        if isinstance(span, Span) and span.role in _SLOTS:
            symbol = f"<{span.role}{'-' if span.polarity is Polarity.OUT else ''}>"
            if symbols[-1:] == [symbol]:
                continue
        else:
            symbol = token.form.lower()
        symbols.append(symbol)
    return symbols


def _masked(text: str, tokens: Sequence[Word], spans: Sequence[Span], first: int, last: int) -> str:
    """The text of the tokens in small letters with every name and value put as one sign."""
    start, end = (tokens[first].start, tokens[last - 1].end) if last > first else (0, 0)
    out, at = [], start
    for span in sorted(spans, key=lambda span: span.start):
        if span.role in _SLOTS and start <= span.start < end and span.start >= at:
            out.append(text[at : span.start])
            out.append("◆")
            at = span.end
    out.append(text[at : max(end, at)])
    return " ".join("".join(out).lower().split())
