"""Making a backup: data folder, corpus folder and database flow in, while they are served; one file flows out.

What speaks of something is read before it: what collecting has noted before the corpus, the corpus before the rows. So
a notice that comes meanwhile is at worst collected again. Generations never change and are held. A file that changes
while it is read is read again with all others.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rag.disk import hold, sync
from rag.generation import GENERATIONS, POINTER, directory_of, serving, stock
from rag.settings import Settings
from server import VERSION
from server.backup import refusals as said
from server.backup.form import CORPUS, DATA, DATABASE, Description, Packing, bind, is_backup, packed
from server.backup.holdings import files_below, of_corpus, of_data
from server.backup.occupied import in_use
from server.backup.refusals import BackupRefused
from server.store.engine import file_of, open_database
from server.store.rows import SUFFIX, dump, snapshot

Progress = Callable[[str, int, int], None]

TRIES = 3
"""How often the folders are read where they change meanwhile."""


class _Unsteady(Exception):
    """A file changed while it was read."""


@dataclass(frozen=True, slots=True)
class _Index:
    """The generations to save, oldest first, which stay as long as this is held, and which of them is served."""

    served: str | None
    ids: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Folders:
    """What is saved of the data folder, beside generations and database, and of the corpus folder."""

    data_dir: Path
    corpus_dir: Path
    database: Path | None

    def listed(self) -> dict[str, tuple[Path, int, int, int]]:
        """Every file by its name in the backup, with what tells that it has changed."""
        named = [
            *((DATA, self.data_dir, name) for name in of_data(self.data_dir, self.database)),
            *((CORPUS, self.corpus_dir, name) for name in of_corpus(self.corpus_dir)),
        ]
        found = {}
        for root, folder, top in named:
            for name in files_below(folder, top):
                with suppress(FileNotFoundError):
                    now = (folder / name).stat()
                    found[f"{root}/{name}"] = (folder / name, now.st_ino, now.st_mtime_ns, now.st_size)
        return found


def back_up(settings: Settings, file: Path, made_at: str, progress: Progress | None = None) -> Description:
    """Save everything in one file, readable by its owner alone; one that is there is replaced once it is whole.

    `made_at` is an ISO time; `progress` is told step, done and total. Raises BackupRefused where there is nothing to
    save, the disk is full, or a file never stands still, and StoreUnavailable where the database cannot be read.
    """
    _check(settings, file)
    tell: Progress = progress or (lambda step, done, total: None)
    database = open_database(settings.database_url, settings.data_dir).address
    folders = _Folders(settings.data_dir, settings.corpus_dir, file_of(database))
    with refused_by_disk(file), in_use(settings.data_dir), _held(settings.data_dir) as index, _aside(file) as aside:
        with (aside / "body").open("w+b") as body:
            packing, notes = _of_folders(folders, body, tell)
            with snapshot(database, aside) as found:
                revision, rows = dump(found, aside) if found else (None, {})
            for table in rows:
                _put(packing, f"{DATABASE}/{table}{SUFFIX}", aside / f"{table}{SUFFIX}")
                (aside / f"{table}{SUFFIX}").unlink()
            _put_index(packing, settings.data_dir, index, tell)
            packing.end()
            description = Description(
                product=VERSION,
                made_at=made_at,
                generation=index.served,
                generations=index.ids,
                documents=sum(member.name.startswith(f"{CORPUS}/") for member in packing.members),
                revision=revision,
                rows=rows,
                members=tuple(packing.members),
                notes=(*notes, *index.notes),
            )
            body.seek(0)
            (aside / "whole").touch(0o600)
            with (aside / "whole").open("wb") as whole:
                bind(description, body, whole)
                whole.flush()
                os.fsync(whole.fileno())
        (aside / "whole").replace(file)
        sync(file.parent)
    return description


def _check(settings: Settings, file: Path) -> None:
    """Raises BackupRefused where there is nothing to save or no place for it."""
    if not settings.data_dir.is_dir():
        raise BackupRefused(said.NO_DATA.format(folder=settings.data_dir))
    if not settings.corpus_dir.is_dir():
        raise BackupRefused(said.NO_CORPUS.format(folder=settings.corpus_dir))
    if not file.parent.is_dir():
        raise BackupRefused(said.NO_PLACE.format(folder=file.parent))
    own = (settings.data_dir.resolve(), settings.corpus_dir.resolve())
    if any(folder in file.resolve().parents for folder in own):
        raise BackupRefused(said.WITHIN.format(file=file))
    if file.exists() and not (file.is_file() and is_backup(file)):
        raise BackupRefused(said.TAKEN.format(file=file))


@contextmanager
def refused_by_disk(place: Path) -> Iterator[None]:
    """Work that writes to a place. Raises BackupRefused with the remedy where the disk does not let it."""
    try:
        yield
    except OSError as error:
        form = {errno.ENOSPC: said.FULL, errno.EDQUOT: said.FULL, errno.EROFS: said.READ_ONLY}.get(error.errno or 0)
        if form is None:
            raise
        raise BackupRefused(form.format(place=place)) from error


@contextmanager
def _aside(file: Path) -> Iterator[Path]:
    """A private folder beside the file, empty, and gone afterwards. Raises BackupRefused where another has it."""
    folder = file.parent / f".{file.name}.making"
    folder.mkdir(mode=0o700, exist_ok=True)
    own = hold(folder, alone=True)
    if own is None:
        raise BackupRefused(said.MAKING.format(file=file))
    try:
        for left in folder.iterdir():
            left.unlink()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        own.close()


@contextmanager
def _held(data_dir: Path) -> Iterator[_Index]:
    """The generations that are whole, none of which is removed meanwhile."""
    with ExitStack() as held:
        known, ids = stock(data_dir), []
        for record in known.whole:
            with suppress(OSError):  # it has just been removed
                own = hold(directory_of(data_dir, record.id))
                if own is not None:
                    held.callback(own.close)
                    ids.append(record.id)
        now = serving(data_dir)
        served = now.record.id if now and now.record.id in ids else None
        notes = [said.LEFT_DAMAGED.format(id=one.id) for one in known.damaged]
        yield _Index(served, tuple(ids), (*notes, *(() if served else (said.NONE_SERVED,))))


def _of_folders(folders: _Folders, body: IO[bytes], tell: Progress) -> tuple[Packing, tuple[str, ...]]:
    """The files of both folders as they stand still, written to the body; what cannot be said of them as a whole."""
    changing, packing = "", Packing(packed(body))
    for _ in range(TRIES):
        # Closed first, for a gzip that is dropped would write its end into what is written anew.
        packing.file.close()
        body.seek(0)
        body.truncate()
        packing, before = Packing(packed(body)), folders.listed()
        try:
            for done, (name, (path, *_)) in enumerate(before.items()):
                tell(said.STEP_FILES, done, len(before))
                _put(packing, name, path)
        except _Unsteady as error:
            changing = str(error)
            continue
        tell(said.STEP_FILES, len(before), len(before))
        changing = ""
        if folders.listed() == before:
            return packing, ()
    if changing:
        raise BackupRefused(said.UNSTEADY.format(file=changing))
    return packing, (said.CHANGING,)


def _put(packing: Packing, name: str, path: Path) -> None:
    """Put a file there. Raises _Unsteady where it is not the same from its first byte to its last."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise _Unsteady(path) from None
    with file:
        before = os.fstat(file.fileno())
        is_whole = packing.put(name, file, before.st_size, int(before.st_mtime))
        after = os.fstat(file.fileno())
    if not is_whole or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise _Unsteady(path)


def _put_index(packing: Packing, data_dir: Path, index: _Index, tell: Progress) -> None:
    """The generations, and the pointer to the one that is served."""
    files = [name for id_ in index.ids for name in files_below(data_dir, f"{GENERATIONS}/{id_}", hidden=True)]
    for done, name in enumerate(files):
        tell(said.STEP_INDEX, done, len(files))
        _put(packing, f"{DATA}/{name}", data_dir / name)
    tell(said.STEP_INDEX, len(files), len(files))
    if index.served:
        pointer = f"{index.served}\n".encode()
        packing.put(f"{DATA}/{POINTER}", io.BytesIO(pointer), len(pointer))
