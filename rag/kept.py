"""Kept vectors: texts flow in, their vectors flow out, computed only where no earlier build has computed them."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from rag.ports import Embedder, Vector

BUILDS_KEPT = 3
"""What none of so many builds used is dropped: as many builds as there are generations to go back to."""
EMBEDDERS_KEPT = 3
"""So many embedders, the last used, have a file; an operator compares two or three."""

SUFFIX = ".sqlite"
TABLE = "vectors (digest blob primary key, vector blob not null, build integer not null)"


class KeptVectors:
    """The vectors of one embedder in one file, by the digest of the text; written by one process at a time.

    The file only saves work: one that is damaged is thrown away, and without one every text is embedded.
    """

    def __init__(self, directory: Path, embedder: Embedder) -> None:
        slug = re.sub(r"[^0-9A-Za-z]+", "-", embedder.name).strip("-")[-40:]
        self._path = directory / f"{slug}-{hashlib.sha256(embedder.name.encode()).hexdigest()[:12]}{SUFFIX}"
        self._embedder = embedder
        self._file, self._build = opened(self._path, TABLE)

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text, in order."""
        return self._of(texts, "", lambda new: list(self._embedder.embed_documents(new)))

    def embed_queries(self, texts: Sequence[str]) -> list[Vector]:
        """The vector of each text as that of a question, in order."""
        return self._of(texts, "question\0", lambda new: [self._embedder.embed_query(text) for text in new])

    def _of(self, texts: Sequence[str], mark: str, embedded: Callable[[list[str]], list[Vector]]) -> list[Vector]:
        digests = [hashlib.sha256(f"{mark}{text}".encode()).digest() for text in texts]
        known = self._known(digests)
        new = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
        made = dict(zip(new, embedded(list(new.values())), strict=True))
        self._keep(known, made)
        return [known[digest] if digest in known else made[digest] for digest in digests]

    def prune(self) -> None:
        """Drop what no recent build used, and the files of embedders long unused."""
        if self._file is None:
            return
        with suppress(sqlite3.Error, OSError):
            with self._file:
                self._file.execute("delete from vectors where build <= ?", (self._build - BUILDS_KEPT,))
            self._path.touch()
            files = sorted(self._path.parent.glob(f"*{SUFFIX}"), key=lambda path: -path.stat().st_mtime_ns)
            for path in files[EMBEDDERS_KEPT:]:
                path.unlink()

    def close(self) -> None:
        """Release the file; nothing is embedded afterwards."""
        if self._file is not None:
            self._file.close()

    def _known(self, digests: Sequence[bytes]) -> dict[bytes, Vector]:
        if self._file is None:
            return {}
        marks = ",".join("?" * len(digests))
        try:
            rows = self._file.execute(f"select digest, vector from vectors where digest in ({marks})", digests)
            found = {digest: _unpacked(packed, self._embedder.dimension) for digest, packed in rows}
        except sqlite3.Error:
            self._file.close()
            self._file, self._build = afresh(self._path, TABLE)
            return {}
        return {digest: vector for digest, vector in found.items() if vector is not None}

    def _keep(self, used: Mapping[bytes, Vector], made: Mapping[bytes, Vector]) -> None:
        """Write the new vectors, and that this build used the others, in one step."""
        if self._file is None:
            return
        rows = [(digest, _packed(vector), self._build) for digest, vector in made.items()]
        with suppress(sqlite3.Error), self._file:
            self._file.executemany("insert or replace into vectors values (?, ?, ?)", rows)
            self._file.executemany(
                "update vectors set build = ? where digest = ?", [(self._build, digest) for digest in used]
            )


def opened(path: Path, table: str) -> tuple[sqlite3.Connection | None, int]:
    """The file of what earlier builds made, with its table, and the number of this build.

    One that cannot be used is thrown away; `None` where none can be written either.
    """
    return _open(path, table) or afresh(path, table)


def afresh(path: Path, table: str) -> tuple[sqlite3.Connection | None, int]:
    """An empty file in the place of one that cannot be used; `None` where none can be written."""
    with suppress(OSError):
        path.unlink()
    return _open(path, table) or (None, 1)


def _open(path: Path, table: str) -> tuple[sqlite3.Connection, int] | None:
    file = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(path)
        file.execute(f"create table if not exists {table}")
        name = table.partition(" ")[0]
        return file, file.execute(f"select coalesce(max(build), 0) + 1 from {name}").fetchone()[0]
    except (sqlite3.Error, OSError):
        if file is not None:
            file.close()
        return None


@contextmanager
def kept_vectors(directory: Path, embedder: Embedder) -> Iterator[KeptVectors]:
    """The vectors kept for one build; pruned where it succeeds, so that a failing one loses nothing."""
    kept = KeptVectors(directory, embedder)
    try:
        yield kept
        kept.prune()
    finally:
        kept.close()


def _packed(vector: Vector) -> bytes:
    row = np.asarray(vector, dtype="<f4").tobytes()
    return row + zlib.crc32(row).to_bytes(4, "little")


def _unpacked(packed: bytes, dimension: int) -> Vector | None:
    """The vector, or `None` where it is not as it was written."""
    row, check = packed[:-4], packed[-4:]
    if len(row) != 4 * dimension or zlib.crc32(row).to_bytes(4, "little") != check:
        return None
    vector: list[float] = np.frombuffer(row, dtype="<f4").tolist()
    return vector
