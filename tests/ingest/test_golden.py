"""What each stage makes of one small notice, kept beside it in `tests/golden` (see the README there)."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from ingest.loaders import load
from ingest.text.chunks import chunks
from ingest.text.clean import clean
from ingest.text.sections import sections
from rag.domain import Block, Document, Heading, Source, Table

HERE = Path(__file__).parents[1] / "golden"
SOURCE = Source("notice", "notice.txt", "가람 스마트 훈련 참여기업 모집 공고", "가람 훈련원", "2026", None, "")


def document() -> Document:
    return clean(load(HERE / "notice.txt", SOURCE), ())


def shown_block(block: Block) -> str:
    if isinstance(block, Table):
        rows = ("\t".join("^^" if cell is None else cell for cell in row).rstrip() for row in block.rows)
        return "\n".join(f"{block.page} table      {row}" for row in rows)
    kind = f"heading {block.level}" if isinstance(block, Heading) else "paragraph"
    return f"{block.page} {kind:10} {block.text}"


def blocks_shown() -> Iterable[str]:
    return (shown_block(block) for block in document().blocks)


def sections_shown() -> Iterable[str]:
    return (f"[{' > '.join(section.path)}] {section.pages}\n{section.text}\n" for section in sections(document()))


def chunks_shown() -> Iterable[str]:
    read = document()
    found = chunks(read, sections(read), ())
    return (f"{chunk.id} {chunk.pages}\n{chunk.context}\n{chunk.text}\n" for chunk in found)


@pytest.mark.parametrize("stage", [blocks_shown, sections_shown, chunks_shown], ids=["blocks", "sections", "chunks"])
def test_every_stage_makes_of_the_notice_what_it_did(stage: object, request: pytest.FixtureRequest) -> None:
    assert callable(stage)
    name = request.node.callspec.id
    file = HERE / f"notice.{name}.txt"
    made = "\n".join(stage()) + "\n"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(made, "utf-8")
    assert made == file.read_text("utf-8")
