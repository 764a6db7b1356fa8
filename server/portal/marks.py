"""Marks: evidence flows in as facts are told, each gets the mark under which its citation flows out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rag.domain import Citation, Evidence, Source
from server.asking.making import citation_out
from server.asking.records import CitationOut


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one response, counted from 1 in the order in which its evidence is first told."""

    _given: dict[Evidence, int] = field(default_factory=dict)

    def __call__(self, evidence: Evidence | None) -> int | None:
        """The mark of a piece of evidence; None for none."""
        return None if evidence is None else self._given.setdefault(evidence, len(self._given) + 1)

    def citations(self, source_of: Callable[[str], Source | None]) -> list[CitationOut]:
        """What every mark stands for. Raises IndexDamaged for a document that the catalogue does not know."""
        return [citation_out(Citation(mark, evidence), source_of) for evidence, mark in self._given.items()]
