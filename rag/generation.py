"""Generations: a data directory flows in, the generation it serves flows out, open; what is damaged counts as absent.

A generation is whole when each of its files is as it was when it was built. Served is the one that CURRENT names; where
that is damaged, or CURRENT is, the newest whole one that was served before. `rag.building` makes them.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rag import prepared
from rag.catalogue import Catalogue
from rag.disk import Hold, hold
from rag.domain import Generation
from rag.errors import IndexDamaged, IndexMismatch, IndexMissing, StorageUnavailable
from rag.lexical import LexicalIndex
from rag.messages import index as said
from rag.ports import Embedder, VectorStore
from rag.prepared import Arrays
from rag.refusing import SCARCE, sentence
from rag.rerank import Reranking
from rag.seals import broken
from rag.staying import staying
from rag.vectors import store_of

RECORD_FILE, CATALOGUE, LEXICAL, VECTORS = "generation.json", "catalogue.sqlite", "lexical", "vectors"
READER, PREPARED = "reader.zip", "prepared"
LEXICON, PACK, REGIONS, STATISTICS = "lexicon.yaml", "pack.yaml", "regions.yaml", "statistics.csv"
GENERATIONS, POINTER = "generations", "CURRENT"
# Letters of an id.
LONGEST = 200
# What the record holds beside the fields of Generation; earlier versions sealed nothing, and served what they built.
SEALS = "files"
# And what its catalogue and its index of words hold, whose bytes no two machines write alike.
CONTENTS = "contents"
# Lies in a generation from the first time that it is served.
SERVED = "SERVED"
# Lies in one that other servers may take over, or that was taken over from one.
SHARED = "SHARED"
# Lies in one that answered the standard questions and waits for a person to have it served.
STAGED = "STAGED"

# A file that is not there: no matter of the disk.
_LOST = (errno.ENOENT, errno.ENOTDIR)

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Serving:
    """Which generation is served. `why` another than the one `wanted`, in a sentence; empty where it is that one.

    `wanted` is the id that CURRENT names, empty where it names none.
    """

    record: Generation
    wanted: str
    why: str


@dataclass(frozen=True, slots=True)
class Damaged:
    """A generation that cannot be read, and in a sentence why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stock:
    """Every published generation: those that are whole, oldest first, and those that are damaged."""

    whole: tuple[Generation, ...]
    damaged: tuple[Damaged, ...]


@dataclass(frozen=True, slots=True)
class OpenGeneration:
    """A generation open for reading, with the embedder it was built by; safe to share between threads.

    Without the embedder, where that cannot be had any more, and as long as the vectors are not open, it is searched by
    words alone. What is found in it is put in order by `reranking`, where there is one. While it is open, nobody
    removes it.
    """

    serving: Serving
    directory: Path
    catalogue: Catalogue
    vectors: VectorStore
    lexical: LexicalIndex
    held: Hold
    embedder: Embedder | None
    reranking: Reranking | None = None

    @property
    def record(self) -> Generation:
        """Which generation this is."""
        return self.serving.record

    @property
    def finding_by_meaning(self) -> Embedder | None:
        """The embedder whose vectors passages are found by now."""
        return self.embedder if self.vectors.is_open else None

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
    def statistics_path(self) -> Path | None:
        """The figures that staff keep for this corpus, as this generation was built with them."""
        path = self.directory / STATISTICS
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

    def open_vectors(self) -> None:
        """Open what does not survive a fork, in each process that answers. Raises IndexDamaged, StorageUnavailable."""
        if len(self.vectors) != self.record.chunks:
            raise IndexDamaged(said.COUNTS_DIFFER.format(id=self.record.id))

    def close(self) -> None:
        """Release files and memory; the generation is not used afterwards."""
        self.vectors.close()
        self.catalogue.close()
        self.held.close()


def serving(data_dir: Path) -> Serving | None:
    """Which generation is served; `None` before the first, and where none is whole."""
    try:
        return _first_whole(data_dir, lambda chosen: chosen)
    except (IndexMissing, IndexDamaged):
        return None


def current(data_dir: Path) -> Generation | None:
    """The generation being served; `None` before the first, and where none is whole."""
    found = serving(data_dir)
    return found.record if found else None


def pointed(data_dir: Path) -> str:
    """The id that CURRENT names, whole or not; "" where it names none."""
    return _wanted(data_dir)[0]


def generations(data_dir: Path) -> tuple[Generation, ...]:
    """Every published generation that is whole, oldest first."""
    return stock(data_dir).whole


