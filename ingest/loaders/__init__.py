"""Loaders: a file of the corpus flows in, its Document flows out; the format is told by the bytes, not the suffix."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

from ingest.checks.report import ResultCode, refusal
from ingest.files.opening import NotAFile, StillWritten, contents
from ingest.loaders import docx, html, markdown, text
from ingest.loaders.archive import names
from ingest.loaders.hangul import hwp, hwpx
from ingest.loaders.pages import pdf
from rag.domain import Document, Source

LARGEST_FILE = 64 * 2**20
"""Bytes; a file of text and pictures beyond this is an archive, a film or an attack."""

_READERS: dict[str, Callable[[bytes, Source], Document]] = {
    "hwp": hwp.read,
    "hwpx": hwpx.read,
    "docx": docx.read,
    "html": html.read,
    "markdown": markdown.read,
    "text": text.read,
}
_OLE, _ZIP, _OLD_HWP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04", b"HWP Document File"
_BLANK = b"\xef\xbb\xbf \t\r\n\0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"\s*(?>(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*)<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL)
_MARKDOWN = re.compile(rb"^#{1,6} \S|^\|?[ :]*-{3,}[ :]*\|[ :|-]*$|^\|.+\|[ \r]*$|^<!--", re.MULTILINE)


def load(path: Path, source: Source, still: Callable[[], None] = lambda: None) -> Document:
    """Read one file; `still` is called before each page of a scan, which takes seconds.

    Raises LoadError, with a named reason, where the file is damaged, locked, empty or of unknown format, or where its
    bytes are not those of the digest that `source` has, if any.
    """
    try:
        raw = contents(path, LARGEST_FILE + 1)
    except NotAFile as error:
        raise refusal(source, ResultCode.NOT_A_FILE) from error
    except StillWritten as error:
        raise refusal(source, ResultCode.CHANGED) from error
    except OSError as error:
        raise refusal(source, ResultCode.UNOPENED, error.strerror or "") from error
    if source.digest and hashlib.sha256(raw).hexdigest() != source.digest:
        raise refusal(source, ResultCode.CHANGED)
    if len(raw) > LARGEST_FILE:
        raise refusal(source, ResultCode.TOO_LARGE)
    if b"%PDF-" in raw[:1024]:
        return pdf.read(raw, source, still)
    return _READERS[_format(raw, source)](raw, source)


def _format(raw: bytes, source: Source) -> str:
    if not raw.strip(_BLANK):
        raise refusal(source, ResultCode.NO_TEXT)
    if raw.startswith(_OLE):
        return "hwp"
    if raw.startswith((_ZIP, b"PK\x05\x06")):
        return _zip_format(raw, source)
    if raw.startswith(_OLD_HWP):
        raise refusal(source, ResultCode.UNSUPPORTED, "HWP 3")
    if b"\0" in raw and not raw.startswith(_UTF16):
        raise refusal(source, ResultCode.UNSUPPORTED)
    if _HTML.match(raw.removeprefix(b"\xef\xbb\xbf")[:4096]):
        return "html"
    if b"\t" not in raw and _MARKDOWN.search(raw):
        return "markdown"
    return "markdown" if source.path.lower().endswith((".md", ".markdown")) else "text"


def _zip_format(raw: bytes, source: Source) -> str:
    held = names(raw)
    if docx.BODY in held:
        return "docx"
    if held and not any(name.startswith("Contents/") or hwpx.SECTION.fullmatch(name) for name in held):
        raise refusal(source, ResultCode.UNSUPPORTED, "ZIP")
    return "hwpx"
