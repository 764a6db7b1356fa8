"""Building: contents flow into an immutable directory beside the served one, which takes its place once told to."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from rag import catalogue, chroma_vectors, lexical, prepared, vectors
from rag.disk import hold, replace_file, size_of, sole_holder, sync, sync_tree
from rag.domain import Chunk, Document, Generation, Program, ReviewItem, SourceResult
from rag.errors import CorpusError, IndexBusy, IndexDamaged, StorageUnavailable
from rag.generation import (
    CATALOGUE,
    CONTENTS,
    GENERATIONS,
    LEXICAL,
    LEXICON,
    PACK,
    POINTER,
    PREPARED,
    READER,
    RECORD_FILE,
    REGIONS,
    SEALS,
    SERVED,
    STAGED,
    STATISTICS,
    VECTORS,
    OpenGeneration,
    Serving,
    current,
    directory_of,
    generations,
    open_generation,
    published,
    read_whole,
    was_served,
    was_staged,
)
from rag.kept import kept_vectors
from rag.messages import index as said
from rag.ports import Embedder, Rows, Sharing, Vector
from rag.prepared import Arrays
from rag.publishing.history import remember
from rag.refusing import told
from rag.seals import sealed

Progress = Callable[[str, int, int], None]

LOCK, MAKING, LEAVING = ".lock", ".building-", ".leaving-"
KEPT = Path("cache", "vectors")


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
    statistics_path: Path | None = None
    prepared: Arrays | None = None


@contextmanager
def writing(data_dir: Path, chroma_url: str = "", sharing: Sharing | None = None) -> Iterator[Writer]:
    """Be the only one who changes what is stored and served; only so there is a Writer.

    Vectors of what is built are stored by the Chroma server at `chroma_url`, where there is one, else in its folder;
    what is staged, served or removed is told to other servers by `sharing` first.
    Raises IndexBusy at once where another process is, StorageUnavailable, also from within, where nothing can be
    written.
    """
    root = data_dir / GENERATIONS
    with told(data_dir), sole_holder(root / LOCK) as alone:
        if not alone:
            raise IndexBusy(said.BUSY)
        _sweep(root, chroma_url)
        yield Writer(data_dir, chroma_url, sharing)


@dataclass(frozen=True, slots=True)
class Writer:
    """Builds, activates and prunes the generations of a data directory; had from `writing`, for as long as it lasts."""

    data_dir: Path
    chroma_url: str = ""
    sharing: Sharing | None = None

    def build(
        self, contents: Contents, embedder: Embedder, fingerprint: str, built_at: str, progress: Progress | None = None
    ) -> Generation:
        """Write a new generation beside the others, check it and publish it under its id, without serving it yet.

        `built_at` is an ISO time, `fingerprint` a digest of what went in; `progress` is told step, done and total.
        Raises CorpusError when there is nothing to index, IndexDamaged when what was written does not pass its checks.
        """
        if not contents.chunks:
            raise CorpusError(said.NOTHING_TO_INDEX)
        tell: Progress = progress or (lambda step, done, total: None)
        root = self.data_dir / GENERATIONS
        record = _record(root, contents, embedder, fingerprint, built_at)
        aside = root / f"{MAKING}{record.id}"
        served = current(self.data_dir)
        needed = size_of(directory_of(self.data_dir, served.id)) if served else 0
        with told(self.data_dir, needed), ExitStack() as failing:
            failing.callback(_cleared, aside, record.id, self.chroma_url)
            store = self._store(aside, record.id)
            held = _fill(aside, contents, embedder, self.data_dir / KEPT, tell, store)
            tell(said.STEP_CHECK, 0, 1)
            _check(aside, contents, record, embedder, self.chroma_url)
            described = {**asdict(record), SEALS: sealed(aside), CONTENTS: held}
            (aside / RECORD_FILE).write_text(json.dumps(described, ensure_ascii=False, indent=2), "utf-8")
            sync_tree(aside)
            aside.rename(root / record.id)
            failing.pop_all()
            sync(root)
        tell(said.STEP_CHECK, 1, 1)
        return record

    def _store(self, directory: Path, id_: str) -> Callable[[Rows], None]:
        """What stores the vectors of a new generation."""
        served = partial(chroma_vectors.serve, self.chroma_url, id_)
        return served if self.chroma_url else partial(vectors.write, directory / VECTORS)

    def open(self, record: Generation, embedder: Embedder | None) -> OpenGeneration:
        """Open what was built, served or not. Raises IndexDamaged."""
        chosen = Serving(record, record.id, "")
        return open_generation(directory_of(self.data_dir, record.id), chosen, embedder, chroma_url=self.chroma_url)

    def stage(self, id_: str) -> None:
        """Mark one that passed its rehearsal as waiting for a person to have it served."""
        directory = directory_of(self.data_dir, id_)
        if self.sharing:
            self.sharing.told(directory)
        (directory / STAGED).touch()
        sync(directory)

    def activate(self, id_: str, *, is_tried: bool = False) -> Generation:
        """Serve that generation from now on; of one that `is_tried`, opened since it was built, the seals alone count.

        Raises IndexMissing when there is none of that id, IndexDamaged when it is not whole.
        """
        directory = published(self.data_dir, id_)
        try:
            record = read_whole(directory)
            if not is_tried:
                self.open(record, None).close()
        except IndexDamaged as error:
            raise IndexDamaged(said.NOT_ACTIVATED.format(reason=error)) from error
        if self.sharing:
            self.sharing.served(directory)
        (directory / SERVED).touch()
        sync(directory)
        remember(self.data_dir, id_)
        replace_file(self.data_dir / POINTER, f"{id_}\n".encode())
        return record

    def prune(self, keep: int) -> None:
        """Remove old generations but the served one, the `keep` newest that were served before, and the newest that
        never was, which waits to be looked at; so does each that was staged since the newest that was served was built.

        One that any process still has open stays until a later sync, whatever its age: workers open part of it late.
        One that is damaged stays until a person has looked at it: perhaps it only cannot be read now.
        """
        served = current(self.data_dir)
        others = [record for record in reversed(generations(self.data_dir)) if record != served]
        before = [record for record in others if was_served(directory_of(self.data_dir, record.id))]
        newest = max((record.built_at for record in (*before, *((served,) if served else ()))), default="")
        never = [record for record in others if record not in before]
        for record in (*before[keep:], *(old for old in never[1:] if not self._waits(old, newest))):
            self.remove(record.id)

    def remove(self, id_: str, *, with_served: bool = True) -> None:
        """Remove a generation that nobody has open; half of one is never seen under its name.

        Where its vectors are served they go, too, unless others may still ask for them.
        """
        root = self.data_dir / GENERATIONS
        alone = hold(root / id_, alone=True)
        if alone is None:
            return
        try:
            if self.sharing:
                self.sharing.removed(id_)
            aside = root / f"{LEAVING}{id_}"
            (root / id_).rename(aside)
            _cleared(aside, id_, self.chroma_url if with_served else "")
        finally:
            alone.close()

    def _waits(self, record: Generation, newest: str) -> bool:
        """Whether a person may still have it served: it was staged after what was served last was built."""
        return was_staged(directory_of(self.data_dir, record.id)) and record.built_at > newest


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
    directory: Path,
    contents: Contents,
    embedder: Embedder,
    kept_in: Path,
    tell: Progress,
    store: Callable[[Rows], None],
) -> dict[str, str]:
    """Write all but the record; the digests of what it holds that no two machines write alike."""
    directory.mkdir()
    ids = [chunk.id for chunk in contents.chunks]
    texts = [chunk.indexed_text for chunk in contents.chunks]
    tell(said.STEP_WORDS, 0, len(ids))
    words = lexical.write(directory / LEXICAL, ids, texts)
    tell(said.STEP_WORDS, len(ids), len(ids))
    with kept_vectors(kept_in, embedder) as kept:

        def rows() -> Iterator[tuple[list[str], list[Vector]]]:
            for start in range(0, len(ids), embedder.batch):
                tell(said.STEP_VECTORS, start, len(ids))
                batch = slice(start, start + embedder.batch)
                yield ids[batch], kept.embed(texts[batch])

        store(rows())
    tell(said.STEP_VECTORS, len(ids), len(ids))
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
    if contents.statistics_path:
        shutil.copyfile(contents.statistics_path, directory / STATISTICS)
    if contents.reader_path:
        shutil.copyfile(contents.reader_path, directory / READER)
    if contents.prepared is not None:
        prepared.write(directory / PREPARED, contents.prepared)
    return {CATALOGUE: catalogue.digest_of(directory / CATALOGUE), LEXICAL: words}


def _check(directory: Path, contents: Contents, record: Generation, embedder: Embedder, chroma_url: str) -> None:
    """Open what was written as a reader will, and see that every chunk is there and a search answers."""
    opened = open_generation(directory, Serving(record, record.id, ""), embedder, chroma_url=chroma_url)
    try:
        probe = contents.chunks[0].indexed_text
        found = opened.vectors.nearest(embedder.embed_query(probe), 1)
        if opened.catalogue.chunks() != contents.chunks or not found or not opened.lexical.search(probe, 1):
            raise IndexDamaged(said.SEARCHES_NOTHING)
    finally:
        opened.close()


def _sweep(root: Path, chroma_url: str) -> None:
    """Remove what writers that died have left; the lock is held, so nobody is still writing it."""
    for mark in (MAKING, LEAVING):
        for leftover in root.glob(f"{mark}*"):
            _cleared(leftover, leftover.name.removeprefix(mark), chroma_url)


def _cleared(leftover: Path, id_: str, chroma_url: str) -> None:
    """Remove the folder of a generation, and before it what a server holds of it; where that is away, next time."""
    with suppress(StorageUnavailable, OSError):
        if chroma_url and not (leftover / VECTORS).is_dir():
            chroma_vectors.drop(chroma_url, id_)
        shutil.rmtree(leftover)
