"""Formats: the bytes of a file flow in, the name of its format flows out; the suffix decides only between texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from ingest.checks.report import ResultCode

LARGEST_FILE = 64 * 2**20
"""Bytes; a file of text and pictures beyond this is an archive, a film or an attack."""
MOST_PARTS, LARGEST_SUM = 5_000, 256 * 2**20
"""Parts of an archive, and bytes of all of them together once they are unpacked."""
WORD_BODY = "word/document.xml"
"""The part of a DOCX file in which its text stands."""
HANGUL_SECTION = re.compile(r"(?:.*/)?section(\d+)\.xml", re.IGNORECASE)
"""A part of an HWPX file in which its text stands, with its number."""

_OLE, _ZIPS, _OLD_HWP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (b"PK\x03\x04", b"PK\x05\x06"), b"HWP Document File"
_PDF_WITHIN = 1024
_BLANK = b"\xef\xbb\xbf \t\r\n\0"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"\s*(?>(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*)<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL)
_MARKDOWN = re.compile(rb"^#{1,6} \S|^\|?[ :]*-{3,}[ :]*\|[ :|-]*$|^\|.+\|[ \r]*$|^<!--", re.MULTILINE)


class NoFormat(Exception):
    """Bytes that nothing here reads; `code` names why, `detail` what they are where that is known."""

    def __init__(self, code: ResultCode, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


def format_of(raw: bytes, name: str, parts: Callable[[], Collection[str]]) -> str:
    """pdf, hwp, hwpx, docx, html, markdown or text; `parts` tells the names in an archive, none where it is damaged.

    Raises NoFormat.
    """
    if b"%PDF-" in raw[:_PDF_WITHIN]:
        return "pdf"
    if not raw.strip(_BLANK):
        raise NoFormat(ResultCode.NO_TEXT)
    if raw.startswith(_OLE):
        return "hwp"
    if raw.startswith(_ZIPS):
        return _of_archive(parts())
    if raw.startswith(_OLD_HWP):
        raise NoFormat(ResultCode.UNSUPPORTED, "HWP 3")
    if b"\0" in raw and not raw.startswith(_UTF16):
        raise NoFormat(ResultCode.UNSUPPORTED)
    if _HTML.match(raw.removeprefix(b"\xef\xbb\xbf")[:4096]):
        return "html"
    if b"\t" not in raw and _MARKDOWN.search(raw):
        return "markdown"
    return "markdown" if name.lower().endswith((".md", ".markdown")) else "text"


def is_archive(raw: bytes) -> bool:
    """Whether bytes begin as those of a ZIP file."""
    return raw.startswith(_ZIPS)


def _of_archive(held: Collection[str]) -> str:
    if WORD_BODY in held:
        return "docx"
    if held and not any(name.startswith("Contents/") or HANGUL_SECTION.fullmatch(name) for name in held):
        raise NoFormat(ResultCode.UNSUPPORTED, "ZIP")
    return "hwpx"
