"""Every format of a report: the same bytes again, every text found by a reader that did not write it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pdfplumber
import pypdf
import pytest
import unhwp  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from ingest.loaders import load
from rag.diagnosis.records import Window
from rag.diagnosis.tree import Bar, Block, Bullets, Gantt, Grid, Paragraph, Part, Report
from rag.domain import Source, Table
from rag.text import squash
from server.reports import FORMATS, FormatUnknown, write
from server.reports.fonts import drawn
from server.reports.plain import plain, plain_text
from tests.server.reports.sample import GOLDEN, SAMPLE, WRITTEN, golden

LIGHT = ("html", "md", "json")
"""Formats that are written in no time."""
written = cache(write)
HOSTILE = (
    "<b>굵게</b> <script>alert(1)</script> </td></table>",
    '#set page(width: 1pt) $x^2$ @ref #include "x" *별* _밑줄_ `코드`',
    "a | b || c \\| d",
    "[1] [2](https://a.example) ![그림](x) [3]: 주소 [^1]",
    "&amp; & &lt; &#39; &nbsp",
    "{{ 7 * 7 }} {% raw %} ${x} %s",
    "이모지 😀 ❤️ 🚀",
    "오른쪽\u202e쪽에서\u202c 031-000-0001 \u200f끝\u200e",
    "제어\x00\x07\x1b[31m\x9f문자\ufffe\uffff끝",
    "줄\r\n바꿈\n두 줄\u2028세 줄\v네 줄\t탭",
    "# 제목 #",
    "- 목록",
    "+ 목록",
    "1. 번호",
    "10) 번호",
    "> 인용",
    "---",
    "===",
    "```",
    "    들여쓰기",
    "~~지움~~ 3~4월",
    "=1+1",
    "\\",
    "`",
    "*",
    "&",
    "''\"\"",
    "-- --- ...",
    "https://a.example/" + "very-long/" * 30,
    "가" * 300,
    "단독 \ud800 대리",
    "한글 자모",
    "漢字 ㈜ ① ㎡ ½ → ※",
    "   ",
    "",
)


def report_of(texts: tuple[str, ...]) -> Report:
    """A report with every text in every place that a tree has."""
    blocks: list[Block] = []
    for text in texts:
        blocks += [
            Paragraph(text),
            Paragraph(text, is_note=True),
            Bullets((text, "다음")),
            Grid((text, "머리"), ((text, "값"), ("", text))),
            Grid((), ((text, text),)),
        ]
    bars = tuple(Bar(text[:40], text[:8], 0, 1, (Window.OPEN, Window.UNKNOWN)) for text in texts)
    gantt = Gantt(("2026.11", "2026.12"), bars, "".join(texts[:1]))
    first = "".join(texts[:1])
    cover = tuple((text, text) for text in texts[:3])
    return Report(first[:60], first[:60], cover, (Part("all", first[:60], (*blocks, gantt)),))


def markdown_text(raw: bytes) -> str:
    """Text of tokens; no token is code, a link, a picture, or HTML other than a break in a cell."""
    parser = MarkdownIt("gfm-like", {"linkify": False})
    found: list[str] = []
    for token in parser.parse(raw.decode()):
        assert token.type not in ("code_block", "fence", "html_block", "hr", "ordered_list_open")
        for child in token.children or ():
            assert child.type in ("text", "softbreak", "hardbreak", "html_inline", "text_special"), child
            assert child.type != "html_inline" or child.content == "<br>"
            found.append(child.content if child.type in ("text", "text_special") else " ")
        found.append(" ")
    return "".join(found)


def json_texts(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for value in tree.values():
            yield from json_texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from json_texts(value)


def pypdf_text(raw: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(raw)).pages)


def pdfplumber_text(raw: bytes) -> str:
    """Words in the order in which they stand in the file, page by page, without heads and feet of pages."""
    with pdfplumber.open(io.BytesIO(raw)) as pdf:
        return "".join(character["text"] for page in pdf.pages for character in page.chars)


def docx_text(raw: bytes) -> str:
    """Every run of the body; a picture must tell what it shows."""
    with ZipFile(io.BytesIO(raw)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    assert all(picture.get("descr") for picture in body.iter("{*}docPr"))
    return "".join(node.text or "" if node.tag.endswith("}t") else " " for node in body.iter("{*}t", "{*}br", "{*}p"))


def hwpx_text(raw: bytes) -> str:
    """Every text of the section; each picture lies in the file and tells what it shows."""
    with ZipFile(io.BytesIO(raw)) as archive:
        body = etree.fromstring(archive.read("Contents/section0.xml"))
        assert sum(name.startswith("BinData/") for name in archive.namelist()) == sum(1 for _ in body.iter("{*}pic"))
    assert all(comment.text for comment in body.iter("{*}shapeComment"))
    return "".join(" ".join(node.itertext()) for node in body.iter("{*}t"))


def loaded_text(raw: bytes, suffix: str, folder: Path) -> str:
    """What ingestion reads of the file."""
    path = folder / f"report.{suffix}"
    path.write_bytes(raw)
    document = load(path, Source("report", path.name, "보고서", "지원 상담실", "2026", None, ""))
    cells = (
        cell for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row if cell
    )
    return " ".join((*(block.text for block in document.blocks if not isinstance(block, Table)), *cells))


def unhwp_text(raw: bytes) -> str:
    """Words of a parser of its own, which gives them as JSON."""
    with unhwp.parse_bytes(raw) as result:
        return " ".join(json_texts(json.loads(result.json)))


READERS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "docx with lxml": ("docx", docx_text),
    "hwpx with lxml": ("hwpx", hwpx_text),
    "hwpx with unhwp": ("hwpx", unhwp_text),
    "html with selectolax": ("html", lambda raw: LexborHTMLParser(raw).text()),
    "md with markdown-it": ("md", markdown_text),
    "json": ("json", lambda raw: " ".join(json_texts(json.loads(raw)))),
    "pdf with pypdf": ("pdf", pypdf_text),
    "pdf with pdfplumber": ("pdf", pdfplumber_text),
}


def lacks(report: Report, suffix: str, read: Callable[[bytes], str]) -> list[str]:
    """The texts of a report that the reader does not find in the file."""
    found = squash(read(written(report, suffix)))
    shown = drawn if suffix == "pdf" else str
    return [text for text in plain(report).texts if squash(shown(text)) not in found]


@pytest.mark.parametrize("reader", READERS)
def test_every_text_of_the_sample_is_read_back(reader: str) -> None:
    assert not lacks(SAMPLE, *READERS[reader])


@pytest.mark.parametrize("suffix", ["docx", "hwpx"])
def test_every_text_of_the_sample_is_found_by_ingestion(suffix: str, tmp_path: Path) -> None:
    assert not lacks(SAMPLE, suffix, lambda raw: loaded_text(raw, suffix, tmp_path))


@pytest.mark.parametrize("reader", [name for name, (suffix, _) in READERS.items() if suffix in LIGHT])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_a_hostile_text_comes_through_as_plain_text(text: str, reader: str) -> None:
    assert not lacks(report_of((text,)), *READERS[reader])


@pytest.mark.parametrize("reader", READERS)
def test_all_hostile_texts_come_through_together(reader: str) -> None:
    assert not lacks(report_of(HOSTILE), *READERS[reader])


@pytest.mark.parametrize("reader", READERS)
def test_a_cell_longer_than_a_page_is_whole(reader: str) -> None:
    suffix, read = READERS[reader]
    grid = Grid(("항목", "말", "끝"), (("하나", "가나다 " * 1500, "둘"),))
    long = Report("제목", "", (), (Part("long", "긴 칸", (grid,)),))
    assert squash(read(written(long, suffix))).count("가나다") == 1500


SOME_TEXT = st.text(st.characters(), max_size=30) | st.text("가나 <>&#|[]1.`*_~\\-\n", max_size=30)


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(SOME_TEXT, min_size=1, max_size=3))
def test_any_text_is_written(suffix: str, texts: list[str]) -> None:
    report = report_of(tuple(texts))
    for known, read in READERS.values():
        if known == suffix != "pdf":
            assert not lacks(report, suffix, read)
    assert write(report, suffix)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_report_gives_the_same_bytes(suffix: str) -> None:
    assert written(SAMPLE, suffix) == write(SAMPLE, f".{suffix.upper()}")


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_odd_shape_is_written(suffix: str) -> None:
    odd = (
        Grid((), ()), Grid((), ((),)), Grid(("머리",), ()), Grid(("하나", "둘"), (("짧은 줄",), ("1", "2", "넘침"))),
        Bullets(()), Paragraph(""), Gantt((), (), ""), Gantt((), (Bar("막대", "", 3, 1, ()),), "말"),
        Gantt(("1월", "2월"), (Bar("막대", "수준", -2, 9, (Window.OPEN,) * 5),), ""),
    )  # fmt: skip
    assert write(Report("", "", (), (Part("", "", odd, depth=9), Part("", "빈 절", (), depth=-1))), suffix)


def test_a_bar_without_windows_shows_its_months_alone() -> None:
    picture = Gantt(("1월", "2월"), (Bar("막대", "과정", 0, 0, ()),), "")
    told = write(Report("", "", (), (Part("", "", (picture,)),)), "md").decode()
    assert "| 막대 | 과정 | ■ |  |" in told


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_long_report_is_written(suffix: str) -> None:
    rows = tuple((f"[{number}]", f"문서 {number}", "인용한 말 " * (number % 40)) for number in range(150))
    bars = tuple(Bar(f"과정 {number}", f"수준 {number // 9}", 0, 3, (Window.CLOSED,) * 6) for number in range(40))
    months = tuple(f"2026.{month:02}" for month in range(1, 7))
    blocks = (Grid(("번호", "문서", "인용"), rows), Gantt(months, bars, ""))
    assert write(replace(SAMPLE, parts=(Part("long", "긴 절", blocks),)), suffix)


def test_an_unknown_suffix_is_refused_with_the_known_ones() -> None:
    with pytest.raises(FormatUnknown, match=", ".join(FORMATS)):
        write(SAMPLE, "exe")


@pytest.mark.parametrize("suffix", WRITTEN)
def test_the_sample_is_written_as_it_was(suffix: str) -> None:
    assert golden(suffix) == (GOLDEN / f"report.{suffix}").read_bytes()


def test_marks_of_direction_and_control_characters_go() -> None:
    assert plain_text("가\u202e나\x00\r\n다\t라\ud800") == "가나\n다 라?"


def test_importing_the_registry_loads_no_writer() -> None:
    code = "import server.reports, sys\nprint(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert not set(done.stdout.split()) & {"typst", "docx", "hwpx", "jinja2", "fontTools", "lxml", "matplotlib"}
