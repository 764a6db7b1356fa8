"""Files: small HWPX, DOCX, HTML, PDF and OLE files, whole or damaged, for the tests of reading."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import numpy as np
import pypdf
import typst
from PIL import Image

from ingest.loaders.pages.sight import picture

HWPML = "http://www.hancom.co.kr/hwpml/2011"
WORDS = "지원대상은 중소기업이며 신청기간은 2026년 3월 2일부터 3월 31일까지입니다."


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    done = io.BytesIO()
    with zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return done.getvalue()


def section(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><hs:sec xmlns:hs="{HWPML}/section" xmlns:hp="{HWPML}/paragraph">'
        f"{body}</hs:sec>"
    )


def line(text: str, shape: int = 0) -> str:
    return f'<hp:p><hp:run charPrIDRef="{shape}"><hp:t>{text}</hp:t></hp:run></hp:p>'


def cell(content: str, rows: int = 1, columns: int = 1) -> str:
    span = f'<hp:cellSpan colSpan="{columns}" rowSpan="{rows}"/>'
    return f"<hp:tc><hp:subList>{content}</hp:subList>{span}</hp:tc>"


def table(*rows: str) -> str:
    inner = "".join(f"<hp:tr>{row}</hp:tr>" for row in rows)
    return f"<hp:p><hp:run><hp:tbl>{inner}</hp:tbl></hp:run></hp:p>"


HEADER = (
    f'<hh:head xmlns:hh="{HWPML}/head"><hh:charPr id="0" height="1000"/><hh:charPr id="1" height="1600"/></hh:head>'
)


def hwpx(body: str = line(WORDS), more: Mapping[str, str | bytes] = {}) -> bytes:
    return zipped(
        {
            "mimetype": "application/hwp+zip",
            "Contents/header.xml": HEADER,
            "Contents/section0.xml": section(body),
            **more,
        }
    )


def word(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs or (WORDS,):
        document.add_paragraph(text)
    done = io.BytesIO()
    document.save(done)
    return done.getvalue()


def word_with(body: str, more: Mapping[str, str | bytes] = {}) -> bytes:
    """A DOCX whose body is the given markup."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(io.BytesIO(word())) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return zipped({**parts, **more})


def pdf(source: str = "Some words of a notice") -> bytes:
    page = '#set page(width: 12cm, height: 12cm)\n#set text(font: "Libertinus Serif", size: 10pt)\n'
    done = typst.compile((page + source).encode())
    assert isinstance(done, bytes)
    return done


def drawn(content: str) -> bytes:
    """A PDF of one page of 300 × 300 points whose content stream is the given text; /F is Helvetica."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>"
        b"/ExtGState<</G<</ca 0>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content.encode()),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    done = bytearray(b"%PDF-1.4\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(done))
        done += b"%d 0 obj%s endobj\n" % (number, part)
    start = len(done)
    done += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    done += b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(done)


def scan_of(raw: bytes, pages: Sequence[int], turns: int = 0, lean: float = 0) -> bytes:
    """The pages (from 0) as pictures, laid down by quarter turns to the left and leaning by degrees."""
    drawn = [Image.fromarray(np.rot90(picture(raw, page), turns)).rotate(lean, fillcolor=255) for page in pages]
    done = io.BytesIO()
    drawn[0].save(done, "PDF", resolution=200, save_all=True, append_images=drawn[1:])
    return done.getvalue()


def joined(*parts: bytes) -> bytes:
    """One PDF with the pages of all."""
    writer = pypdf.PdfWriter()
    for part in parts:
        writer.append(io.BytesIO(part))
    done = io.BytesIO()
    writer.write(done)
    return done.getvalue()


def recogniser(folder: Path, lines: Sequence[str], before: str = "") -> Path:
    """A folder with a `tesseract` that reads these lines on every page, after a shell command of its own."""
    rows = ["level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"]
    for number, words in enumerate(lines, 1):
        place = f"100\t{100 + 60 * number}\t900\t26"
        rows += [f"4\t1\t1\t1\t{number}\t0\t{place}\t-1\t", f"5\t1\t1\t1\t{number}\t1\t{place}\t90\t{words}"]
    folder.mkdir()
    (folder / "told.tsv").write_text("\n".join([*rows, *lines, ""]), "utf-8")
    script = folder / "tesseract"
    script.write_text(
        f"""#!/bin/sh
case "$1" in
--list-langs) echo kor ;;
--version) echo "tesseract 0" ;;
*) {before or ":"}
    cat "{folder}/told.tsv" ;;
esac
""",
        "utf-8",
    )
    script.chmod(0o755)
    return folder


def locked_pdf(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt(password, "owner", algorithm="AES-256")
    done = io.BytesIO()
    writer.write(done)
    return done.getvalue()


SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams, "storage/name" or "name", each padded to the size of a big stream."""
    names = [*streams]
    folders = sorted({name.split("/")[0] for name in names if "/" in name})
    data = bytearray()
    begins: dict[str, tuple[int, int]] = {}
    chains: list[int] = []

    def add(content: bytes) -> int:
        count = max(1, -(-len(content) // SECTOR))
        first = len(chains)
        chains.extend([*range(first + 1, first + count), END])
        data.extend(content.ljust(count * SECTOR, b"\0"))
        return first

    for name in names:
        content = streams[name].ljust(4096, b"\0")
        begins[name] = (add(content), len(content))
    # A compound file lists shorter names before longer ones.
    entries = ["Root Entry", *sorted([*(name for name in names if "/" not in name), *folders], key=len)]
    inner = sorted((name for name in names if "/" in name), key=len)
    order = [*entries, *inner]
    directory = b"".join(_entry(name, order, entries, inner, begins) for name in order)
    first_directory = add(directory)
    count = -(-(len(chains) + 1) // 128)
    first_table = len(chains)
    chains.extend([TABLE] * count)
    chains += [FREE] * (count * 128 - len(chains))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, count, first_directory, 0, 4096, END, 0, END, 0, first_table
    )
    header += struct.pack("<108I", *[*range(first_table + 1, first_table + count), *[FREE] * (109 - count)][:108])
    return header + bytes(data) + struct.pack(f"<{len(chains)}I", *chains)


def _entry(
    name: str, order: list[str], entries: list[str], inner: list[str], begins: Mapping[str, tuple[int, int]]
) -> bytes:
    is_root, is_folder = name == "Root Entry", name not in begins
    siblings = (
        entries[1:] if name in entries else [other for other in inner if other.split("/")[0] == name.split("/")[0]]
    )
    after = siblings[siblings.index(name) + 1 :] if name in siblings else []
    right = order.index(after[0]) if after and not is_root else FREE
    below = entries[1:] if is_root else [other for other in inner if other.split("/")[0] == name]
    child = order.index(below[0]) if is_folder and below else FREE
    first, size = begins.get(name, (END if is_root else 0, 0))
    label = name.split("/")[-1].encode("utf-16-le")
    kind = 5 if is_root else 1 if is_folder else 2
    return (
        label.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(label) + 2, kind, 1, FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )


def hwp(flags: int = 1, body: bytes | None = None) -> bytes:
    """The shell of an HWP 5 file with the given properties; its text is not a real document's."""
    head = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05000300, flags)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(body or bytes(600)) + packer.flush()
    return ole({"FileHeader": head, "DocInfo": packed, "BodyText/Section0": packed})
