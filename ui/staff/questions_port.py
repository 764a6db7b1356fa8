"""The port of questions: what was asked and not answered, and what people thought of answers, flows out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from rag.domain import AnswerStatus
from ui.rooms.visitor import Visitor

ENDS = {
    AnswerStatus.ANSWERED: "답함",
    AnswerStatus.PARTIAL: "일부만 답함",
    AnswerStatus.CLARIFY: "되물음",
    AnswerStatus.NOT_FOUND: "자료에 없음",
    AnswerStatus.OUT_OF_SCOPE: "지원사업 밖",
    AnswerStatus.REFUSED: "거절",
    AnswerStatus.FAILED: "오류",
}
"""How an answer ended, in words."""
SPANS = (7, 30, 90)
"""Of how many days is told."""


@dataclass(frozen=True, slots=True)
class MissedLine:
    """A question that was not answered: its words, how often and when last it was asked, how that ended."""

    question: str
    times: int
    last: str
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """What somebody thought of an answer, with what was asked and told."""

    answer: str
    given: str
    useful: bool
    reason: str
    comment: str
    asked: str
    question: str
    told: str


@dataclass(frozen=True, slots=True)
class Opinions:
    """Opinions: how many of each kind in the time looked at, and the last of those wanted."""

    useful: int
    useless: int
    reasons: tuple[tuple[str, int], ...]
    lines: tuple[OpinionLine, ...]


class QuestionsOffice(Protocol):
    """What people asked, without personal data."""

    @property
    def kept_days(self) -> int:
        """For how many days answers are kept."""

    def missed(self, visitor: Visitor, days: int, ends: Collection[str]) -> tuple[MissedLine, ...]:
        """Questions of the last days that ended in one of those ways, those asked most often first."""

    def opinions(self, visitor: Visitor, days: int, useful: bool | None) -> Opinions:
        """What people thought of answers in the last days; only of those found useful or not, or of all."""
