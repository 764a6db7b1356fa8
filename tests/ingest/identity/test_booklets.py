"""Booklets: which lines are the names of programmes that stand over blocks of labels."""

from __future__ import annotations

from ingest.identity.segments import cards
from tests.ingest.making import lines, programs

BLOCK = """
지원대상: {0} 중소기업
지원내용: {0} 설비
신청방법: 방문 접수
문의처: 가람시청 {0}과 02-100-2001
"""


def names(text: str) -> list[str]:
    return [part.name for part in cards(lines(text))]


def page(number: int, name: str, trade: str) -> str:
    return f"- {number} -\n경영지원\n0{number} {name}\n공장을 돌려 온 곳을 돕습니다.\n{BLOCK.format(trade)}"


BOOKLET = (
    page(3, "가람 간판 교체", "금형") + page(4, "나래 설비 지원사업", "주물") + page(5, "다온 훈련 바우처", "용접")
)


def test_a_number_before_a_name_over_labels_begins_a_programme() -> None:
    assert names(BOOKLET) == ["가람 간판 교체", "나래 설비 지원사업", "다온 훈련 바우처"]


def test_names_without_numbers_begin_programmes_where_they_read_as_such() -> None:
    text = "가람 설비 지원사업\n" + BLOCK.format("금형") + "훈련지원\n나래 훈련 바우처\n" + BLOCK.format("주물")
    assert names(text) == ["가람 설비 지원사업", "나래 훈련 바우처"]


def test_blocks_with_few_labels_are_the_parts_of_one_programme() -> None:
    text = "01 시설자금\n지원대상: 제조업\n지원내용: 대출\n02 운전자금\n지원대상: 상인\n지원내용: 대출"
    assert names(text) == []


def test_a_booklet_is_read_as_its_programmes_each_with_its_own_contact() -> None:
    found = programs(BOOKLET, "2026 가람시 기업지원 시책 안내")
    assert [p.name for p in found] == ["가람 간판 교체", "나래 설비 지원사업", "다온 훈련 바우처"]
    assert [[c.department for c in p.contacts] for p in found] == [["금형과"], ["주물과"], ["용접과"]]


def test_a_programme_whose_name_reads_as_none_stands_like_its_neighbours() -> None:
    text = "".join(
        f"{name}\n{BLOCK.format(name[:2])}" for name in ("금형 업체 이차보전", "주물 설비 지원", "용접 바우처")
    )
    assert names(text) == ["금형 업체 이차보전", "주물 설비 지원", "용접 바우처"]
    found = programs(text, "2026 가람시 기업지원 시책 안내")
    assert [[c.department for c in p.contacts] for p in found] == [["금형과"], ["주물과"], ["용접과"]]
