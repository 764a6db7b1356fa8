"""Authority: what a source is to a programme tells how far it is believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.domain import Rank, Source
from rag.standing.authority import is_hearsay, rank_of

SOURCE = Source("a", "a.pdf", "안내", "", "2026", None, "")
BODIES = ("모의부", "모의진흥원")


@pytest.mark.parametrize(
    ("publisher", "rank"),
    [
        ("모의진흥원", Rank.RUNNER),
        ("모의부·다른부", Rank.RUNNER),
        ("모레군", Rank.GOVERNMENT),
        ("", Rank.GOVERNMENT),
        ("모레일보", Rank.PRESS),
        ("모의진흥원 뉴스", Rank.PRESS),
    ],
)
def test_the_publisher_tells_where_staff_do_not(publisher: str, rank: Rank) -> None:
    assert rank_of(replace(SOURCE, publisher=publisher), BODIES) is rank


@pytest.mark.parametrize("rank", Rank)
def test_what_staff_say_of_a_source_holds(rank: Rank) -> None:
    assert rank_of(replace(SOURCE, publisher="모의진흥원", rank=rank), BODIES) is rank


def test_nobody_vouches_for_press_and_files_without_a_row() -> None:
    assert [rank for rank in Rank if is_hearsay(rank)] == [Rank.UNLISTED, Rank.PRESS]
