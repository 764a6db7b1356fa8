"""Rows of questions with what answers them: whole, of one split, and a line that cannot be read is named."""

from datetime import date
from pathlib import Path

import pytest

from rag.errors import ReadingsError
from rag.fitting.examples import ANSWERS, WISHES, read_answers, read_wishes


def test_rows_of_the_split_asked_for_are_read(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(
        '{"question": "얼마", "as_of": "2026-03-02", "program": "가", "holds": [["1억"]], "split": "train"}\n'
        '{"question": "언제", "as_of": "2026-03-02", "program": "가", "holds": [], "split": "held"}\n',
        "utf-8",
    )
    (row,) = read_answers(tmp_path, ("train",))
    assert (row.question.text, row.question.as_of, row.holds) == ("얼마", date(2026, 3, 2), (("1억",),))


@pytest.mark.parametrize(
    "line",
    ["{", '{"question": "얼마", "split": "train"}', "[]", '{"split": "train", "question": "얼마", "as_of": "x"}'],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "rows.jsonl").write_text(line + "\n", "utf-8")
    with pytest.raises(ReadingsError, match=r"rows\.jsonl 1째 줄"):
        read_wishes(tmp_path, ("train",))


def test_the_rows_that_ship_are_whole() -> None:
    assert len(read_answers(ANSWERS, ("train",))) >= 900
    assert len(read_answers(ANSWERS, ("dev",))) >= 100
    assert len(read_wishes(WISHES, ("train",))) >= 300
    assert len(read_wishes(WISHES, ("dev",))) >= 70
