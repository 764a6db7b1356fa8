"""Reading: one Entry of the corpus flows in, its clean Document or the reason there is none flows out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.clean import Repairs, clean
from ingest.loaders import load
from ingest.manifest import Entry, inferred
from ingest.report import ResultCode, SourceResult
from rag.domain import Chunk, Document, Program, Section, Source
from rag.errors import LoadError

_MISSING = "manifest.csv에는 있으나 파일이 없습니다. 파일을 넣거나 행을 지워 주세요."
_MISSING_KEPT = "manifest.csv에는 있으나 파일이 없어 이전 판의 내용을 그대로 씁니다. 파일을 넣거나 행을 지워 주세요."
_INFERRED = "manifest.csv에 없어 제목과 날짜를 글에서 짐작했습니다. 확인하고 행을 넣어 주세요."
_KEPT = "자료 폴더에 없지만 이전 판의 내용을 남겼습니다. 지우려면 --allow-deletions를 붙여 다시 실행해 주세요."
_REMOVED = "자료 폴더에 없어 색인에서 지웠습니다."


@dataclass(frozen=True, slots=True)
class Reading:
    """One source as far as the pipeline has come; `document` is `None` where there is none to index."""

    source: Source
    code: ResultCode
    note: str
    document: Document | None
    sections: tuple[Section, ...] = ()
    programs: tuple[Program, ...] = ()
    chunks: tuple[Chunk, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether this source keeps the whole sync from going on."""
        return self.code is ResultCode.ERROR and self.document is None

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


def read(entry: Entry, earlier: Document | None, repairs: Repairs) -> Reading:
    """Read and clean one file; where the file is gone, the document read from it earlier stands in."""
    if not entry.path.is_file():
        return unchanged(entry, earlier) if earlier else Reading(entry.source(b""), ResultCode.ERROR, _MISSING, None)
    try:
        document = clean(load(entry.path, entry.source(entry.path.read_bytes())), repairs)
    except LoadError as error:
        return Reading(entry.source(b""), ResultCode.ERROR, str(error), None)
    return unchanged(entry, document if entry.listed else replace(document, source=inferred(document)))


def unchanged(entry: Entry, document: Document) -> Reading:
    """The reading of an entry whose document is served as it stands."""
    if not entry.path.is_file():
        return Reading(document.source, ResultCode.ERROR, _MISSING_KEPT, document)
    code, note = (ResultCode.OK, "") if entry.listed else (ResultCode.INFERRED, _INFERRED)
    return Reading(document.source, code, note, document)


def absent(document: Document, *, remove: bool) -> Reading:
    """A source of the served generation that neither the folder nor the manifest has any more."""
    if remove:
        return Reading(document.source, ResultCode.REMOVED, _REMOVED, None)
    return Reading(document.source, ResultCode.KEPT, _KEPT, document)
