"""The form of a backup: a description and files flow into one file; checked as a whole, they flow out of it.

The file is a gzip of a tar, in three gzip members, so that any `tar -tzf` lists it: the description, which is the first
member of the tar; the files it describes, in its order; and an empty one whose comment is the SHA-256 of every byte
before it. A tar is written and read here header by header, because what is restored may be nothing but plain files.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

FORMAT = 1
NAME = "description.json"
DATA, CORPUS, DATABASE = "data", "corpus", "database"
# PDFs and pictures do not get smaller whatever is tried, and vectors little.
LEVEL = 3
BLOCK = tarfile.BLOCKSIZE
CHUNK = 1 << 20
ENCODING = ("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a backup: its name with its root (data, corpus, database) before it, its bytes, and when it was changed
    (Unix time).
    """

    name: str
    size: int
    sha256: str
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Description:
    """What a backup says of itself. `revision` is that of its tables, `None` where there was no database yet.

    `rows` are counted by table; `notes` are sentences on what it does not hold.
    """

    product: str
    made_at: str
    generation: str | None
    generations: tuple[str, ...]
    documents: int
    revision: str | None
    rows: Mapping[str, int]
    members: tuple[Member, ...]
    notes: tuple[str, ...] = ()
    format: int = FORMAT


@dataclass(slots=True)
class Packing:
    """The files of a backup on their way into it."""

    file: gzip.GzipFile
    members: list[Member] = field(default_factory=list)

    def put(self, name: str, source: IO[bytes], size: int, changed: int = 0) -> bool:
        """Write `size` bytes; False, and nothing more may be written, where there are fewer."""
        self.file.write(_header(name, size, changed))
        digest, left = hashlib.sha256(), size
        while left and (piece := source.read(min(CHUNK, left))):
            digest.update(piece)
            self.file.write(piece)
            left -= len(piece)
        self.file.write(bytes(-size % BLOCK))
        self.members.append(Member(name, size, digest.hexdigest(), changed))
        return not left

    def end(self) -> None:
        """Write the end of the tar; no file may follow."""
        self.file.write(bytes(2 * BLOCK))
        self.file.close()


def packed(body: IO[bytes]) -> gzip.GzipFile:
    """Where the files of a backup are written to, before its description is known."""
    return gzip.GzipFile(filename="", fileobj=body, mode="wb", compresslevel=LEVEL, mtime=0)


def bind(description: Description, body: IO[bytes], whole: IO[bytes]) -> None:
    """Write description, files and digest; the body is what was written through `packed`, from its start."""
    digest = hashlib.sha256()

    def write(piece: bytes) -> None:
        digest.update(piece)
        whole.write(piece)

    told = json.dumps(asdict(description), indent=1).encode("ascii")
    head = _header(NAME, len(told), 0) + told + bytes(-len(told) % BLOCK)
    write(gzip.compress(head, LEVEL, mtime=0))
    while piece := body.read(CHUNK):
        write(piece)
    whole.write(_seal(digest.hexdigest()))


def _header(name: str, size: int, changed: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, changed, 0o600
    return info.tobuf(tarfile.GNU_FORMAT, *ENCODING)


def _seal(digest: str) -> bytes:
    """An empty gzip member with a comment."""
    head = b"\x1f\x8b\x08\x10\0\0\0\0\0\xff"
    return head + b"jiwon sha256 " + digest.encode("ascii") + b"\0" + b"\x03\0" + bytes(8)


SEAL_LENGTH = len(_seal("0" * 64))


def is_backup(path: Path) -> bool:
    """Whether a file ends as backups do. Raises OSError."""
    with path.open("rb") as file:
        return digest_told(file) is not None


def digest_told(file: IO[bytes]) -> str | None:
    """The digest at the end of a backup; `None` where there is none."""
    if file.seek(0, 2) < SEAL_LENGTH:
        return None
    file.seek(-SEAL_LENGTH, 2)
    end = file.read()
    digest = end[-75:-11].decode("ascii", "replace")
    is_seal = digest.isascii() and end == _seal(digest)
    return digest if is_seal and set(digest) <= set("0123456789abcdef") else None
