"""Inbound: days and numbers as callers write them flow in, those within bounds flow out; pydantic asks these."""

from __future__ import annotations

import re
from datetime import date

from pydantic_core import PydanticCustomError

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)
"""Between these a day can be asked about: no document tells of others, and what is typed so is a slip."""
# Control signs, halves of letters and what is no letter: no report could hold them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

NOT_BLANK = r"[^\s\u0000-\u001f\u007f-\u009f\ufffe\uffff]"
"""What a description of the API says of words that may not be blank: one letter at least that a report can hold."""


def iso_day(value: object) -> object:
    """Let only YYYY-MM-DD through; raises ValueError for time stamps and numbers, which pydantic would accept."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII)):
        return value
    raise ValueError("YYYY-MM-DD")


def whole(value: object) -> object:
    """A whole number written as `32.0` as `32`: JSON makes no difference between them."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def within_reach(day: date) -> date:
    """A day that can be asked about. Raises PydanticCustomError for any other."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError("day_out_of_range", "out of range", {"first": str(FIRST_DAY), "last": str(LAST_DAY)})
    return day


def printable(value: object) -> object:
    """Words with what no report could hold taken out."""
    return UNPRINTABLE.sub(" ", value) if isinstance(value, str) else value
