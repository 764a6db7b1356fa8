"""Notices of layouts that the code was not written for: every expected fact is read, and none is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.records.assembly import link
from rag.domain import Program
from tests.ingest.noticing import NOTICES, expected, notices, programs_of, programs_read, score


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: notice.stem)
def test_every_fact_of_a_notice_is_read_and_none_is_made_up(notice: Path) -> None:
    result = score(notice)
    known = set(expected(notice).get("misread", []))
    assert ({*result.missed} - known, {*result.made_up} - known) == (set(), set())


def test_nearly_every_fact_is_read_over_all_notices() -> None:
    results = [score(notice) for notice in notices()]
    assert sum(result.found for result in results) >= 0.96 * sum(result.expected for result in results)


def test_no_phone_and_hardly_a_day_or_sum_is_made_up_over_all_notices() -> None:
    made_up = [fact for notice in notices() for fact in score(notice).made_up]
    assert not any("phone" in fact for fact in made_up)
    assert len(made_up) <= 10


@pytest.mark.parametrize("notice", notices(), ids=lambda notice: notice.stem)
def test_every_quote_stands_in_its_notice_and_holds_its_phones(notice: Path) -> None:
    words = "".join(notice.read_text("utf-8").split())
    for program in programs_of(notice):
        for contact in program.contacts:
            for phone in contact.phones:
                assert phone[-3:] in contact.evidence.quote or "~" in contact.evidence.quote
                assert phone.split("-")[0] in words


def both_editions() -> list[Program]:
    return [p for name in ("over_first.txt", "over_second.txt") for p in programs_of(NOTICES / name)]


def test_a_later_notice_supersedes_the_earlier_and_both_stay() -> None:
    published = {"over_first": "2026-01-26", "over_second": "2026-02-24"}
    first, second = link(both_editions(), published)
    assert (first.supersedes, second.supersedes) == (None, first.id)
    assert first.contacts and second.contacts


def test_a_later_notice_changes_no_id_in_use() -> None:
    first, _ = both_editions()
    alone = link([first], {"over_first": "2026-01-26"})
    together = link(both_editions(), {"over_first": "2026-01-26", "over_second": "2026-02-24"})
    assert alone[0].id == together[0].id != together[1].id


def test_reading_the_same_notice_twice_gives_the_same_programmes() -> None:
    for notice in notices()[:4]:
        assert programs_of(notice) == programs_read(notice)
