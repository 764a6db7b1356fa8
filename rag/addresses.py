"""Addresses: a programme or a place in a document flows in; the path of this service where it is shown flows out."""

from __future__ import annotations

from urllib.parse import quote, urlencode

QUOTE = 160
"""Letters of the words that a page is opened at."""


def program_at(program_id: str) -> str:
    """Where the page of a programme is."""
    return f"/programs/{quote(program_id, safe='')}"


def calendar_at(program_id: str) -> str:
    """Where the days of a programme are, as a file for a calendar."""
    return f"{program_at(program_id)}/calendar.ics"


def page_at(source_id: str, page: int, words: str = "") -> str:
    """Where a page of a document is shown, with these words of it lit."""
    mark = f"?{urlencode({'mark': words[:QUOTE]})}" if words else ""
    return f"/sources/{quote(source_id, safe='')}/{page}{mark}"
