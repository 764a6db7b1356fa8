"""Reading: one Entry of the corpus flows in, its clean Document or the reason there is none flows out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from ingest.checks.report import OF_PART, OF_ROWS, PASSING, ResultCode, refusal
from ingest.files.manifest import Entry
from ingest.files.opening import NotAFile, StillWritten
from rag.domain import Chunk, Document, Extent, Program, Section, Source, SourceResult
from rag.errors import LoadError
from rag.messages import files as said

HANGUL_KEPT = (".hwp", ".hwpx")
"""A file with the same stem and one of these suffixes stands in for a PDF that lost its Hangul."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One source as far as the pipeline has come; `document` is `None` where there is none to index.

    One that `failed` is not what its file says today: there is none, or an earlier document stands in.
    """

    source: Source
    code: ResultCode
    note: str
    document: Document | None
    failed: bool = False
    sections: tuple[Section, ...] = ()
    programs: tuple[Program, ...] = ()
    chunks: tuple[Chunk, ...] = ()

    @property
    def extent(self) -> Extent:
        """How much of the file was read."""
        if self.document is None:
            return Extent.UNREAD if self.failed else Extent.SET_ASIDE
        if self.source.kept:
            return Extent.KEPT
        return Extent.PARTLY if OF_PART & {self.code, *self.document.signs} else Extent.READ

    @property
    def is_faultless(self) -> bool:
        """Whether the file was read, and its row of the manifest is right."""
        return not self.failed and self.code not in OF_ROWS

    @property
    def result(self) -> SourceResult:
        """What the report says of this source."""
        return SourceResult(
            source_id=self.source.id,
            file=self.source.path,
            code=self.code,
            note=self.note,
            pages=self.document.page_count if self.document else 0,
            chunks=len(self.chunks),
            programs=len(self.programs),
            extent=self.extent,
        )


class Maker(Protocol):
    """Makes a reading of a file, or of a document read earlier; both raise LoadError."""

    def read(self, path: Path, source: Source, *, listed: bool = True) -> Reading:
        """What is made of a file."""

    def understand(self, document: Document) -> Reading:
        """What is made of a document."""


def read(entry: Entry, earlier: Document | None, maker: Maker) -> Reading:
    """Read one file; where it cannot be read as it is now, the document read from it earlier stands in, marked so."""
    try:
        reading = _read(entry, maker)
    except LoadError as error:
        return _unread(entry, earlier, error, maker)
    if entry.fault is None or reading.code in PASSING:
        return reading
    return replace(reading, code=entry.fault, note=f"{entry.note} {reading.note}".strip())


def _read(entry: Entry, maker: Maker) -> Reading:
    """What is made of the file as it is now. Raises LoadError."""
    if entry.is_refused and entry.fault:
        raise LoadError(f"{entry.file}: {entry.note}", entry.fault)
    try:
        source = entry.source(entry.raw())
    except OSError as error:
        raise refusal(entry.source(b""), _why(error)) from error
    return maker.read(entry.path, source, listed=entry.listed)


def _why(error: OSError) -> ResultCode:
    if isinstance(error, NotAFile):
        return ResultCode.NOT_A_FILE
    if isinstance(error, StillWritten):
        return ResultCode.CHANGED
    return ResultCode.MISSING if isinstance(error, FileNotFoundError | NotADirectoryError) else ResultCode.UNOPENED


def _unread(entry: Entry, earlier: Document | None, error: LoadError, maker: Maker) -> Reading:
    code = ResultCode(error.code)
    if code is ResultCode.LOST_HANGUL and (whole := next(_siblings(entry.path), None)):
        return Reading(entry.source(b""), code, said.REPLACED.format(name=whole.name), None)
    if earlier is None:
        note = code.sentence if code is ResultCode.MISSING else str(error)
        return Reading(entry.source(b""), code, note, None, failed=True)
    if code is ResultCode.MISSING:
        return stands_in(earlier, code, said.MISSING_KEPT, maker)
    note = str(error).replace(f"{entry.file}: ", f"{entry.file}: {said.STANDS_IN} ", 1)
    return replace(stands_in(earlier, code, note, maker), failed=True)


def stands_in(document: Document, code: ResultCode, note: str, maker: Maker) -> Reading:
    """A document read earlier in the place of a file that cannot be read now, marked so, with the reason."""
    kept = as_kept(document)
    try:
        return replace(maker.understand(kept), code=code, note=note)
    except LoadError:  # the rules of today cannot cope with what those of another day have read
        return Reading(kept.source, code, note, None, failed=True)


def as_kept(document: Document) -> Document:
    """The document marked as one that was read earlier."""
    return replace(document, source=replace(document.source, kept=True))


def _siblings(path: Path) -> Iterator[Path]:
    stem = unicodedata.normalize("NFC", path.stem)
    for other in sorted(path.parent.iterdir()):
        is_named_so = other.suffix.lower() in HANGUL_KEPT and unicodedata.normalize("NFC", other.stem) == stem
        if is_named_so and other.is_file():
            yield other


def absent(document: Document, maker: Maker, *, remove: bool) -> Reading:
    """A source of the served generation that neither the folder nor the manifest has any more."""
    if remove:
        return Reading(document.source, ResultCode.REMOVED, ResultCode.REMOVED.sentence, None)
    return stands_in(document, ResultCode.KEPT, ResultCode.KEPT.sentence, maker)
