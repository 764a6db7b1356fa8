"""A document has the day of the first sync that saw it as it is, whatever day it is synced again."""

from __future__ import annotations

from pathlib import Path

from ingest.pipeline import sync
from rag.generation import open_catalogue
from tests.ingest.test_pipeline import HEADER, Digests


def collected(corpus: Path, day: int) -> dict[str, str]:
    """The day of each document after a sync on a day."""
    sync(corpus, corpus.parent / "data", Digests(), built_at=f"2026-03-{day:02}T09:00:00+09:00")
    _, books = open_catalogue(corpus.parent / "data")
    try:
        return {source.id: source.collected_on for source in books.sources()}
    finally:
        books.close()


def test_a_document_keeps_the_day_on_which_its_file_came(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "manifest.csv").write_text(HEADER + "a,a.md,가람 공고,가람부,2026-02,\n", "utf-8")
    (corpus / "a.md").write_text("# 가람 공고\n\n가람 바우처 지원사업을 공고합니다.\n", "utf-8")
    assert collected(corpus, 1) == {"a": "2026-03-01"}
    with (corpus / "manifest.csv").open("a", encoding="utf-8") as rows:
        rows.write("b,b.md,나람 공고,나람부,2026-02,\n")
    (corpus / "b.md").write_text("# 나람 공고\n\n나람 바우처 지원사업을 공고합니다.\n", "utf-8")
    assert collected(corpus, 2) == {"a": "2026-03-01", "b": "2026-03-02"}
    (corpus / "a.md").write_text("# 가람 공고\n\n가람 바우처 지원사업을 다시 공고합니다.\n", "utf-8")
    assert collected(corpus, 3) == {"a": "2026-03-03", "b": "2026-03-02"}
