"""Sources: a response flows in; what a reader is told behind its text, where no citation can stand, flows out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rag.messages import dates_of

if TYPE_CHECKING:
    from server.asking.records import CitationOut
    from server.asking.reply import AskResponse

HEADING = "출처"


def source_lines(citations: Iterable[CitationOut]) -> list[str]:
    """One line for each place: its marks, document, publisher, day and page, and why to take care."""
    places: dict[str, list[int]] = {}
    for citation in citations:
        document = citation.document
        read = f" · {citation.caution}" if citation.caution else ""
        days = dates_of(document.published_on, document.collected_on or "", document.checked_on or "")
        place = f"{document.title} ({document.publisher}, {days}) {citation.place}{read}"
        places.setdefault(place, []).append(citation.mark)
    return [f"{''.join(f'[{mark}]' for mark in marks)} {place}" for place, marks in places.items()]


def cited(response: AskResponse) -> list[CitationOut]:
    """The citations whose marks stand in the text: the others are of records that a text alone does not show."""
    return [citation for citation in response.citations if f"[{citation.mark}]" in response.answer]


def asked_back(response: AskResponse) -> str:
    """The question that would settle what is open, where the text does not ask it already; else nothing."""
    asked = response.clarifying_question or ""
    return "" if asked in response.answer else asked


def tail(response: AskResponse) -> str:
    """What follows the text in Markdown: the question back and the sources; empty where there are none."""
    lines = source_lines(cited(response))
    listed = "\n".join((HEADING, *(f"- {line}" for line in lines))) if lines else ""
    return "".join(f"\n\n{part}" for part in (asked_back(response), listed) if part)
