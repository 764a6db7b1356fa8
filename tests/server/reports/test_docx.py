"""The form of a Word document: what a reader who opens it relies on."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from lxml import etree  # type: ignore[import-untyped]

from server.reports import write
from tests.server.reports.sample import SAMPLE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def archive() -> ZipFile:
    return ZipFile(io.BytesIO(write(SAMPLE, "docx")))


def test_head_rows_repeat_and_rows_stay_whole(archive: ZipFile) -> None:
    body = etree.fromstring(archive.read("word/document.xml"))
    tables = list(body.iter(f"{W}tbl"))
    assert len(tables) == 14  # cover, 12 grids, the roadmap in words
    assert sum(1 for _ in body.iter(f"{W}tblHeader")) == 12
    assert sum(1 for _ in body.iter(f"{W}cantSplit")) == sum(1 for _ in body.iter(f"{W}tr"))
    for table in tables:
        assert sum(int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")) == 9638


def test_headings_are_headings_on_a4_with_a_title_and_a_picture(archive: ZipFile) -> None:
    body = etree.fromstring(archive.read("word/document.xml"))
    styles = [style.get(f"{W}val") for style in body.iter(f"{W}pStyle")]
    assert styles.count("Heading1") == 11
    assert styles.count("Heading2") == 3
    size = next(body.iter(f"{W}pgSz"))
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert SAMPLE.title in archive.read("docProps/core.xml").decode()
    assert "PAGE" in archive.read("word/footer1.xml").decode()
    assert [name for name in archive.namelist() if name.startswith("word/media/")] == ["word/media/image1.png"]


def test_every_typeface_is_korean_and_no_date_is_told(archive: ZipFile) -> None:
    styles = etree.fromstring(archive.read("word/styles.xml"))
    assert {fonts.get(f"{W}eastAsia") for fonts in styles.iter(f"{W}rFonts")} == {"맑은 고딕"}
    assert "dcterms" not in archive.read("docProps/core.xml").decode().split(">", 2)[2]
    assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
