"""Manifest: good folders give entries, bad ones one sentence with the line and the remedy."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from ingest.checks.report import ResultCode
from ingest.files.manifest import inferred, read_manifest
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


def test_an_unknown_rank_is_named_with_those_there_are_and_not_used(tmp_path: Path) -> None:
    manifest = HEADER.replace("source_url", "source_url,rank") + "a,a.txt,제목,,,,best\n"
    (tmp_path / "manifest.csv").write_text(manifest, "utf-8")
    (tmp_path / "a.txt").write_text("본문", "utf-8")
    (entry,) = read_manifest(tmp_path)
    assert entry.fault is ResultCode.BAD_ROW and entry.rank is None
    assert "rank 'best'" in entry.note and "staff" in entry.note and "2행" in entry.note


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
        (HEADER + 'a,a.txt,"제목,,,\n', ["CSV"]),
        ("", ["1행", "id, file"]),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused_with_its_line_and_remedy(
    tmp_path: Path, manifest: str, said: list[str]
) -> None:
    message = refusal(folder_with(tmp_path, manifest, "a.txt"))
    assert all(word in message for word in ["manifest.csv", *said])
    assert message.endswith(".")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("가,a.txt,제목,,,", "id '가'"),
        ("..,a.txt,제목,,,", "id '..'"),
        ("a,a.txt,,,,", "title"),
        ("a,a.txt,제목,,2026/02/04,", "2026/02/04"),
        ("a,a.txt,제목,,2026-02-30,", "2026-02-30"),
        ("a,a.txt,제목,,,javascript:alert(1)", "source_url"),
        ("a,a.txt,제목, 쉼표,있는 기관,,", "큰따옴표"),
    ],
)
def test_a_cell_that_is_wrong_is_not_used_and_is_named_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    entry, other = read_manifest(folder_with(tmp_path, f"{HEADER}{row}\nb,b.txt,둘째,,,\n", "a.txt", "b.txt"))
    assert (entry.fault, entry.is_refused, entry.path) == (ResultCode.BAD_ROW, False, tmp_path / "a.txt")
    assert entry.note.startswith("manifest.csv 2행: ") and said in entry.note and entry.note.endswith("주세요.")
    assert not entry.url and entry.published_on == "" and entry.id.isascii()
    assert (other.id, other.fault, other.note) == ("b", None, "")


@pytest.mark.parametrize("file", ["../a.txt", "/etc/passwd", "sub/../a.txt", "a\0.txt"])
def test_a_row_that_leads_out_of_the_folder_is_named_and_never_opened(tmp_path: Path, file: str) -> None:
    (entry,) = (e for e in read_manifest(folder_with(tmp_path, f"{HEADER}a,{file},제목,,,\n", "a.txt")) if e.listed)
    assert (entry.id, entry.fault, entry.is_refused) == ("a", ResultCode.OUTSIDE, True)
    with pytest.raises(OSError):
        entry.raw()


def test_a_row_without_the_name_of_a_file_is_named_by_its_line(tmp_path: Path) -> None:
    (entry,) = read_manifest(folder_with(tmp_path, HEADER + "a,,제목,,,\n"))
    assert (entry.file, entry.fault, entry.is_refused) == ("manifest.csv 2행", ResultCode.BAD_ROW, True)


def test_of_two_rows_with_one_id_both_files_are_read_and_both_rows_named(tmp_path: Path) -> None:
    rows = "a,a.txt,첫째,,,\na,b.txt,둘째,,,\nb,c.txt,셋째,,,\n"
    first, second, third = read_manifest(folder_with(tmp_path, HEADER + rows, "a.txt", "b.txt", "c.txt"))
    assert (first.id, third.id, third.fault) == ("a", "b", None)
    assert second.id not in ("a", "b") and second.title == "둘째"
    assert {first.fault, second.fault} == {ResultCode.DUPLICATE_ID}
    assert "2행" in first.note and "3행" in second.note


def test_of_two_rows_with_one_file_the_first_is_used_and_both_are_named(tmp_path: Path) -> None:
    rows = "a,a.txt,첫째,,,\nb,./a.txt,둘째,,,\nb,a.txt,셋째,,,\n"
    first, second, third = read_manifest(folder_with(tmp_path, HEADER + rows, "a.txt"))
    assert [entry.is_refused for entry in (first, second, third)] == [False, True, True]
    assert {entry.fault for entry in (first, second, third)} == {ResultCode.DUPLICATE_FILE}
    assert len({entry.id for entry in (first, second, third)}) == 3
    assert "쓰지 않았습니다" in second.note and "쓰지 않았습니다" not in first.note


def test_links_out_of_the_folder_and_what_is_no_file_are_named_without_a_row(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("비밀", "utf-8")
    folder_with(folder, HEADER, "a.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "in.txt").symlink_to(folder / "a.txt")
    (folder / "gone.txt").symlink_to(folder / "none.txt")
    (folder / "circle.txt").symlink_to(folder / "circle.txt")
    (folder / "folder.pdf").mkdir()
    (folder / "src").mkdir()
    os.mkfifo(folder / "pipe.txt")
    found = {entry.file: entry for entry in read_manifest(folder)}
    assert set(found) == {"a.txt", "out.txt", "in.txt", "gone.txt", "circle.txt", "folder.pdf", "pipe.txt"}
    assert [file for file, entry in found.items() if entry.fault is ResultCode.OUTSIDE] == ["out.txt"]
    assert found["in.txt"].raw() == found["a.txt"].raw()
    for file in ("out.txt", "gone.txt", "circle.txt", "folder.pdf", "pipe.txt"):
        with pytest.raises(OSError):
            found[file].raw()


def test_a_manifest_that_is_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "manifest.csv")
    assert "열 수 없습니다" in refusal(tmp_path)


def test_names_that_look_alike_or_are_no_text_stay_two_files(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, HEADER, "안내.txt", unicodedata.normalize("NFD", "안내.txt"))
    (folder / os.fsdecode(b"\xff.txt")).write_text("내용", "utf-8")
    entries = read_manifest(folder)
    assert len({entry.id for entry in entries}) == len({entry.path for entry in entries}) == 3
    assert all(entry.file.encode("utf-8") for entry in entries)


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
