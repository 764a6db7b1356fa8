"""Manifest: good folders give entries, bad ones one sentence with the line and the remedy."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from ingest.manifest import inferred, read_manifest
from rag.domain import Document, Heading, Paragraph, Rank, Source
from rag.errors import CorpusError

HEADER = "id,file,title,publisher,published_on,source_url\n"


def folder_with(tmp_path: Path, manifest: str, *files: str) -> Path:
    (tmp_path / "manifest.csv").write_text(manifest, "utf-8")
    for name in files:
        (tmp_path / name).write_text("내용", "utf-8")
    return tmp_path


def refusal(folder: Path) -> str:
    with pytest.raises(CorpusError) as caught:
        read_manifest(folder)
    return str(caught.value)


def test_every_row_becomes_an_entry_in_order(tmp_path: Path) -> None:
    rows = "b,b.txt,둘째,기관,2026-02,https://example.org/b\na,a.txt,첫째,,,\n"
    second, first = read_manifest(folder_with(tmp_path, HEADER + rows, "a.txt", "b.txt"))
    assert (second.id, second.title, second.publisher, second.published_on) == ("b", "둘째", "기관", "2026-02")
    assert second.url == "https://example.org/b"
    assert (first.id, first.publisher, first.published_on, first.url) == ("a", "", "", None)
    assert first.listed and second.listed


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_manifest_saved_by_any_usual_program_reads_the_same(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "manifest.csv").write_bytes((HEADER + "a,a.txt,지원사업,기관,2026,\n").encode(encoding))
    (tmp_path / "a.txt").write_text("내용", "utf-8")
    assert [entry.title for entry in read_manifest(tmp_path)] == ["지원사업"]


def test_more_columns_and_blank_rows_are_allowed(tmp_path: Path) -> None:
    manifest = "note," + HEADER + '"쉼표, 있음",a,a.txt,제목,,,\n\n,,,,,,\n'
    assert [entry.id for entry in read_manifest(folder_with(tmp_path, manifest, "a.txt"))] == ["a"]


def test_the_rank_that_staff_give_is_kept_and_a_file_without_a_row_has_the_least(tmp_path: Path) -> None:
    manifest = HEADER.replace("source_url", "source_url,rank") + "a,a.txt,제목,,,,Staff\nb,b.txt,제목,,,,\n"
    entries = read_manifest(folder_with(tmp_path, manifest, "a.txt", "b.txt", "b.md"))
    assert [entry.source(b"").rank for entry in entries] == [Rank.STAFF, None, Rank.UNLISTED]


def test_an_unknown_rank_is_refused_with_those_there_are(tmp_path: Path) -> None:
    manifest = HEADER.replace("source_url", "source_url,rank") + "a,a.txt,제목,,,,best\n"
    said = refusal(folder_with(tmp_path, manifest, "a.txt"))
    assert "rank 'best'" in said and "staff" in said and "2행" in said


def test_a_decomposed_file_name_is_found_by_its_composed_name(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "안내서.txt")
    folder = folder_with(tmp_path, HEADER + "a,안내서.txt,제목,,,\n", decomposed)
    (entry,) = read_manifest(folder)
    assert entry.path.read_text("utf-8") == "내용"
    assert entry.file == "안내서.txt"


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("id,file,title\na,a.txt,제목\n", ["1행", "publisher", "source_url"]),
        (HEADER + "a,a.txt,제목,,,\na,b.txt,제목,,,\n", ["3행", "id 'a'"]),
        (HEADER + "a,a.txt,제목,,,\nb,a.txt,제목,,,\n", ["3행", "file 'a.txt'"]),
        (HEADER + "가,a.txt,제목,,,\n", ["2행", "id '가'"]),
        (HEADER + "..,a.txt,제목,,,\n", ["2행", "id '..'"]),
        (HEADER + "a,,제목,,,\n", ["2행", "file"]),
        (HEADER + "a,../a.txt,제목,,,\n", ["2행", "밖"]),
        (HEADER + "a,/etc/passwd,제목,,,\n", ["2행", "밖"]),
        (HEADER + "a,a.txt,제목,,2026/02/04,\n", ["2행", "2026/02/04"]),
        (HEADER + "a,a.txt,제목,,2026-02-30,\n", ["2행", "2026-02-30"]),
        (HEADER + "a,a.txt,제목,,,javascript:alert(1)\n", ["2행", "source_url"]),
        (HEADER + "a,a.txt,제목, 쉼표,있는 기관,,\n", ["2행", "큰따옴표"]),
        (HEADER + 'a,a.txt,"제목,,,\n', ["CSV"]),
        ("", ["1행", "id, file"]),
    ],
)
def test_a_wrong_manifest_is_refused_with_its_line_and_remedy(tmp_path: Path, manifest: str, said: list[str]) -> None:
    message = refusal(folder_with(tmp_path, manifest, "a.txt"))
    assert all(word in message for word in ["manifest.csv", *said])
    assert message.endswith(".")


def test_a_folder_without_a_manifest_or_no_folder_is_refused(tmp_path: Path) -> None:
    assert "manifest.csv" in refusal(tmp_path)
    assert "폴더가 없습니다" in refusal(tmp_path / "none")


def test_files_without_a_row_follow_with_safe_distinct_ids(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, HEADER + "a,a.txt,제목,,,\n", "a.txt", "a.md", "공고 2026.txt", "new-1.txt")
    extra = [entry for entry in read_manifest(folder) if not entry.listed]
    assert {entry.file for entry in extra} == {"a.md", "공고 2026.txt", "new-1.txt"}
    ids = [entry.id for entry in read_manifest(folder)]
    assert len(set(ids)) == 4
    assert all(id_.isascii() and " " not in id_ for id_ in ids)
    assert "new-1" in ids


def test_what_is_no_evidence_is_not_read(tmp_path: Path) -> None:
    names = (
        "lexicon.yaml",
        "pack.yaml",
        "regions.yaml",
        "overrides.yaml",
        "CORRECTIONS.md",
        "README.md",
        "typeset.py",
        ".hidden",
    )
    folder = folder_with(tmp_path, HEADER, *names)
    (folder / "src").mkdir()
    (folder / "src" / "a.md").write_text("내용", "utf-8")
    assert read_manifest(folder) == ()


def test_a_row_without_a_file_is_still_an_entry(tmp_path: Path) -> None:
    (entry,) = read_manifest(folder_with(tmp_path, HEADER + "a,a.txt,제목,,,\n"))
    assert not entry.path.exists()


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("보도시점 2026. 2. 4.(수)", "2026-02-04"),
        ("2025-07-30 14:34", "2025-07-30"),
        ("2025년 5월 공고", "2025-05"),
        ("2025. 05.", "2025-05"),
        ("2026년 지원사업", ""),
        ("전화 2026-0300-1", ""),
        ("문의 1644-8000", ""),
    ],
)
def test_title_and_date_are_inferred_only_from_what_is_plain_to_see(line: str, date: str) -> None:
    source = Source("a", "a.txt", "", "", "", None, "")
    seen = inferred(Document(source, (Paragraph(1, line), Heading(1, 1, "AI 지원사업 공고")), 1))
    assert (seen.title, seen.published_on) == ("AI 지원사업 공고", date)


def test_a_document_without_headings_is_titled_by_its_first_line() -> None:
    source = Source("a", "a.txt", "", "", "", None, "")
    assert inferred(Document(source, (Paragraph(1, "첫 줄\n둘째 줄"),), 1)).title == "첫 줄"
