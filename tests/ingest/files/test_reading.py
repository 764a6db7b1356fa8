"""Reading: each file has its named result, and a whole sibling stands in for a PDF that lost its Hangul."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.checks.report import ResultCode, refusal
from ingest.files import making
from ingest.files.manifest import Entry, read_manifest
from ingest.files.reading import Reading, read
from ingest.loaders.pages.pdf import has_lost_hangul
from rag.domain import Document, Extent, Source
from tests.ingest.made_files import drawn, hwpx, pdf
from tests.ingest.making import words

HOLES = drawn("BT /F 12 Tf 20 200 Td (2024. 3. 5. \\( \\) 17:00 , \\( , \\) ! 3 5 \\( \\) \\( , , \\)) Tj ET")


class Here:
    """Makes readings in this process."""

    def read(self, path: Path, source: Source, *, listed: bool = True) -> Reading:
        return making.read(path, source, words(), lambda _: None, listed=listed)

    def understand(self, document: Document) -> Reading:
        return making.understood(document, (), words(), lambda _: None)


def result(path: Path, earlier: Document | None = None) -> Reading:
    return read(Entry("a", path.name, path, "제목"), earlier, Here())


def test_a_pdf_without_its_hangul_fails_alone_and_not_beside_a_whole_sibling(tmp_path: Path) -> None:
    path = tmp_path / "공고.pdf"
    path.write_bytes(HOLES)
    alone = result(path)
    assert (alone.code, alone.failed, alone.document) == (ResultCode.LOST_HANGUL, True, None)
    (tmp_path / "공고.hwpx").write_bytes(hwpx())
    beside = result(path)
    assert (beside.code, beside.failed, beside.document) == (ResultCode.LOST_HANGUL, False, None)
    assert "공고.hwpx" in beside.note


def test_the_sibling_takes_over_what_the_manifest_says(tmp_path: Path) -> None:
    row = "call,공고.pdf,펫푸드 공고,농식품부,2024-03-05,https://example.kr/1\n"
    (tmp_path / "manifest.csv").write_text(f"id,file,title,publisher,published_on,source_url\n{row}", "utf-8")
    (tmp_path / "공고.pdf").write_bytes(HOLES)
    (tmp_path / "공고.hwpx").write_bytes(hwpx())
    _, sibling = read_manifest(tmp_path)
    assert (sibling.title, sibling.publisher, sibling.published_on) == ("펫푸드 공고", "농식품부", "2024-03-05")
    assert not sibling.listed


def test_hidden_text_is_reported_and_does_not_fail(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><p>보이는 글</p><p hidden>숨은 글</p></html>", "utf-8")
    seen = result(path)
    assert (seen.code, seen.failed) == (ResultCode.HIDDEN_TEXT, False)
    assert "보이지 않는 글" in seen.note and seen.document is not None


class Refused(Here):
    """May not open files."""

    def read(self, path: Path, source: Source, *, listed: bool = True) -> Reading:
        raise refusal(source, ResultCode.UNOPENED)


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("글", "utf-8")
    seen = read(Entry("a", "a.txt", path), None, Refused())
    assert (seen.code, seen.failed, seen.extent) == (ResultCode.UNOPENED, True, Extent.UNREAD)


@pytest.mark.parametrize("code", [code for code in ResultCode if code is not ResultCode.OK])
def test_every_result_has_a_polite_sentence_with_an_action(code: ResultCode) -> None:
    assert code.sentence.endswith(("주세요.", "지웠습니다."))


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("2024. 3. 5.( ) 17:00 , 2027 5 ! - ( ) , ( , ) 3 5 ( ) , “ ”", True),
        ("\ue012\ue345\ue222" * 20, True),
        ("This guide in English, for foreign companies (2026), has no Hangul at all.", False),
        ("1,234 5,678 9,012 3,456 7,890 1,234 5,678", False),
        ("2026. 3. 5.(목) 17:00까지 ( ) , ( , ) 접수합니다", False),
        ("- 3 -", False),
    ],
)
def test_lost_hangul_is_told_from_other_writing(text: str, lost: bool) -> None:
    assert has_lost_hangul(text) is lost


def test_an_english_pdf_has_lost_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("A notice for companies (2026), with 3 dates: 1, 2, and 3."))
    assert result(tmp_path / "a.pdf").code is ResultCode.OK
