"""The laws of reading, over every file of the bundled corpus and, where they are at hand, of others."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from ingest.files.manifest import Entry, read_manifest
from ingest.loaders import load
from ingest.text.chunks import chunks
from ingest.text.clean import clean
from ingest.text.sections import sections
from rag.domain import Document, Table
from rag.lexicon import read_lexicon

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
FOLDERS = [folder for folder in (CORPUS, ROOT.parent / "shared" / "source-documents") if folder.is_dir()]
ENTRIES = [entry for folder in FOLDERS for entry in read_manifest(folder)]


@lru_cache
def document_of(entry: Entry) -> Document:
    loaded = load(entry.path, entry.source(entry.path.read_bytes()))
    return clean(loaded, read_lexicon(CORPUS / "lexicon.yaml", CORPUS / "pack.yaml").repairs)


def bare(text: str) -> str:
    return "".join(text.split())


every_file = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.file)


@every_file
def test_sections_hold_the_whole_text_in_order(entry: Entry) -> None:
    document = document_of(entry)
    whole = bare("".join(block.text for block in document.blocks))
    assert bare("".join(section.text for section in sections(document))) == whole


@every_file
def test_every_page_with_words_gives_blocks_in_page_order(entry: Entry) -> None:
    document = document_of(entry)
    pages = [block.page for block in document.blocks]
    assert pages == sorted(pages)
    assert set(pages) == set(range(1, document.page_count + 1))


@every_file
def test_chunk_ids_are_unique(entry: Entry) -> None:
    document = document_of(entry)
    found = chunks(document, sections(document), ())
    assert found and len({chunk.id for chunk in found}) == len(found)


@every_file
def test_every_word_of_a_chunk_stands_on_its_pages(entry: Entry) -> None:
    document = document_of(entry)
    for chunk in chunks(document, sections(document), ()):
        first, last = chunk.pages
        shown = bare("".join(document.page_text(page) for page in range(first, last + 1)))
        words = chunk.text.replace(" · ", " ").replace(": ", " ").split()
        assert [word for word in words if word not in shown] == []


@every_file
def test_cleaning_twice_changes_nothing(entry: Entry) -> None:
    document = document_of(entry)
    assert clean(document, ()) == document


@pytest.mark.parametrize("path", sorted((CORPUS / "src").glob("*.md")), ids=lambda path: path.stem)
def test_a_typeset_guide_reads_as_its_manuscript_does(path: Path) -> None:
    (entry,) = [entry for entry in read_manifest(CORPUS) if entry.id == path.stem]
    manuscript = clean(load(path, entry.source(path.read_bytes())), ())
    written, printed = cells_of(manuscript), cells_of(document_of(entry))
    # A table that goes on over a page prints its header again.
    assert not Counter(map(joined, written)) - Counter(map(joined, printed))
    breaks = {joined(cell): {joined(part) for part in starts(cell)} for cell in written}
    invented = [cell for cell in printed for part in starts(cell) if joined(part) not in breaks[joined(cell)]]
    assert not invented
    # A line that happens to be full cannot be told from one that the cell's edge broke.
    kept, all_ = (sum(cell.count("\n") for cell in cells) for cells in (printed, written))
    assert kept >= 0.7 * all_
    assert covered(manuscript) == covered(document_of(entry))


def cells_of(document: Document) -> list[str]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [cell for table in tables for row in table.rows for cell in row if cell]


def covered(document: Document) -> int:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return sum(cell is None for table in tables for row in table.rows for cell in row)


def joined(cell: str) -> str:
    return "".join(cell.split())


def starts(cell: str) -> list[str]:
    """The cell up to each of its line ends."""
    return [cell[:at] for at, character in enumerate(cell) if character == "\n"]
