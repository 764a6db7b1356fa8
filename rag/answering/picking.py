"""Picking: a thing asked and a programme's statements flow in; they flow out best first, with how surely they answer.

What makes a statement answer a question is a sum of named features; their weights are learned (`rag.fitting`), not set.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.answering import figures
from rag.answering.letters import read_letters
from rag.answering.meanings import Meanings
from rag.answering.senses import Senses
from rag.answering.statements import Statement, label_weight, statements_of
from rag.answering.vocabulary import Vocabulary, worded
from rag.answering.weights import Weights, read_weights
from rag.domain import Program
from rag.grammar.typed import Unit
from rag.plan import Ask, Part, Point
from rag.prepared import Arrays
from rag.settings import INSTALLATION

SHIPPED = INSTALLATION / "corpus" / "answers" / "weights.json"

_KINDS = ("sum", "share", "count", "duration", "day", "address")
_BASE = (
    "says, in form or in sense, what is asked",
    "heading says what is asked",
    "statement or heading says what is asked",
    "says all that is asked",
    "says the thing",
    "heading says the thing",
    "says all of the thing",
    "says the words of the part",
    "heading says the words of the part",
    "means what the part means",
    "shares letters with what is asked",
    "says most of all",
    "means most of all",
    "shares most letters of all",
    "label fits",
    "label fits another ask",
    "label fits and says what is asked",
    "label fits and means it",
    "is of a track asked about",
    "is of no track",
    "length",
    "is a row",
    "is a word or two",
    "holds a kind of value asked for",
    "holds none of the kinds asked for",
    "counts in a unit asked for",
    "counts in no unit asked for",
    "says what is named beside the programme",
    "heading says what is named beside the programme",
    "label says what is asked",
    "label is said",
    "label is said most of all",
    "heading is said",
)
_OF_ASK = (*(f"has {kind}" for kind in _KINDS), "label fits", "says what is asked")
FEATURES = (
    *_BASE,
    *(f"{ask}: {name}" for ask in Ask for name in _OF_ASK),
    *(f"words hold {asked}: has {told}" for asked in _KINDS for told in _KINDS),
    *(f"words ask for {asked}: has {told}" for asked in _KINDS for told in _KINDS),
)
"""The names of the features of a statement, in the order of the columns of `Picker.features`."""
SURE_FEATURES = (
    *(f"best: {name}" for name in _BASE),
    *(f"most: {name}" for name in _BASE),
    "best: score",
    "best: ahead of the next",
    "best: share of all",
    "spread",
    "words of the thing",
    "words asked",
    *(f"asks {ask}" for ask in Ask),
)
"""The names of the features by which it is judged whether the best statement answers at all."""
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Query:
    """A thing asked: `about` and `thing` as in a Point, `words` of its part, the tracks asked about.

    `without` are words that tell no statement from another, those of the programme's own name; `names` what was named,
    which may be something within the programme.
    """

    ask: Ask
    about: str = ""
    thing: str = ""
    words: str = ""
    tracks: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    names: str = ""


def query_of(part: Part, point: Point, without: frozenset[str]) -> Query:
    """The query for one thing asked in a part."""
    words = words_of(part, point)
    return Query(point.ask, point.about, point.thing, words, part.select.tracks, without, " ".join(part.select.words))


def words_of(part: Part, point: Point) -> str:
    """The words that ask for one thing; one of several is meant by its own words alone."""
    return point.words if len(part.points) > 1 and point.words else part.words


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement with its share (0–1) of the likelihood that one statement of its programme answers."""

    statement: Statement
    share: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """Statements best first, and how likely it is (0–1) that the best of them answers what was asked."""

    scored: tuple[Scored, ...]
    sure: float


