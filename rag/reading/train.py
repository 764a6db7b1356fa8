"""Training: labelled readings flow in, the reader's model flows out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from rag.plan import Role, SelectBy, Span, Stance
from rag.ports import Vector
from rag.reading.labelling import (
    ASK,
    ASKS,
    BOUND,
    BY,
    FILTERS,
    KINDS,
    NEW,
    NONE,
    ORDER,
    POLARITY,
    SAME,
    SHAPE,
    STANCE,
    VALUED,
    WHEN,
    filter_features,
    filter_names,
    order_name,
    part_features,
)
from rag.reading.learning import learn_linear, learn_sequence
from rag.reading.model import ReaderModel, centred
from rag.reading.operators import limits, operators
from rag.reading.rows import PartLabel, Reading
from rag.reading.samples import ask_features, bound_features, polarity_features, text_features, value_features
from rag.reading.tokens import Clause, Hit, clauses_of, sequence_features, tokens_of
from rag.text import Word

Finder = Callable[[str], tuple[Hit, ...]]
"""What finds places, values, trades and bodies in a text; names are another matter, see `known_names`."""

# A name of the corpus is a hit for the reader; one that is only half remembered is none. Both are taught.
_NAMES_KNOWN = 6  # of ten
# Models of which several labels may hold at once.
_SEVERAL = frozenset((ASKS, KINDS, FILTERS))
# Models whose rare labels do harm where they are wrong: an asker turned away, a programme set aside. By the dev split.
_AS_IS = frozenset((STANCE, POLARITY, ASKS, FILTERS))
# A word that asks in so many readings is one of the language, not of one programme.
_ASKS_OFTEN = 6


@dataclass(slots=True)
class _Samples:
    """Features and labels for one model."""

    features: list[list[str]] = field(default_factory=list)
    labels: list[tuple[str, ...]] = field(default_factory=list)

    sentences: list[NDArray[np.float32]] = field(default_factory=list)

    def add(self, features: list[str], *labels: str, sentence: NDArray[np.float32] | None = None) -> None:
        self.features.append(features)
        self.labels.append(labels)
        if sentence is not None:
            self.sentences.append(sentence)


def train(readings: Sequence[Reading], vectors: Sequence[Vector], find: Finder, digest: str) -> ReaderModel:
    """The model that these readings teach; the same readings teach the same.

    `vectors` are those of their texts, in order; `find` knows places, values, trades and bodies.
    """
    table = np.asarray(vectors, dtype=np.float32)
    centre = table.mean(axis=0)
    chains: list[list[list[str]]] = []
    paths: list[list[str]] = []
    linear: dict[str, _Samples] = {
        name: _Samples() for name in (STANCE, ASK, ASKS, BOUND, WHEN, BY, SHAPE, ORDER, POLARITY, KINDS, FILTERS)
    }
    for reading, vector in zip(readings, table, strict=True):
        sentence = centred(vector, centre)
        text = reading.text
        tokens = tokens_of(text)
        if not tokens:
            continue
        hits = (*find(reading.text), *known_names(reading))
        chains.append(sequence_features(reading.text, tokens, hits))
        paths.append(_path(reading.spans, tokens))
        features = text_features(reading.text, tokens, reading.spans, 0, len(tokens))
        linear[STANCE].add([*features, f"history={bool(reading.history)}"], reading.stance, sentence=sentence)
        set_aside, alone = operators(text, reading.spans), limits(text, reading.spans)
        for span in reading.spans:
            if span.role is Role.ASK:
                linear[ASK].add(ask_features(text, tokens, reading.spans, span), span.value, sentence=sentence)
            else:
                about = polarity_features(tokens, reading.spans, span, set_aside.get(span, ""), alone.get(span, ""))
                linear[POLARITY].add(about, span.polarity)
            if span.role in VALUED:
                linear.setdefault(f"value.{span.role}", _Samples()).add(value_features(tokens, span), span.value)
        if reading.stance in (Stance.GENUINE, Stance.PRIVATE) and reading.parts:
            _add_parts(linear, reading, tokens, sentence)
    models = {
        name: learn_linear(
            samples.features, samples.labels, name not in _SEVERAL, samples.sentences, as_is=name in _AS_IS
        )
        for name, samples in linear.items()
        if samples.features
    }
    return ReaderModel(digest, _asking(readings), centre, learn_sequence(chains, paths), models)


def _add_parts(
    linear: dict[str, _Samples], reading: Reading, tokens: Sequence[Word], sentence: NDArray[np.float32]
) -> None:
    text, spans = reading.text, reading.spans
    clauses = clauses_of(text, tokens)
    owners = [_owner(reading.parts, clause.start) for clause in clauses]
    begun = clauses[0]
    for left, right, one, other in zip(clauses, clauses[1:], owners, owners[1:], strict=False):
        so_far = Clause(begun.first, left.last, begun.start, left.end)
        features = bound_features(text, tokens, spans, left, right, so_far)
        linear[BOUND].add(features, SAME if one == other else NEW)
        if one != other:
            begun = right
            linear[WHEN].add(features, reading.parts[other].when or NONE)
    for index, part in enumerate(reading.parts):
        own = [clause for clause, owner in zip(clauses, owners, strict=True) if owner == index]
        if own:
            first, last = own[0].first, own[-1].last
            features = part_features(text, tokens, spans, first, last, index, bool(reading.history))
            linear[ASKS].add(features, *part.asks, sentence=sentence)
            linear[BY].add(features, part.by, sentence=sentence)
            if part.kinds:
                linear[KINDS].add(features, *part.kinds, sentence=sentence)
            if part.by in (SelectBy.ALL, SelectBy.NEED):
                said = [span for span in spans if own[0].start <= span.start < own[-1].end]
                unsaid = filter_features(text, tokens, spans, first, last, index, bool(reading.history))
                linear[FILTERS].add(unsaid, *filter_names(said), sentence=sentence)
            linear[SHAPE].add(features, part.shape, sentence=sentence)
            if part.order:
                linear[ORDER].add(features, order_name(part.order))


def _owner(parts: Sequence[PartLabel], start: int) -> int:
    """The part that a clause belongs to: the last that begins at its start or before."""
    return max(at for at, part in enumerate(parts) if at == 0 or part.start <= start)


def _path(spans: Sequence[Span], tokens: Sequence[Word]) -> list[str]:
    path, before = [], None
    for token in tokens:
        middle = (token.start + token.end) / 2
        span = next((span for span in spans if span.start <= middle < span.end), None)
        if span is None:
            path.append("O")
        else:
            path.append(f"{'I' if span is before else 'B'}-{span.role}")
        before = span
    return path


def _asking(readings: Sequence[Reading]) -> frozenset[str]:
    """The words that ask and name nothing: those that stand in the asks of many readings."""
    sorts: dict[str, Counter[str]] = {}
    for reading in readings:
        for token in tokens_of(reading.text):
            middle = (token.start + token.end) / 2
            span = next((s for s in reading.spans if s.start <= middle < s.end and s.role is Role.ASK), None)
            if span:
                sorts.setdefault(f"{token.form}/{token.tag[0]}", Counter())[span.value] += 1
    named = {word: count for word, counts in sorts.items() if (count := sum(counts.values()) - counts["thing"]) > 0}
    return frozenset(
        word for word, count in named.items() if count >= _ASKS_OFTEN and count > sorts[word]["thing"] * 0.5
    )


def known_names(reading: Reading) -> Iterator[Hit]:
    """Names of programmes, tracks and bodies as a corpus would know them: most of those that are marked."""
    for span in reading.spans:
        if span.role in (Role.PROGRAM, Role.TRACK, Role.BODY):
            drawn = sha256(f"{reading.text}{span.start}".encode()).digest()[0] % 10
            if drawn < _NAMES_KNOWN:
                yield Hit(span.start, span.end, str(span.role))
