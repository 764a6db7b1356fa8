"""Views: a folder that stays as it is flows in, a private one that a library may open in its own way flows out.

Chroma writes to its files when it is opened, tantivy locks one: neither opens a folder on a full or a read-only disk,
and what is only read would change. In a view the files that are written to are copies, the others are links.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from rag.disk import Hold, hold
from rag.errors import StorageUnavailable
from rag.refusing import sentence

PREFIX = "jiwon-view-"
SHARED_MEMORY = Path("/dev/shm")
# What is written beside the copies: a journal, a lock.
_MARGIN = 1 << 20
# Between making a folder and holding it.
_UNHELD_S = 60.0


class View:
    """A private folder; it goes with whoever made it."""

    def __init__(self, directory: Path, *, copied: str = "", left_out: str = "") -> None:
        """Make the view of a directory; files whose name is like `copied` are copies, those like `left_out` are not in
        it. Raises OSError where the directory cannot be read, StorageUnavailable where there is no room for a view.
        """
        files = [path for path in directory.rglob("*") if path.is_file() and not fnmatch(path.name, left_out)]
        copies = {path for path in files if fnmatch(path.name, copied)}
        base = _base(sum(path.stat().st_size for path in copies))
        _sweep(base)
        self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        self._end = weakref.finalize(self, _removed, self.path, hold(self.path))
        for path in files:
            place = self.path / path.relative_to(directory)
            place.parent.mkdir(parents=True, exist_ok=True)
            if path in copies:
                shutil.copyfile(path, place)
            else:
                place.symlink_to(path.absolute())

    def close(self) -> None:
        """Remove it; what was opened in it and is still open can be read on."""
        self._end()


def _base(size: int) -> Path:
    """A folder with room for so many bytes twice, because what is copied may be written anew."""
    needed = 2 * size + _MARGIN
    bases = list(_bases())
    for base in bases:
        if os.access(base, os.W_OK) and shutil.disk_usage(base).free >= needed:
            return base
    place = bases[0]
    raise StorageUnavailable(str(sentence(OSError(errno.ENOSPC, "no room for a view"), place, needed)))


def _bases() -> Iterator[Path]:
    try:
        yield Path(tempfile.gettempdir())
    except FileNotFoundError:  # nothing can be written there
        yield Path("/tmp")  # to be named
    if SHARED_MEMORY.is_dir():
        yield SHARED_MEMORY


def _sweep(base: Path) -> None:
    """Remove the views of processes that were killed."""
    for left in base.glob(f"{PREFIX}*"):
        try:
            if time.time() - left.stat().st_mtime > _UNHELD_S and (alone := hold(left, alone=True)):
                _removed(left, alone)
        except OSError:  # another sweeps it, or it is another user's
            continue


def _removed(path: Path, held: Hold | None) -> None:
    shutil.rmtree(path, ignore_errors=True)
    if held is not None:
        held.close()
