"""Briefs: what a model may write an answer from; the grounded answer with whatever its words are checked against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rag.domain import Answer, Question
from rag.understand import Intent


@dataclass(frozen=True, slots=True)
class Brief:
    """A question with its grounded answer.

    `writable` tells whether a model may be asked at all; `programs` are all canonical names of the catalogue; `holds`
    tells whether some passage of the corpus holds the words, `title_of` names the document with an id.
    """

    question: Question
    answer: Answer
    intents: tuple[Intent, ...]
    in_english: bool
    writable: bool
    programs: tuple[str, ...]
    holds: Callable[[str], bool]
    title_of: Callable[[str], str]
