"""Arriving: a file that somebody sent flows in; its format and the name it may have in the corpus folder flow out."""

from __future__ import annotations

import os
import struct
import unicodedata
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from ingest.checks.report import ResultCode
from ingest.files.formats import LARGEST_FILE, LARGEST_SUM, MOST_PARTS, NoFormat, format_of, is_archive
from ingest.files.manifest import SUFFIXES, is_ignored

OF_FORMAT = {
    "pdf": (".pdf",),
    "hwp": (".hwp",),
    "hwpx": (".hwpx",),
    "docx": (".docx",),
    "html": (".html", ".htm"),
    "markdown": (".md", ".txt"),
    "text": (".txt",),
}
"""The suffixes that a format may have; the first is given to a file that has none of them."""
LONGEST_NAME = 150
"""Bytes of a name without its suffix; systems admit 255 of the whole, and a name is prefixed while it is written."""
HEAD = 2**20
"""Bytes by which a file that is no archive is told."""
MOST_DIRECTORY = 2**20
"""Bytes of the list of parts of an archive; one of 5,000 parts has half of it."""

_END = struct.Struct("<4s4xHHII2x")
_NOT_IN_NAMES = frozenset('<>:"|?*')


def format_sent(file: BinaryIO, name: str) -> str:
    """The format of a file by its bytes, and what they unpack to by what they declare; `name` decides between texts.

    Raises NoFormat where nothing here reads it. Whether it can be read through is told once it is, in a process of its
    own.
    """
    if file.seek(0, os.SEEK_END) > LARGEST_FILE:
        raise NoFormat(ResultCode.TOO_LARGE)
    file.seek(0)
    head = file.read(HEAD)
    names = _parts(file) if is_archive(head) else ()
    return format_of(head, name, lambda: names)


def safe_name(sent: str, format_: str) -> str:
    """The name in the corpus folder of a file that came under another: one that leads nowhere, hides nothing, shows
    the format that it has, and is none of those by which the folder is managed.
    """
    last = unicodedata.normalize("NFC", sent).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(_plain(letter) for letter in last)
    path = PurePosixPath(" ".join(plain.split()).lstrip(". ") or "document")
    allowed = OF_FORMAT[format_]
    is_told = path.suffix.lower() in SUFFIXES
    suffix = path.suffix if path.suffix.lower() in allowed else allowed[0]
    stem = _cut(path.stem if is_told else path.name).strip(". ") or "document"
    return f"doc-{stem}{suffix}" if is_ignored(f"{stem}{suffix}") else f"{stem}{suffix}"


def _plain(letter: str) -> str:
    """A letter as it may stand in a name: no control, no mark that turns the way of writing, none that shells read."""
    if unicodedata.category(letter)[0] == "C":
        return ""
    return "_" if letter in _NOT_IN_NAMES else letter


def _cut(stem: str) -> str:
    return stem.encode()[:LONGEST_NAME].decode("utf-8", "ignore")


def _parts(file: BinaryIO) -> tuple[str, ...]:
    """The names of the parts of an archive; none where it is damaged, which reading it will name.

    Raises NoFormat where it holds more than may be unpacked; its list of parts is read only where that is short.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        return ()
    _, _, count, length, _ = _END.unpack_from(tail, at)
    # What a second list in the wide form declares would be read instead.
    is_wide = tail[max(0, at - 20) : at].startswith(b"PK\x06\x07")
    if is_wide or count > MOST_PARTS or length > MOST_DIRECTORY:
        raise NoFormat(ResultCode.TOO_LARGE, "archive")
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except Exception:  # noqa: BLE001 - a damaged archive raises errors of every kind
        return ()
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_SUM:
        raise NoFormat(ResultCode.TOO_LARGE, "archive")
    return tuple(info.filename for info in infos)
