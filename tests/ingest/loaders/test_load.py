"""Loading: the bytes tell the format, and every file that is of none is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.loaders import load
from rag.domain import Heading, Paragraph, Source, Table
from rag.errors import LoadError


def source(name: str) -> Source:
    return Source("a", name, "제목", "", "", None, "")


def write(tmp_path: Path, name: str, raw: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(raw)
    return path


def test_marked_up_text_is_markdown_whatever_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "| 가 | 나 |\n| --- | --- |\n| 다 | ^^ |\n".encode())
    assert load(path, source("a.txt")).blocks == (Table(1, (("가", "나"), ("다", None))),)


def test_text_with_tabs_is_text_even_with_headings(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "# 제목\n가\t나\n".encode())
    assert load(write(tmp_path, "a.txt", path.read_bytes()), source("a.txt")).blocks == (
        Heading(1, 1, "제목"),
        Table(1, (("가", "나"),)),
    )


def test_the_suffix_decides_only_where_the_bytes_do_not(tmp_path: Path) -> None:
    raw = "1. 하나\n2. 둘".encode()
    assert load(write(tmp_path, "a.md", raw), source("a.md")).blocks == (Paragraph(1, "1. 하나"), Paragraph(1, "2. 둘"))
    assert load(write(tmp_path, "a.txt", raw), source("a.txt")).blocks == (Paragraph(1, "1. 하나\n2. 둘"),)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"HWP Document File V3.00 \x1a", "HWP 3"),
        (b"\x89PNG\r\n\x1a\n\0\0", "읽을 수 없는 형식"),
    ],
)
def test_a_format_that_cannot_be_read_is_named(tmp_path: Path, raw: bytes, said: str) -> None:
    with pytest.raises(LoadError, match=said) as caught:
        load(write(tmp_path, "사업.pdf", raw), source("사업.pdf"))
    assert "사업.pdf" in str(caught.value)


def test_a_pdf_with_any_suffix_goes_to_the_pdf_reader(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="잘렸습니다"):
        load(write(tmp_path, "a.txt", b"\n%PDF-1.4 broken"), source("a.txt"))


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"none\.txt"):
        load(tmp_path / "none.txt", source("none.txt"))


def test_a_page_parts_emphasised_names_of_fields_from_their_values(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><body><ul><li><b>누가</b> 상인회 회원</li><li><b>소상공인</b>은 됩니다</li></ul></body></html>", "utf-8"
    )
    found = load(path, Source("a", "a.html", "제목", "", "", None, ""), lambda: None)
    assert [block.text for block in found.blocks] == ["누가: 상인회 회원", "소상공인은 됩니다"]
