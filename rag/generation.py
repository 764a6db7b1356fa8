"""Generations: contents flow into one immutable directory of index and catalogue, the served one is opened."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from rag import catalogue, lexical, prepared
from rag.catalogue import Catalogue
from rag.disk import replace_file, sole_holder, sync, sync_tree
from rag.domain import Chunk, Document, Generation, Program, ReviewItem, SourceResult
from rag.errors import CorpusError, IndexBusy, IndexDamaged, IndexMismatch, IndexMissing
from rag.kept import kept_vectors
from rag.lexical import LexicalIndex
from rag.messages import index as said
from rag.ports import Embedder, VectorStore
from rag.prepared import Arrays
from rag.rerank import Reranking
from rag.staying import staying
from rag.vectors import ChromaVectors

Progress = Callable[[str, int, int], None]

RECORD_FILE, CATALOGUE, LEXICAL, VECTORS = "generation.json", "catalogue.sqlite", "lexical", "vectors"
READER, PREPARED = "reader.zip", "prepared"
LEXICON, PACK, REGIONS = "lexicon.yaml", "pack.yaml", "regions.yaml"
POINTER, LOCK, BUILDING = "CURRENT", ".lock", ".building-"
KEPT = Path("cache", "vectors")
# Besides the served one: enough to step back over a bad sync, and over the one after it.
KEPT_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything a generation is made of; the data files are copied into it, pack and reader where there are any.

    `prepared` are the arrays that answers look things up in.
    """

    documents: tuple[Document, ...]
    chunks: tuple[Chunk, ...]
    programs: tuple[Program, ...]
    lexicon_path: Path
    regions_path: Path
    results: tuple[SourceResult, ...] = ()
    review: tuple[ReviewItem, ...] = ()
    reader_path: Path | None = None
    pack_path: Path | None = None
    prepared: Arrays | None = None


@dataclass(frozen=True, slots=True)
class OpenGeneration:
    """A generation open for reading, with the embedder it was built by; safe to share between threads.

    Without the embedder, where that cannot be had any more, it is searched by words alone. What is found in it is put
    in order by `reranking`, where there is one.
    """

    record: Generation
    directory: Path
    catalogue: Catalogue
    vectors: VectorStore
    lexical: LexicalIndex
    embedder: Embedder | None
    reranking: Reranking | None = None

    @property
    def lexicon_path(self) -> Path:
        """The lexicon this generation was built with."""
        return self.directory / LEXICON

    @property
    def pack_path(self) -> Path | None:
        """The names that staff keep for this corpus, as this generation was built with them."""
        path = self.directory / PACK
        return path if path.is_file() else None

    @property
    def regions_path(self) -> Path:
        """The regions this generation was built with."""
        return self.directory / REGIONS

    @property
    def reader_path(self) -> Path:
        """The model that reads questions, stored with this generation."""
        return self.directory / READER

    def prepared(self, made_by: str | None = None) -> Arrays | None:
        """The arrays that were prepared of its programmes; `None` where something else made them, or there are none."""
        return prepared.read(self.directory / PREPARED, made_by)

    def close(self) -> None:
        """Release files and memory; the generation is not used afterwards."""
        self.vectors.close()
        self.catalogue.close()


def build(
    data_dir: Path, contents: Contents, embedder: Embedder, fingerprint: str, built_at: str, progress: Progress | None
) -> Generation:
    """Write a new generation beside the others, check it and publish it under its id, without serving it yet.

    `built_at` is an ISO time, `fingerprint` a digest of what went in; `progress` is told step, done and total.
    Raises IndexBusy when another process builds, CorpusError when there is nothing to index, IndexDamaged when
    what was written does not pass its checks.
    """
    if not contents.chunks:
        raise CorpusError(said.NOTHING_TO_INDEX)
    tell: Progress = progress or (lambda step, done, total: None)
    root = data_dir / "generations"
    with sole_holder(root / LOCK) as alone:
        if not alone:
            raise IndexBusy(said.BUSY)
        _sweep(root)
        record = _record(root, contents, embedder, fingerprint, built_at)
        aside = root / f"{BUILDING}{record.id}"
        _fill(aside, contents, record, embedder, data_dir / KEPT, tell)
        tell(said.STEP_CHECK, 0, 1)
        _check(aside, contents, record, embedder)
        sync_tree(aside)
        aside.rename(root / record.id)
        sync(root)
        tell(said.STEP_CHECK, 1, 1)
        _prune(data_dir, record)
    return record


def activate(data_dir: Path, id_: str) -> Generation:
    """Serve that generation from now on. Raises IndexMissing when there is none of that id."""
    record = next((known for known in generations(data_dir) if known.id == id_), None)
    if record is None:
        raise IndexMissing(said.NO_GENERATION.format(id=id_))
    replace_file(data_dir / POINTER, f"{id_}\n".encode())
    return record


def current(data_dir: Path) -> Generation | None:
    """The generation being served; `None` before the first."""
    try:
        id_ = (data_dir / POINTER).read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    return next((known for known in generations(data_dir) if known.id == id_), None)


def generations(data_dir: Path) -> tuple[Generation, ...]:
    """Every published generation, oldest first."""
    files = (data_dir / "generations").glob(f"[!.]*/{RECORD_FILE}")
    return tuple(sorted((_read(file) for file in files), key=lambda record: (record.built_at, record.id)))


def open_catalogue(data_dir: Path) -> tuple[Generation, Catalogue]:
    """The catalogue alone of the served generation, whichever embedder built it. Raises IndexMissing, IndexDamaged."""
    record = _served(data_dir)
    return record, Catalogue(data_dir / "generations" / record.id / CATALOGUE)


