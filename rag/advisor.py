"""The adviser: a question flows in, a cited answer flows out; the river of answering, step by step."""

from __future__ import annotations

from rag.cite import cite
from rag.compose import compose
from rag.domain import Answer, Question
from rag.generation import OpenGeneration
from rag.knowledge import Knowledge
from rag.understand import understand


class Advisor:
    """Answers from one generation; read-only, safe to use from several threads."""

    def __init__(self, generation: OpenGeneration) -> None:
        self.knowledge = Knowledge(generation)

    def answer(self, question: Question) -> Answer:
        """Question → Request → Draft → Answer. The same question on the same generation gives the same answer."""
        knowledge = self.knowledge
        request = understand(question, knowledge.names, knowledge.lexicon, knowledge.gazetteer)
        draft = compose(request, knowledge)
        return cite(draft, question.as_of)
