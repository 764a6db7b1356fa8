"""A row of the shelf changes where nobody changed it meanwhile; its number is its own, also once it is wiped."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from server.store.engine import open_database
from server.store.shelf import CONTENT, Kept, Shelf, Status

NOW, LATER = "2026-03-20T10:00:00+09:00", "2026-04-20T10:00:00+09:00"


@pytest.fixture
def shelf(database_url: str, tmp_path: Path) -> Shelf:
    return Shelf(open_database(database_url, tmp_path))


def draft(id_: str, branch: str = "경인") -> Kept:
    return Kept(
        id_, "owner", Status.DRAFT, branch, "2026-03-20", "g1", NOW, NOW, LATER, case_json='{"name": "\\u0000"}'
    )


def finish(kept: Kept, sequence: int) -> Kept:
    number = f"26-{kept.branch}-{sequence:05d}"
    return replace(kept, status=Status.ISSUED, number=number, year=2026, sequence=sequence, issued_at=NOW)


def test_a_row_is_read_back_as_it_was_by_its_owner_alone(shelf: Shelf) -> None:
    shelf.add(draft("a"))
    assert shelf.find("owner", "a") == draft("a")
    assert shelf.find("another", "a") is None
    assert shelf.find("owner", "a\0") is None


def test_of_two_changes_to_one_draft_the_second_is_told(shelf: Shelf) -> None:
    shelf.add(draft("a"))
    assert shelf.replace(replace(draft("a"), edits_json="{}"))
    assert not shelf.replace(replace(draft("a"), edits_json='{"opinion": "늦음"}'))
    assert shelf.find("owner", "a") == replace(draft("a"), edits_json="{}", revision=2)


def test_numbers_follow_one_another_in_each_branch_however_many_issue_at_once(shelf: Shelf) -> None:
    drafts = [draft(f"d{at}", ("경인", "강원")[at % 2]) for at in range(40)]
    for each in drafts:
        shelf.add(each)
    with ThreadPoolExecutor(8) as many:
        issued = list(many.map(lambda each: shelf.issue(each, 2026, finish), drafts))
    numbers = sorted(each.number or "" for each in issued if each)
    assert numbers == sorted(f"26-{branch}-{at:05d}" for branch in ("경인", "강원") for at in range(1, 21))
    assert shelf.issue(drafts[0], 2026, finish) is None


def test_what_is_erased_or_expired_tells_nothing_and_keeps_its_number(shelf: Shelf) -> None:
    for id_ in "ab":
        shelf.add(draft(id_))
    issued = shelf.issue(draft("a"), 2026, finish)
    assert issued and shelf.erase("owner", issued.number or "", NOW)
    assert not shelf.erase("owner", "a", NOW)
    assert (shelf.sweep(NOW), shelf.sweep(LATER), shelf.sweep(LATER)) == (0, 1, 0)
    for id_, status in (("a", Status.DELETED), ("b", Status.EXPIRED)):
        found = shelf.find("owner", id_)
        assert found and found.status is status
        assert {getattr(found, name) for name in CONTENT} == {None}
    shelf.add(draft("c"))
    last = shelf.issue(draft("c"), 2026, finish)
    assert last and last.number == "26-경인-00002"


def test_a_page_counts_all_and_shows_the_newest_first(shelf: Shelf) -> None:
    for at in range(5):
        shelf.add(replace(draft(f"d{at}"), created_at=f"2026-03-2{at}T10:00:00+09:00"))
    total, found = shelf.page("owner", (Status.DRAFT,), 1, 2)
    assert (total, [each.id for each in found]) == (5, ["d3", "d2"])
