"""What one person, month or unit gets comes to a sum for what a question counts; nothing is reckoned otherwise."""

import pytest

from rag.answering.rates import rated
from rag.plan import Ask, Fact
from tests.rag.records import EVIDENCE


def told(stated: str, asked: str) -> str:
    fact = rated(Fact(Ask.AMOUNT, stated, (EVIDENCE,)), asked)
    return fact.text if fact else ""


@pytest.mark.parametrize(
    ("stated", "asked", "sum_"),
    [
        ("1인당 월 최대 25만원", "직원 세 명이면 얼마", "3명이면 한 달에 많아야 75만 원"),
        ("근로자 1인당 월 40만원씩 최대 5개월간 지원", "두 명 뽑으면 얼마예요", "2명, 5개월이면 400만 원"),
        ("근로자 1인당 월 40만원씩 최대 5개월간 지원", "한 사람당 다 해서 얼마", "5개월이면 1명당 200만 원"),
        ("상자당 500원 지원", "300상자 보냈어요", "300상자면 15만 원"),
        ("kg당 200원 지원", "2톤 냈는데 얼마", "2톤이면 40만 원"),
        ("50천원/1ha 지원", "2.5헥타르인데", "2.5헥타르면 12만 5,000원"),
        ("건당 30만원", "특허 4건 하면", "4건이면 120만 원"),
    ],
)
def test_a_rate_comes_to_a_sum_for_what_is_counted(stated: str, asked: str, sum_: str) -> None:
    assert sum_ in told(stated, asked)


def test_no_more_people_count_than_are_paid_for() -> None:
    assert "2명이면" in told("기업당 2명 이내, 1인당 월 최대 20만원", "직원 일곱 명이면 얼마")


@pytest.mark.parametrize(
    ("stated", "asked"),
    [
        ("업체당 최대 300만원", "직원 세 명이면 얼마"),
        ("kg당 200원 지원", "얼마 주나요"),
        ("kg당 200원 지원", "3헥타르인데 얼마"),
        ("시간당 8천원", "얼마예요"),
    ],
)
def test_without_a_rate_or_a_count_of_its_kind_nothing_is_reckoned(stated: str, asked: str) -> None:
    assert told(stated, asked) == ""
