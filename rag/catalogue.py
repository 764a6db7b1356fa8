"""Catalogue: documents, chunks, programmes and their review flow into one SQLite file and are read back."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypedDict, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import (
    URL,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    String,
    Table,
    cast,
    create_engine,
    func,
    insert,
    select,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from rag.domain import Chunk, Document, Program, ReviewItem, Source, SourceResult
from rag.errors import IndexDamaged
from rag.messages import index as said

Record = TypeVar("Record", Document, Source, Chunk, Program, SourceResult, ReviewItem)

DOCUMENT, CHUNK, PROGRAM, RESULT, ITEM = "document", "chunk", "program", "result", "item"
DOCUMENTS = TypeAdapter(Document)
SOURCES = TypeAdapter(Source)
CHUNKS = TypeAdapter(Chunk)
PROGRAMS = TypeAdapter(Program)
RESULTS = TypeAdapter(SourceResult)
ITEMS = TypeAdapter(ReviewItem)
# Whole documents are large; the few that answers cite stay in memory.
DOCUMENTS_KEPT = 32
# Chunks come back question after question; at a few kilobytes each, these are a few megabytes.
CHUNKS_KEPT = 2048
AT_ONCE = 1000


class Row(TypedDict):
    """One record as it is stored."""

    kind: str
    id: str
    position: int
    body: bytes


RECORDS = Table(
    "records",
    MetaData(),
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)


class Catalogue:
    """The records of one generation, read-only; safe to share between threads and processes."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises IndexDamaged when it cannot be read."""
        self._engine = create_engine("sqlite://", creator=lambda: _opened(path), poolclass=QueuePool)
        try:
            self._sources = tuple(self._sources_of_documents())
            self._programs = tuple(self._all(PROGRAM, PROGRAMS))
        except (SQLAlchemyError, ValueError) as error:
            raise IndexDamaged(said.CATALOGUE.format(file=Path(*path.parts[-2:]))) from error
        self._source = {source.id: source for source in self._sources}
        self._program = {program.id: program for program in self._programs}
        self._document: Callable[[str], Document | None] = lru_cache(DOCUMENTS_KEPT)(self._read_document)
        self._chunk: Callable[[str], Chunk | None] = lru_cache(CHUNKS_KEPT)(self._read_chunk)

    def programs(self) -> tuple[Program, ...]:
        """Every programme, in the order it was given."""
        return self._programs

    def program(self, id_: str) -> Program | None:
        """The programme of that id."""
        return self._program.get(id_)

    def sources(self) -> tuple[Source, ...]:
        """The source of every document, in the order given."""
        return self._sources

    def source(self, id_: str) -> Source | None:
        """The source of that id."""
        return self._source.get(id_)

    def document(self, source_id: str) -> Document | None:
        """The document read from that source."""
        return self._document(source_id)

    def chunk(self, id_: str) -> Chunk | None:
        """The chunk of that id."""
        return self._chunk(id_)

    def chunks(self) -> tuple[Chunk, ...]:
        """Every chunk, in the order given."""
        return tuple(self._all(CHUNK, CHUNKS))

    def results(self) -> tuple[SourceResult, ...]:
        """What became of each source, in the order given."""
        return tuple(self._all(RESULT, RESULTS))

    def review(self) -> tuple[ReviewItem, ...]:
        """What a person should look at, whatever the day, in the order given."""
        return tuple(self._all(ITEM, ITEMS))

    def close(self) -> None:
        """Release the file; the catalogue is not used afterwards."""
        self._engine.dispose()

    def _read_document(self, source_id: str) -> Document | None:
        body = self._body(DOCUMENT, source_id)
        return None if body is None else DOCUMENTS.validate_json(body)

    def _read_chunk(self, id_: str) -> Chunk | None:
        body = self._body(CHUNK, id_)
        return None if body is None else CHUNKS.validate_json(body)

    def _body(self, kind: str, id_: str) -> bytes | None:
        query = select(RECORDS.c.body).where(RECORDS.c.kind == kind, RECORDS.c.id == id_)
        with self._engine.connect() as connection:
            body: bytes | None = connection.scalar(query)
            return body

    def _all(self, kind: str, adapter: TypeAdapter[Record]) -> Iterator[Record]:
        return self._read(select(RECORDS.c.body), kind, adapter)

    def _sources_of_documents(self) -> Iterator[Source]:
        """The sources alone: the documents around them are most of the file, and few of them are ever cited."""
        source = func.json_extract(cast(RECORDS.c.body, String), "$.source")
        return self._read(select(source), DOCUMENT, SOURCES)

    def _read(self, query: Select[Any], kind: str, adapter: TypeAdapter[Record]) -> Iterator[Record]:
        with self._engine.connect() as connection:
            for body in connection.scalars(query.where(RECORDS.c.kind == kind).order_by(RECORDS.c.position)):
                yield adapter.validate_json(body)


def write(
    path: Path,
    documents: Iterable[Document],
    chunks: Iterable[Chunk],
    programs: Iterable[Program],
    results: Iterable[SourceResult] = (),
    review: Iterable[ReviewItem] = (),
) -> None:
    """Make the file; ids are unique within a kind."""
    kinds: tuple[list[Row], ...] = (
        [_row(DOCUMENT, d.source.id, at, DOCUMENTS.dump_json(d)) for at, d in enumerate(documents)],
        [_row(CHUNK, c.id, at, CHUNKS.dump_json(c)) for at, c in enumerate(chunks)],
        [_row(PROGRAM, p.id, at, PROGRAMS.dump_json(p)) for at, p in enumerate(programs)],
        [_row(RESULT, r.source_id, at, RESULTS.dump_json(r)) for at, r in enumerate(results)],
        [_row(ITEM, str(at), at, ITEMS.dump_json(item)) for at, item in enumerate(review)],
    )
    write_rows(path, chain.from_iterable(kinds))


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Make the file of records as they are stored."""
    engine = create_engine(URL.create("sqlite", database=str(path)))
    RECORDS.metadata.create_all(engine)
    rest = iter(rows)
    with engine.begin() as connection:
        while batch := [dict(row) for row in islice(rest, AT_ONCE)]:
            connection.execute(insert(RECORDS), batch)
    engine.dispose()


def read_rows(path: Path) -> Iterator[Row]:
    """The records of a file as they are stored, by kind and position."""
    with closing(_opened(path)) as file:
        for kind, id_, position, body in file.execute("SELECT kind, id, position, body FROM records ORDER BY 1, 3"):
            yield Row(kind=kind, id=id_, position=position, body=body)


def _opened(path: Path) -> sqlite3.Connection:
    """The file for reading: it never changes once its generation is published, so SQLite need not lock it."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def digest_of(path: Path) -> str:
    """A digest of the records of a file: the same wherever and by whatever version of SQLite it was written."""
    told = hashlib.sha256()
    for row in read_rows(path):
        head = f"{row['kind']}\0{row['id']}\0{row['position']}\0{len(row['body'])}\0".encode("utf-8", "surrogatepass")
        told.update(head + row["body"])
    return told.hexdigest()


def _row(kind: str, id_: str, position: int, body: bytes) -> Row:
    return Row(kind=kind, id=id_, position=position, body=body)
