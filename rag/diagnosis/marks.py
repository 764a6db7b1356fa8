"""Marks: evidence flows in as a report uses it; the numbers that stand for it, then the table of sources, flow out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rag.compose.draft import SLOT, Statement
from rag.diagnosis.tree import Grid
from rag.domain import Evidence, Source
from rag.messages import RECOGNISED, place

SourceOf = Callable[[str], Source | None]


class Marks:
    """Numbers evidence in the order it is first used."""

    def __init__(self) -> None:
        self._numbers: dict[Evidence, int] = {}

    def of(self, evidence: Iterable[Evidence]) -> str:
        """The marks of some evidence: "[1][4]"; empty for none."""
        numbers = {self._numbers.setdefault(each, len(self._numbers) + 1) for each in evidence}
        return "".join(f"[{number}]" for number in sorted(numbers))

    def said(self, statement: Statement) -> str:
        """A statement as plain text with its marks."""
        text = SLOT.sub("", statement.text).replace("**", "")
        return f"{text} {self.of(statement.evidence)}".strip()

    def sources(self, source_of: SourceOf) -> Grid:
        """Every mark with its document, its place there, and the words that stand there."""
        rows = []
        for evidence, number in self._numbers.items():
            source = source_of(evidence.source_id)
            title = f"{source.title} ({source.publisher}, {source.published_on})" if source else evidence.source_id
            where = place(evidence, source)
            if source and source.is_recognised(evidence.pages):
                where = f"{where} · {RECOGNISED}"
            rows.append((f"[{number}]", title, where, " ".join(evidence.quote.split())))
        return Grid(("번호", "문서", "쪽", "문서의 표현"), tuple(rows))
