"""Scans: letters of a picture are recognised where the recogniser is installed, and what to do is said where not."""

from __future__ import annotations

import io
import os
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pypdf
import pytest

from ingest.checks.report import ResultCode
from ingest.files.isolation import Isolation
from ingest.loaders.pages import pdf
from ingest.loaders.pages.recognise import engine
from ingest.loaders.pages.scan import POINT, Picture, scanned
from rag.domain import Document, Sign, Source, Table
from rag.errors import LoadError
from rag.settings import INSTALLATION
from tests.ingest.made_files import drawn, joined, recogniser, scan_of
from tests.ingest.made_files import pdf as typeset
from tests.ingest.making import words

SOURCE = Source("a", "scan.pdf", "", "", "", None, "")
GUIDE = (INSTALLATION / "corpus" / "guide2026.pdf").read_bytes()
BRANCHES = 5
"""The page of the guide (from 0) with the table of branches and their phones."""

with_tesseract = pytest.mark.skipif(not engine(), reason="tesseract or its Korean data is not installed")


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


def found_share(document: Document, page: int, of: int) -> float:
    """How many of the characters printed on a page of the guide were read."""
    printed = pypdf.PdfReader(INSTALLATION / "corpus" / "guide2026.pdf").pages[of].extract_text()
    wanted, found = (Counter("".join(text.split())) for text in (printed, document.page_text(page)))
    return (wanted & found).total() / wanted.total()


def test_without_the_recogniser_a_scan_has_no_text_and_says_what_to_install(without_tesseract: None) -> None:
    with pytest.raises(LoadError) as caught:
        pdf.read(scan_of(GUIDE, [BRANCHES]), SOURCE)
    assert caught.value.code == ResultCode.NO_TEXT
    assert "tesseract-ocr-kor를 설치해 주세요." in str(caught.value)


def test_without_the_recogniser_the_other_pages_are_read_and_the_scan_is_named(without_tesseract: None) -> None:
    document = pdf.read(joined(typeset(), scan_of(GUIDE, [BRANCHES])), SOURCE)
    assert document.page_text(1) == "Some words of a notice"
    assert document.page_text(2) == ""
    assert document.signs == (Sign.PARTIAL, Sign.NO_RECOGNISER)
    assert document.source.recognised == ()


def test_a_recogniser_without_korean_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = recogniser(tmp_path / "bin", [])
    script = folder / "tesseract"
    script.write_text(script.read_text("utf-8").replace("echo kor", "echo eng"), "utf-8")
    monkeypatch.setenv("PATH", str(folder))
    assert engine() == ""


def branches(document: Document) -> set[tuple[str, str]]:
    """First and last cell of every row with a phone, without white space."""
    tables = [block for block in document.blocks if isinstance(block, Table) and len(block.rows) > 20]
    rows = {("".join(row[0].split()), "".join(row[-1].split())) for table in tables for row in table.filled}
    return {(office, phone) for office, phone in rows if "-" in phone}


@pytest.mark.long
@with_tesseract
@pytest.mark.parametrize(("turns", "lean"), [(0, 0), (0, 1.5), (1, 0), (2, 0)])
def test_a_scan_is_read_with_its_tables_however_it_was_laid_down(turns: int, lean: float) -> None:
    document = pdf.read(scan_of(GUIDE, [BRANCHES], turns, lean), SOURCE)
    assert found_share(document, 1, BRANCHES) > 0.9
    assert document.signs == (Sign.RECOGNISED,)
    assert document.source.recognised == (1,)
    read, printed = branches(document), branches(pdf.read(GUIDE, SOURCE))
    assert len(read & printed) > 0.7 * len(printed)
    # A misread letter is to be expected, the number of another branch is not.
    assert not {office for office, phone in read - printed if phone in dict(printed).values()} & {*dict(printed)}


@pytest.mark.long
@with_tesseract
def test_a_page_without_a_text_layer_is_recognised_among_others() -> None:
    document = pdf.read(joined(typeset(), scan_of(GUIDE, [9]), typeset()), SOURCE)
    assert document.page_text(1) == document.page_text(3) == "Some words of a notice"
    assert found_share(document, 2, 9) > 0.9
    assert document.source.recognised == (2,)


@with_tesseract
def test_a_photograph_is_not_read_as_writing() -> None:
    noise = np.random.default_rng(1).normal(0, 1, (1200, 900)).cumsum(axis=0).cumsum(axis=1)
    photograph = np.clip(noise / 20 + 128, 0, 255).astype(np.uint8)
    document = pdf.read(joined(typeset(), pictured(photograph)), SOURCE)
    assert document.page_text(2) == ""
    assert document.signs == ()


def pictured(dots: Picture, over: str = "") -> bytes:
    """A PDF of one page of 300 × 300 points filled by a grey picture, and what is drawn over it."""
    height, width = dots.shape
    inline = f"/W {width} /H {height} /CS /G /BPC 8 /F /AHx ID {dots.tobytes().hex()}> EI"
    return drawn(f"q 300 0 0 300 0 0 cm BI {inline} Q {over}")


