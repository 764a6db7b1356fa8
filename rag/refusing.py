"""Refusing: an error of the system flows in, a sentence with the remedy flows out."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rag.errors import IndexDamaged, JiwonError, StorageUnavailable
from rag.messages import storage as said

MB = 1_000_000
# With less free, a failure to write is for want of room: a generation of four guides has 9 MB.
_LITTLE = 16 * MB
# What a probe writes: more than a file system keeps within the entry of a directory.
_PROBE = bytes(1 << 16)
# What SQLite calls an error of the system; of a code the last eight bits are the kind.
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
# Nothing is wrong with a file that these keep closed.
SCARCE = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)


def sentence(error: OSError, place: Path, needed: int = 0, called: str = "") -> str | None:
    """What is the matter at a place, and the remedy; `None` for what is no matter of the disk.

    `needed` bytes are what is missing where the disk is full; 0 where that is not known. Where the sentence may be
    shown beyond this machine, the place is `called` something that does not tell its paths.
    """
    form = said.REMEDIES.get(error.errno or 0)
    if form is None:
        return None
    room = ""
    if needed:
        room = said.NEEDED.format(needed=-(-needed // MB), free=shutil.disk_usage(_standing(place)).free // MB)
    return form.format(place=called or place, owner=_owner(place), needed=room)


def errno_of(error: BaseException | None) -> int:
    """The number of the error of the system behind one of SQLite; 0 where there is none."""
    return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, 0)


@contextmanager
def told(place: Path, needed: int = 0) -> Iterator[None]:
    """Work that writes to a place. Raises StorageUnavailable with the remedy where the system does not let it."""
    try:
        yield
    except Exception as error:
        if isinstance(error, JiwonError) and not isinstance(error, IndexDamaged):
            raise
        # Libraries say in words of their own that nothing can be written: then the place itself is asked.
        refused = error if isinstance(error, OSError) and error.errno else ailment(place, needed)
        if refused is None or not (words := sentence(refused, _named(refused, place), needed)):
            raise
        raise StorageUnavailable(words) from error


def ailment(place: Path, needed: int = 0) -> OSError | None:
    """Why not so many bytes can be written at a place; `None` where they can."""
    if shutil.disk_usage(_standing(place)).free < max(needed, _LITTLE):
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    try:
        with tempfile.NamedTemporaryFile(dir=_standing(place), prefix=".probe-") as file:
            file.write(_PROBE)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error
    return None


def _named(error: OSError, place: Path) -> Path:
    """The place, or the file that an error is about where that lies elsewhere."""
    file = Path(error.filename or place)
    return place if place in file.parents else file


def _standing(place: Path) -> Path:
    """The place, or the folder above it that is there."""
    return next((path for path in (place, *place.absolute().parents) if path.exists()), Path("/"))


def _owner(place: Path) -> str:
    with suppress(OSError, KeyError):
        return _standing(place).owner()
    return said.UNKNOWN_OWNER
