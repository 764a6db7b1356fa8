"""Reading: one Entry of the corpus flows in, its clean Document or the reason there is none flows out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.clean import Repairs, clean
from ingest.manifest import Entry, inferred
from ingest.report import ResultCode, refusal
from rag.domain import Chunk, Document, Program, Section, Source, SourceResult
from rag.errors import LoadError

Load = Callable[[Path, Source], Document]

HANGUL_KEPT = (".hwp", ".hwpx")
"""A file with the same stem and one of these suffixes stands in for a PDF that lost its Hangul."""

_MISSING_KEPT = "manifest.csv에는 있으나 파일이 없어 이전 판의 내용을 그대로 씁니다. 파일을 넣거나 행을 지워 주세요."
_REPLACED = "한글이 빠진 채 저장된 PDF라 {name}을(를) 대신 읽었습니다. 이 PDF는 지워도 됩니다."


@dataclass(frozen=True, slots=True)
class Reading:
    """One source as far as the pipeline has come; `document` is `None` where there is none to index.

    A source that `failed` keeps the whole sync from going on.
    """

    source: Source
    code: ResultCode
    note: str
    document: Document | None
    failed: bool = False
    sections: tuple[Section, ...] = ()
    programs: tuple[Program, ...] = ()
    chunks: tuple[Chunk, ...] = ()

    @property
    def result(self) -> SourceResult:
        """What the report says of this source."""
        return SourceResult(
            source_id=self.source.id,
            file=self.source.path,
            code=self.code,
            note=self.note,
            pages=self.document.page_count if self.document else 0,
            chunks=len(self.chunks),
            programs=len(self.programs),
        )


def read(entry: Entry, earlier: Document | None, repairs: Repairs, load: Load) -> Reading:
    """Read and clean one file; where the file is gone, the document read from it earlier stands in."""
    if not entry.path.is_file():
        if earlier:
            return Reading(earlier.source, ResultCode.MISSING, _MISSING_KEPT, earlier)
        return Reading(entry.source(b""), ResultCode.MISSING, ResultCode.MISSING.sentence, None, failed=True)
    try:
        document = clean(load(entry.path, entry.source(entry.raw())), repairs)
    except LoadError as error:
        return _unread(entry, error)
    except OSError:
        return _unread(entry, refusal(entry.source(b""), ResultCode.UNOPENED))
    return _noted(entry, document if entry.listed else replace(document, source=inferred(document)))


def _unread(entry: Entry, error: LoadError) -> Reading:
    code = ResultCode(error.code)
    whole = next((path for path in _siblings(entry.path) if path.is_file()), None)
    if code is ResultCode.LOST_HANGUL and whole:
        return Reading(entry.source(b""), code, _REPLACED.format(name=whole.name), None)
    return Reading(entry.source(b""), code, str(error), None, failed=True)


def _siblings(path: Path) -> Iterator[Path]:
    stem = unicodedata.normalize("NFC", path.stem)
    for other in sorted(path.parent.iterdir()):
        if other.suffix.lower() in HANGUL_KEPT and unicodedata.normalize("NFC", other.stem) == stem:
            yield other


def _noted(entry: Entry, document: Document) -> Reading:
    """The reading of a document with what its reader noticed; the first sign gives the code."""
    codes = [ResultCode(sign) for sign in document.signs]
    codes += [] if entry.listed else [ResultCode.INFERRED]
    return Reading(document.source, codes[0] if codes else ResultCode.OK, _sentences(codes), document)


def _sentences(codes: Sequence[ResultCode]) -> str:
    return " ".join(code.sentence for code in codes)


def absent(document: Document, *, remove: bool) -> Reading:
    """A source of the served generation that neither the folder nor the manifest has any more."""
    code = ResultCode.REMOVED if remove else ResultCode.KEPT
    return Reading(document.source, code, code.sentence, None if remove else document)
