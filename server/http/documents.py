"""Originals: the id of a source flows in, its file flows out, shown by the browser where that is safe."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException
from fastapi import Path as Param
from fastapi.responses import FileResponse

from rag.domain import Source
from rag.store import Originals
from server.asking.answering import source_at
from server.desks.desks import Desks

# Anything a browser would run or render as a page of ours is sent as plain text or as a download.
SHOWN = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8"}

GONE = "'{title}' 원본 파일이 자료 폴더에 없습니다. 관리자에게 알려 주세요."
CHANGED = "'{title}' 원본이 색인한 뒤 바뀌었습니다. 관리자가 'jiwon sync'를 실행해야 합니다."

FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            kind.partition(";")[0]: {"schema": {"type": "string"}}
            for kind in (*SHOWN.values(), "application/octet-stream")
        }
    }
}


def original_routes(desks: Desks, originals: Originals) -> APIRouter:
    """`/documents/{id}`: the files that were read."""
    router = APIRouter(tags=["원본"])

    @router.get("/documents/{source_id}", summary="원본 파일", response_class=FileResponse, responses=FILES)
    def document(
        source_id: Annotated[str, Param(description="출처의 문서 id", examples=["guide2026"])],
    ) -> FileResponse:
        return document_response(desks.wait(source_at, source_id), originals)

    return router


def document_response(source: Source | None, originals: Originals) -> FileResponse:
    """The file a source was read from. Raises HTTPException 404 where there is none, or it is another one by now,
    StorageUnavailable.
    """
    if source is None:
        raise HTTPException(404, "그런 문서가 없습니다. 출처의 문서 id를 확인해 주세요.")
    path = originals.found(source.path, source.digest)
    if path is None:
        corpus_dir = originals.corpus_dir
        is_there = (corpus_dir / source.path).resolve().is_relative_to(corpus_dir.resolve())
        said = CHANGED if is_there and (corpus_dir / source.path).is_file() else GONE
        raise HTTPException(404, said.format(title=source.title))
    kind = SHOWN.get(path.suffix.lower())
    return FileResponse(
        path,
        media_type=kind or "application/octet-stream",
        filename=Path(source.path).name,
        content_disposition_type="inline" if kind else "attachment",
    )
