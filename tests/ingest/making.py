"""Made-up notices for the tests of extraction: Markdown flows in, lines, segments or programmes flow out."""

from __future__ import annotations

from functools import cache

from ingest.files.making import Words
from ingest.labels.lines import Line, lines_of
from ingest.records.assembly import extract
from ingest.text.sections import sections
from rag.domain import Block, Document, Evidence, Heading, Paragraph, Program, Source, Table
from rag.grammar.places import Gazetteer, read_regions
from rag.lexicon import Lexicon, read_lexicon
from rag.settings import INSTALLATION

SOURCE = Source("notice", "notice.md", "모의 안내서", "모의부·모의진흥원", "2026-02", None, "d1")
EVIDENCE = Evidence("notice", (1, 1), "", "근거")


@cache
def lexicon() -> Lexicon:
    return read_lexicon(INSTALLATION / "corpus" / "lexicon.yaml", INSTALLATION / "corpus" / "pack.yaml")


@cache
def gazetteer() -> Gazetteer:
    return read_regions(INSTALLATION / "corpus" / "regions.yaml")


def words() -> Words:
    """What files are read with."""
    return Words(lexicon(), gazetteer())


def blocks(text: str, page: int = 1) -> tuple[Block, ...]:
    """One block a line: "# …" a heading, "| … |" a table row ("^^" a covered cell), anything else a paragraph."""
    found: list[Block] = []
    rows: list[tuple[str | None, ...]] = []
    for line in [*(line.strip() for line in text.strip().split("\n")), ""]:
        if line.startswith("|"):
            cells = (cell.strip().replace("<br>", "\n") for cell in line.strip("|").split("|"))
            rows.append(tuple(None if cell == "^^" else cell for cell in cells))
            continue
        if rows:
            found.append(Table(page, tuple(rows)))
            rows = []
        if line.startswith("#"):
            marks, words = line.split(" ", 1)
            found.append(Heading(page, len(marks), words))
        elif line:
            found.append(Paragraph(page, line))
    return tuple(found)


def document(text: str, title: str = SOURCE.title) -> Document:
    source = Source("notice", "notice.md", title, SOURCE.publisher, "2026-02", None, "d1")
    return Document(source, blocks(text), 1)


def lines(text: str) -> list[Line]:
    return lines_of(sections(document(text)))


def programs(text: str, title: str = SOURCE.title) -> list[Program]:
    made = document(text, title)
    return extract(made, sections(made), lexicon(), gazetteer())
