"""PDF: tables with merged cells, headings by size of type, and a name for everything that cannot be read."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pypdf
import pytest
import typst

from ingest.loaders.pages.pdf import read
from rag.domain import Document, Heading, Paragraph, Source, Table
from rag.errors import LoadError
from rag.settings import INSTALLATION

SOURCE = Source("a", "guide.pdf", "Guide", "", "", None, "")
BRANCHES = """
= Guide
== Branches
Call the branch of your region.

#table(columns: 3,
  table.header([Branch], [Area], [Phone]),
  table.cell(rowspan: 2)[North], [Alpha], [02-111-1111],
  [Beta], [],
  table.cell(colspan: 2)[South and all of its many towns], [02-333-3333],
)

Below the table.
"""


def compiled(source: str) -> bytes:
    page = '#set page(width: 12cm, height: 12cm)\n#set text(font: "Libertinus Serif", size: 10pt)\n'
    pdf = typst.compile((page + source).encode())
    assert isinstance(pdf, bytes)
    return pdf


def loaded(source: str) -> Document:
    return read(compiled(source), SOURCE)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def test_text_around_a_table_keeps_its_place() -> None:
    kinds = [type(block) for block in loaded(BRANCHES).blocks]
    assert kinds == [Heading, Heading, Paragraph, Table, Paragraph]


def test_larger_type_is_a_higher_heading() -> None:
    headings = [b for b in loaded(BRANCHES).blocks if isinstance(b, Heading)]
    assert [(heading.level, heading.text) for heading in headings] == [(1, "Guide"), (2, "Branches")]


def test_a_covered_cell_is_none_and_an_empty_one_is_empty() -> None:
    (table,) = tables(loaded(BRANCHES))
    assert table.rows == (
        ("Branch", "Area", "Phone"),
        ("North", "Alpha", "02-111-1111"),
        (None, "Beta", ""),
        ("South and all of its many towns", None, "02-333-3333"),
    )


def test_a_table_that_goes_on_keeps_its_header_and_the_label_of_a_cut_group() -> None:
    table = """#table(columns: 2, [Group], [Item], [First], [one], [], [two])
    #pagebreak()
    #table(columns: 2, [Group], [Item], [], [three], [Second], [four])"""
    first, second = tables(loaded(table))
    assert (first.page, second.page) == (1, 2)
    assert first.rows[2] == ("", "two")
    assert second.rows == (("Group", "Item"), ("", "three"), ("Second", "four"))
    cut = table.replace("[], [two]", "[Last], [two]")
    assert tables(loaded(cut))[1].rows[1] == ("Last", "three")


def test_another_table_on_the_same_page_takes_no_label_over() -> None:
    two = (
        "#table(columns: 2, [Group], [Item], [First], [one])\n\nText\n\n#table(columns: 2, [Group], [Item], [], [two])"
    )
    assert tables(loaded(two))[1].rows[1] == ("", "two")


def test_a_frame_around_text_is_no_table() -> None:
    document = loaded("#rect(width: 100%)[Framed words] #rect[More words] #line(length: 50%)")
    assert not tables(document)
    assert "Framed words" in document.page_text(1)


def test_every_page_is_counted_and_every_block_knows_its_page() -> None:
    document = loaded("One\n#pagebreak()\n#pagebreak()\nThree")
    assert document.page_count == 3
    assert [(block.page, block.text) for block in document.blocks] == [(1, "One"), (3, "Three")]


def locked(algorithm: str, reader_password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(compiled("Secret words")))
    writer.encrypt(reader_password, "owner", algorithm=algorithm)
    done = io.BytesIO()
    writer.write(done)
    return done.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_file_that_only_forbids_changes_is_read(algorithm: str) -> None:
    assert read(locked(algorithm, ""), SOURCE).page_text(1) == "Secret words"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"%PDF-1.7 nothing else\n%%EOF", "손상"),
        (compiled("Some words here")[:300], "잘렸습니다"),
        (compiled("#rect()"), "글자가 없는"),
        (locked("RC4-128", "word"), "암호"),
        (locked("AES-256", "word"), "암호"),
    ],
    ids=["garbage", "cut off", "picture", "locked", "locked well"],
)
def test_a_file_that_cannot_be_read_is_named_with_its_reason(raw: bytes, said: str) -> None:
    with pytest.raises(LoadError, match=said) as caught:
        read(raw, SOURCE)
    assert "guide.pdf" in str(caught.value)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[3] / "corpus").glob("*.pdf")), ids=lambda path: path.stem
)
def test_no_character_of_the_bundled_guides_is_lost(path: Path) -> None:
    document = read(path.read_bytes(), SOURCE)
    for number, page in enumerate(pypdf.PdfReader(path).pages, 1):
        printed = Counter("".join(page.extract_text().split()))
        assert not printed - Counter("".join(document.page_text(number).split()))


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_that_is_turned_to_stand_upright_reads_as_the_upright_one(tmp_path: Path, angle: int) -> None:
    """Landscape tables are often drawn sideways and turned back by the page's own rotation."""
    guide = pypdf.PdfReader(INSTALLATION / "corpus" / "guide2026.pdf")
    number = next(at for at, page in enumerate(guide.pages) if "강원지사" in page.extract_text())

    def tables(angle: int) -> list[tuple[tuple[str | None, ...], ...]]:
        writer = pypdf.PdfWriter()
        page = writer.add_page(guide.pages[number])
        if angle:
            page.rotate(angle)
            page.transfer_rotation_to_content()
            page.rotate(-angle)
        path = tmp_path / f"{angle}.pdf"
        writer.write(path)
        return [b.rows for b in read(path.read_bytes(), SOURCE).blocks if isinstance(b, Table)]

    assert tables(angle) == tables(0) != []
