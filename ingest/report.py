"""Report: what became of each source in a sync, for people and for exit codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ResultCode(StrEnum):
    """What became of one source."""

    OK = "ok"
    INFERRED = "inferred"
    ERROR = "error"
    KEPT = "kept"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class SourceResult:
    """One source: its counts, and a Korean sentence where a person should look."""

    source_id: str
    file: str
    code: ResultCode
    note: str = ""
    pages: int = 0
    chunks: int = 0
    programs: int = 0


@dataclass(frozen=True, slots=True)
class SyncReport:
    """A whole sync; `generation` is the one served afterwards, `changed` whether it is (or, dry, would be) new."""

    generation: str | None
    changed: bool
    failed: bool
    results: tuple[SourceResult, ...]
    warnings: tuple[str, ...] = ()
