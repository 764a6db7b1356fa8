"""Marks: evidence flows in as a report uses it; the numbers that stand for it, then the table of sources, flow out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rag.diagnosis.tree import Block, Grid, Paragraph
from rag.domain import Evidence, Source
from rag.messages import caution, place
from rag.saying.draft import SLOT, Line

_HEADS = ("번호", "쪽", "문서의 표현")

SourceOf = Callable[[str], Source | None]


class Marks:
    """Numbers evidence in the order it is first used."""

    def __init__(self) -> None:
        self._numbers: dict[Evidence, int] = {}

    def of(self, evidence: Iterable[Evidence]) -> str:
        """The marks of some evidence: "[1][4]"; empty for none."""
        numbers = {self._numbers.setdefault(each, len(self._numbers) + 1) for each in evidence}
        return "".join(f"[{number}]" for number in sorted(numbers))

    def said(self, line: Line) -> str:
        """A line as plain text with its marks."""
        text = SLOT.sub("", line.text).replace("**", "")
        return f"{text} {self.of(line.evidence)}".strip()

    def sources(self, source_of: SourceOf) -> tuple[Block, ...]:
        """For each document its title, then every mark with its place there and the words that stand there."""
        rows: dict[str, list[tuple[str, ...]]] = {}
        for evidence, number in self._numbers.items():
            source = source_of(evidence.source_id)
            where = place(evidence, source)
            if known := caution(evidence, source):
                where = f"{where} · {known}"
            rows.setdefault(evidence.source_id, []).append((f"[{number}]", where, " ".join(evidence.quote.split())))
        blocks: list[Block] = []
        for source_id, told in rows.items():
            blocks += [Paragraph(_document(source_id, source_of(source_id))), Grid(_HEADS, tuple(told))]
        return tuple(blocks)


def _document(source_id: str, source: Source | None) -> str:
    """A document as a reader asks for it: title, publisher, how old it is, where it can be had."""
    if source is None:
        return source_id
    url = f" {source.url}" if source.url else ""
    return f"{source.title} — {source.publisher}, {source.published_on} 발행{url}"
