"""Opening: the path of a file flows in, its bytes flow out; whatever else stands there is refused without waiting."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_AT_ONCE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class NotAFile(OSError):
    """A folder, a pipe, a socket or a device stands where a file should."""


class StillWritten(OSError):
    """The file became another one while it was read."""


def contents(path: Path, most: int) -> bytes:
    """The bytes of a regular file, of a longer one the first `most`.

    Raises NotAFile, StillWritten, and OSError of every other kind.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise NotAFile(path)
    with open(path, "rb", opener=lambda name, _: os.open(name, _AT_ONCE)) as file:
        before = os.fstat(file.fileno())
        raw = file.read(most)
        after = os.fstat(file.fileno())
    if not stat.S_ISREG(before.st_mode):  # it took the place of the file just now
        raise NotAFile(path)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise StillWritten(path)
    return raw
