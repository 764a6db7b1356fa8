"""Files that survive a crash: bytes and directories flow in, and are wholly on disk or not there at all."""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step; a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    # Temporary files are private; a server may run as another user.
    fresh = Path(file.name)
    fresh.chmod(0o644)
    fresh.replace(path)
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


@contextmanager
def sole_holder(lock: Path) -> Iterator[bool]:
    """Hold a lock file; yields False where another process holds it. The system frees it if this one dies."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
