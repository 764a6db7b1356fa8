"""Files that survive a crash: bytes and directories flow in, and are wholly on disk or not there at all."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step; a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # Temporary files are private; a server may run as another user.
        fresh.chmod(0o644)
        fresh.replace(path)
    except OSError:
        # What a full disk took half of must not lie there for good.
        with suppress(OSError):
            fresh.unlink()
        raise
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until one file, or the list of names in one directory, is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(directory: Path) -> None:
    """Wait until a directory and everything below it is on disk."""
    for path in directory.rglob("*"):
        sync(path)
    sync(directory)


def size_of(directory: Path) -> int:
    """How many bytes the files of a directory hold."""
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())


@contextmanager
def sole_holder(lock: Path) -> Iterator[bool]:
    """Hold a lock file; yields False where another process holds it. The system frees it if this one dies."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        yield _locked(file.fileno(), fcntl.LOCK_EX)


@contextmanager
def queue_for(lock: Path) -> Iterator[None]:
    """Hold a lock file once every process and thread before has let go of it. Raises OSError."""
    with lock.open("a") as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        yield


class Hold:
    """A directory in use: nobody gets it for himself meanwhile. It lasts until it is closed, or until this process
    and those forked from it have ended.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def fileno(self) -> int:
        """What a process is given that is to hold the directory, too: for as long as any that has it lives."""
        assert self._descriptor is not None
        return self._descriptor

    def close(self) -> None:
        """Let go of it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def hold(directory: Path, *, alone: bool = False) -> Hold | None:
    """Hold a directory beside others who do, or `alone`; `None` where that cannot be had now. Raises OSError."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    if _locked(descriptor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH):
        return Hold(descriptor)
    os.close(descriptor)
    return None


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
