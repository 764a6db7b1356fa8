"""What of a difference blocks: too many gone, what must be read and is not, and what a lesser source changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.domain import (
    Contact,
    Dispute,
    Disputed,
    Evidence,
    Period,
    PeriodKind,
    Program,
    Rank,
    Source,
)
from rag.publishing.difference import difference
from rag.publishing.finding import cap, items_of, removals
from rag.publishing.items import Item, ItemKind
from rag.publishing.must import unread
from rag.publishing.stating import Field
from tests.rag.many import program_of

OWN = Source("s1", "s1.md", "공고", "모의 진흥원", "2026-02", None, "d")
SOURCES = {
    "s1": OWN,
    "s2": replace(OWN, id="s2", publisher="다른 시청"),
    "paper": replace(OWN, id="paper", publisher="모의일보", rank=Rank.PRESS),
    "staff": replace(OWN, id="staff", rank=Rank.STAFF),
}


def found(was: list[Program], now: list[Program]) -> list[Item]:
    """Every item of the difference of two catalogues."""
    return [each for one in difference(was, now) for each in items_of(one, SOURCES.get, SOURCES.get)]


def called(program: Program, phone: str, source: str) -> Program:
    """The programme with another number of its office, read from that source."""
    where = Evidence(source, (4, 4), "", f"모의 진흥원 {phone}")
    return replace(program, contacts=(Contact("모의 진흥원", where, phones=(phone,)),))


@pytest.mark.parametrize(("served", "most"), [(0, 20), (12, 20), (400, 20), (420, 21), (1113, 55)])
def test_twenty_programmes_may_go_or_five_in_a_hundred(served: int, most: int) -> None:
    assert cap(served) == most


def test_one_more_gone_than_may_blocks_and_the_same_ones_gone_are_the_same_item() -> None:
    programs = list(map(program_of, range(60)))
    assert not list(removals(difference(programs, programs[20:]), 60))
    (item,) = removals(difference(programs, programs[21:]), 60)
    assert item.blocks and item.kind is ItemKind.REMOVALS and "21개" in item.sentence
    (again,) = removals(difference(programs[::-1], programs[21:]), 60)
    (other,) = removals(difference(programs, programs[22:]), 60)
    assert item.id == again.id != other.id


def test_a_change_by_a_source_as_good_or_better_does_not_block() -> None:
    was = called(program_of(1), "02-000-0001", "s1")
    for source in ("s1", "staff"):
        (item,) = found([was], [called(was, "02-999-9999", source)])
        assert item.kind is ItemKind.CHANGED and not item.blocks
        assert (item.was, item.now) == ("모의 진흥원 02-000-0001", "모의 진흥원 02-999-9999")
        assert item.now_at and item.now_at.pages == (4, 4)


@pytest.mark.parametrize("source", ["s2", "paper"])
def test_a_change_by_a_lesser_source_blocks(source: str) -> None:
    was = called(program_of(1), "02-000-0001", "s1")
    (item,) = found([was], [called(was, "02-999-9999", source)])
    assert item.kind is ItemKind.LOWER_RANK and item.blocks


def test_what_a_lesser_source_adds_to_what_a_better_one_tells_blocks() -> None:
    was = called(program_of(1), "02-000-0001", "s1")
    more = Contact("다른 기관", Evidence("paper", (1, 1), "", ""), phones=("02-111-1111",))
    (item,) = found([was], [replace(was, contacts=(*was.contacts, more))])
    assert item.kind is ItemKind.LOWER_RANK and item.blocks and not item.was


def test_a_new_dispute_blocks_until_a_person_decides() -> None:
    dispute = Dispute(Disputed.AMOUNT, "1억원", "9억원", None, Evidence("paper", (1, 1), "", ""), "기사", Rank.PRESS)
    was = called(program_of(1), "02-000-0001", "s1")
    (item,) = found([was], [replace(was, disputes=(dispute,))])
    assert item.kind is ItemKind.LOWER_RANK and item.blocks
    assert (item.field, item.was, item.now) == (Field.BENEFIT, "1억원", "9억원")


def test_what_must_be_read_of_a_new_or_changed_programme_and_is_not_blocks() -> None:
    whole = called(program_of(1), "02-000-0001", "s1")
    bare = replace(whole, periods=(Period(PeriodKind.UNSTATED, ""),), contacts=(), criteria=(), details=())
    assert unread(whole) == () and unread(bare) == (Field.PERIOD, Field.CONTACT, Field.CRITERION)
    for was in ([], [whole]):
        blocking = [item for item in found(was, [bare]) if item.blocks]
        assert [item.field for item in blocking] == ["period", "contact", "criterion"]
        assert all(item.kind is ItemKind.UNREAD for item in blocking)
    assert found([bare], [bare]) == []


def test_an_office_without_any_way_to_reach_it_is_not_read() -> None:
    office = Contact("모의 진흥원", Evidence("s1", (1, 1), "", "모의 진흥원"))
    assert unread(replace(program_of(1), contacts=(office,))) == (Field.CONTACT,)
    assert unread(replace(program_of(1), contacts=(replace(office, urls=("https://example.kr",)),))) == ()


def test_what_is_called_off_need_not_say_more() -> None:
    was = program_of(1)
    off = replace(was, periods=(replace(was.periods[0], is_cancelled=True),), contacts=())
    assert ItemKind.CANCELLED in {item.kind for item in found([was], [off])}
    assert not any(item.blocks for item in found([was], [off]))


def test_the_same_finding_has_the_same_id_and_another_value_has_another() -> None:
    was = called(program_of(1), "02-000-0001", "s1")
    ids = [found([was], [called(was, phone, "s2")])[0].id for phone in ("02-1", "02-1", "02-2")]
    assert ids[0] == ids[1] != ids[2]
    elsewhere = replace(called(program_of(2), "02-000-0001", "s1"))
    assert found([elsewhere], [called(elsewhere, "02-1", "s2")])[0].id != ids[0]


def test_every_item_is_a_korean_sentence_with_the_right_particle() -> None:
    was = program_of(1)
    now = replace(called(was, "02-999-9999", "s1"), agency="다른 곳", budget=3, periods=())
    for item in found([was], [now]):
        assert item.sentence.endswith(("다.", "'", "요.")), item.sentence
        assert "None" not in item.sentence and "{" not in item.sentence
    assert any("문의처가 바뀝니다" in item.sentence for item in found([was], [now]))
