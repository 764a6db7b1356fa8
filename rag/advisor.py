"""The adviser: a question flows in, a cited answer flows out; the river of answering, step by step."""

from __future__ import annotations

from dataclasses import replace

from rag.cite import cite
from rag.compose import compose
from rag.compose.draft import Draft
from rag.domain import Answer, AnswerStatus, Question
from rag.generation import OpenGeneration
from rag.knowledge import Knowledge
from rag.orders import gives_orders
from rag.understand import Request, understand
from rag.writing.brief import Brief


class Advisor:
    """Answers from one generation; read-only, safe to use from several threads."""

    def __init__(self, generation: OpenGeneration) -> None:
        self.knowledge = Knowledge(generation)

    def answer(self, question: Question) -> Answer:
        """Question → mended → Request → Draft → Answer. The same question on one generation gets the same answer."""
        return self.brief(question).answer

    def brief(self, question: Question) -> Brief:
        """The answer with what a language model may write it from."""
        knowledge = self.knowledge
        meant = knowledge.speller.mended(question)
        request = understand(meant, knowledge.names, knowledge.lexicon, knowledge.gazetteer)
        draft = _without_orders(compose(request, knowledge))
        answer = cite(draft, question.as_of)
        return Brief(
            question=question,
            answer=answer,
            intents=request.intents,
            in_english=request.is_english,
            writable=_is_writable(question, request, answer),
            programs=tuple(dict.fromkeys(program.name for program in knowledge.programs)),
            holds=knowledge.holds,
            title_of=self._title,
            places_in=lambda text: [mention.words for mention in knowledge.gazetteer.mentions(text)],
        )

    def _title(self, source_id: str) -> str:
        source = self.knowledge.source(source_id)
        return source.title if source else source_id


def _without_orders(draft: Draft) -> Draft:
    """The draft without lines of documents that give orders to whoever reads them by machine."""
    kept = tuple(s for s in draft.statements if not (s.evidence and gives_orders(s.text)))
    return draft if len(kept) == len(draft.statements) else replace(draft, statements=kept)


def _is_writable(question: Question, request: Request, answer: Answer) -> bool:
    """Whether a model may word the answer: it tells facts, and nobody asks for what only the rules may decline."""
    declined = (
        request.wants_private,
        request.wants_invention,
        request.wants_guarantee,
        request.wants_fraud,
        request.gives_orders,
    )
    said = (question.text, *(turn.content for turn in question.history), *request.profile.needs)
    tells = answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL) and bool(answer.citations)
    return tells and not any(declined) and not any(map(gives_orders, said))
