"""The form of a Hangul document: what a reader who opens it relies on."""

from __future__ import annotations

import io
from zipfile import ZIP_STORED, ZipFile

import pytest
from lxml import etree  # type: ignore[import-untyped]

from server.reports import write
from tests.server.reports.sample import SAMPLE


@pytest.fixture(scope="module")
def archive() -> ZipFile:
    return ZipFile(io.BytesIO(write(SAMPLE, "hwpx")))


def test_the_type_comes_first_and_unpacked(archive: ZipFile) -> None:
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert archive.read("mimetype") == b"application/hwp+zip"
    assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_tables_go_on_over_pages_with_their_head_rows(archive: ZipFile) -> None:
    body = etree.fromstring(archive.read("Contents/section0.xml"))
    tables = list(body.iter("{*}tbl"))
    assert len(tables) == 14  # cover, 12 grids, the roadmap in words
    assert [table.get("repeatHeader") for table in tables].count("1") == 12
    for table in tables:
        assert table.get("pageBreak") == "TABLE"
        assert next(table.iter("{*}pos")).get("treatAsChar") == "0"
        for row in table.iter("{*}tr"):
            assert sum(int(size.get("width")) for size in row.iter("{*}cellSz")) == 48189


def test_headings_have_an_outline_level_and_no_second_number(archive: ZipFile) -> None:
    body = etree.fromstring(archive.read("Contents/section0.xml"))
    header = etree.fromstring(archive.read("Contents/header.xml"))
    names = {style.get("id"): style.get("name") for style in header.iter("{*}style")}
    used = [names[paragraph.get("styleIDRef")] for paragraph in body.iter("{*}p")]
    assert (used.count("개요 1"), used.count("개요 2")) == (11, 3)
    assert not any(head.text for head in header.iter("{*}paraHead"))


def test_the_picture_lies_in_the_file_with_its_words(archive: ZipFile) -> None:
    body = etree.fromstring(archive.read("Contents/section0.xml"))
    picture = next(body.iter("{*}pic"))
    manifest = etree.fromstring(archive.read("Contents/content.hpf"))
    places = {item.get("id"): item.get("href") for item in manifest.iter("{*}item")}
    image = archive.read(places[next(picture.iter("{*}img")).get("binaryItemIDRef")])
    assert image.startswith(b"\x89PNG")
    assert "사내 AI 과제 프로젝트 (고급)" in next(picture.iter("{*}shapeComment")).text
    assert SAMPLE.title in archive.read("Contents/content.hpf").decode()
