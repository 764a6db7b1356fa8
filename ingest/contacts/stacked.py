"""Stacked offices: table rows that print a body above its department flow in, rows with the whole office flow out.

The foot of a press release names a ministry in one row and its division in the next, beside one official each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.contacts.office_words import is_body, is_small
from ingest.contacts.phone_numbers import runs
from ingest.labels.text_lines import Line
from rag.domain import Contact


def whole_offices(rows: Sequence[Line]) -> Sequence[Line]:
    """The rows with "body department" in the cells of both; the same rows where no table of officials is stacked."""
    place = next((c for c in range(len(rows[0].cells)) if _is_stacked(rows, c)), None)
    if place is None:
        return rows
    offices: list[str] = []
    for index, row in enumerate(rows):
        cell = row.cells[place]
        below = rows[index + 1].cells[place] if index + 1 < len(rows) else ""
        if cell and is_small(cell) and offices:
            offices.append(offices[-1])
        elif not cell or (offices and offices[-1].split()[0] == cell and not is_small(below)):
            offices.append(offices[-1] if offices else "")
        else:
            offices.append(f"{cell} {below}" if is_small(below) else cell)
    return [
        replace(row, cells=(*row.cells[:place], office, *row.cells[place + 1 :]))
        for row, office in zip(rows, offices, strict=True)
    ]


def joined(listed: Sequence[Contact]) -> list[Contact]:
    """Neighbouring contacts of one office without a person as one with all phones."""
    kept: list[Contact] = []
    for contact in listed:
        last = kept[-1] if kept else None
        if last and not last.person and replace(contact, phones=(), evidence=last.evidence) == replace(last, phones=()):
            quote = f"{last.evidence.quote}\n{contact.evidence.quote}"
            kept[-1] = replace(
                last,
                phones=tuple(dict.fromkeys((*last.phones, *contact.phones))),
                evidence=replace(last.evidence, quote=quote),
            )
        else:
            kept.append(contact)
    return kept


def _is_stacked(rows: Sequence[Line], place: int) -> bool:
    """Whether a column has a body alone above one of its departments alone, with a phone in both rows."""
    for above, below in pairwise(rows):
        upper, lower = above.cells[place], below.cells[place]
        is_one = not above.header and below.cells[0] in ("", above.cells[0])
        is_pair = is_body(upper) and is_small(lower) and " " not in lower
        if is_one and is_pair and runs(above.text) and runs(below.text):
            return True
    return False