def open_current(data_dir: Path, embedder: Embedder, reranking: Reranking | None = None) -> OpenGeneration:
    """Open the served generation for reading; whoever opens it closes it.

    Raises IndexMissing when there is none, IndexMismatch when another embedder built it, IndexDamaged when its
    files cannot be read.
    """

    def own(record: Generation) -> Embedder:
        built, given = (record.embedder, record.dimension), (embedder.name, embedder.dimension)
        if built != given:
            raise IndexMismatch(said.OTHER_EMBEDDER.format(*built, *given))
        return embedder

    return open_served(data_dir, own, reranking)


def open_served(
    data_dir: Path, embedder_of: Callable[[Generation], Embedder | None], reranking: Reranking | None = None
) -> OpenGeneration:
    """Open the served generation with the embedder that built it, as `embedder_of` its record has it.

    Raises IndexMissing when there is none, IndexDamaged when its files cannot be read.
    """
    record = _served(data_dir)
    return _open(data_dir / "generations" / record.id, record, embedder_of(record), reranking)


def _served(data_dir: Path) -> Generation:
    record = current(data_dir)
    if record is None:
        raise IndexMissing(said.NO_INDEX)
    return record


def _record(root: Path, contents: Contents, embedder: Embedder, fingerprint: str, built_at: str) -> Generation:
    stem = f"{re.sub('[^0-9]', '', built_at)[:14]}-{re.sub('[^0-9A-Za-z]', '', fingerprint)[:8]}"
    number = 1
    while (root / f"{stem}-{number}").exists():
        number += 1
    return Generation(
        id=f"{stem}-{number}",
        fingerprint=fingerprint,
        built_at=built_at,
        embedder=embedder.name,
        dimension=embedder.dimension,
        sources=len(contents.documents),
        chunks=len(contents.chunks),
        programs=len(contents.programs),
    )


def _fill(
    directory: Path, contents: Contents, record: Generation, embedder: Embedder, kept_in: Path, tell: Progress
) -> None:
    directory.mkdir()
    ids = [chunk.id for chunk in contents.chunks]
    texts = [chunk.indexed_text for chunk in contents.chunks]
    tell(said.STEP_WORDS, 0, len(ids))
    lexical.write(directory / LEXICAL, ids, texts)
    tell(said.STEP_WORDS, len(ids), len(ids))
    vectors = ChromaVectors(directory / VECTORS)
    try:
        with kept_vectors(kept_in, embedder) as kept:
            for start in range(0, len(ids), embedder.batch):
                tell(said.STEP_VECTORS, start, len(ids))
                batch = slice(start, start + embedder.batch)
                vectors.add(ids[batch], kept.embed(texts[batch]))
        tell(said.STEP_VECTORS, len(ids), len(ids))
    finally:
        vectors.close()
    catalogue.write(
        directory / CATALOGUE,
        contents.documents,
        contents.chunks,
        contents.programs,
        contents.results,
        contents.review,
    )
    shutil.copyfile(contents.lexicon_path, directory / LEXICON)
    shutil.copyfile(contents.regions_path, directory / REGIONS)
    if contents.pack_path:
        shutil.copyfile(contents.pack_path, directory / PACK)
    if contents.reader_path:
        shutil.copyfile(contents.reader_path, directory / READER)
    if contents.prepared is not None:
        prepared.write(directory / PREPARED, contents.prepared)
    (directory / RECORD_FILE).write_text(json.dumps(asdict(record), ensure_ascii=False, indent=2), "utf-8")


def _check(directory: Path, contents: Contents, record: Generation, embedder: Embedder) -> None:
    """Open what was written as a reader will, and see that every chunk is there and a search answers."""
    opened = _open(directory, record, embedder)
    try:
        probe = contents.chunks[0].indexed_text
        found = opened.vectors.nearest(embedder.embed_query(probe), 1)
        if opened.catalogue.chunks() != contents.chunks or not found or not opened.lexical.search(probe, 1):
            raise IndexDamaged(said.SEARCHES_NOTHING)
    finally:
        opened.close()


@staying()
def _open(
    directory: Path, record: Generation, embedder: Embedder | None, reranking: Reranking | None = None
) -> OpenGeneration:
    opened = OpenGeneration(
        record=record,
        directory=directory,
        catalogue=Catalogue(directory / CATALOGUE),
        vectors=ChromaVectors(directory / VECTORS),
        lexical=LexicalIndex(directory / LEXICAL),
        embedder=embedder,
        reranking=reranking,
    )
    books = opened.catalogue
    counts = (len(opened.vectors), len(opened.lexical), len(books.sources()), len(books.programs()))
    if counts != (record.chunks, record.chunks, record.sources, record.programs):
        opened.close()
        raise IndexDamaged(said.COUNTS_DIFFER.format(id=record.id))
    return opened


def _read(file: Path) -> Generation:
    try:
        return Generation(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(said.NO_RECORD.format(id=file.parent.name, file=RECORD_FILE)) from error


def _sweep(root: Path) -> None:
    """Remove what builders that died have left; the lock is held, so nobody is still writing it."""
    for leftover in root.glob(f"{BUILDING}*"):
        shutil.rmtree(leftover)


def _prune(data_dir: Path, newest: Generation) -> None:
    """Remove old generations; the one served stays whatever its age."""
    served = current(data_dir)
    older = [record for record in generations(data_dir) if record.id != newest.id]
    for record in older[:-KEPT_BEFORE]:
        if record != served:
            shutil.rmtree(data_dir / "generations" / record.id)
