"""What programmes give: kinds, ceilings and ratios, by the part that each statement speaks of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.records.gains import benefits, parts
from rag.domain import Benefit, BenefitKind, Detail
from tests.ingest.making import EVIDENCE


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
        ("대출 이자 차액 보전", BenefitKind.LOAN),
        ("업체당 5천만원까지 특례보증", BenefitKind.GUARANTEE),
        ("임차 보증금 지원금", BenefitKind.GRANT),
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


def stated(*texts: str, label: str = "지원내용") -> tuple[Benefit, ...]:
    return benefits([Detail(label, text, replace(EVIDENCE, quote=text)) for text in texts])


def figures(found: tuple[Benefit, ...]) -> list[tuple[str | None, int | None, float | None, float | None]]:
    return [(b.track, b.ceiling, b.rate, b.own_share) for b in found if b.ceiling or b.rate or b.own_share]


def test_rows_of_parts_carry_their_names() -> None:
    found = stated("유형: 기초형 · 한도: 5천만원 · 국비 비율: 50%", "유형: 심화형 · 한도: 2억원 · 국비 비율: 60%")
    assert figures(found) == [("기초형", 50_000_000, 50, None), ("심화형", 200_000_000, 60, None)]


def test_a_table_of_one_row_describes_the_programme() -> None:
    assert figures(stated("유형: 기초형 · 한도: 5천만원")) == [(None, 50_000_000, None, None)]


def test_a_share_told_once_holds_for_every_part() -> None:
    found = stated("기초형: 최대 5천만원", "심화형: 최대 2억원", "총사업비의 80%를 지원하며 나머지 20%는 자부담")
    assert figures(found)[:3] == [
        ("기초형", 50_000_000, None, None),
        ("심화형", 200_000_000, None, None),
        (None, None, 80, 20),
    ]
    assert figures(found)[3:] == [("기초형", None, 80, 20), ("심화형", None, 80, 20)]


def test_a_higher_ceiling_of_special_cases_is_listed_behind_the_general_one() -> None:
    assert [b.ceiling for b in found("업체당 2억원 이내, 다만 수출기업은 4억원 이내")] == [200_000_000, 400_000_000]


def test_a_heading_in_plain_words_says_that_something_is_given() -> None:
    assert figures(stated("최대 3천만원", label="얼마나 받나요")) == [(None, 30_000_000, None, None)]
    assert figures(stated("최대 3천만원", label="내야 할 서류")) == []


def test_a_sum_for_one_applicant_counts_wherever_it_stands_but_less() -> None:
    (benefit,) = stated("기업당 최대 3천만원을 지원합니다.", label="우대사항")
    assert (benefit.ceiling, benefit.confidence < 1) == (30_000_000, True)


def test_the_budget_is_shared_by_givers_and_gives_no_rate() -> None:
    assert figures(stated("180,000천원(도비 30%, 시비 70%)", label="예산")) == []
    assert figures(stated("4,000백만원(도비 12, 시군비 28, 자부담 60%)", label="예산")) == [(None, None, 40, 60)]


@pytest.mark.parametrize(
    ("name", "title", "kind"),
    [
        ("가람 소상공인 융자", "", BenefitKind.LOAN),
        ("시설자금", "2026년 육성자금 융자 계획 공고", BenefitKind.LOAN),
        ("가람 특례보증", "", BenefitKind.GUARANTEE),
        ("가람 시설개선", "2026년 가람 시설개선 공고", BenefitKind.GRANT),
    ],
)
def test_money_is_what_the_programme_calls_it_where_the_statement_does_not_say(
    name: str, title: str, kind: BenefitKind
) -> None:
    (benefit,) = benefits((Detail("지원내용", "업체당 5억원 이내 지원", EVIDENCE),), name, title)
    assert (benefit.kind, benefit.ceiling) == (kind, 500_000_000)


def test_a_sum_a_month_is_no_whole_and_a_sum_a_year_is() -> None:
    (monthly,) = found("1인당 월 90만원 지원")
    assert (monthly.ceiling, monthly.per, monthly.whole) == (900_000, "1인당 월", None)
    (yearly,) = found("업체당 연간 최대 900만원 지원")
    assert (yearly.per, yearly.whole) == ("연간", 9_000_000)


def test_of_the_cost_of_one_project_the_part_is_given_that_both_shares_tell() -> None:
    (told,) = found("개소당 사업비: 4,000만원 (보조 80%, 자부담 20%)", "지원조건")
    assert (told.ceiling, told.rate, told.own_share) == (32_000_000, 80, 20)
    (alone,) = found("개소당 사업비: 4,000만원 (보조 80%)", "지원조건")
    assert alone.ceiling is None


def test_running_text_that_hands_out_a_sum_gives_it() -> None:
    (told,) = found("뽑힌 가게에는 수리비로 최대 1천5백만 원을 주고, 간판도 달아 준다.", "")
    assert told.ceiling == 15_000_000


def stated_in(*texts: str, label: str = "지원내용") -> list[Detail]:
    return [Detail(label, text, replace(EVIDENCE, quote=text)) for text in texts]


def test_titles_on_lines_of_their_own_name_the_figures_below_them() -> None:
    found = parts(stated_in("포장 개발", "포장재 설계, 기업당 최대 7백만원", "금형 제작", "기업당 최대 2천만원"))
    assert found == {1: "포장 개발", 3: "금형 제작"}


def test_a_list_of_what_is_given_names_no_part() -> None:
    texts = ("도면 변환", "소프트웨어 도입", "기업당 최대 3천만원", "현장 교육", "기업당 최대 1백만원")
    assert parts(stated_in(*texts)) == {}


def test_names_before_the_figures_of_neighbours_are_parts() -> None:
    assert parts(stated_in("중소기업: 정부 75%, 자부담 25%", "중견기업: 정부 70%, 자부담 30%")) == {
        0: "중소기업",
        1: "중견기업",
    }
    assert parts(stated_in("훈련비: 기업당 연간 3,000만원 한도", "인건비: 최저임금의 150% 지급")) == {}


def test_brackets_before_the_figures_of_neighbours_name_parts_but_no_payers() -> None:
    told = ("(기본형) 점포당 200만원 이내", "(확장형) 점포당 500만원 이내")
    assert parts(stated_in(*told)) == {0: "기본형", 1: "확장형"}
    assert parts(stated_in("(국비) 점포당 200만원 이내", "(도비) 점포당 100만원 이내")) == {}


def test_sections_in_which_a_label_returns_are_parts() -> None:
    heads = ("시설자금", "운전자금")
    details = [
        Detail("융자한도", "업체당 5억원 이내", replace(EVIDENCE, section=f"융자조건 > {head}", quote="5억원"))
        for head in heads
    ]
    assert parts(details) == {0: "시설자금", 1: "운전자금"}
