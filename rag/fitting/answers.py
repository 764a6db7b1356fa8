"""Answers: questions with the words that answer them flow in; the weights that pick statements flow out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answering.picking import Query, query_of, sure_features
from rag.answering.select import years_of
from rag.answering.weights import Weights
from rag.domain import Question
from rag.errors import ReadingsError
from rag.fitting.examples import AnswerRow
from rag.fitting.solve import Reached, judging, ranking, reached_by
from rag.messages.files import NO_ANSWERS
from rag.plan import Ask, Plan
from rag.shelf import Shelf
from rag.text import squash

Read = Callable[[Question], Plan]

# Asks that a record answers, a statement only beside it: no statement of theirs is learned from.
_BY_RECORD = (Ask.CONTACT, Ask.PERIOD)
# How much large weights cost; by the rows of the dev split (tests/bench/RESULTS.md).
_RANK_COST, _SURE_COST = 0.2, 40.0


@dataclass(frozen=True, slots=True)
class _Example:
    """Features of the statements of a programme for one thing asked, with the rows that answer it."""

    query: Query
    features: NDArray[np.float32]
    answers: tuple[tuple[int, ...], ...]
    is_alone: bool


def fit(rows: Sequence[AnswerRow], read: Read, shelf: Shelf) -> Weights:
    """The weights that make the statements holding the answers likeliest; the same rows give the same weights."""
    examples = [example for row in rows for example in _examples(row, read, shelf)]
    answered = [(e.features, list(a)) for e in examples for a in e.answers if a and e.is_alone]
    if not answered:
        raise ReadingsError(NO_ANSWERS)
    rank = ranking(answered, _RANK_COST)
    kept = [(sure_features(e.query, e.features, rank(e.features)), bool(e.answers)) for e in examples if _judges(e)]
    features, stated = np.stack([f for f, _ in kept]), np.array([stated for _, stated in kept])
    return Weights(rank, judging(features, stated, _SURE_COST))


def reached(weights: Weights, rows: Sequence[AnswerRow], read: Read, shelf: Shelf, sure: float) -> Reached:
    """What the weights reach on these rows, where a best statement surer than `sure` is told."""
    places: list[int] = []
    kept: list[bool] = []
    caught: list[bool] = []
    for row in rows:
        best: dict[int, int] = {}
        surest = 0.0
        examples = list(_examples(row, read, shelf))
        if not examples:
            continue
        for example in examples:
            scores = weights.scores(example.features)
            order = [int(at) for at in np.argsort(-scores, kind="stable")]
            surest = max(surest, weights.sureness(sure_features(example.query, example.features, scores)))
            for at, answers in enumerate(example.answers):
                if answers:
                    place = min(order.index(answer) for answer in answers)
                    best[at] = min(best.get(at, place), place)
        places += best.values()
        (kept if row.holds else caught).append(surest >= sure if row.holds else surest < sure)
    return reached_by(len(rows), places, kept, caught)


def _judges(example: _Example) -> bool:
    """Whether an example tells of being answered or not: a lone thing asked, with its answer found or without any."""
    return example.is_alone and (not example.answers or any(example.answers))


def _examples(row: AnswerRow, read: Read, shelf: Shelf) -> Iterator[_Example]:
    plan = read(row.question)
    points = [(part, point) for part in plan.parts for point in part.points if point.ask not in _BY_RECORD]
    for program in shelf.editions(
        row.program, row.question.as_of, [year for part in plan.parts for year in years_of(part)]
    ):
        for part, point in points:
            query = query_of(part, point, shelf.name_words(program))
            told = [squash(f"{s.heading}{s.words}").casefold() for s in shelf.picker.within(program, query)]
            if not told:
                continue
            answers = tuple(tuple(at for at, words in enumerate(told) if _holds(words, group)) for group in row.holds)
            yield _Example(query, shelf.picker.features(program, query), answers, len(points) == 1)


def _holds(words: str, group: Sequence[str]) -> bool:
    return any(squash(spelling).casefold() in words for spelling in group)
