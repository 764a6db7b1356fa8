"""Adopting: what another server built flows in, as a record, files and rows of its catalogue; here it is whole, too.

Carried are the records and what was learned or computed of them (reader, prepared arrays): numbers that are computed
differ between processors, and cost minutes. The catalogue and the index of words are made here by what a build makes
them with, and are held against the digests of whoever built it; vectors are asked where they are served.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path, PurePosixPath

from rag import catalogue, lexical
from rag.building import Writer
from rag.disk import sync, sync_tree
from rag.domain import Generation
from rag.errors import IndexDamaged
from rag.generation import (
    CATALOGUE,
    CONTENTS,
    GENERATIONS,
    LEXICAL,
    RECORD_FILE,
    SEALS,
    SERVED,
    SHARED,
    STAGED,
    VECTORS,
    Serving,
    open_generation,
)
from rag.messages import index as said
from rag.refusing import told
from rag.seals import broken, sealed

ARRIVING = ".arriving-"
_MADE_HERE = (CATALOGUE, LEXICAL)
_MARKS = (SERVED, STAGED, SHARED)


def carried(directory: Path) -> tuple[str, Iterator[tuple[str, bytes]], Iterator[catalogue.Row]]:
    """What of a generation is carried: its record, its files by name, the rows of its catalogue.

    Raises IndexDamaged where it has its vectors to itself, or is of a version that noted no digests.
    """
    record = (directory / RECORD_FILE).read_text("utf-8")
    if CONTENTS not in json.loads(record) or (directory / VECTORS).is_dir():
        raise IndexDamaged(said.NOT_SHARED.format(id=directory.name))
    return record, _files(directory), catalogue.read_rows(directory / CATALOGUE)


def _files(directory: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(path for path in directory.rglob("*") if path.is_file()):
        name = path.relative_to(directory)
        if name.parts[0] not in (*_MADE_HERE, RECORD_FILE, *_MARKS):
            yield name.as_posix(), path.read_bytes()


def adopt(
    writer: Writer,
    record_json: str,
    files: Iterable[tuple[str, bytes]],
    rows: Callable[[], Iterable[catalogue.Row]],
    *,
    was_served: bool,
) -> Generation:
    """Have what was carried among the generations here, opened once; nothing is served by it yet.

    Raises IndexDamaged where something is not as the one who built it had it, StorageUnavailable.
    """
    described = json.loads(record_json)
    seals, held = described.pop(SEALS), described.pop(CONTENTS)
    record = Generation(**described)
    root = writer.data_dir / GENERATIONS
    for leftover in root.glob(f"{ARRIVING}*"):
        shutil.rmtree(leftover)
    aside = root / f"{ARRIVING}{record.id}"
    with told(writer.data_dir), ExitStack() as failing:
        failing.callback(shutil.rmtree, aside, ignore_errors=True)
        aside.mkdir(parents=True)
        _write(aside, files)
        _check(record, aside, {name: seal for name, seal in seals.items() if _part(name) not in _MADE_HERE})
        catalogue.write_rows(aside / CATALOGUE, rows())
        if catalogue.digest_of(aside / CATALOGUE) != held[CATALOGUE]:
            raise IndexDamaged(said.NOT_AS_BUILT.format(id=record.id, file=CATALOGUE))
        with closing(catalogue.Catalogue(aside / CATALOGUE)) as books:
            chunks = books.chunks()
        words = lexical.write(aside / LEXICAL, [one.id for one in chunks], [one.indexed_text for one in chunks])
        if words != held[LEXICAL]:
            raise IndexDamaged(said.NOT_AS_BUILT.format(id=record.id, file=LEXICAL))
        own = json.dumps({**described, SEALS: sealed(aside), CONTENTS: held}, ensure_ascii=False, indent=2)
        (aside / RECORD_FILE).write_text(own, "utf-8")
        for mark in (SHARED, SERVED if was_served else STAGED):
            (aside / mark).touch()
        chosen = Serving(record, record.id, "")
        open_generation(aside, chosen, None, chroma_url=writer.chroma_url).close()
        sync_tree(aside)
        aside.rename(root / record.id)
        failing.pop_all()
        sync(root)
    return record


def _write(aside: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for name, body in files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise IndexDamaged(said.NOT_AS_BUILT.format(id=aside.name.removeprefix(ARRIVING), file=name))
        place = aside / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body)


def _check(record: Generation, aside: Path, seals: dict[str, str]) -> None:
    try:
        changed = broken(aside, seals)
    except OSError as error:
        changed = Path(error.filename or aside).name
    if changed:
        raise IndexDamaged(said.NOT_AS_BUILT.format(id=record.id, file=changed))


def _part(name: str) -> str:
    """The file or folder of a generation that a file of it lies in."""
    return PurePosixPath(name).parts[0]