def test_a_text_layer_behind_a_picture_counts_as_recognised() -> None:
    letters = "BT 3 Tr /F 12 Tf 20 250 Td (Words that a scanner has read) Tj ET"
    dots = np.random.default_rng(1).integers(0, 255, (100, 100), np.uint8)
    document = pdf.read(pictured(dots, letters), SOURCE)
    assert document.page_text(1) == "Words that a scanner has read"
    assert (document.signs, document.source.recognised) == ((Sign.RECOGNISED,), (1,))


def test_a_scan_of_too_many_pages_is_read_in_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", f"{recogniser(tmp_path / 'bin', ['지원대상 중소기업'])}:{os.environ['PATH']}")
    monkeypatch.setattr(pdf, "MOST_PICTURES", 2)
    document = pdf.read(scan_of(GUIDE, [0, 1, 2]), SOURCE)
    assert document.signs == (Sign.PARTIAL, Sign.TOO_MANY_PICTURES, Sign.RECOGNISED)
    assert [document.page_text(page) for page in (1, 2, 3)] == ["지원대상 중소기업"] * 2 + [""]


def test_a_recogniser_that_fails_leaves_the_page_out_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", f"{recogniser(tmp_path / 'bin', [], 'exit 3')}:{os.environ['PATH']}")
    document = pdf.read(joined(typeset(), scan_of(GUIDE, [0])), SOURCE)
    assert (document.signs, document.source.recognised) == ((Sign.PARTIAL,), ())


@pytest.mark.long
def test_every_page_of_a_scan_has_the_time_of_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = recogniser(tmp_path / "bin", ["지원대상 중소기업"], "sleep 1.5")
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    (tmp_path / "scan.pdf").write_bytes(scan_of(GUIDE, [0, 1, 2, 3]))
    began = time.monotonic()
    with Isolation(words(), seconds=5, children=1) as isolation:
        assert isolation.read(tmp_path / "scan.pdf", SOURCE).source.recognised == (1, 2, 3, 4)
    assert time.monotonic() - began > 5


@pytest.mark.long
def test_the_recogniser_ends_with_the_child_that_started_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    note = tmp_path / "process"
    folder = recogniser(tmp_path / "bin", [], f'echo $$ > "{note}"; exec sleep 60')
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    (tmp_path / "scan.pdf").write_bytes(scan_of(GUIDE, [0]))
    with Isolation(words(), seconds=4, children=1) as isolation:
        with pytest.raises(LoadError) as caught:
            isolation.read(tmp_path / "scan.pdf", SOURCE)
        assert caught.value.code == ResultCode.TIMED_OUT
        assert not is_running(int(note.read_text()))


def is_running(process: int) -> bool:
    """Whether a process is there and no zombie that waits to be noticed."""
    for _ in range(20):
        try:
            os.kill(process, 0)
            stat = Path(f"/proc/{process}/stat")
            if stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except (ProcessLookupError, FileNotFoundError):
            return False
        time.sleep(0.1)
    return True


def test_ruling_lines_are_told_and_taken_from_the_letters() -> None:
    page = np.full((800, 800), 255, np.uint8)
    page[100:103, 100:700] = page[400:403, 100:700] = 0
    page[100:403, 100:103] = page[100:403, 697:700] = 0
    page[200:230, 300:340] = 0
    scan = scanned(page)
    assert (scan.letters[110:390, 110:690] < 160).sum() == 30 * 40
    assert (scan.letters < 160).mean() < 0.002
    level = {round(top / POINT / 100) for _, top, _, bottom in scan.edges if top == bottom}
    upright = {round(left / POINT / 100) for left, _, right, _ in scan.edges if left == right}
    assert (level, upright) == ({1, 4}, {1, 7})


def test_a_page_of_letters_without_lines_stays_as_it_is() -> None:
    page = np.full((400, 400), 255, np.uint8)
    page[100:130:4, 50:350:7] = 0
    scan = scanned(page)
    assert (scan.letters == page).all() and scan.edges == ()


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_shown_on_its_side_reads_as_the_upright_one(angle: int) -> None:
    upright = pypdf.PdfReader(INSTALLATION / "corpus" / "guide2026.pdf").pages[BRANCHES]
    writer = pypdf.PdfWriter()
    page = writer.add_page(upright)
    page.rotate(angle)
    page.transfer_rotation_to_content()
    done = io.BytesIO()
    writer.write(done)
    wanted = [block.text for block in pdf.read(GUIDE, SOURCE).blocks if block.page == BRANCHES + 1]
    assert [block.text for block in pdf.read(done.getvalue(), SOURCE).blocks] == wanted


def test_words_that_lie_across_the_others_are_said_to_be_lost() -> None:
    words = "Many words of a notice that stand upright for everybody to read"
    across = "Just as many words of it that lie on their side beside the table"
    ruled = "10 10 m 290 10 l S 10 50 m 290 50 l S 10 10 m 10 50 l S 290 10 m 290 50 l S"
    content = f"BT /F 8 Tf 20 250 Td ({words}) Tj ET BT /F 8 Tf 0 1 -1 0 40 20 Tm ({across}) Tj ET {ruled}"
    assert pdf.read(drawn(content), SOURCE).signs == (Sign.SIDEWAYS,)
