"""The office of figures: who is signed in flows in; what the database and the desks tell of the last days flows out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from rag.domain import AnswerStatus, Generation
from rag.generation import current
from server.clock import SEOUL, moment
from server.desks.desks import Desks
from server.staff_room.questions_office import first_of
from server.staff_room.signed import SignedStaff
from server.store.usage import Usage
from ui.rooms.visitor import Visitor
from ui.staff.usage_port import ServedLine, UsageView, Waits

SLOW = 0.95


@dataclass(frozen=True, slots=True)
class UsageDesk:
    """What one database keeps, and how the desks stand."""

    usage: Usage
    desks: Desks
    data_dir: Path
    staff: SignedStaff
    today: Callable[[], date]

    def view(self, visitor: Visitor, days: int) -> UsageView:
        """The figures of the last days."""
        self.staff.looking(visitor)
        first = first_of(self.today(), days)
        since = first.isoformat()
        ends: dict[date, dict[AnswerStatus, int]] = defaultdict(dict)
        for (day, status), times in self.usage.ends(since).items():
            ends[date.fromisoformat(day)][AnswerStatus(status)] = times
        waits = self.usage.waits(since)
        opinions: dict[date, tuple[int, int]] = {}
        for (day, is_useful, _), times in self.usage.opinion_counts(since).items():
            good, bad = opinions.get(date.fromisoformat(day), (0, 0))
            opinions[date.fromisoformat(day)] = (good + times * is_useful, bad + times * (not is_useful))
        standing = self.desks.standing()
        # Where one process both listens and answers, nothing is open before somebody asks.
        served = standing.record or current(self.data_dir)
        return UsageView(
            days=tuple(first + timedelta(n) for n in range(days)),
            ends=ends,
            waits={date.fromisoformat(day): _waits(took) for day, took in waits.items()},
            whole=_waits([ms for took in waits.values() for ms in took]) if waits else None,
            opinions=opinions,
            served=_served(served) if served else None,
            idle=standing.idle,
            waiting=standing.waiting,
        )


def _served(record: Generation) -> ServedLine:
    built = datetime.fromisoformat(record.built_at)
    age = moment() - (built if built.tzinfo else built.replace(tzinfo=SEOUL))
    told = record.built_at[:16].replace("T", " ")
    return ServedLine(record.id, told, max(age.days, 0), record.programs, record.sources)


def _waits(took_ms: Sequence[int]) -> Waits:
    ordered = sorted(took_ms)
    middle, slow = (ordered[min(int(len(ordered) * share), len(ordered) - 1)] for share in (0.5, SLOW))
    return Waits(middle / 1000, slow / 1000, len(ordered))
