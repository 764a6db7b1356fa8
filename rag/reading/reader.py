"""The trained reader: a question flows in, its plan, linked to the programmes of the shelf, flows out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from rag.domain import CompanyProfile, Question
from rag.plan import Plan, SelectBy
from rag.reading.assemble import assemble
from rag.reading.known import finder
from rag.reading.labelling import Labelled, label
from rag.reading.link import linked
from rag.reading.model import ReaderModel
from rag.reading.talk import Talk, heard, says_nothing
from rag.shelf import Shelf
from rag.text import encodable


class Reader:
    """Reads questions by a trained model over the names, places and cards of one shelf; shared between threads."""

    def __init__(self, model: ReaderModel, shelf: Shelf) -> None:
        self._model = model
        self._shelf = shelf
        self._find = finder(shelf.gazetteer)

    @property
    def hears_sense(self) -> bool:
        """Whether the shelf has vectors such as the model learned from; without, a question is read by words alone."""
        return self._shelf.senses.dimension == len(self._model.centre)

    def read(self, question: Question, labels: Labelled | None = None) -> Plan:
        """The plan of a question in the light of its talk; the same question gives the same plan.

        `labels` are those that a language model gave it; without them it is labelled by the trained model. A question
        without a word has a plan without parts.
        """
        question = replace(
            question,
            text=encodable(question.text),
            history=tuple(replace(turn, content=encodable(turn.content)) for turn in question.history),
        )
        if says_nothing(question.text):
            return Plan(question.text, (), company=question.profile, confidence=0.0)
        talk = Talk(company=question.profile)
        if question.history:
            talk = heard(question.history, question.as_of, self._shelf.names, self._glance, question.profile)
        labels = labels or self._labels(self._repaired(question.text), has_history=bool(question.history))
        plan = assemble(labels, question.as_of, self._shelf.gazetteer, self._model.asking, talk.company)
        plan = replace(plan, told=tuple(dict.fromkeys((*talk.told, *plan.told))))
        plan = linked(plan, self._shelf, talk)
        return _with_need(plan, talk)

    def _repaired(self, text: str) -> str:
        """The text with the misreadings mended that staff list for documents, which people copy into questions."""
        for wrong, right in self._shelf.lexicon.repairs:
            text = re.sub(wrong, right, text)
        return " ".join(text.split())

    def _labels(self, text: str, *, has_history: bool) -> Labelled:
        hits = (*self._find(text), *self._shelf.names.hits(text))
        vector = self._shelf.senses.of_words(text) if self.hears_sense else self._model.centre
        return label(text, vector.tolist(), self._model, hits, has_history)

    def _glance(self, text: str, as_of: date, company: CompanyProfile) -> Plan:
        """An earlier turn read without the vector of its meaning, which costs most: for what it tells."""
        hits = (*self._find(text), *self._shelf.names.hits(text))
        labelled = label(text, self._model.centre.tolist(), self._model, hits, has_history=False)
        return assemble(labelled, as_of, self._shelf.gazetteer, self._model.asking, company)


def _with_need(plan: Plan, talk: Talk) -> Plan:
    """The plan with the wish told earlier, where a part goes on to ask for something and tells no wish of its own."""
    if not talk.need:
        return plan
    parts = tuple(
        replace(part, select=replace(part.select, words=talk.need))
        if part.select.by is SelectBy.NEED and not part.select.words
        else part
        for part in plan.parts
    )
    return replace(plan, parts=parts)
