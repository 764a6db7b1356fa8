"""Fonts of a PDF: always inside the file, from the system or else from a package."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pypdf
import pytest

from server.reports import fonts, write
from server.reports.fonts import FontMissing, drawn, folders
from tests.server.reports.sample import SAMPLE


def embedded(raw: bytes) -> set[str]:
    """The names of the fonts of every page; each must lie in the file."""
    names = set()
    for page in pypdf.PdfReader(io.BytesIO(raw)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())
            names.add(str(inner["/BaseFont"]).split("+")[-1].split("-")[0])
    return names


@pytest.fixture
def no_system_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "SYSTEM", tmp_path)


def test_every_font_of_a_pdf_is_inside_it() -> None:
    assert embedded(write(SAMPLE, "pdf")) <= {"NanumGothic", "NanumGothicBold", "DejaVuSans"}


@pytest.mark.usefixtures("no_system_fonts")
def test_a_package_brings_the_korean_font_where_the_system_has_none() -> None:
    assert folders()[0].parent.name == "koreanize_matplotlib"
    assert any(name.startswith("NanumGothic") for name in embedded(write(SAMPLE, "pdf")))
    assert "koreanize_matplotlib" not in sys.modules


@pytest.mark.usefixtures("no_system_fonts")
def test_without_any_korean_font_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "find_spec", lambda name: None)
    with pytest.raises(FontMissing, match="koreanize-matplotlib"):
        write(SAMPLE, "pdf")


def test_a_letter_that_no_font_holds_shows_its_number() -> None:
    assert drawn("가나 AI · ㈜ 漢字 😀") == "가나 AI · ㈜ 漢字 😀"
    assert drawn("가👩\u200d👧ไ") == "가[U+1F469][U+1F467][U+0E44]"


@pytest.mark.parametrize("place", [None, "package"])
def test_what_is_taken_for_certain_is_held_by_the_font(place: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if place:
        monkeypatch.setattr(fonts, "SYSTEM", Path("/nowhere"))
    codes = range(0xA1, 0xFF)
    pairs = (bytes((one, two)).decode("euc_kr", "ignore") for one in codes for two in codes)
    certain = "".join(pairs) + "–—•…〜～" + "".join(map(chr, range(0xAC00, 0xD7A4)))
    assert set(map(ord, certain)) <= fonts._held(folders())
