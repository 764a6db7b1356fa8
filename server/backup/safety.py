"""Safety: a target and what a backup says of itself flow in; it is refused where something would be lost or not fit."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from server.backup import refusals as said
from server.backup.form import CORPUS, DATA, DATABASE, Description
from server.backup.holdings import files_below, of_corpus, of_data, of_generations
from server.backup.refusals import BackupRefused
from server.backup.target import Target
from server.store.rows import has_rows

MB = 1_000_000


def distinct(target: Target) -> None:
    """Raises BackupRefused where one folder of the target lies in the other."""
    data, corpus = target.data_dir.resolve(), target.corpus_dir.resolve()
    if data == corpus or data in corpus.parents or corpus in data.parents:
        raise BackupRefused(said.SAME_FOLDER)


def lose_nothing(target: Target, description: Description) -> None:
    """Raises BackupRefused where a file is there that is not in the backup as it is, or a database with rows."""
    known = {member.name: member.sha256 for member in description.members}
    for root, folder, tops, hidden in (
        (DATA, target.data_dir, of_data(target.data_dir, target.file), False),
        (DATA, target.data_dir, of_generations(target.data_dir), True),
        (CORPUS, target.corpus_dir, of_corpus(target.corpus_dir), False),
    ):
        if lost := _loses(folder, root, tops, known, hidden=hidden):
            raise BackupRefused(said.NOT_EMPTY.format(place=lost))
    if has_rows(target.database.address):
        raise BackupRefused(said.NOT_EMPTY.format(place=target.file or said.THE_DATABASE))


def _loses(
    folder: Path, root: str, tops: Sequence[str], known: Mapping[str, str], *, hidden: bool = False
) -> Path | None:
    """The first file below a folder that is not in a backup as it is."""
    names = (name for top in tops for name in files_below(folder, top, hidden=hidden))
    return next((folder / name for name in names if not _is_as(folder / name, known.get(f"{root}/{name}"))), None)


def _is_as(path: Path, sha256: str | None) -> bool:
    if sha256 is None or not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def have_room(target: Target, description: Description) -> None:
    """Raises BackupRefused where what is restored does not fit beside what is there."""
    needed: dict[int, tuple[Path, int]] = {}
    for member in description.members:
        folder = target.corpus_dir if member.name.startswith(f"{CORPUS}/") else target.data_dir
        standing = next(path for path in (folder, *folder.absolute().parents) if path.is_dir())
        device = standing.stat().st_dev
        # The rows lie there twice: as they come, and in the database.
        size = member.size * (2 if member.name.startswith(f"{DATABASE}/") else 1)
        needed[device] = (standing, needed.get(device, (standing, 0))[1] + size)
    for standing, size in needed.values():
        free = shutil.disk_usage(standing).free
        if free < size:
            told = said.NEEDED.format(needed=-(-size // MB), free=free // MB)
            raise BackupRefused(said.FULL.format(place=standing) + told)


def is_same_corpus(target: Target, description: Description) -> bool:
    """Whether the corpus folder holds what a backup holds of one, and nothing else."""
    known = of_the_corpus(description)
    return _loses(target.corpus_dir, CORPUS, of_corpus(target.corpus_dir), known) is None and all(
        _is_as(target.corpus_dir / name.partition("/")[2], sha256) for name, sha256 in known.items()
    )


def of_the_corpus(description: Description) -> dict[str, str]:
    """The digests of the files of the corpus, by name."""
    return {member.name: member.sha256 for member in description.members if member.name.startswith(f"{CORPUS}/")}
