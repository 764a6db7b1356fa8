"""Archive: the bytes of a ZIP file flow in, its parts, checked for names and real sizes, flow out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from ingest.checks.report import ResultCode, refusal
from ingest.files.formats import LARGEST_SUM, MOST_PARTS
from rag.domain import Source
from rag.errors import LoadError

LARGEST_PART = 64 * 2**20
LARGEST_MARKUP = 24 * 2**20
"""Bytes of one XML part; a tree of it takes about twenty times as much memory."""

_BLOCK = 2**16
_END_OF_DIRECTORY = b"PK\x05\x06"
_MARKUP = (".xml", ".rels", ".hpf", ".rdf")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def parts(raw: bytes, source: Source, wanted: str = "") -> Mapping[str, bytes]:
    """Every part whose name matches the pattern `wanted`, by name, decompressed within the limits.

    Raises LoadError where the archive is cut off, damaged, locked or too large, where a name leads out of it, or
    where markup declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check(archive.infolist(), source)
            chosen = (info for info in archive.infolist() if not info.is_dir() and re.match(wanted, info.filename))
            return {info.filename: _part(archive, info, source) for info in chosen}
    except LoadError:
        raise
    except Exception as error:  # a damaged archive raises errors of every kind
        code = ResultCode.CORRUPT if _END_OF_DIRECTORY in raw[-66_000:] else ResultCode.TRUNCATED
        raise refusal(source, code, type(error).__name__) from error


def names(raw: bytes) -> frozenset[str]:
    """The names of the parts; none where the archive cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return frozenset(archive.namelist())
    except Exception:  # noqa: BLE001  reading the parts will name the damage
        return frozenset()


def _check(infos: list[zipfile.ZipInfo], source: Source) -> None:
    if any(_leads_out(info.filename) for info in infos):
        raise refusal(source, ResultCode.UNSAFE, "path")
    if len({info.filename for info in infos}) < len(infos):
        raise refusal(source, ResultCode.UNSAFE, "repeated part")
    if any(info.flag_bits & 1 for info in infos):
        raise refusal(source, ResultCode.ENCRYPTED)
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_SUM:
        raise refusal(source, ResultCode.TOO_LARGE, "archive")


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name.split("/")[0]


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Source) -> bytes:
    """A part, read in small blocks: a false declared size ends the reading, not the memory."""
    is_markup = info.filename.lower().endswith(_MARKUP)
    limit = LARGEST_MARKUP if is_markup else LARGEST_PART
    if info.file_size > limit:
        raise refusal(source, ResultCode.TOO_LARGE, info.filename)
    done = bytearray()
    with archive.open(info) as stream:
        while block := stream.read(_BLOCK):
            done += block
    if is_markup and _DOCTYPE.search(done):
        raise refusal(source, ResultCode.UNSAFE, "doctype")
    return bytes(done)