class Picker:
    """The statements of all programmes of a generation, prepared once; read-only."""

    def __init__(self, programs: Sequence[Program], arrays: Arrays, senses: Senses, vocabulary: Vocabulary) -> None:
        starts = arrays["statements.starts"]
        self._starts = {program.id: int(start) for program, start in zip(programs, starts[:-1], strict=True)}
        self._lines = arrays["statements.lines"]
        self._senses = senses
        self._meanings = Meanings(worded(arrays, "statements.told"), vocabulary)
        self._headings = Meanings(worded(arrays, "statements.headings"), vocabulary)
        self._labels_said = Meanings(worded(arrays, "statements.labelled"), vocabulary)
        self._letters = read_letters(arrays, "statements.letters")
        self._labels = arrays["statements.labels"]
        self._kinds = arrays["statements.kinds"]
        self._units = arrays["statements.units"]
        self._forms = arrays["statements.forms"]

    @cached_property
    def weights(self) -> Weights:
        """The weights that ship, read when first used: without them there is still what they are learned from."""
        return read_weights(SHIPPED, FEATURES, SURE_FEATURES)

    def of(self, program: Program) -> tuple[Statement, ...]:
        """The statements of a programme, in the order of its document."""
        return statements_of(program)

    def within(self, program: Program, query: Query) -> tuple[Statement, ...]:
        """The statements that may answer a query, in the order of the rows of `features`."""
        stated = statements_of(program)
        return tuple(stated[at] for at in _within(stated, query))

    def best(self, program: Program, query: Query) -> Ranked:
        """The statements of a programme by how well they answer, and how surely the best one does."""
        own = self.within(program, query)
        if not own:
            return Ranked((), 0.0)
        features = self.features(program, query)
        scores = self.weights.scores(features)
        shares = shares_of(scores)
        order = np.argsort(-scores, kind="stable")
        sure = self.weights.sureness(sure_features(query, features, scores))
        return Ranked(tuple(Scored(own[at], float(shares[at])) for at in order), sure)

    def features(self, program: Program, query: Query) -> NDArray[np.float32]:
        """One row for each statement of the programme, a column for each of `FEATURES`."""
        stated = statements_of(program)
        own = _within(stated, query)
        at = [self._starts[program.id] + place for place in own]
        asked = self._said(query.about or query.words, query, at)
        thing = self._said(query.thing, query, at)
        part = self._said(query.words, query, at)
        sense = self._sense(query.words, at)
        letters = self._letters.shared(query.about or query.words, at)
        label = self._labels[at, tuple(Ask).index(query.ask)]
        kinds, wanted = self._kinds[at], np.array(figures.kinds_asked(query.words), dtype=np.float32)
        base = [
            *asked,
            np.maximum(*asked),
            asked[0] > _ALL,
            *thing,
            (thing[0] > _ALL) & bool(query.thing),
            *part,
            sense,
            letters,
            relative(asked[0]),
            relative(sense),
            relative(letters),
            label,
            self._labels[at].max(axis=1) - label,
            label * asked[0],
            label * sense,
            *_tracked([stated[place].track for place in own], query.tracks),
            *self._forms[at].T,
            *_wanted(wanted, kinds),
            *self._counted(query.words, at),
            *self._said(query.names, query, at),
            *self._labelled(query, at),
        ]
        of_ask = np.zeros((len(at), len(Ask), len(_OF_ASK)))
        of_ask[:, tuple(Ask).index(query.ask)] = np.column_stack([kinds, label, asked[0]])
        crossed = (np.einsum("k,nl->nkl", words, kinds) for words in (_kinds(query.words), wanted))
        flat = (table.reshape(len(at), -1) for table in (of_ask, *crossed))
        return np.hstack([np.column_stack(base), *flat]).astype(np.float32)

    def _counted(self, words: str, at: Sequence[int]) -> Iterator[NDArray[np.bool_]]:
        """Whether each statement counts in a unit asked for, and whether it fails to."""
        asked = figures.units_asked(words)
        holds = np.asarray(self._units[at][:, [unit in asked for unit in Unit]].any(axis=1))
        yield holds
        yield ~holds & bool(asked)

    def _labelled(self, query: Query, at: Sequence[int]) -> Iterator[NDArray[np.float32]]:
        """How much of what is asked the label says, and how much of label and heading is said in the question."""
        terms = self._labels_said.terms(f"{query.words} {query.names}", query.without)
        yield self._labels_said.coverage(terms, at)
        said = self._labels_said.said_by(terms, at)
        yield said
        yield relative(said)
        yield self._headings.said_by(self._headings.terms(f"{query.words} {query.names}", query.without), at)

    def _said(self, words: str, query: Query, at: Sequence[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        terms = self._meanings.terms(words, query.without)
        return self._meanings.coverage(terms, at), self._headings.coverage(terms, at)

    def _sense(self, words: str, at: Sequence[int]) -> NDArray[np.float32]:
        if not words.strip():
            return np.zeros(len(at), dtype=np.float32)
        found: NDArray[np.float32] = self._senses.table[self._lines[at]] @ self._senses.of_words(words)
        return found


_ALL = 0.95


def _within(stated: Sequence[Statement], query: Query) -> list[int]:
    """The statements that may answer; where tracks of theirs are asked about, none that is told of another only."""
    asked = frozenset(query.tracks) & {statement.track for statement in stated}
    return [at for at, s in enumerate(stated) if not asked or s.track is None or s.track in asked]


def statement_arrays(stated: Sequence[Statement]) -> Arrays:
    """What statements are told apart by beside their words, a row for each."""
    return {
        "statements.labels": np.array([[label_weight(ask, s.label) for ask in Ask] for s in stated]).reshape(
            -1, len(Ask)
        ),
        "statements.kinds": np.array([_kinds(s.text) for s in stated], dtype=np.float32).reshape(-1, len(_KINDS)),
        "statements.units": np.array(
            [[u in figures.units_in(s.text) for u in Unit] for s in stated], dtype=np.bool_
        ).reshape(-1, len(Unit)),
        "statements.forms": np.array([_form(s) for s in stated], dtype=np.float64).reshape(-1, 3),
    }


def shares_of(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The scores as shares of one whole (softmax)."""
    raised = np.exp(scores - scores.max())
    shares: NDArray[np.float32] = raised / raised.sum()
    return shares


def sure_features(query: Query, features: NDArray[np.float32], scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """What tells whether the best statement answers at all, a value for each of `SURE_FEATURES`."""
    order = np.argsort(-scores, kind="stable")
    best, second = scores[order[0]], scores[order[min(1, len(order) - 1)]]
    shares = shares_of(scores)
    base = features[:, : len(_BASE)]
    asks = [float(query.ask is ask) for ask in Ask]
    spread = -float((shares * np.log(shares + 1e-9)).sum())
    told = [best, best - second, shares.max(), spread, len(query.thing.split()), len(query.about.split()), *asks]
    return np.concatenate([base[order[0]], base.max(axis=0), told]).astype(np.float32)


def _kinds(text: str) -> NDArray[np.float32]:
    return np.array(figures.kinds_in(text), dtype=np.float32)


def _wanted(wanted: NDArray[np.float32], kinds: NDArray[np.float32]) -> Iterator[NDArray[np.bool_]]:
    """Whether each statement holds a kind of value that is asked for, and whether it holds none."""
    holds = kinds @ wanted > 0
    yield holds
    yield ~holds & bool(wanted.any())


def _form(statement: Statement) -> tuple[float, float, float]:
    length = len(statement.text)
    return math.log(length + 1) / 5, float(statement.is_row), float(length < _SHORT)


def _tracked(own: Sequence[str | None], tracks: Sequence[str]) -> Iterator[NDArray[np.bool_]]:
    yield np.array([track is not None and track in tracks for track in own])
    yield np.array([track is None for track in own])


def relative(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """The scores from 0, the least, to 1, the best."""
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)
