"""Files of notices: bytes that a host calls a document flow in; which kind of document they are flows out."""

from __future__ import annotations

import re

from ingest.files.formats import WORD_BODY
from ingest.loaders.archive import names
from ingest.sources.rows import fields_of

LARGEST_ATTACHMENT = 20 * 2**20
"""Bytes; notices are texts, and what is greater is a film, a catalogue or a drawing."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)


def suffix_of(raw: bytes, *, page: bool = False) -> str:
    """The suffix of a document by its bytes, "" where it is none that is read; HTML counts where a `page` is meant."""
    if b"%PDF-" in raw[:1024]:
        return ".pdf"
    if raw.startswith(_OLE):
        return ".hwp" if b"HWP Document File" in raw else ""  # the format of old sheets and slides as well
    if raw.startswith(b"PK\x03\x04"):
        held = names(raw)
        if WORD_BODY in held:
            return ".docx"
        return ".hwpx" if any(name.startswith("Contents/") for name in held) else ""
    return ".html" if page and _HTML.search(raw[:4096]) else ""


def is_form(name: str) -> bool:
    """Whether a file is one to be filled in, by its name: its blanks would be read as what a programme states."""
    return any(word in name for word in fields_of("forms")["names"])
