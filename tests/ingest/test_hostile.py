"""Bad files: each ends in its named result, in a child process within its limits, and the next file is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest.checks.report import ResultCode
from ingest.files.child import TO_UNDERSTAND
from ingest.files.isolation import Isolation
from rag.domain import Document, Source
from rag.errors import LoadError
from tests.ingest.made_files import (
    HEADER,
    WORDS,
    cell,
    drawn,
    hwp,
    hwpx,
    line,
    locked_pdf,
    ole,
    pdf,
    section,
    table,
    word,
    word_with,
    zipped,
)
from tests.ingest.making import words

HOSTILE = Path(__file__).parents[2].parent / "shared" / "documents" / "hostile"
Code = ResultCode
MILLION = 10**6
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def cut(make: Callable[[], bytes], tenths: int) -> Callable[[], bytes]:
    """What makes only the first tenths of a file."""

    def shorter() -> bytes:
        raw = make()
        return raw[: len(raw) * tenths // 10]

    return shorter


def flipped(raw: bytes, at: float) -> bytes:
    """The bytes with a run of them overwritten."""
    place = int(len(raw) * at)
    return raw[:place] + b"\xff" * 40 + raw[place + 40 :]


def bomb(name: str, size: int) -> bytes:
    return zipped({"mimetype": "application/hwp+zip", "Contents/header.xml": HEADER, name: b" " * size})


def false_size(raw: bytes) -> bytes:
    """The archive with a declared size of 10 bytes for every part, in both directories."""
    done = bytearray(raw)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = done.find(signature)
        while at >= 0:
            done[at + offset : at + offset + 4] = (10).to_bytes(4, "little")
            at = done.find(signature, at + 4)
    return bytes(done)


def locked_zip(raw: bytes) -> bytes:
    """The archive with the bit set that says its parts are encrypted."""
    done = bytearray(raw)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = done.find(signature)
        while at >= 0:
            done[at + offset] |= 1
            at = done.find(signature, at + 4)
    return bytes(done)


def twice(name: str) -> bytes:
    done = io.BytesIO()
    with pytest.warns(UserWarning), zipfile.ZipFile(done, "w") as archive:
        for _ in range(2):
            archive.writestr(name, section(line(WORDS)))
    return done.getvalue()


def cell_of_word(span: str) -> str:
    return f"<w:tbl><w:tr><w:tc><w:tcPr>{span}</w:tcPr><w:p><w:r><w:t>가</w:t></w:r></w:p></w:tc></w:tr></w:tbl>" * 2


MANY = {f"Contents/part{number}.xml": "" for number in range(6_000)}
ENCRYPTION = "<manifest><file-entry><encryption-data/></file-entry></manifest>"

WHOLE: dict[str, Callable[[], bytes]] = {"pdf": pdf, "hwpx": hwpx, "docx": word, "hwp": hwp}

BAD: dict[str, tuple[Callable[[], bytes], Code]] = {
    "empty.pdf": (lambda: b"", Code.NO_TEXT),
    "blank.txt": (lambda: b" \r\n\t\n", Code.NO_TEXT),
    "zeros.hwp": (lambda: bytes(5_000), Code.NO_TEXT),
    "picture.pdf": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Code.UNSUPPORTED),
    "program.docx": (lambda: b"\x7fELF\x02\x01\x01" + bytes(100), Code.UNSUPPORTED),
    "noise.txt": (lambda: bytes(range(255, 0, -1)) * 20, Code.CORRUPT),
    "noise.hwpx": (lambda: bytes((n * 167 + 13) % 256 for n in range(5_000)), Code.UNSUPPORTED),
    "old.hwp": (lambda: b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05", Code.UNSUPPORTED),
    "plain.zip": (lambda: zipped({"readme.txt": WORDS}), Code.UNSUPPORTED),
    "sheet.xlsx": (lambda: zipped({"xl/workbook.xml": "<workbook/>"}), Code.UNSUPPORTED),
    "letter.doc": (lambda: ole({"WordDocument": bytes(100)}), Code.UNSUPPORTED),
    **{f"cut{at}.{suffix}": (cut(make, at), Code.TRUNCATED) for suffix, make in WHOLE.items() for at in (1, 5, 9)},
    "head.hwp": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Code.TRUNCATED),
    "garbage.pdf": (lambda: b"%PDF-1.7 " + b"nothing else " * 50 + b"\n%%EOF", Code.CORRUPT),
    "flipped.hwpx": (lambda: flipped(hwpx(line(WORDS * 200)), 0.5), Code.CORRUPT),
    "flipped.docx": (lambda: flipped(word(WORDS * 200), 0.1), Code.CORRUPT),
    "flipped.hwp": (lambda: hwp().replace(b"\xe4", b"\x1b")[:600].ljust(len(hwp()), b"\xfe"), Code.TRUNCATED),
    "stream.hwp": (
        lambda: ole(
            {
                "FileHeader": b"HWP Document File".ljust(36, b"\0") + b"\1\0\0\0",
                "DocInfo": b"\xff" * 99,
                "BodyText/Section0": b"\xff" * 99,
            }
        ),
        Code.CORRUPT,
    ),
    "nobody.hwp": (lambda: ole({"FileHeader": b"HWP Document File".ljust(36, b"\0") + b"\1\0\0\0"}), Code.CORRUPT),
    "inflating.hwp": (lambda: hwp(body=bytes(80 * MILLION)), Code.TOO_LARGE),
    "password.hwp": (lambda: hwp(flags=0b011), Code.ENCRYPTED),
    "locked.hwp": (lambda: hwp(flags=0b101), Code.DISTRIBUTION_LOCKED),
    "password.docx": (lambda: ole({"EncryptedPackage": bytes(500), "EncryptionInfo": bytes(100)}), Code.ENCRYPTED),
    "password.pdf": (lambda: locked_pdf("word"), Code.ENCRYPTED),
    "password.hwpx": (lambda: hwpx(more={"META-INF/manifest.xml": ENCRYPTION}), Code.ENCRYPTED),
    "password.zip.hwpx": (lambda: locked_zip(hwpx()), Code.ENCRYPTED),
    "scan.pdf": (lambda: pdf("#rect(width: 5cm, height: 5cm, fill: gray)"), Code.NO_TEXT),
    "nothing.hwpx": (lambda: hwpx(""), Code.NO_TEXT),
    "nothing.docx": (lambda: word(" "), Code.NO_TEXT),
    "nothing.html": (lambda: b"<!doctype html><html><script>var a = 1</script></html>", Code.NO_TEXT),
    "up.hwpx": (lambda: hwpx(more={"../../etc/cron.d/job": "x"}), Code.UNSAFE),
    "root.docx": (lambda: word_with("", {"/etc/passwd": "x"}), Code.UNSAFE),
    "windows.hwpx": (lambda: hwpx(more={"..\\..\\start.bat": "x"}), Code.UNSAFE),
    "twice.hwpx": (lambda: twice("Contents/section0.xml"), Code.UNSAFE),
    "laughs.hwpx": (lambda: hwpx(more={"Contents/section1.xml": LAUGHS + "<a>&i;</a>"}), Code.UNSAFE),
    "laughs.docx": (lambda: word_with("", {"word/styles.xml": LAUGHS + "<a>&i;</a>"}), Code.UNSAFE),
    "bomb.hwpx": (lambda: bomb("Contents/section0.xml", 60 * MILLION), Code.TOO_LARGE),
    "bomb.docx": (lambda: word_with("<w:p/>" * 5 * MILLION), Code.TOO_LARGE),
    "lying.hwpx": (lambda: false_size(bomb("Contents/section0.xml", 60 * MILLION)), Code.CORRUPT),
    "crowd.hwpx": (lambda: hwpx(more=MANY), Code.TOO_LARGE),
    "elements.hwpx": (lambda: hwpx("<hp:p/>" * 3 * MILLION), Code.NO_TEXT),
    "deep.hwpx": (lambda: hwpx("<hp:p>" * 5_000 + "</hp:p>" * 5_000), Code.CORRUPT),
    "deep.docx": (lambda: word_with("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), Code.CORRUPT),
    "deep.html": (lambda: b"<html>" + b"<div>" * 50_000 + b"words", Code.UNSAFE),
    "broken.hwpx": (lambda: zipped({"Contents/section0.xml": "<hs:sec><hp:p>"}), Code.CORRUPT),
    "sectionless.hwpx": (
        lambda: b"PK\x03\x04" + hwpx(more={})[4:].replace(b"section0.xml", b"sektion0.xml"),
        Code.CORRUPT,
    ),
    "bodyless.docx": (lambda: word_with("").replace(b"word/document.xml", b"word/dokument.xml"), Code.UNSUPPORTED),
    "typeless.docx": (lambda: zipped({"word/document.xml": "<w/>"}), Code.CORRUPT),
    "loop.pdf": (lambda: drawn("").replace(b"Kids[3 0 R]", b"Kids[2 0 R]"), Code.CORRUPT),
    "hangul.pdf": (
        lambda: drawn("BT /F 12 Tf 20 200 Td (2024. 3. 5. \\( \\) 17:00 , \\( , \\) ! 3 5 \\( \\) \\( , , \\)) Tj ET"),
        Code.LOST_HANGUL,
    ),
}

ODD: dict[str, Callable[[], bytes]] = {
    "wide.hwpx": lambda: hwpx(table(cell(line(WORDS), 2**31, 2**31) + cell(line("나")), cell(line("다")))),
    "wide.docx": lambda: word_with(cell_of_word('<w:gridSpan w:val="2147483647"/>')),
    "wide.html": lambda: f"<html><table><tr><td rowspan=99999 colspan=99999>{WORDS}<td>나</table></html>".encode(),
    "wrong.txt": pdf,
    "wrong.pdf": word,
    "wrong.hwp": hwpx,
    "wrong.docx": lambda: f"<!DOCTYPE html><html><p>{WORDS}</p></html>".encode(),
    "unlisted.hwpx": lambda: zipped({"Contents/section0.xml": section(line(WORDS))}),
    "unclosed.html": lambda: f"<html><body><table><tr><td>{WORDS}".encode(),
    "korean.html": lambda: f'<html><meta charset="euc-kr"><p>{WORDS}</p></html>'.encode("cp949"),
}


@pytest.fixture(scope="module")
def isolation() -> Iterator[Isolation]:
    with Isolation(words(), seconds=60, children=1) as running:
        yield running


def read(isolation: Isolation, path: Path) -> Document:
    document = isolation.read(path, Source("a", path.name, "", "", "", None, "")).document
    assert document is not None
    return document


def test_there_are_enough_bad_files() -> None:
    assert len(BAD) >= 40


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_ends_in_its_named_result(tmp_path: Path, isolation: Isolation, name: str) -> None:
    make, code = BAD[name]
    (tmp_path / name).write_bytes(make())
    with pytest.raises(LoadError) as caught:
        read(isolation, tmp_path / name)
    assert caught.value.code == code
    assert str(caught.value).startswith(f"{name}: {code.sentence}")


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_read(tmp_path: Path, isolation: Isolation, name: str) -> None:
    (tmp_path / name).write_bytes(ODD[name]())
    document = read(isolation, tmp_path / name)
    assert sum(len(row) for block in document.blocks for row in getattr(block, "rows", ())) < 10_000
    assert document.page_text(1).strip()


def test_a_huge_file_is_refused_unread(tmp_path: Path, isolation: Isolation) -> None:
    with (tmp_path / "huge.pdf").open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(100 * MILLION)
    with pytest.raises(LoadError) as caught:
        read(isolation, tmp_path / "huge.pdf")
    assert caught.value.code == Code.TOO_LARGE


@pytest.mark.long
def test_reading_that_takes_too_long_is_ended_and_the_next_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "slow.pdf").write_bytes(pdf("#pagebreak()\n".join(["Words"] * 400)))
    (tmp_path / "next.txt").write_text(WORDS, "utf-8")
    with Isolation(words(), seconds=0.05, children=1) as hasty:
        with pytest.raises(LoadError) as caught:
            read(hasty, tmp_path / "slow.pdf")
        assert caught.value.code == Code.TIMED_OUT
    with Isolation(words(), children=1) as patient:
        assert read(patient, tmp_path / "next.txt").page_text(1) == WORDS


@pytest.mark.long
def test_a_child_that_dies_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, "utf-8")
    with Isolation(words(), children=1) as isolation:
        read(isolation, tmp_path / "a.txt")
        for child in isolation._children:
            assert child._process is not None
            child._process.kill()
            child._process.wait()
        assert read(isolation, tmp_path / "a.txt").page_text(1) == WORDS


def test_a_child_has_a_limit_of_memory(isolation: Isolation, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WORDS, "utf-8")
    read(isolation, tmp_path / "a.txt")
    (child,) = isolation._children
    assert child._process is not None
    limits = Path(f"/proc/{child._process.pid}/limits")
    if not limits.exists():
        pytest.skip("this system does not tell a process's limits")
    told = next(line for line in limits.read_text().splitlines() if line.startswith("Max address space"))
    assert 0 < int(told.split()[3]) < 2 * TO_UNDERSTAND


@pytest.mark.long
@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the collected hostile files are not here")
def test_every_collected_file_ends_in_text_or_a_named_result(isolation: Isolation) -> None:
    named = {}
    for path in sorted(HOSTILE.iterdir()):
        try:
            assert read(isolation, path).page_text(1).strip()
        except LoadError as error:
            named[path.name] = error.code
    assert named == {
        "kordoc__HWP3-password-123456.hwp": Code.UNSUPPORTED,
        "kordoc__HWP5-password-123456.hwpx": Code.ENCRYPTED,
        "pyhwp__password-12345.hwp": Code.ENCRYPTED,
        "pyhwp__table.hwp": Code.NO_TEXT,
        "pyhwp__viewtext_distribution.hwp": Code.DISTRIBUTION_LOCKED,
    }
