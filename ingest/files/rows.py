"""Rows: the manifest of a corpus folder flows in, the same with one row more, less or other flows out."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.files.manifest import COLUMNS, NAME, decoded
from rag.errors import CorpusError
from rag.messages import files as said

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Rows:
    """The cells of a manifest as they are written, whatever is wrong with them; `start` are the bytes before them."""

    header: tuple[str, ...] = COLUMNS
    lines: tuple[tuple[str, ...], ...] = ()
    start: bytes = b""

    def at(self, id_: str, file: str) -> int | None:
        """Which line is of a document: the first with this id, else the first with this file."""
        for column, value in (("id", id_), ("file", file)):
            for at, line in enumerate(self.lines):
                if value and self._cell(line, column) == value:
                    return at
        return None

    def with_row(self, at: int | None, told: Mapping[str, str]) -> Rows:
        """The same with these cells in a line, or in a new one at the end; what is not told of it stays.

        A column that there was none of is added where a cell of it is not empty.
        """
        wider = self._with_columns([column for column, value in told.items() if value])
        old = wider.lines[at] if at is not None else ()
        cells = [*old, *[""] * (len(wider.header) - len(old))]
        for column, value in told.items():
            if column in wider.header:
                cells[wider.header.index(column)] = value
        line = tuple(cells)
        lines = (*wider.lines, line) if at is None else (*wider.lines[:at], line, *wider.lines[at + 1 :])
        return replace(wider, lines=lines)

    def without(self, at: int) -> Rows:
        """The same without a line."""
        return replace(self, lines=(*self.lines[:at], *self.lines[at + 1 :]))

    def alone(self, at: int | None) -> Rows:
        """The header with one line alone, or with none."""
        return replace(self, lines=() if at is None else (self.lines[at],))

    def written(self) -> bytes:
        """The bytes of the manifest."""
        told = io.StringIO(newline="")
        writer = csv.writer(told, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.lines)
        return self.start + told.getvalue().encode()

    def _cell(self, line: tuple[str, ...], column: str) -> str:
        at = self.header.index(column)
        return line[at].strip() if at < len(line) else ""

    def _with_columns(self, wanted: list[str]) -> Rows:
        new = [column for column in wanted if column not in self.header]
        if not new:
            return self
        own = len(self.header)
        # Cells behind the last column, where somebody forgot a quotation mark, stay behind it.
        lines = tuple((*line[:own], *[""] * len(new), *line[own:]) if len(line) > own else line for line in self.lines)
        return replace(self, header=(*self.header, *new), lines=lines)


def read_rows(folder: Path) -> Rows:
    """The manifest of a folder; that of a folder without one has no line yet.

    Raises CorpusError where it cannot be used.
    """
    path = folder / NAME
    if not path.exists():
        return Rows()
    text = decoded(path)
    # A table that Excel saved is opened by it again only with the mark in front.
    raw = path.read_bytes()
    start = _BOM if raw.startswith(_BOM) or not _is_utf8(raw) else b""
    reader = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True, strict=True)
    try:
        header, *lines = [tuple(line) for line in reader] or [()]
    except csv.Error as error:
        raise CorpusError(said.NO_CSV.format(name=NAME, line=reader.line_num, error=error)) from error
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise CorpusError(said.NO_COLUMNS.format(name=NAME, columns=", ".join(missing)))
    return Rows(header, tuple(line for line in lines if any(line)), start)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
