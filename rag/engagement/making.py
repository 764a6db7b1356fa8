"""Making: what a document of a file is made from, one frozen record for all of its chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.diagnosis.marks import Marks, SourceOf
from rag.domain import Program
from rag.engagement.file import Engagement
from rag.engagement.items import Plan


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document is made from: the file, the programmes of its day, the documents, and the day."""

    file: Engagement
    programs: Sequence[Program]
    source_of: SourceOf
    as_of: date
    marks: Marks

    @property
    def plans(self) -> tuple[Plan, ...]:
        """What is planned, in the order it was written down."""
        return tuple(entry.item for entry in self.file.plans)
