"""The calendar of what is due: files flow in, an iCalendar file (RFC 5545) with an event for each thing flows out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from server.engagements.filing import HeldFile
from server.portal.calendar import Whole, whole_days

NAME, UID = "컨설팅 일정", "engagements@jiwon"
NAMELESS = "이름 없는 기업"


def due_calendar(files: Sequence[HeldFile], now: datetime) -> bytes:
    """What is due from today on; an event lasts its day."""
    return whole_days(
        NAME,
        UID,
        [
            Whole(_uid(file, f"{each.day} {each.what}"), each.day, f"{file.company or NAMELESS}: {each.what}")
            for file in files
            for each in file.content.due(now.date())
        ],
        now,
    )


def _uid(file: HeldFile, told: str) -> str:
    return f"{hashlib.sha256(f'{file.kept.id} {told}'.encode()).hexdigest()[:20]}@jiwon"
