"""Shelves: files of the corpus folder and generations flow in; how each document stands, as staff see it, flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from rag.catalogue import Catalogue
from rag.domain import Extent, Generation, Source, SourceResult
from rag.generation import CATALOGUE, directory_of
from rag.originals import digest_of
from server.desks.desks import Desk
from ui.staff.documents_port import DocumentLine, DocumentState

if TYPE_CHECKING:
    from ingest.files.manifest import Entry

MISSING = "파일이 자료 폴더에 없습니다. 다시 올리거나 문서를 빼 주세요."
REMEMBERED = 20_000
"""Digests of files that are remembered until the files change."""
_DETAIL = re.compile(r"\s*\[\w+\]$")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a generation holds of each document, by id; nothing before the first."""

    record: Generation | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    results: Mapping[str, SourceResult] = field(default_factory=dict)


def served_shelf(desk: Desk) -> Shelf:
    """That of what is served."""
    books = desk.catalogue
    return _shelf(desk.record, books.sources(), books.results())


def staged_shelf(data_dir: Path, record: Generation) -> Shelf:
    """That of a candidate."""
    with closing(Catalogue(directory_of(data_dir, record.id) / CATALOGUE)) as books:
        return _shelf(record, books.sources(), books.results())


def document_lines(entries: tuple[Entry, ...], served: Shelf, staged: Shelf) -> Iterator[DocumentLine]:
    """Every document of the folder, then those that answers still use though they were taken away."""
    here = {entry.id for entry in entries}
    yield from (_line(entry, served, staged) for entry in entries)
    for id_, source in served.sources.items():
        # What the corpus of staff says itself (corrections) is no document of the folder.
        if id_ not in here and id_ in served.results:
            yield _leaving(source)


def _shelf(record: Generation, sources: tuple[Source, ...], results: tuple[SourceResult, ...]) -> Shelf:
    return Shelf(record, {one.id: one for one in sources}, {one.source_id: one for one in results})


def _line(entry: Entry, served: Shelf, staged: Shelf) -> DocumentLine:
    digest = "" if entry.is_refused else _digest_of(entry.path)
    newest = staged if staged.record else served
    ours, result = served.sources.get(entry.id), newest.results.get(entry.id)
    note = _bare(result, entry.file) if result and result.extent is not Extent.READ else ""
    if entry.is_refused or not digest:
        state, note = DocumentState.UNREAD, entry.note or MISSING
    elif ours and ours.digest == digest:
        state = DocumentState.SERVED
    elif (theirs := staged.sources.get(entry.id)) and theirs.digest == digest:
        state = DocumentState.STAGED
    elif result and result.extent is Extent.UNREAD and not _is_newer(entry.path, newest.record):
        state = DocumentState.UNREAD
    else:
        state, note = DocumentState.WAITING, ""
    told = ours or staged.sources.get(entry.id)
    return DocumentLine(
        id=entry.id,
        file=entry.file,
        title=entry.title or (told.title if told else "") or entry.file,
        publisher=entry.publisher or (told.publisher if told else ""),
        state=state,
        note=note,
        published=entry.published_on or (told.published_on if told else ""),
        collected=entry.collected_on or (told.collected_on if told else ""),
        checked=entry.checked_on or (told.checked_on if told else ""),
        leaf=_leaf(entry.id) if ours else "",
    )


def _leaving(source: Source) -> DocumentLine:
    return DocumentLine(
        id=source.id,
        file=source.path,
        title=source.title or source.path,
        publisher=source.publisher,
        state=DocumentState.LEAVING,
        note="",
        published=source.published_on,
        collected=source.collected_on,
        checked=source.checked_on,
        leaf=_leaf(source.id),
    )


def _bare(result: SourceResult, file: str) -> str:
    """What became of a file, without its name and without what only its reader understands."""
    return _DETAIL.sub("", result.note).removeprefix(f"{file}: ")


def _leaf(id_: str) -> str:
    return f"/sources/{quote(id_, safe='')}/1"


def _digest_of(path: Path) -> str:
    """The digest of a file, "" where there is none."""
    try:
        told = path.stat()
        return _digest(path, told.st_mtime_ns, told.st_size)
    except OSError:
        return ""


@lru_cache(REMEMBERED)
def _digest(path: Path, changed: int, size: int) -> str:
    return digest_of(path)


def _is_newer(path: Path, record: Generation | None) -> bool:
    """Whether a file changed after a generation was built."""
    return record is None or path.stat().st_mtime > datetime.fromisoformat(record.built_at).timestamp()
