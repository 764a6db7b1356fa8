"""Choices: questions read in several ways, each right or wrong by what it tells, flow in; weights flow out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.advisor import Advisor
from rag.answering.weights import Linear
from rag.domain import Question
from rag.errors import ReadingsError
from rag.expectations import missing
from rag.fitting.solve import ranking
from rag.messages.files import NO_CHOICES
from rag.saying.choosing import FEATURES, chosen, features
from rag.saying.cite import cite
from rag.settings import INSTALLATION

CHOICES = INSTALLATION / "corpus" / "choices"
# How much large weights cost; by leaving out one author's questions at a time (tests/bench/RESULTS.md).
_COST = 0.05
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """What was noted of each way to read one question of an author (ways × `FEATURES`), and which of them are right."""

    author: str
    features: NDArray[np.float32]
    right: tuple[int, ...]

    def to_json(self) -> str:
        """One line of a file of choices: figures alone, no words of the question."""
        rows = [[round(float(value), _DIGITS) for value in row] for row in self.features]
        return json.dumps({"author": self.author, "right": self.right, "rows": rows})


def choice_of(author: str, case: Mapping[str, object], question: Question, advisor: Advisor) -> Choice | None:
    """The choice that a case of a question file sets; none where all readings tell the same or none tells more."""
    tried = advisor.tried(question)
    told = dict.fromkeys(one.draft.lines for one in tried)
    if len(told) < 2:
        return None
    rows = features(tried)
    right = tuple(
        at
        for at, one in enumerate(tried)
        if not missing(case, replace(cite(one.draft, question.as_of), plan=one.reading.plan))
    )
    return Choice(author, rows, right) if 0 < len(right) < len(tried) else None


def read_choices(folder: Path) -> list[Choice]:
    """The choices that a folder keeps. Raises ReadingsError where a line is none of these features."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            try:
                told = json.loads(line)
                rows = np.array(told["rows"], dtype=np.float32)
                if rows.ndim != 2 or rows.shape[1] != len(FEATURES):
                    raise ValueError(rows.shape)
                found.append(Choice(told["author"], rows, tuple(told["right"])))
            except (ValueError, KeyError, TypeError) as error:
                raise ReadingsError(NO_CHOICES) from error
    return found


def fit(choices: Sequence[Choice]) -> Linear:
    """The weights under which the right readings are likeliest. Raises ReadingsError where there is no choice."""
    if not choices:
        raise ReadingsError(NO_CHOICES)
    return ranking([(choice.features, list(choice.right)) for choice in choices], _COST)


def reached(choices: Sequence[Choice]) -> Iterator[tuple[str, float, float]]:
    """Of each author the share of choices that weights of the others make rightly, and the share of first readings."""
    for author in dict.fromkeys(choice.author for choice in choices):
        own = [choice for choice in choices if choice.author == author]
        weights = fit([choice for choice in choices if choice.author != author])
        right = [chosen(weights(choice.features), choice.features) in choice.right for choice in own]
        yield author, sum(right) / len(own), sum(0 in choice.right for choice in own) / len(own)
