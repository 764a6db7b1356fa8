"""Readings kept: files flow in; of those read before by the same rules, what was made of them flows out again."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from ingest.checks.report import PASSING, ResultCode
from ingest.files.manifest import Entry
from ingest.files.reading import Reading
from ingest.text.sections import sections
from rag.domain import Chunk, Document, Program
from rag.kept import BUILDS_KEPT, opened

NAME = Path("cache", "readings.sqlite")
_TABLE = "readings (key blob primary key, body blob not null, build integer not null)"


@dataclass(frozen=True, slots=True)
class _Made:
    """What was made of one file before staff's corrections, and before it met other files; its sections aside."""

    code: str
    note: str
    document: Document
    programs: tuple[Program, ...]
    chunks: tuple[Chunk, ...]


_MADE = TypeAdapter(_Made)


class Readings:
    """The readings of one set of rules in one file, by the digest of what was read; written by one process at a time.

    The file only saves work: one that is damaged is thrown away, and without one every file is read.
    """

    def __init__(self, path: Path, rules: str, *, is_written: bool) -> None:
        self._rules = rules
        self._file, self._build = opened(path, _TABLE) if is_written or path.exists() else (None, 1)
        self._is_written = is_written

    def of(self, entries: Sequence[Entry]) -> dict[str, Reading]:
        """The readings known of these entries, by id; a file that is gone or cannot be opened has none."""
        keys = {entry.id: key for entry in entries if (key := self._key(entry))}
        checked = {entry.id: entry.checked_on for entry in entries}
        known = {id_: _checked(made, checked[id_]) for id_, key in keys.items() if (made := self._made(key))}
        self._write("update readings set build = ? where key = ?", ((self._build, keys[id_]) for id_ in known))
        return known

    def keep(self, read: Iterable[tuple[Entry, Reading]]) -> None:
        """Keep what was made of these; nothing of a file that could not be read, or might be read better again."""
        rows = (
            (key, _packed(reading, reading.document), self._build)
            for entry, reading in read
            if reading.document and reading.code not in PASSING and not reading.failed and (key := self._key(entry))
        )
        self._write("insert or replace into readings values (?, ?, ?)", rows)
        self._write("delete from readings where build <= ?", [(self._build - BUILDS_KEPT,)])

    def close(self) -> None:
        """Release the file."""
        if self._file is not None:
            self._file.close()

    def _key(self, entry: Entry) -> bytes | None:
        """A digest of the rules, of what the manifest says of a file and of its bytes."""
        try:
            told = (self._rules, entry.lasting(entry.raw()), entry.listed, entry.note)
        except OSError:
            return None
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).digest()

    def _made(self, key: bytes) -> Reading | None:
        if self._file is None:
            return None
        try:
            row = self._file.execute("select body from readings where key = ?", (key,)).fetchone()
            made = _MADE.validate_json(zlib.decompress(row[0])) if row else None
        except (sqlite3.Error, zlib.error, ValueError):
            return None
        if made is None:
            return None
        return Reading(
            made.document.source,
            ResultCode(made.code),
            made.note,
            made.document,
            sections=tuple(sections(made.document)),
            programs=made.programs,
            chunks=made.chunks,
        )

    def _write(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        if self._file is not None and self._is_written:
            with suppress(sqlite3.Error), self._file:
                self._file.executemany(statement, list(rows))


@contextmanager
def kept_readings(data_dir: Path, rules: str, *, is_written: bool = True) -> Iterator[Readings]:
    """The readings kept in a data folder by rules of this digest; with `is_written` new ones are kept beside them."""
    readings = Readings(data_dir / NAME, rules, is_written=is_written)
    try:
        yield readings
    finally:
        readings.close()


def _checked(reading: Reading, day: str) -> Reading:
    """The reading as one of a source that was last found where it comes from on this day."""
    if reading.source.checked_on == day or reading.document is None:
        return reading
    source = replace(reading.source, checked_on=day)
    return replace(reading, source=source, document=replace(reading.document, source=source))


def _packed(reading: Reading, document: Document) -> bytes:
    made = _Made(reading.code.value, reading.note, document, reading.programs, reading.chunks)
    return zlib.compress(_MADE.dump_json(made), 1)
