"""Repairing: a damaged generation flows in; a new one made of its catalogue flows out, checked and served.

The catalogue holds all that was read of the documents; what passages and programmes are found by follows from it. So an
index is made anew of a catalogue that is as it was sealed, and never of one that may tell another phone than it did.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rag.building import Contents, Writer, writing
from rag.catalogue import Catalogue
from rag.domain import Generation
from rag.equipping import equipped
from rag.errors import IndexDamaged, IndexMissing
from rag.generation import (
    CATALOGUE,
    CONTENTS,
    GENERATIONS,
    LEXICON,
    PACK,
    READER,
    RECORD_FILE,
    REGIONS,
    SEALS,
    STATISTICS,
    read_whole,
    wanted,
)
from rag.messages import index as said_of_index
from rag.messages import repair as said
from rag.ports import Embedder, Sharing
from rag.reading.kept import SHIPPED
from rag.rehearsal import rehearse, sample
from rag.seals import broken
from rag.settings import INSTALLATION

Progress = Callable[[str, int, int], None]

_KEPT_READER = Path("cache", READER)


@dataclass(frozen=True, slots=True)
class Repaired:
    """The generation that is served now, and in sentences what was wrong and what has been done."""

    record: Generation
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Damaged:
    """A generation that is not whole: its record, its seals, and in a sentence what is not."""

    directory: Path
    record: Generation
    seals: Mapping[str, str]
    why: str


def repair(
    data_dir: Path,
    corpus_dir: Path,
    embedder_of: Callable[[Generation], Embedder],
    progress: Progress | None = None,
    chroma_url: str = "",
    sharing: Sharing | None = None,
) -> Repaired:
    """Have the generation to serve whole: as it is, by a pointer written anew, or made anew of its catalogue.

    What is made anew has the same contents, fingerprint and time, so that a sync finds nothing to do; the damaged one
    is left for a person to look at. Names and places that it was built with may be had from the corpus folder, where
    they are the same there. `embedder_of` raises ModelUnavailable where what built it cannot be had. Raises
    IndexMissing where nothing was ever served, IndexDamaged, with what else mends it, where the catalogue is not as it
    was, and IndexBusy.
    """
    with writing(data_dir, chroma_url, sharing) as writer:
        directory, why = wanted(data_dir)
        if directory is None:
            raise IndexMissing(said_of_index.NO_INDEX)
        try:
            record = read_whole(directory)
            writer.open(record, None).close()
        except IndexDamaged as error:
            return _anew(writer, _known(directory, str(error)), corpus_dir, embedder_of, progress)
        if not why:
            return Repaired(record, (said.WHOLE.format(id=record.id),))
        writer.activate(record.id)
        return Repaired(record, (said.POINTED.format(why=why, id=record.id),))


def _anew(
    writer: Writer,
    damaged: _Damaged,
    corpus_dir: Path,
    embedder_of: Callable[[Generation], Embedder],
    progress: Progress | None,
) -> Repaired:
    record = damaged.record
    contents = _contents(damaged, writer.data_dir, corpus_dir)
    embedder = embedder_of(record)
    made = equipped(contents, writer.data_dir, embedder, progress)
    built = writer.build(made, embedder, record.fingerprint, record.built_at, progress)
    with closing(writer.open(built, embedder)) as opened:
        rehearse(opened, sample(contents.programs, ()), date.fromisoformat(record.built_at[:10]), progress)
    writer.activate(built.id)
    counts = {"sources": built.sources, "chunks": built.chunks, "programs": built.programs}
    done = said.REPAIRED.format(why=damaged.why, id=built.id, **counts)
    learned = () if contents.reader_path else (said.LEARNED,)
    return Repaired(built, (done, *learned, said.LEFT.format(id=damaged.directory.name)))


def _known(directory: Path, why: str) -> _Damaged:
    """What is known of a damaged generation. Raises IndexDamaged where its record is lost, and with it every seal."""
    try:
        told = json.loads((directory / RECORD_FILE).read_text("utf-8"))
        seals = dict(told.pop(SEALS, {}))
        told.pop(CONTENTS, None)
        return _Damaged(directory, Generation(**told), seals, why)
    except (OSError, ValueError, TypeError, AttributeError):
        what = said.NO_RECORD.format(file=RECORD_FILE)
        raise IndexDamaged(said.OTHERWISE.format(why=why, what=what)) from None


def _contents(damaged: _Damaged, data_dir: Path, corpus_dir: Path) -> Contents:
    """What the generation was made of. Raises IndexDamaged where some of it is lost."""
    if not _is_sealed(damaged, damaged.directory / CATALOGUE, CATALOGUE):
        raise _lost(damaged, said.NO_CATALOGUE, CATALOGUE)
    others = sorted((data_dir / GENERATIONS).glob("[!.]*"))
    folders = (damaged.directory, corpus_dir, INSTALLATION / "corpus", *others)
    data = {
        name: _same(damaged, name, [folder / name for folder in folders])
        for name in (LEXICON, REGIONS, PACK, STATISTICS)
    }
    for name, path in data.items():
        if path is None and (name in damaged.seals or name not in (PACK, STATISTICS)):
            raise _lost(damaged, said.NO_DATA_FILE, name)
    lexicon, regions = data[LEXICON], data[REGIONS]
    assert lexicon and regions  # else it was refused above
    readers = (*(folder / READER for folder in (damaged.directory, *others)), data_dir / _KEPT_READER, SHIPPED)
    try:
        with closing(Catalogue(damaged.directory / CATALOGUE)) as catalogue:
            documents = (catalogue.document(source.id) for source in catalogue.sources())
            contents = Contents(
                documents=tuple(document for document in documents if document),
                chunks=catalogue.chunks(),
                programs=catalogue.programs(),
                lexicon_path=lexicon,
                regions_path=regions,
                results=catalogue.results(),
                review=catalogue.review(),
                reader_path=_same(damaged, READER, readers),
                pack_path=data[PACK],
                statistics_path=data[STATISTICS],
            )
    except (IndexDamaged, ValueError):
        raise _lost(damaged, said.NO_CATALOGUE, CATALOGUE) from None
    counts = (len(contents.documents), len(contents.chunks), len(contents.programs))
    if not damaged.seals and counts != (damaged.record.sources, damaged.record.chunks, damaged.record.programs):
        raise _lost(damaged, said.NO_CATALOGUE, CATALOGUE)
    return contents


def _same(damaged: _Damaged, name: str, paths: Sequence[Path]) -> Path | None:
    """The first of these files that is what the generation was built with; of one without seals its own."""
    if not damaged.seals:
        return paths[0] if paths[0].is_file() else None
    return next((path for path in paths if _is_sealed(damaged, path, name)), None)


def _is_sealed(damaged: _Damaged, path: Path, name: str) -> bool:
    """Whether a file is as the generation's of that name was sealed; an earlier version sealed nothing."""
    if not damaged.seals:
        return path.is_file()
    try:
        return name in damaged.seals and broken(path.parent, {path.name: damaged.seals[name]}) is None
    except OSError:
        return False


def _lost(damaged: _Damaged, form: str, name: str) -> IndexDamaged:
    what = form.format(file=f"{damaged.directory.name}/{name}")
    return IndexDamaged(said.OTHERWISE.format(why=damaged.why, what=what))
