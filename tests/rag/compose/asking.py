"""A question as the composing steps see it, over the bundled corpus."""

from __future__ import annotations

from datetime import date

from rag.advisor import Advisor
from rag.domain import CompanyProfile, Program, Question
from rag.understand import Request, understand


def request(adviser: Advisor, text: str, profile: CompanyProfile | None = None, day: str = "2026-03-20") -> Request:
    knowledge = adviser.knowledge
    question = Question(text, date.fromisoformat(day), profile or CompanyProfile())
    return understand(question, knowledge.names, knowledge.lexicon, knowledge.gazetteer)


def program(adviser: Advisor, name: str) -> Program:
    return adviser.knowledge.editions(name, date(2026, 3, 20))[0]
