"""Originals: a source flows in; the path of its file as it was read flows out, also where a later one replaced it."""

from __future__ import annotations

import hashlib
from pathlib import Path

EARLIER = ".earlier"
"""Below the corpus folder: what was replaced or removed, by its digest, as long as a generation tells of it."""


def earlier(corpus_dir: Path, digest: str, suffix: str) -> Path:
    """Where a file of this digest is kept once another has taken its place; `suffix` as of its name, with the dot."""
    return corpus_dir / EARLIER / f"{digest}{suffix.lower()}"


def original(corpus_dir: Path, path: str, digest: str) -> Path | None:
    """The file whose bytes have this digest: the one at `path`, below the folder, or the one kept of it.

    `None` where neither has. Raises OSError where one cannot be read.
    """
    root = corpus_dir.resolve()
    for found in ((root / path).resolve(), earlier(root, digest, Path(path).suffix).resolve()):
        if found.is_relative_to(root) and found.is_file() and digest_of(found) == digest:
            return found
    return None


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
