"""Loaders: a file of the corpus flows in, its Document flows out; the format is told by the bytes, not the suffix."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from ingest.loaders import markdown, pdf, text
from rag.domain import Document, Source
from rag.errors import LoadError

_READERS: dict[str, Callable[[bytes, Source], Document]] = {
    "pdf": pdf.read,
    "markdown": markdown.read,
    "text": text.read,
}
_BINARY = {b"\xd0\xcf\x11\xe0": "HWP 같은 OLE 문서", b"PK": "HWPX·DOCX 같은 ZIP 문서", b"HWP Document": "옛 HWP 문서"}
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MARKDOWN = re.compile(rb"^#{1,6} \S|^\|?[ :]*-{3,}[ :]*\|[ :|-]*$|^\|.+\|[ \r]*$|^<!--", re.MULTILINE)


def load(path: Path, source: Source) -> Document:
    """Read one file. Raises LoadError naming the file where it is damaged, locked, empty or of an unknown format."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LoadError(
            f"{source.path}: 파일을 열 수 없습니다({error.strerror}). 권한과 위치를 확인해 주세요."
        ) from error
    return _READERS[_format(raw, source)](raw, source)


def _format(raw: bytes, source: Source) -> str:
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    for signature, name in _BINARY.items():
        if raw.startswith(signature):
            raise _unreadable(source, name)
    if b"\0" in raw and not raw.startswith(_UTF16):
        raise _unreadable(source, "알 수 없는 이진 파일")
    if b"\t" not in raw and _MARKDOWN.search(raw):
        return "markdown"
    return "markdown" if source.path.lower().endswith((".md", ".markdown")) else "text"


def _unreadable(source: Source, name: str) -> LoadError:
    return LoadError(f"{source.path}: 아직 읽을 수 없는 형식입니다({name}). PDF, MD, TXT로 바꿔 넣어 주세요.")
