"""The questions' office: who is signed in flows in; what nobody could answer and what people thought flows out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta

from rag.domain import AnswerStatus
from server.staff_room.signed import SignedStaff
from server.store.usage import Usage
from ui.rooms.visitor import Visitor
from ui.staff.questions_port import ENDS, MissedLine, OpinionLine, Opinions

MOST_MISSED, MOST_OPINIONS = 100, 50
OTHERWISE = "까닭을 적지 않음"


@dataclass(frozen=True, slots=True)
class QuestionsDesk:
    """What one database keeps of what was asked."""

    usage: Usage
    kept_days: int
    staff: SignedStaff
    today: Callable[[], date]

    def missed(self, visitor: Visitor, days: int, ends: Collection[str]) -> tuple[MissedLine, ...]:
        """Questions of the last days that ended in one of those ways, those asked most often first."""
        self.staff.looking(visitor)
        wanted = [status for status in AnswerStatus if status in ends]
        found = self.usage.missed(first_of(self.today(), days).isoformat(), wanted, MOST_MISSED)
        return tuple(
            MissedLine(
                one.question, one.times, one.last[:10], tuple(ENDS[AnswerStatus(status)] for status in one.statuses)
            )
            for one in found
        )

    def opinions(self, visitor: Visitor, days: int, useful: bool | None) -> Opinions:
        """What people thought of answers in the last days; only of those found useful or not, or of all."""
        self.staff.looking(visitor)
        since = first_of(self.today(), days).isoformat()
        counted = self.usage.opinion_counts(since)
        reasons: Counter[str] = Counter()
        for (_, is_useful, reason), times in counted.items():
            if not is_useful:
                reasons[reason or OTHERWISE] += times
        lines = tuple(
            OpinionLine(
                answer=one.answer,
                given=one.given_at[:10],
                useful=one.useful,
                reason=one.reason,
                comment=one.comment,
                asked=one.asked_at[:10],
                question=one.question,
                told=one.told,
            )
            for one in self.usage.opinions(since, useful, MOST_OPINIONS)
        )
        good = sum(times for (_, is_useful, _), times in counted.items() if is_useful)
        return Opinions(good, reasons.total(), tuple(reasons.most_common()), lines)


def first_of(today: date, days: int) -> date:
    """The first of so many days, of which today is the last."""
    return today - timedelta(days - 1)
