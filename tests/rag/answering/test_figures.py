"""Figures: what a statement holds decides what it may answer."""

import pytest

from rag.answering import figures


@pytest.mark.parametrize("text", ["최대 1억 원", "기업당 300만원 이내", "80,000백만원"])
def test_a_sum_is_seen(text: str) -> None:
    assert figures.has_sum(text)
    assert figures.has_figure(text)


def test_a_share_is_no_sum() -> None:
    assert figures.has_part("총사업비의 50% 이내")
    assert not figures.has_part("단가의 300%를 지원합니다")
    assert not figures.has_sum("총사업비의 50% 이내")


def test_who_pays_is_heard() -> None:
    assert figures.speaks_of_own_share("기업부담금 30%(현금, 현물)")
    assert figures.says_free("기업이 부담하는 비용이 없습니다")
    assert not figures.says_free("기업이 30%를 부담합니다")
