"""What the embedder does not read to its end is a finding of its document, with pages, words and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.checks.unread import unread
from ingest.pipeline import sync
from rag.domain import Chunk, Document, Paragraph, ReviewCode, Source
from rag.embedders import open_embedder
from rag.generation import open_catalogue
from tests.ingest.test_pipeline import Digests
from tests.rag.tiny_models import needs_models, tiny_model

SOURCE = Source("one", "one.pdf", "안내", "나래부", "2026-02", None, "d")
DOCUMENT = Document(SOURCE, (Paragraph(1, "글"),), 9)
LONG = "이 사업은 모든 중소기업이 신청할 수 있으며 지원내용은 아래와 같습니다. " * 12


class Short(Digests):
    """Reads so many characters of a text."""

    longest = 40

    def unread(self, texts: Sequence[str]) -> list[float]:
        return [max(0.0, 1 - self.longest / max(len(text), 1)) for text in texts]


def chunk(number: int, text: str, source_id: str = "one") -> Chunk:
    return Chunk(f"c{number}", source_id, "나래 융자", "", "", (number, number), text)


def test_texts_read_whole_are_no_finding() -> None:
    assert list(unread([chunk(1, "짧은 글")], [DOCUMENT], Short())) == []
    assert list(unread([chunk(1, LONG)], [DOCUMENT], Digests())) == []
    assert list(unread([], [], Short())) == []


def test_one_finding_a_document_names_pages_and_count_and_quotes_the_longest_end() -> None:
    end = "여기부터 읽지 않습니다"
    cut = [chunk(2, "나" * 39 + end), chunk(5, "가" * 41), chunk(7, "짧은 글")]
    (item,) = unread(cut, [DOCUMENT], Short())
    assert (item.code, item.file, item.pages, item.program) == (ReviewCode.UNREAD, "one.pdf", (2, 5), "나래 융자")
    assert "2개" in item.message and "(2, 5쪽)" in item.message
    assert item.quote == end
    assert item.message.endswith(".") and item.action.endswith("주세요.")


def test_pages_nobody_knows_are_not_told() -> None:
    whole = replace(DOCUMENT, source=replace(SOURCE, paged=False))
    (item,) = unread([chunk(1, LONG)], [whole], Short())
    assert "쪽" not in item.message


def test_each_document_has_its_own() -> None:
    other = replace(DOCUMENT, source=replace(SOURCE, id="two", path="two.pdf"))
    items = unread([chunk(1, LONG), chunk(2, LONG, "two")], [DOCUMENT, other], Short())
    assert [item.file for item in items] == ["one.pdf", "two.pdf"]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "long.md").write_text(f"# 나래 융자 공고\n\n{LONG}\n", "utf-8")
    (folder / "manifest.csv").write_text(
        "id,file,title,publisher,published_on,source_url\nlong,long.md,나래 융자 공고,나래부,2026-02,\n", "utf-8"
    )
    return folder


@pytest.mark.long
@needs_models
def test_a_sync_with_a_real_model_lists_it_and_so_does_the_review_afterwards(corpus: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    model = open_embedder(str(tiny_model(tmp_path, longest=64)), data)
    tried = sync(corpus, data, model, built_at="2026-03-01T09:00:00+09:00", dry_run=True)
    done = sync(corpus, data, model, built_at="2026-03-01T09:00:00+09:00")
    (item,) = (item for item in done.review if item.code is ReviewCode.UNREAD)
    assert item in tried.review
    assert item.file == "long.md" and item.quote and item.quote in LONG
    _, books = open_catalogue(data)
    assert item in books.review()
    books.close()


@pytest.mark.long
@needs_models
def test_a_model_that_reads_more_has_nothing_to_list(corpus: Path, tmp_path: Path) -> None:
    model = open_embedder(str(tiny_model(tmp_path)), tmp_path)
    report = sync(corpus, tmp_path / "data", model, built_at="2026-03-01T09:00:00+09:00")
    assert ReviewCode.UNREAD not in {item.code for item in report.review}
