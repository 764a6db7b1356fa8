"""What records hold by themselves: cells that merged ones cover."""

import pytest

from rag.domain import Table

Row = tuple[str | None, ...]


@pytest.mark.parametrize(
    ("rows", "filled"),
    [
        pytest.param(
            [("기관", "주무", "가람시"), (None, "운영", "나루원"), ("목적", None, "절감"), ("대상", None, "기업")],
            [("목적", "목적", "절감"), ("대상", "대상", "기업")],
            id="a label below a group that has ended covers what is beside it",
        ),
        pytest.param(
            [("구분", "한도", "비고"), ("A", "1억", "공통"), ("B", "2억", None)],
            [("A", "1억", "공통"), ("B", "2억", "공통")],
            id="a cell below a value is covered by it",
        ),
        pytest.param(
            [("구분", "지원", None, "비고"), (None, "한도", "부담", None)],
            [("구분", "지원", "지원", "비고"), ("구분", "한도", "부담", "비고")],
            id="names in two rows",
        ),
    ],
)
def test_a_covered_cell_holds_what_covers_it(rows: list[Row], filled: list[Row]) -> None:
    assert list(Table(1, tuple(rows)).filled)[-2:] == filled
