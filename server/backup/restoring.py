"""Restoring: a checked backup flows in; data folder, corpus folder and database flow out as they were, or untouched.

Everything is made ready beside what is there and then put in its place by renaming, the pointer to the served
generation and the database last. What goes wrong on the way is undone; where the process dies on the way, the same
command does it again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.errors import IndexDamaged
from rag.generation import directory_of, read_whole
from rag.settings import Settings
from server.backup import refusals as said
from server.backup.form import Description
from server.backup.holdings import OF_THE_PRODUCT, is_installed
from server.backup.making import refused_by_disk
from server.backup.occupied import alone
from server.backup.reading import Backup, opened
from server.backup.refusals import BackupRefused
from server.backup.safety import distinct, have_room, is_same_corpus, lose_nothing, of_the_corpus
from server.backup.swapping import READY, cleared, stamped, swap
from server.backup.target import ROWS, Target
from server.store.engine import FILE, as_it_stands, file_of, open_database
from server.store.rows import SUFFIX, load, set_aside

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup says of itself, where what was there before lies now, and what was not restored, in sentences."""

    description: Description
    before: tuple[str, ...]
    notes: tuple[str, ...]


def restore(
    settings: Settings, file: Path, moment: str, *, replace: bool = False, progress: Progress | None = None
) -> Restored:
    """Put everything of a backup where the settings say; `moment` is an ISO time, by which what was there is named.

    `progress` is told step, done and total. Raises BackupRefused where the file is not wholly as it was made, what is
    there would be lost (unless `replace`, which moves it aside), or somebody uses it; IndexBusy and StoreUnavailable.
    """
    tell: Progress = progress or (lambda step, done, total: None)
    database = open_database(settings.database_url, settings.data_dir)
    target = Target(settings.data_dir, settings.corpus_dir, database, file_of(database.address))
    distinct(target)
    with opened(file) as backup, refused_by_disk(settings.data_dir):
        _check(backup, tell)
        if not replace:
            lose_nothing(target, backup.description)
        have_room(target, backup.description)
        target.corpus_dir.mkdir(parents=True, exist_ok=True)
        with alone(settings.data_dir):
            return _restored(target, backup, moment, tell, is_replacing=replace)


def _restored(target: Target, backup: Backup, moment: str, tell: Progress, *, is_replacing: bool) -> Restored:
    description, is_same = backup.description, is_same_corpus(target, backup.description)
    not_ours = _not_ours(target, description)
    left_out = not_ours | (frozenset(of_the_corpus(description)) if is_same else frozenset())
    names = [member.name for member in description.members if member.name not in left_out]
    places = target.places(names, has_rows=description.revision is not None, is_same=is_same)
    cleared(places)
    try:
        _make_ready(target, backup, left_out, tell)
        with ExitStack() as undo:
            with _rows(target, description, moment) as schema:
                gone = swap(places, moment, undo)
            undo.pop_all()
    finally:
        cleared(places)
    if not is_replacing:  # all of it has come back as it was
        for folder in gone:
            shutil.rmtree(folder)
    before = [str(path) for place in places for path in place.earlier]
    tops = sorted({name.split("/")[1] for name in not_ours})
    notes = tuple(said.OF_THE_PRODUCT.format(name=name) for name in tops)
    return Restored(description, (*before, *((schema,) if schema else ())), notes)


def _check(backup: Backup, tell: Progress) -> None:
    members = len(backup.description.members)
    for done, (_, content) in enumerate(backup.members()):
        tell(said.STEP_CHECK, done, members)
        for _piece in content:
            pass
    tell(said.STEP_CHECK, members, members)


def _make_ready(target: Target, backup: Backup, left_out: frozenset[str], tell: Progress) -> None:
    """Write every file beside its place. Raises BackupRefused also where the generation to serve is not whole."""
    members, served = len(backup.description.members), backup.description.generation
    (target.data_dir / READY / ROWS).mkdir(mode=0o700, parents=True)
    for done, (member, content) in enumerate(backup.members()):
        tell(said.STEP_RESTORE, done, members)
        path = target.path(member.name)
        if member.name in left_out:
            path = Path(os.devnull)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            for piece in content:
                out.write(piece)
        if member.name not in left_out:
            os.utime(path, (member.changed, member.changed))
    tell(said.STEP_RESTORE, members, members)
    if served is not None:
        try:
            read_whole(directory_of(target.data_dir / READY, served))
        except IndexDamaged as error:
            raise BackupRefused(said.NOT_SERVABLE.format(reason=error)) from error


@contextmanager
def _rows(target: Target, description: Description, moment: str) -> Iterator[str | None]:
    """The rows in a file that is ready, or in tables once this ends well; the schema with what was there."""
    rows = target.data_dir / READY / ROWS
    files = {name: rows / f"{name}{SUFFIX}" for name in description.rows}
    if target.file is None:
        with as_it_stands(target.database.address) as connection:
            schema = f"jiwon_before_{stamped(moment)}"
            is_aside = set_aside(connection, schema)
            if description.revision is not None:
                load(connection, description.revision, files)
            yield schema if is_aside else None
        return
    if description.revision is not None:
        ready = rows / FILE
        with as_it_stands(open_database("", rows).address) as connection:
            load(connection, description.revision, files)
        (target.file.parent / READY).mkdir(mode=0o700, exist_ok=True)
        shutil.move(ready, target.file.parent / READY / target.file.name)
    yield None


def _not_ours(target: Target, description: Description) -> frozenset[str]:
    """The files of a backup that would take the place of what comes with the product."""
    if not is_installed(target.corpus_dir):
        return frozenset()
    return frozenset(name for name in of_the_corpus(description) if name.split("/")[1] in OF_THE_PRODUCT)
