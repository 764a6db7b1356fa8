"""Loaders: a file of the corpus flows in, its Document flows out; the format is told by the bytes, not the suffix."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from ingest.checks.report import ResultCode, refusal
from ingest.files.formats import LARGEST_FILE, NoFormat, format_of
from ingest.files.opening import NotAFile, StillWritten, contents
from ingest.loaders import docx, html, markdown, text
from ingest.loaders.archive import names
from ingest.loaders.hangul import hwp, hwpx
from ingest.loaders.pages import pdf
from rag.domain import Document, Source

_READERS: dict[str, Callable[[bytes, Source], Document]] = {
    "hwp": hwp.read,
    "hwpx": hwpx.read,
    "docx": docx.read,
    "html": html.read,
    "markdown": markdown.read,
    "text": text.read,
}


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
    try:
        format_ = format_of(raw, source.path, lambda: names(raw))
    except NoFormat as error:
        raise refusal(source, error.code, error.detail) from error
    return pdf.read(raw, source, still) if format_ == "pdf" else _READERS[format_](raw, source)
