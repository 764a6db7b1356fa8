"""The adviser: a question flows in, a cited answer flows out; the river of answering, step by step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from rag.answering.execute import execute
from rag.answering.select import Asker
from rag.domain import Answer, AnswerStatus, Question
from rag.embedders import open_sentences, open_words
from rag.generation import OpenGeneration
from rag.grammar.places import Gazetteer
from rag.orders import gives_orders
from rag.plan import Plan, Stance
from rag.reading.labelling import Labelled
from rag.reading.model import ReaderModel, read_model
from rag.reading.reader import Reader, Reading
from rag.saying.choosing import Tried, choose
from rag.saying.cite import cite
from rag.saying.draft import Draft
from rag.saying.onward import follow_ups
from rag.saying.say import say
from rag.saying.years import of_years, unspoken
from rag.shelf import Shelf
from rag.staying import staying
from rag.text import squash
from rag.writing.brief import Brief
from rag.writing.words import asked_words

# Letters of a word of the asker that is known when it is told again.
_LONG = 4


class Advisor:
    """Answers from one generation; read-only, safe to use from several threads.

    It reads questions by the `model` given, else by the one stored with the generation.
    """

    @staying()
    def __init__(self, generation: OpenGeneration, model: ReaderModel | None = None) -> None:
        data_dir = generation.directory.parent.parent
        sentences = open_sentences(generation.embedder, data_dir)
        self.shelf = Shelf(generation, sentences, open_words(generation.embedder, data_dir))
        self.reader = Reader(model or read_model(generation.reader_path), self.shelf)
        # The embedder of the index, or of sentences, cannot be had: what only they would have found is missed.
        self._is_degraded = generation.embedder is None or not self.reader.hears_sense

    def read(self, question: Question, labels: Labelled | None = None) -> Plan:
        """How the question is understood; `labels` are those that a language model gave it."""
        return choose(self.tried(question, labels)).reading.plan

    def tried(self, question: Question, labels: Labelled | None = None) -> list[Tried]:
        """Every likely way to read a question with what it comes to, the likeliest first.

        One that tells words of the asker again that neither a passage nor the likeliest one holds is left out.
        """
        askers: dict[Asker, Asker] = {}
        first, *others = (self._tried(reading, question, askers) for reading in self.reader.readings(question, labels))
        return [first, *(one for one in others if not self._echoes(question.text, one.draft, first.draft))]

    def _echoes(self, text: str, draft: Draft, first: Draft) -> bool:
        told, known = (squash(" ".join(line.text for line in one.lines)) for one in (draft, first))
        for word in map(squash, text.split()):
            heads = (word[:end] for end in range(len(word), _LONG - 1, -1))
            again = next((head for head in heads if head in told), "")
            if again and again not in known and not self.shelf.holds(again):
                return True
        return False

    def _tried(self, reading: Reading, question: Question, askers: dict[Asker, Asker]) -> Tried:
        plan = reading.plan
        asker = Asker(plan.company, plan.told, question.as_of)
        answered = execute(plan, askers.setdefault(asker, asker), self.shelf)
        return Tried(reading, answered, say(plan, answered, question.as_of))

    def answer(self, question: Question) -> Answer:
        """Question → Plans → [Outcome] → Draft → Answer. The same question on one generation gets the same answer."""
        return self._answered(question, None)

    def _answered(self, question: Question, labels: Labelled | None) -> Answer:
        chosen = choose(self.tried(question, labels))
        plan, as_of = chosen.reading.plan, question.as_of
        draft = of_years(_without_orders(chosen.draft), plan, chosen.answered, as_of, self.shelf.years)
        draft = replace(draft, follow_ups=follow_ups(draft, plan))
        return replace(cite(draft, as_of), plan=plan, degraded=self._is_degraded)

    def brief(self, question: Question, labels: Labelled | None = None) -> Brief:
        """The answer with what a language model may write it from."""
        answer = self._answered(question, labels)
        plan = answer.plan
        assert plan is not None
        return Brief(
            question=question,
            answer=answer,
            plan=plan,
            writable=_is_writable(question, plan, answer) and unspoken(plan, answer.as_of, self.shelf.years) is None,
            programs=tuple(dict.fromkeys(program.name for program in self.shelf.programs)),
            unheld=frozenset(word for word in asked_words(question) if not self.shelf.holds(word)),
            titles={one.evidence.source_id: self._title(one.evidence.source_id) for one in answer.citations},
            places_in=partial(_places_in, self.shelf.gazetteer),
        )

    def _title(self, source_id: str) -> str:
        source = self.shelf.source(source_id)
        return source.title if source else source_id


def _places_in(gazetteer: Gazetteer, text: str) -> Iterable[str]:
    return [mention.words for mention in gazetteer.mentions(text)]


def _without_orders(draft: Draft) -> Draft:
    """The draft without lines of documents that give orders to whoever reads them by machine."""
    kept = tuple(line for line in draft.lines if not (line.evidence and gives_orders(line.text)))
    return draft if len(kept) == len(draft.lines) else replace(draft, lines=kept)


def _is_writable(question: Question, plan: Plan, answer: Answer) -> bool:
    """Whether a model may word the answer: it tells facts, and nobody asks for what only the rules may decline.

    What is disputed is told in the words of the rules: a model could tell it as a fact.
    """
    said = (question.text, *(turn.content for turn in question.history), *question.profile.needs)
    tells = answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL) and bool(answer.citations)
    doubted = {dispute.other for match in answer.matches for dispute in match.program.disputes}
    tells = tells and not any(citation.evidence in doubted for citation in answer.citations)
    return tells and plan.stance is Stance.GENUINE and not any(map(gives_orders, said))