def stock(data_dir: Path) -> Stock:
    """Every published generation, with those that are damaged."""
    whole: list[Generation] = []
    damaged: list[Damaged] = []
    for directory in _published(data_dir):
        try:
            whole.append(read_whole(directory))
        except IndexDamaged as error:
            damaged.append(Damaged(directory.name, str(error)))
    return Stock(tuple(sorted(whole, key=lambda record: (record.built_at, record.id))), tuple(damaged))


def ailments(data_dir: Path) -> tuple[str, ...]:
    """What is wrong with the stored generations: a sentence for each thing, with the remedy."""
    found = serving(data_dir)
    instead = (said.SERVED_INSTEAD.format(why=found.why, id=found.record.id),) if found and found.why else ()
    return (*instead, *(said.DAMAGED.format(reason=one.reason, id=one.id) for one in stock(data_dir).damaged))


def wanted(data_dir: Path) -> tuple[Path | None, str]:
    """The folder of the generation to serve, whole or not; and where that is not the one that CURRENT names, why.

    `None` where nothing was ever served.
    """
    id_, why = _wanted(data_dir)
    return next(iter(_candidates(data_dir, id_)), None), why


def state(data_dir: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """What tells one state of what is served from another, without reading anything of it: whoever serves looks again
    where it differs.
    """
    return tuple(map(_stat, (data_dir / POINTER, data_dir / GENERATIONS)))


def directory_of(data_dir: Path, id_: str) -> Path:
    """The folder of a generation."""
    return data_dir / GENERATIONS / id_


def published(data_dir: Path, id_: str) -> Path:
    """The folder of a generation that is there, whole or not. Raises IndexMissing when there is none of that id."""
    directory = directory_of(data_dir, id_)
    is_name = len(id_) <= LONGEST and not id_.startswith(".") and directory.parent == data_dir / GENERATIONS
    if not is_name or not directory.is_dir():
        raise IndexMissing(said.NO_GENERATION.format(id=id_))
    return directory


def read_whole(directory: Path) -> Generation:
    """The record of a generation that is whole. Raises IndexDamaged, saying what is not."""
    try:
        told = json.loads((directory / RECORD_FILE).read_text("utf-8"))
        seals = told.pop(SEALS, {})
        told.pop(CONTENTS, None)
        record = Generation(**told)
    except OSError as error:
        raise unreadable(error, directory, RECORD_FILE) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise IndexDamaged(said.NO_RECORD.format(id=directory.name, file=RECORD_FILE)) from error
    try:
        changed = broken(directory, seals)
    except OSError as error:
        raise unreadable(error, directory, Path(error.filename or directory).name) from error
    if changed:
        raise IndexDamaged(said.NOT_WHOLE.format(id=directory.name, file=changed))
    return record


def unreadable(error: OSError, directory: Path, file: str) -> IndexDamaged | StorageUnavailable:
    """What to raise where a file of a generation cannot be read: that it is damaged, unless it may be well."""
    words = sentence(error, directory, called=f"{GENERATIONS}/{directory.name}") if error.errno not in _LOST else None
    if error.errno in SCARCE:
        return StorageUnavailable(words or error.strerror)
    return IndexDamaged(words or said.NO_RECORD.format(id=directory.name, file=file))


def open_catalogue(data_dir: Path) -> tuple[Generation, Catalogue]:
    """The catalogue alone of the served generation, whichever embedder built it. Raises IndexMissing, IndexDamaged."""
    return _first_whole(
        data_dir,
        lambda chosen: (chosen.record, Catalogue(directory_of(data_dir, chosen.record.id) / CATALOGUE)),
    )


def open_current(
    data_dir: Path, embedder: Embedder, reranking: Reranking | None = None, chroma_url: str = ""
) -> OpenGeneration:
    """Open the served generation for reading; whoever opens it closes it.

    Raises IndexMissing when there is none, IndexMismatch when another embedder built it, IndexDamaged when none can be
    read.
    """

    def own(record: Generation) -> Embedder:
        built, given = (record.embedder, record.dimension), (embedder.name, embedder.dimension)
        if built != given:
            raise IndexMismatch(said.OTHER_EMBEDDER.format(*built, *given))
        return embedder

    return open_served(data_dir, own, reranking, chroma_url=chroma_url)


def open_served(
    data_dir: Path,
    embedder_of: Callable[[Generation], Embedder | None],
    reranking: Reranking | None = None,
    *,
    vectors_later: bool = False,
    chroma_url: str = "",
) -> OpenGeneration:
    """Open the served generation with the embedder that built it, as `embedder_of` its record has it.

    Vectors that are not in its folder are those of the Chroma server at `chroma_url`. With `vectors_later`
    they are left to `open_vectors`, for whoever forks first; until then it is searched by words.
    Raises IndexMissing when there is none, IndexDamaged when none can be read, StorageUnavailable while the
    server of the vectors is away.
    """

    def opened(chosen: Serving) -> OpenGeneration:
        directory = directory_of(data_dir, chosen.record.id)
        embedder = embedder_of(chosen.record)
        return open_generation(
            directory, chosen, embedder, reranking, vectors_later=vectors_later, chroma_url=chroma_url
        )

    return _first_whole(data_dir, opened)


@staying()
def open_generation(
    directory: Path,
    chosen: Serving,
    embedder: Embedder | None,
    reranking: Reranking | None = None,
    *,
    vectors_later: bool = False,
    chroma_url: str = "",
) -> OpenGeneration:
    """Open one generation, whichever is served. Raises IndexDamaged where it cannot be read, StorageUnavailable."""
    try:
        held = hold(directory)
    except OSError as error:
        raise unreadable(error, directory, RECORD_FILE) from error
    if held is None:
        raise IndexDamaged(said.GONE.format(id=chosen.record.id))
    with ExitStack() as opening:
        opening.callback(held.close)
        books = Catalogue(directory / CATALOGUE)
        opening.callback(books.close)
        words = LexicalIndex(directory / LEXICAL)
        vectors = store_of(directory / VECTORS, chroma_url, chosen.record.id)
        opened = OpenGeneration(chosen, directory, books, vectors, words, held, embedder, reranking)
        record = chosen.record
        if (len(words), len(books.sources()), len(books.programs())) != (
            record.chunks,
            record.sources,
            record.programs,
        ):
            raise IndexDamaged(said.COUNTS_DIFFER.format(id=record.id))
        if not vectors_later:
            opening.callback(vectors.close)
            opened.open_vectors()
        opening.pop_all()
    return opened


def _first_whole(data_dir: Path, use: Callable[[Serving], Found]) -> Found:
    """What `use` makes of the served generation, that is of the first in order that is whole and that it can use.

    Raises IndexMissing where nothing was ever served, IndexDamaged where nothing that was is whole.
    """
    wanted, why = _wanted(data_dir)
    candidates = _candidates(data_dir, wanted)
    for directory in candidates:
        try:
            record = read_whole(directory)
            return use(Serving(record, wanted, "" if directory.name == wanted else why))
        except IndexDamaged as error:
            why = why or str(error)
    if not candidates:
        raise IndexMissing(said.NO_INDEX)
    raise IndexDamaged(said.NONE_WHOLE.format(why=why))


def _wanted(data_dir: Path) -> tuple[str, str]:
    """The id that CURRENT names, and why another has to be served, as far as CURRENT tells."""
    try:
        id_ = (data_dir / POINTER).read_bytes().decode("utf-8").strip()
    except FileNotFoundError:
        return "", said.NO_POINTER
    except OSError as error:
        return "", sentence(error, data_dir / POINTER, called=POINTER) or said.UNREADABLE_POINTER
    except UnicodeDecodeError:
        return "", said.BAD_POINTER
    if id_ not in {directory.name for directory in _published(data_dir)}:
        is_name = id_.replace("-", "").isalnum()
        return "", said.DANGLING_POINTER.format(id=id_) if is_name else said.BAD_POINTER
    return id_, ""


def _candidates(data_dir: Path, wanted: str) -> list[Path]:
    """The folders of the generation wanted and of those that were served before, newest first."""
    known = sorted(_published(data_dir), key=lambda path: path.name, reverse=True)
    own = [path for path in known if path.name == wanted]
    return own + [path for path in known if path.name != wanted and was_served(path)]


def was_served(directory: Path) -> bool:
    """Whether a generation has been served before, so that it may be again."""
    if (directory / SERVED).exists():
        return True
    try:
        return SEALS not in json.loads((directory / RECORD_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return False


def was_staged(directory: Path) -> bool:
    """Whether a generation was built to wait for a person, and answered the standard questions."""
    return (directory / STAGED).exists()


def _published(data_dir: Path) -> Iterator[Path]:
    """The folders of what was published; names with a dot before them are in the making, or on their way out."""
    return (path for path in (data_dir / GENERATIONS).glob("[!.]*") if path.is_dir())


def _stat(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
