"""Days as portals write them: their words flow in, a day or the words that officials read flow out."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate_to_datetime

_EIGHT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_PARTED = re.compile(r"\s*(\d{4})\s?[-./년]\s?(\d{1,2})\s?[-./월]\s?(\d{1,2})(?!\d)")


def day_of(words: str) -> str:
    """The day, "2026-02-04", that "20260204", "2026-02-04 10:00:00", "2026.2.4" or "Wed, 04 Feb 2026 …" begin with.

    "" for anything else, days that there are not included.
    """
    found = _EIGHT.match(words.strip()) or _PARTED.match(words)
    if found:
        return _day(*found.groups())
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except ValueError:
        return ""


def in_words(period: str) -> tuple[str, tuple[str, ...]]:
    """A period with its days of eight digits written as officials do ("2026.02.04"), and those that are no days."""
    wrong = tuple(found[0] for found in _EIGHT.finditer(period) if not _day(*found.groups()))
    return _EIGHT.sub(_written, period), wrong


def _written(found: re.Match[str]) -> str:
    return ".".join(found.groups()) if _day(*found.groups()) else found[0]


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
