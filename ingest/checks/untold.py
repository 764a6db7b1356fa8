"""Untold: a source as read flows in; it flows out with no account and no charged number in what answers may tell.

A number to pay to or one that costs whoever calls it is a lure first and a service last: staff see it in the file,
nobody reads it here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from ingest.corrections.passages import Refuted, without
from ingest.files.reading import Reading
from ingest.values.phones import phones_of
from rag.domain import Document, Program, pieces
from rag.wordlists import word_lists

LEAST, MOST = 10, 16
"""Digits of an account number."""
CALLED = (10, 11)
"""Digits of a charged number."""

_WORDS = word_lists(Path(__file__).with_name("untold.yaml"))
_MARKS = frozenset("0123456789-– .)")


def guarded(reading: Reading) -> Reading:
    """The reading with no line of a passage, no statement and no contact that holds such a number."""
    if reading.document is None:
        return reading
    numbers = tuple(dict.fromkeys(numbers_in(reading.document)))
    if not numbers:
        return reading
    wrong = Refuted(reading.source.id, (), numbers)
    return replace(
        reading,
        chunks=tuple(without(reading.chunks, [wrong])),
        programs=tuple(_without(program, numbers) for program in reading.programs),
    )


def numbers_in(document: Document) -> Iterator[str]:
    """Every account and every charged number in a document, as it is written."""
    for block in document.blocks:
        for _, text in pieces(block):
            digits = "".join(filter(str.isdigit, text))
            if any(w in text for w in _WORDS["account"]) or any(w in digits for w in _WORDS["charged"]):
                for line in text.split("\n"):
                    yield from _of_line(line)


def _of_line(line: str) -> Iterator[str]:
    pays = any(word in line for word in _WORDS["account"])
    for is_number, letters in groupby(line, _MARKS.__contains__):
        number = "".join(letters).strip(" .)-–")
        digits = "".join(filter(str.isdigit, number))
        if not is_number or not digits:
            continue
        is_charged = digits.startswith(_WORDS["charged"]) and len(digits) in CALLED
        is_account = pays and LEAST <= len(digits) <= MOST and not phones_of(number)
        if is_charged or is_account:
            yield number


def _without(program: Program, numbers: tuple[str, ...]) -> Program:
    def is_told(text: str) -> bool:
        return not any(number in text for number in numbers)

    # A contact says its numbers in one form, the document in another.
    bare = {"".join(filter(str.isdigit, number)) for number in numbers}
    contacts = (
        replace(c, phones=tuple(p for p in c.phones if "".join(filter(str.isdigit, p)) not in bare))
        for c in program.contacts
    )
    return replace(
        program,
        details=tuple(d for d in program.details if is_told(d.text)),
        steps=tuple(d for d in program.steps if is_told(d.text)),
        contacts=tuple(contacts),
    )
