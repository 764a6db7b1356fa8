"""What goes into the catalogue comes out of it unchanged."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import catalogue
from rag.catalogue import Catalogue
from rag.domain import Document, Heading, Paragraph, ReviewCode, ReviewItem, SourceResult, Table
from rag.errors import IndexDamaged
from tests.rag.records import DOCUMENT, PROGRAM, SOURCE, chunks

WORDS = st.text(max_size=8)
PAGE = st.integers(1, 9)
ROWS = st.lists(st.lists(WORDS | st.none(), max_size=3).map(tuple), max_size=3).map(tuple)
BLOCK = (
    st.builds(Heading, PAGE, st.integers(1, 4), WORDS)
    | st.builds(Paragraph, PAGE, WORDS)
    | st.builds(Table, PAGE, ROWS)
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "목록 폴더 #1?" / "catalogue.sqlite"
    path.parent.mkdir()
    catalogue.write(path, [DOCUMENT], chunks("a"), [PROGRAM])
    return path


def test_every_record_comes_back_equal_and_in_order(path: Path) -> None:
    books = Catalogue(path)
    assert books.programs() == (PROGRAM,)
    assert books.program("p1") == PROGRAM
    assert books.sources() == (SOURCE,)
    assert books.source("guide") == SOURCE
    assert books.document("guide") == DOCUMENT
    assert books.chunks() == chunks("a")
    assert books.chunk("a-3") == chunks("a")[3]
    books.close()


def test_the_review_comes_back_equal_and_in_order(tmp_path: Path) -> None:
    results = (SourceResult("b", "b.pdf", "ok", "", 2, 3, 1), SourceResult("a", "a.pdf", "partial", "일부"))
    item = ReviewItem(
        ReviewCode.MISSING, "b", "b.pdf", "없습니다.", "확인해 주세요.", (1, 2), "모의 사업", "period", "말"
    )
    review = (item, item, replace(item, pages=None))
    catalogue.write(tmp_path / "catalogue.sqlite", [], [], [], results, review)
    books = Catalogue(tmp_path / "catalogue.sqlite")
    assert (books.results(), books.review()) == (results, review)
    books.close()


def test_an_unknown_id_gives_nothing(path: Path) -> None:
    books = Catalogue(path)
    assert (books.program("x"), books.source("x"), books.document("x"), books.chunk("x")) == (None,) * 4


@settings(deadline=None, max_examples=40)
@given(blocks=st.lists(BLOCK, max_size=6).map(tuple))
def test_any_blocks_keep_their_kind_and_words(
    tmp_path_factory: pytest.TempPathFactory, blocks: tuple[Heading | Paragraph | Table, ...]
) -> None:
    path = tmp_path_factory.mktemp("any") / "catalogue.sqlite"
    document = Document(SOURCE, blocks, 9)
    catalogue.write(path, [document], [], [])
    assert Catalogue(path).document("guide") == document


@pytest.mark.parametrize("content", [None, b"", b"no database" * 500])
def test_a_file_that_is_no_catalogue_is_refused_with_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "catalogue.sqlite"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(IndexDamaged, match="목록을 읽을 수 없습니다"):
        Catalogue(path)
