"""Pictures of pages: a document, a page and a quote flow in; the page with the quote lit, drawn or as text, flows out.

A PDF may be anybody's: a process of its own draws it, within a time and a memory, and nothing of it is read here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from pydantic import BaseModel, Field

from rag.domain import Source
from rag.lit import lit
from rag.settings import INSTALLATION
from rag.store import Originals
from server.desks.desks import Desk

CHILD = "ingest.files.picturing"
LONGEST_S = 15.0
MEMORY = 2**30
"""Bytes of address space that drawing may take on top of what the process holds."""
LARGEST = 2**25
"""Bytes of a picture."""
KEPT = 2**25
"""Bytes of pictures that are kept, the last ones seen."""
AT_ONCE = 2
PATIENCE_S = 10.0
NO_DOCUMENT = "그런 문서가 없습니다. GET /v1/corpus/documents에서 id를 확인해 주세요."
NO_PAGE = "그런 쪽이 없습니다. 이 문서는 {pages}쪽까지 있습니다."
NO_PICTURE = "그림으로 볼 수 있는 것은 PDF뿐입니다. 주소 끝의 .png를 .json으로 바꿔 글로 보세요."
FAULTS = {
    "missing": "원본 파일이 자료 폴더에 없습니다. 파일을 다시 넣어 주세요.",
    "changed": "원본이 색인한 뒤 바뀌었습니다. 'jiwon sync'를 실행한 뒤 다시 봐 주세요.",
    "broken": "이 쪽을 그리지 못했습니다. 주소 끝의 .png를 .json으로 바꿔 글로 보세요.",
}
BUSY = "다른 쪽을 그리고 있습니다. 잠시 뒤 다시 시도해 주세요."


class PageOut(BaseModel):
    """The text of one page; `spans` are the letters lit, the first and the one behind the last, counted from 0."""

    document: str = Field(description="문서의 id")
    page: int = Field(description="몇째 쪽인지. 쪽이 없는 문서는 1")
    pages: int = Field(description="모두 몇 쪽인지")
    text: str = Field(description="그 쪽의 글")
    spans: list[list[int]] = Field(description="표시할 글자의 처음과 끝(0부터, 끝은 다음 글자)")
    html: str = Field(description="같은 글을 HTML로. 표시할 곳은 <mark>로 감쌌고 나머지는 모두 글자 그대로입니다.")


@dataclass(frozen=True, slots=True)
class Failed(Exception):
    """Why there is no picture: a status and a Korean sentence."""

    status: int
    detail: str


@dataclass(slots=True)
class Pictures:
    """Pictures of the pages of a corpus, the last ones kept; safe to share between threads."""

    originals: Originals
    _kept: OrderedDict[tuple[str, int, str], bytes] = field(default_factory=OrderedDict)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _drawing: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))

    def of(self, source: Source | None, page: int, mark: str) -> bytes:
        """A PNG of a page (from 1) with the mark lit. Raises Failed, StorageUnavailable."""
        path = self._path(source)
        assert source is not None
        key = source.digest, page, mark
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        if not self._drawing.acquire(timeout=PATIENCE_S):
            raise Failed(503, BUSY)
        try:
            png = _drawn(path, source.digest, page, mark)
        finally:
            self._drawing.release()
        with self._guard:
            self._kept[key] = png
            while sum(map(len, self._kept.values())) > KEPT:
                self._kept.popitem(last=False)
        return png

    def _path(self, source: Source | None) -> Path:
        if source is None:
            raise Failed(404, NO_DOCUMENT)
        root = self.originals.corpus_dir.resolve()
        path = (root / source.path).resolve()
        if path.suffix.lower() != ".pdf":
            raise Failed(404, NO_PICTURE)
        if not path.is_relative_to(root):
            raise Failed(404, FAULTS["missing"])
        # Without a store whoever draws it says whether it is there and as it was.
        return (self.originals.url and self.originals.found(source.path, source.digest)) or path


def page_text(desk: Desk, source_id: str, page: int, mark: str) -> PageOut | str:
    """The text of a page as it was read, with the mark lit; a sentence where there is none."""
    document = desk.catalogue.document(source_id)
    if document is None:
        return NO_DOCUMENT
    if page > document.page_count:
        return NO_PAGE.format(pages=document.page_count)
    text = document.page_text(page)
    spans = lit(text, mark)
    return PageOut(
        document=source_id,
        page=page,
        pages=document.page_count,
        text=text,
        spans=[list(span) for span in spans],
        html=_marked(text, spans),
    )


def _marked(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    parts, at = [], 0
    for first, end in sorted(spans):
        if first >= at:
            parts += [escape(text[at:first]), "<mark>", escape(text[first:end]), "</mark>"]
            at = end
    return "".join((*parts, escape(text[at:])))


def _drawn(path: Path, digest: str, page: int, mark: str) -> bytes:
    """What the other process makes of a page. Raises Failed."""
    asked = {"path": str(path), "digest": digest, "page": page, "mark": mark, "memory": MEMORY}
    known = os.pathsep.join([str(INSTALLATION), *filter(None, [os.environ.get("PYTHONPATH")])])
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", CHILD],  # the code of this installation, whatever the folder at hand holds
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_S,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": known, "MALLOC_ARENA_MAX": "2"},
        )
        told, _, png = done.stdout.partition(b"\n")
        said = json.loads(told)
    except (subprocess.TimeoutExpired, OSError, ValueError):
        raise Failed(404, FAULTS["broken"]) from None
    if said["fault"] == "no_page":
        raise Failed(404, NO_PAGE.format(pages=said["pages"]))
    if said["fault"] or done.returncode or len(png) > LARGEST:
        raise Failed(404, FAULTS.get(said["fault"], FAULTS["broken"]))
    return png
