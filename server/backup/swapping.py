"""Swapping: what has been made ready beside folders flows in for what was there, or nothing does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from rag.disk import sync, sync_tree

READY, BEFORE = ".restoring", ".before-"


@dataclass(frozen=True, slots=True)
class Place:
    """A folder, the paths below it that leave it, and those below `ready` that come, in their order."""

    folder: Path
    leaving: tuple[str, ...]
    coming: tuple[str, ...]

    @property
    def ready(self) -> Path:
        """Where what comes is made ready: in the folder itself, which may be a file system of its own."""
        return self.folder / READY

    @property
    def earlier(self) -> tuple[Path, ...]:
        """Where what has left lies, of this time and of others."""
        return tuple(sorted(self.folder.glob(f"{BEFORE}*")))


def swap(places: Sequence[Place], moment: str, undo: ExitStack) -> tuple[Path, ...]:
    """Let go what leaves, then let in what comes; the folders that hold what has left, where anything has.

    `undo` takes it all back unless its callbacks are dropped. Raises OSError.
    """
    gone = []
    for place in places:
        if place.ready.is_dir():
            sync_tree(place.ready)
    for place in places:
        if place.leaving:
            before = _new(place.folder, moment)
            gone.append(before)
            undo.callback(_remove_empty, before)
            for name in reversed(place.leaving):
                _move(place.folder / name, before / name, undo)
    for place in places:
        for name in place.coming:
            _move(place.ready / name, place.folder / name, undo)
        sync(place.folder)
    return tuple(gone)


def cleared(places: Sequence[Place]) -> None:
    """Remove what was made ready and has not come in, also of a process that died."""
    for place in places:
        shutil.rmtree(place.ready, ignore_errors=True)


def stamped(moment: str) -> str:
    """The digits of an ISO time to the second."""
    return re.sub("[^0-9]", "", moment)[:14]


def _new(folder: Path, moment: str) -> Path:
    """A folder of its own for what leaves."""
    number = 1
    while True:
        path = folder / f"{BEFORE}{stamped(moment)}{f'-{number}' if number > 1 else ''}"
        with suppress(FileExistsError):
            path.mkdir(mode=0o700)
            return path
        number += 1


def _move(source: Path, target: Path, undo: ExitStack) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    undo.callback(_back, target, source)


def _back(target: Path, source: Path) -> None:
    source.parent.mkdir(parents=True, exist_ok=True)
    target.rename(source)


def _remove_empty(folder: Path) -> None:
    """Remove a folder in which no files are left."""
    if not any(path.is_file() for path in folder.rglob("*")):
        shutil.rmtree(folder, ignore_errors=True)
