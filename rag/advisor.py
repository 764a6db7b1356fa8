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
        """Question → mended → Request → Draft → Answer. The same question on one generation gets the same answer."""
        knowledge = self.knowledge
        meant = knowledge.speller.mended(question)
        request = understand(meant, knowledge.names, knowledge.lexicon, knowledge.gazetteer)
        draft = compose(request, knowledge)
        return cite(draft, question.as_of)
