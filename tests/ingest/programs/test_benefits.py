"""What is given, up to how much, and at whose expense."""

from __future__ import annotations

import pytest

from ingest.programs.benefits import benefits
from rag.domain import Benefit, BenefitKind, Detail
from tests.ingest.programs.making import EVIDENCE


def found(text: str, label: str = "지원내용") -> tuple[Benefit, ...]:
    return benefits((Detail(label, text, EVIDENCE),))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("최대 2억원의 바우처를 줍니다.", BenefitKind.VOUCHER),
        ("시설자금을 융자합니다.", BenefitKind.LOAN),
        ("재직자 훈련", BenefitKind.TRAINING),
        ("전문가 컨설팅", BenefitKind.CONSULTING),
        ("국비 보조", BenefitKind.GRANT),
        ("장비 구축", BenefitKind.FACILITY),
    ],
)
def test_the_kind_is_read_from_the_words(text: str, kind: BenefitKind) -> None:
    assert [b.kind for b in found(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "ceiling"),
    [
        ("과제당 2억원 내외", 200_000_000),
        ("총 사업비의 50%(2억원) 이내", 200_000_000),
        ("2026년 총 645억원 국비: 1년과제 최대 20억원 이내, 2년과제 최대 30억원 이내", 3_000_000_000),
        ("60억원 이내(운전 5억원 이내)", 6_000_000_000),
        ("5개 지역에 평균 70억원 지원", None),
        ("2026년 예산은 총 140억원입니다.", None),
    ],
)
def test_the_ceiling_is_what_one_applicant_gets_at_most_and_not_the_budget(text: str, ceiling: int | None) -> None:
    assert max((b.ceiling or 0 for b in found(text)), default=0) == (ceiling or 0)


def test_rate_and_own_share_are_told_apart() -> None:
    (benefit,) = found("지원 비율은 지원금 90%, 기업분담금 10%입니다.")
    assert (benefit.rate, benefit.own_share) == (90.0, 10.0)


def test_another_partys_share_is_not_the_applicants() -> None:
    text = "국비와 지방비 및 자부담을 6:4 비율로 채웁니다. 이 가운데 지방비는 전체 사업비의 20% 이상이어야 합니다."
    assert [b.own_share for b in found(text)] == [None] or found(text) == ()


def test_a_kind_without_figures_is_listed_once() -> None:
    details = tuple(Detail("지원내용", text, EVIDENCE) for text in ("재직자 훈련", "맞춤 교육"))
    assert len(benefits(details)) == 1


def test_statements_on_other_things_give_nothing() -> None:
    assert found("최대 1억원을 아꼈습니다.", "사례") == ()
