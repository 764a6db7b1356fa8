"""What a table of changes still says."""

from __future__ import annotations

import pytest

from ingest.programs.changes import current
from tests.ingest.programs.making import lines


@pytest.mark.parametrize(
    ("header", "kept"),
    [
        (("구분", "변경 전", "변경 후"), (0, 2)),
        (("", "당초", "정정"), (0, 2)),
        (("항목", "최초 공고", "재공고", "비고"), (0, 2, 3)),
        (("구분", "기존 기업", "신규 기업"), (0, 1, 2)),
        (("구분", "내용"), (0, 1)),
        ((), ()),
    ],
)
def test_of_old_and_new_columns_the_new_one_holds(header: tuple[str, ...], kept: tuple[int, ...]) -> None:
    assert current(header) == kept


def test_old_words_are_shown_but_not_read() -> None:
    line = lines("| 구분 | 변경 전 | 변경 후 |\n| 접수기간 | 3. 2. ~ 3. 6. | 3. 2. ~ 3. 20. |")[-1]
    assert line.cells == ("접수기간", "3. 2. ~ 3. 20.") and "3. 6." in line.text
