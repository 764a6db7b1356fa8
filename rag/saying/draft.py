"""Drafts: lines of an answer, each naming its evidence, before marks are set."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.domain import AnswerStatus, Contact, Evidence, Match

SLOT = re.compile(r"⟦(\d+)⟧")
"""Where the mark of one piece of evidence stands inside a line; without any, all marks stand at its end."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer, in Markdown, with the evidence it rests on; a line without evidence states no fact.

    "⟦0⟧" in the text is the place of the mark of the first evidence, and so on.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before its marks: `matches` are the programmes it recommends or is about, best first."""

    status: AnswerStatus
    lines: tuple[Line, ...]
    matches: tuple[Match, ...] = ()
    contacts: tuple[Contact, ...] = ()
    clarifying_question: str | None = None
    replies: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
