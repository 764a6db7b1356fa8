"""Guides flow in as Markdown and as the committed PDFs; the law: the PDFs say what the guides say, whole and ruled."""

from __future__ import annotations

import csv
import re
import shutil
import unicodedata
from functools import cache
from pathlib import Path

import pdfplumber
import pytest
from pypdf import PdfReader

from corpus import typeset

REPO = Path(__file__).resolve().parents[2]
CORPUS = REPO / "corpus"
GUIDES = ("guide2026", "gyeonggi2025", "press2026", "news2025")
BODY_PT = 10.0
PROGRAMMES = 10
Rows = tuple[tuple[str | None, ...], ...]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@cache
def markdown(guide: str) -> str:
    return (CORPUS / "src" / f"{guide}.md").read_text("utf-8")


@cache
def pdf_lines(guide: str) -> tuple[tuple[str, ...], ...]:
    """The PDF's lines, page by page, without running head (which page 1 has not) and page number."""
    pages = [page.extract_text().splitlines() for page in PdfReader(CORPUS / f"{guide}.pdf").pages]
    return tuple(tuple(lines[min(number, 1) : -1]) for number, lines in enumerate(pages))


@cache
def pdf_text(guide: str) -> str:
    """The PDF's words without white space, running head and page numbers."""
    return bare("".join(line for lines in pdf_lines(guide) for line in lines))


@cache
def pdf_tables(guide: str) -> tuple[Rows, ...]:
    """The PDF's tables; a table continued on the next page under the same header is one table."""
    tables: list[Rows] = []
    with pdfplumber.open(CORPUS / f"{guide}.pdf") as pdf:
        for page in pdf.pages:
            for place, rows in enumerate(page.extract_tables()):
                cells = tuple(tuple(None if cell is None else bare(cell) for cell in row) for row in rows)
                top = bare(page.extract_text().splitlines()[1])
                continued = place == 0 and top == "".join(cell or "" for cell in cells[0]) and tables[-1][0] == cells[0]
                tables[-1:] = [tables[-1] + cells[1:]] if continued else [*tables[-1:], cells]
    return tuple(tables)


@cache
def source_tables(guide: str) -> tuple[Rows, ...]:
    """The guide's tables as a PDF reader should see them: a merged cell is `None`."""
    groups = re.findall(r"(?:^\|.*\n)+", markdown(guide) + "\n", re.MULTILINE)
    tables = []
    for group in groups:
        lines = [line for line in group.splitlines() if not re.fullmatch(r"[|\s-]+", line)]
        cells = [[bare(cell.replace("<br>", " ")) for cell in line.strip("|").split("|")] for line in lines]
        tables.append(tuple(tuple(None if cell == "^^" else cell for cell in row) for row in cells))
    return tuple(tables)


def lines_outside_tables(guide: str) -> list[str]:
    lines = [line for line in markdown(guide).splitlines() if line and not line.startswith(("|", "<!--"))]
    return [bare(re.sub(r"^(?:#+|-) |\*\*", "", line)) for line in lines]


@pytest.fixture(scope="module")
def fonts() -> Path:
    try:
        return typeset.font_folder(Path("/usr/share/fonts"))
    except typeset.TypesetError:
        pytest.skip("NanumGothic is not installed")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_table_of_the_guide_comes_back_from_the_pdf_with_merged_cells_as_none(guide: str) -> None:
    assert pdf_tables(guide) == source_tables(guide)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_line_of_the_guide_stands_in_the_text_of_the_pdf(guide: str) -> None:
    assert [line for line in lines_outside_tables(guide) if line not in pdf_text(guide)] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_table_cell_of_the_guide_stands_in_the_text_of_the_pdf(guide: str) -> None:
    cells = {cell for table in source_tables(guide) for row in table for cell in row if cell}
    assert sorted(cell for cell in cells if cell not in pdf_text(guide)) == []


