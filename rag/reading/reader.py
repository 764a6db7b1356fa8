"""The trained reader: a question flows in, its plan, linked to the programmes of the shelf, flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.domain import CompanyProfile, Question
from rag.plan import Op, Plan, Polarity, SelectBy, Stance
from rag.reading.assemble import assemble
from rag.reading.known import finder
from rag.reading.labelling import Labelled, Way, label, labellings
from rag.reading.link import linked
from rag.reading.model import ReaderModel
from rag.reading.talk import Talk, heard, says_nothing
from rag.shelf import Shelf
from rag.text import encodable

_WEIGHED_LETTERS = 400
"""How long a question may be of which several readings are weighed, in letters: four times the longest of most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan, the way in which it is another than the likeliest one, and how much likelier (log) that one is."""

    plan: Plan
    way: Way = Way.FIRST
    cost: float = 0.0


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
        """The likeliest plan of a question in the light of its talk; the same question gives the same plan.

        `labels` are those that a language model gave it; without them it is labelled by the trained model. A question
        without a word has a plan without parts.
        """
        return next(self._read(question, (labels,) if labels else None)).plan

    def readings(self, question: Question, labels: Labelled | None = None) -> Iterator[Reading]:
        """The likeliest plan, then others in the same spirit that are nearly as likely; none twice.

        Only what is genuinely asked is read in more than one way, what sets something aside or a language model read in
        one: another reading could lose what nobody wants to be told. Of a long question, which says enough and costs
        much each time, the likeliest is the only one.
        """
        found: list[Plan] = []
        for reading in self._read(question, (labels,) if labels else None):
            plan = replace(reading.plan, confidence=0.0)
            if plan in found or (found and plan.stance is not Stance.GENUINE):
                continue
            found.append(plan)
            yield reading
            if plan.stance is not Stance.GENUINE or _sets_aside(plan) or len(question.text) > _WEIGHED_LETTERS:
                return

    def _read(self, question: Question, given: Sequence[Labelled] | None) -> Iterator[Reading]:
        question = replace(
            question,
            text=encodable(question.text),
            history=tuple(replace(turn, content=encodable(turn.content)) for turn in question.history),
        )
        if says_nothing(question.text):
            yield Reading(Plan(question.text, (), company=question.profile, confidence=0.0))
            return
        talk = Talk(company=question.profile)
        if question.history:
            talk = heard(question.history, question.as_of, self._shelf.names, self._glance, question.profile)
        for labels in given or self._labels(self._repaired(question.text), has_history=bool(question.history)):
            plan = assemble(labels, question.as_of, self._shelf.gazetteer, self._model.asking, talk.company)
            plan = replace(plan, told=tuple(dict.fromkeys((*talk.told, *plan.told))))
            yield Reading(_with_need(linked(plan, self._shelf, talk), talk), labels.way, labels.cost)

    def _repaired(self, text: str) -> str:
        """The text with the misreadings mended that staff list for documents, which people copy into questions."""
        for wrong, right in self._shelf.lexicon.repairs:
            text = re.sub(wrong, right, text)
        return " ".join(text.split())

    def _labels(self, text: str, *, has_history: bool) -> Iterator[Labelled]:
        hits = (*self._find(text), *self._shelf.names.hits(text))
        vector = self._shelf.senses.of_words(text) if self.hears_sense else self._model.centre
        return labellings(text, vector.tolist(), self._model, hits, has_history)

    def _glance(self, text: str, as_of: date, company: CompanyProfile) -> Plan:
        """An earlier turn read without the vector of its meaning, which costs most: for what it tells."""
        hits = (*self._find(text), *self._shelf.names.hits(text))
        labelled = label(text, self._model.centre.tolist(), self._model, hits, has_history=False)
        return assemble(labelled, as_of, self._shelf.gazetteer, self._model.asking, company)


def _sets_aside(plan: Plan) -> bool:
    """Whether a plan sets something aside ("바우처 말고"), or wants nothing else ("바우처만")."""
    is_limited = any(span.polarity in (Polarity.OUT, Polarity.MUST) for span in plan.spans)
    return is_limited or any(c.op is Op.OUT for part in plan.parts for c in part.where)


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
