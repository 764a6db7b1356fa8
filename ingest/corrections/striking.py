"""Striking: statements and what staff refute of them flow in, statements that no longer say it flow out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from ingest.labels.details import track_of
from rag.domain import Benefit, Criterion, Detail, Evidence

Fact = TypeVar("Fact", Benefit, Criterion)

_CLAUSE = re.compile(r"(?<=[다요음함])\.\s+|\n|;\s*|,\s+|\s/\s|\s\*\s")


def struck(text: str, is_refuted: Callable[[str], bool]) -> str:
    """The clauses of a text that are not refuted; "" where it cannot be told which one is."""
    clauses = _CLAUSE.split(text)
    kept = [clause for clause in clauses if not is_refuted(clause)]
    return ", ".join(kept) if len(kept) < len(clauses) else ""


def without(
    details: Iterable[Detail],
    gone: set[Evidence],
    is_refuted: Callable[[str], bool],
    still: Callable[[Evidence, str], Sequence[str]],
) -> Iterator[Detail]:
    """The details without what is refuted in those with evidence that is `gone`.

    `still` gives, for an evidence and the words kept, what holds of it though its words were struck.
    """
    for detail in details:
        if detail.evidence not in gone:
            yield detail
            continue
        track = track_of(detail)
        head = f"{track}: " if track else ""
        kept = struck(detail.text.removeprefix(head), is_refuted)
        if words := ", ".join(filter(None, (kept, *still(detail.evidence, kept)))):
            yield replace(detail, text=head + words)
