"""Briefs: what a model may write an answer from; the grounded answer with whatever its words are checked against."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rag.domain import Answer, Question
from rag.understand import Intent


@dataclass(frozen=True, slots=True)
class Brief:
    """A question with its grounded answer.

    `writable` tells whether a model may be asked at all; `programs` are all canonical names of the catalogue; `holds`
    tells whether some passage of the corpus holds the words, `title_of` names the document with an id, `places_in`
    gives the words of a text that name a 시·도 or 시·군·구.
    """

    question: Question
    answer: Answer
    intents: tuple[Intent, ...]
    in_english: bool
    writable: bool
    programs: tuple[str, ...]
    holds: Callable[[str], bool]
    title_of: Callable[[str], str]
    places_in: Callable[[str], Iterable[str]] = lambda _: ()