@pytest.mark.parametrize("guide", GUIDES)
def test_the_text_of_the_pdf_is_composed_korean_without_broken_characters(guide: str) -> None:
    text = pdf_text(guide)
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[\x00-\x1f\ufb00-\ufb06\ufffd\ue000-\uf8ff]|\(cid:", text)
    assert len(re.findall(r"[가-힣]", text)) > len(text) * 0.5


@pytest.mark.parametrize("guide", GUIDES)
def test_a_line_of_the_pdf_ends_where_a_word_ends(guide: str) -> None:
    # pypdf may glue the words of a merged cell to the row beside it, so a line ends well when a whole word ends it.
    words = tuple(word for word in re.split(r"[\s|*]+|<br>", markdown(guide)) if len(word) > 1)
    ends = [
        line.split()[-1] for lines in pdf_lines(guide) for line in lines if re.search(r"[가-힣]{2}$", line.rstrip())
    ]
    assert ends
    assert [end for end in ends if not end.endswith(words)] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_headings_are_larger_the_higher_they_stand(guide: str) -> None:
    marked = {bare(words): len(marks) for marks, words in re.findall(r"^(#+) (.+)$", markdown(guide), re.MULTILINE)}
    sizes: dict[int, set[float]] = {}
    with pdfplumber.open(CORPUS / f"{guide}.pdf") as pdf:
        title = max(char["size"] for char in pdf.pages[0].chars)
        pages = [page.filter(lambda item: "Bold" in item.get("fontname", "")) for page in pdf.pages]
        lines = [line for page in pages for line in page.extract_text_lines()]
    for line in lines:
        level, size = marked.get(bare(line["text"]), 0), max(char["size"] for char in line["chars"])
        if level > 1:
            sizes.setdefault(level, set()).add(round(size, 1))
    ordered = [round(title, 1), *(max(sizes[level]) for level in sorted(sizes))]
    assert all(len(found) == 1 for found in sizes.values())
    assert ordered == sorted(set(ordered), reverse=True)
    assert min(ordered) > BODY_PT


def test_every_programme_of_the_guide_starts_on_a_new_page() -> None:
    starts = re.findall(r"^### (\d-\d\. .+)$", markdown("guide2026"), re.MULTILINE)
    tops = [bare("".join(lines[:2])) for lines in pdf_lines("guide2026")]
    assert len(starts) == PROGRAMMES
    assert [start for start in starts if not any(bare(start) in top for top in tops)] == []


def test_the_manifest_names_the_four_guides_by_their_own_titles() -> None:
    with (CORPUS / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(row["id"] for row in rows) == GUIDES
    for row in rows:
        assert markdown(row["id"]).splitlines()[0] == f"# {row['title']}"
        assert PdfReader(CORPUS / row["file"]).metadata.title == row["title"]  # type: ignore[union-attr]


def test_the_committed_pdfs_are_what_the_guides_typeset_to(fonts: Path) -> None:
    for guide in typeset.read_manifest(CORPUS / "manifest.csv"):
        assert typeset.typeset(guide, markdown(guide.id), fonts) == (CORPUS / guide.file).read_bytes()


def test_the_same_guide_gives_the_same_bytes_and_embeds_its_fonts(fonts: Path) -> None:
    guide = typeset.Guide("g", "g.pdf", '제목 "하나"', "기관", "2026-02")
    text = "# 제목\n\n- 하나\n- 둘\n\n| 권역 | 기관 |\n| --- | --- |\n| 수도권 | 가 *#$@\\ |\n| ^^ | 나<br>다 |\n"
    pdf = typeset.typeset(guide, text, fonts)
    assert pdf == typeset.typeset(guide, text, fonts)
    assert b"NanumGothic" in pdf


@pytest.mark.parametrize("text", ["1. 하나\n", "```\n글\n```\n", "[이름](https://a.kr)\n", "<b>글</b>\n\n> 인용\n"])
def test_a_mark_that_the_pdf_would_lose_is_refused_in_korean(text: str) -> None:
    with pytest.raises(typeset.TypesetError, match="쓸 수 없는 표시"):
        list(typeset.blocks(text))


def test_without_the_font_one_korean_sentence_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typeset.main(["--font-path", str(tmp_path), "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "나눔고딕" in said and "fonts-nanum" in said and "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_every_guide(fonts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    for name in typeset.FONT_FILES:
        shutil.copy(fonts / name, folder)
    assert typeset.main(["--font-path", str(folder), "--out", str(tmp_path)]) == 0
    assert sorted(path.stem for path in tmp_path.glob("*.pdf")) == sorted(GUIDES)
