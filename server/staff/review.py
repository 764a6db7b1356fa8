"""The review on the wire: an open catalogue and a day flow in; files, results and what to look at flow out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from rag.aging import aged
from rag.domain import Extent, Generation, ReviewCode, Source, SourceResult
from server.desks.desks import Catalogue

Listed = TypeVar("Listed")


class FileOut(BaseModel):
    """One file: what became of it, and what the manifest says of it; `title` to `digest` are empty where unread.

    `extent` is how much of it was read, `result` names what happened and `note` says it, with what to do.
    """

    id: str
    file: str
    extent: Extent
    result: str
    note: str
    pages: int
    chunks: int
    programs: int
    title: str
    publisher: str
    published_on: str
    url: str | None
    digest: str


class FilePage(BaseModel):
    """A page of the files of one generation; `extents` counts all of them by how much of each was read."""

    documents: list[FileOut]
    extents: dict[Extent, int]
    page: int
    per_page: int
    total: int
    pages: int
    generation: str


class ReviewItemOut(BaseModel):
    """One thing to look at; `pages` are first and last, null where the whole file is meant.

    `replaced` is what the documents say where staff corrected it.
    """

    code: ReviewCode
    source_id: str
    file: str
    pages: tuple[int, int] | None
    program: str
    field: str
    message: str
    action: str
    quote: str
    replaced: str


class ReviewPage(BaseModel):
    """Every file with its result, and a page of the review items; `counts` are of all items by code.

    `extents` counts the files by how much of each was read; `storage` says what is wrong with the stored generations
    and what to do.
    """

    storage: list[str]
    files: list[FileOut]
    extents: dict[Extent, int]
    items: list[ReviewItemOut]
    counts: dict[ReviewCode, int]
    page: int
    per_page: int
    total: int
    pages: int
    as_of: date
    generation: str


def file_page(books: Catalogue, record: Generation, page: int, per_page: int) -> FilePage:
    """The files in the order of the corpus."""
    found = _files(books)
    return FilePage(
        documents=_page_of(found, page, per_page),
        extents=extents(books),
        page=page,
        per_page=per_page,
        total=len(found),
        pages=-(-len(found) // per_page),
        generation=record.id,
    )


def review_page(
    books: Catalogue,
    record: Generation,
    as_of: date,
    page: int = 1,
    per_page: int | None = None,
    storage: Sequence[str] = (),
) -> ReviewPage:
    """What a person should look at on a day, most urgent first; all of it where no page size is given.

    `storage` is what `rag.generation.ailments` finds.
    """
    order = list(ReviewCode)
    found = [*books.review(), *aged(books.programs(), books.sources(), as_of)]
    found.sort(key=lambda item: order.index(item.code))
    size = per_page or max(len(found), 1)
    return ReviewPage(
        storage=list(storage),
        files=_files(books),
        extents=extents(books),
        items=[ReviewItemOut.model_validate(item, from_attributes=True) for item in _page_of(found, page, size)],
        counts={code: count for code in order if (count := sum(item.code is code for item in found))},
        page=page,
        per_page=size,
        total=len(found),
        pages=-(-len(found) // size),
        as_of=as_of,
        generation=record.id,
    )


def extents(books: Catalogue) -> dict[Extent, int]:
    """How many files were read whole, in part, not at all …; what there is none of is left out."""
    found = [result.extent for result in books.results()]
    return {extent: count for extent in Extent if (count := found.count(extent))}


def _files(books: Catalogue) -> list[FileOut]:
    known = {source.id: source for source in books.sources()}
    return [_file(result, known.get(result.source_id)) for result in books.results()]


def _file(result: SourceResult, source: Source | None) -> FileOut:
    return FileOut(
        id=result.source_id,
        file=result.file,
        extent=result.extent,
        result=result.code,
        note=result.note,
        pages=result.pages,
        chunks=result.chunks,
        programs=result.programs,
        title=source.title if source else "",
        publisher=source.publisher if source else "",
        published_on=source.published_on if source else "",
        url=source.url if source else None,
        digest=source.digest if source else "",
    )


def _page_of(found: Sequence[Listed], page: int, per_page: int) -> list[Listed]:
    return list(found[(page - 1) * per_page : page * per_page])
