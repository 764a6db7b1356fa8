"""The adviser of the question files, which answers each question once, however many laws its answer must hold."""

from __future__ import annotations

import pytest

from rag.advisor import Advisor
from rag.domain import Answer, Question
from rag.generation import OpenGeneration


class Remembering(Advisor):
    """An adviser that remembers its answers; that it would give the same again is a law of its own elsewhere."""

    def __init__(self, index: OpenGeneration) -> None:
        super().__init__(index)
        self._given: dict[Question, Answer] = {}

    def answer(self, question: Question) -> Answer:
        if question not in self._given:
            self._given[question] = super().answer(question)
        return self._given[question]


@pytest.fixture(scope="session")
def adviser(corpus_index: OpenGeneration) -> Advisor:
    return Remembering(corpus_index)
