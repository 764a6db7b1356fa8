"""Seals: a directory flows in, the digest of each of its files flows out; held against it later, what has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

Seals = Mapping[str, str]


def sealed(directory: Path) -> dict[str, str]:
    """The digest of every file below a directory, by its path in it. Raises OSError where one cannot be read."""
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    return {path.relative_to(directory).as_posix(): _digest(path) for path in files}


def broken(directory: Path, seals: Seals) -> str | None:
    """The first file that is not as it was sealed; `None` where all are. What was not sealed does not count.

    Raises OSError where a file cannot be read, also where it is missing.
    """
    return next((name for name, digest in seals.items() if _digest(directory / name) != digest), None)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
