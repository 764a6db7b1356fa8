"""Reading a backup: a file flows in, checked to its last byte; its description and its files flow out.

What is wrong is refused before anything is written: a byte that is not as it was written, another form, a name that
leads elsewhere, whatever is no plain file, and more than was described.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from rag.generation import GENERATIONS
from server import VERSION
from server.backup import refusals as said
from server.backup.form import (
    BLOCK,
    CHUNK,
    CORPUS,
    DATA,
    DATABASE,
    ENCODING,
    FORMAT,
    NAME,
    SEAL_LENGTH,
    Description,
    Member,
    digest_told,
)
from server.backup.holdings import CACHE, READER
from server.backup.refusals import BackupRefused
from server.store.engine import FILE
from server.store.migrate import is_known
from server.store.rows import SUFFIX

LONGEST_NAME = 4096
LARGEST_DESCRIPTION = 1 << 28
"""Some 200 bytes a file: a million files."""
LONGEST_PART = 255
LATEST = 1 << 33
"""Unix time far beyond any file's."""
SHOWN = 80
_DESCRIPTIONS = TypeAdapter(Description)
_UNREADABLE = (EOFError, zlib.error, OSError, tarfile.HeaderError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup open for reading, as a whole as it was written; `path` is what refusals call it."""

    path: Path
    file: IO[bytes]
    description: Description

    def members(self) -> Iterator[tuple[Member, Iterator[bytes]]]:
        """Every file with its content, which is read to its end before the next. Raises BackupRefused where one is not
        as it is described: of a content, once it has been read.
        """
        with _told(self.path, NAME):
            tar = _tar(self.file)
            _description(tar)
        for member in self.description.members:
            with _told(self.path, member.name):
                head = _next(tar)
            if head != (member.name, member.size):
                raise _damaged(self.path, said.OTHER_MEMBER, member.name)
            yield member, self._content(tar, member)
        with _told(self.path, NAME):
            end = _exactly(tar, 2 * BLOCK)
        if any(end) or tar.read(1):
            raise _damaged(self.path, said.OTHER_MEMBER, NAME)

    def _content(self, tar: IO[bytes], member: Member) -> Iterator[bytes]:
        digest, left = hashlib.sha256(), member.size
        while left:
            with _told(self.path, member.name):
                piece = _exactly(tar, min(CHUNK, left))
            digest.update(piece)
            left -= len(piece)
            yield piece
        with _told(self.path, member.name):
            _exactly(tar, -member.size % BLOCK)
        if digest.hexdigest() != member.sha256:
            raise _damaged(self.path, said.OTHER_CONTENT, member.name)


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """A backup, whose end, digest and description have been checked. Raises BackupRefused."""
    try:
        file = path.open("rb")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise BackupRefused(said.NO_FILE.format(file=path)) from None
    with file:
        digest = digest_told(file)
        if digest is None:
            raise BackupRefused(said.NO_BACKUP.format(file=path))
        if _digest(file) != digest:
            raise BackupRefused(said.CHANGED.format(file=path))
        with _told(path, NAME):
            told = json.loads(_description(_tar(file)))
        yield Backup(path, file, _checked(path, told))


def _digest(file: IO[bytes]) -> str:
    """The digest of all but the seal."""
    left, digest = file.seek(0, 2) - SEAL_LENGTH, hashlib.sha256()
    file.seek(0)
    while left and (piece := file.read(min(CHUNK, left))):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()


def _checked(path: Path, told: object) -> Description:
    """What a backup says of itself, where it can be restored here."""
    form = told.get("format") if isinstance(told, dict) else None
    if form != FORMAT:
        product = told.get("product") if isinstance(told, dict) else None
        if isinstance(form, int) and isinstance(product, str):
            words = said.OTHER_FORM.format(file=path, here=VERSION, form=form, product=product[:SHOWN])
            raise BackupRefused(words)
        raise _damaged(path, said.NO_DESCRIPTION, NAME)
    try:
        description = _DESCRIPTIONS.validate_python(told)
    except ValidationError:
        raise _damaged(path, said.NO_DESCRIPTION, NAME) from None
    names = {member.name for member in description.members}
    parents = {name[:at] for name in names for at, letter in enumerate(name) if letter == "/"}
    for member in description.members:
        is_sound = member.size >= 0 and 0 <= member.changed < LATEST
        if not is_safe(member.name) or not is_sound or member.name in parents:
            raise _damaged(path, said.BAD_NAME, member.name)
    if len(names) != len(description.members):
        raise _damaged(path, said.NO_DESCRIPTION, NAME)
    if description.revision is not None and not is_known(description.revision):
        raise BackupRefused(said.OTHER_TABLES.format(file=path, here=VERSION, product=description.product[:SHOWN]))
    return description


def is_safe(name: str) -> bool:
    """Whether the name of a file of a backup leads to something that a backup may hold, below its root."""
    root, *parts = name.split("/")
    if not parts or any(part in ("", ".", "..") or not _is_short(part) for part in parts):
        return False
    if root == DATABASE:
        return len(parts) == 1 and parts[0].endswith(SUFFIX)
    if root == CORPUS:
        return not parts[0].startswith(".")
    if parts[0] == GENERATIONS:
        return len(parts) > 2 and not parts[1].startswith(".")
    if parts[0] == CACHE:
        return name == f"{DATA}/{READER}"
    return root == DATA and not parts[0].startswith((".", FILE))


def _is_short(part: str) -> bool:
    try:
        return len(part.encode(*ENCODING)) <= LONGEST_PART and "\0" not in part
    except UnicodeEncodeError:
        return False


def _tar(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return gzip.GzipFile(fileobj=file, mode="rb")  # type: ignore[return-value]


def _description(tar: IO[bytes]) -> bytes:
    name, size = _next(tar)
    if name != NAME or size > LARGEST_DESCRIPTION:
        raise ValueError(name)
    return _exactly(tar, size + -size % BLOCK)[:size]


class _NotPlain(Exception):
    pass


def _next(tar: IO[bytes]) -> tuple[str, int]:
    """Name and size of the next file. Raises _NotPlain where it is anything else: a link, a device, a folder …"""
    name = None
    while True:
        head = tarfile.TarInfo.frombuf(_exactly(tar, BLOCK), *ENCODING)
        if head.type == tarfile.GNUTYPE_LONGNAME and name is None and 0 < head.size <= LONGEST_NAME + 1:
            raw = _exactly(tar, head.size + -head.size % BLOCK)[: head.size]
            name = raw.removesuffix(b"\0").decode(*ENCODING)
            continue
        if head.type != tarfile.REGTYPE:
            raise _NotPlain(name or head.name)
        return name or head.name, head.size


def _exactly(tar: IO[bytes], size: int) -> bytes:
    pieces = []
    while size:
        piece = tar.read(size)
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


@contextmanager
def _told(path: Path, name: str) -> Iterator[None]:
    try:
        yield
    except _NotPlain as error:
        raise _damaged(path, said.NOT_PLAIN, str(error)) from None
    except _UNREADABLE as error:
        raise _damaged(path, said.CUT_OFF, name) from error


def _damaged(path: Path, what: str, name: str) -> BackupRefused:
    shown = name.encode("utf-8", "replace").decode("utf-8")[:SHOWN]
    return BackupRefused(said.DAMAGED.format(file=path, what=what.format(name=shown)))
