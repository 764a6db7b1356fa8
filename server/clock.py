"""The clock: the one place that reads it; today in Seoul and the moment a generation is built flow out."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")


def today() -> date:
    """The day it is in Korea."""
    return datetime.now(SEOUL).date()


def now() -> str:
    """This moment in Korea, ISO 8601 to the second."""
    return moment().isoformat(timespec="seconds")


def moment() -> datetime:
    """This moment in Korea."""
    return datetime.now(SEOUL)
