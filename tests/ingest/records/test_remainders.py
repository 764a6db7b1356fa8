"""What a clause asks beyond its criteria is left as a clause that was not read; wishes and trifles are not."""

from __future__ import annotations

import pytest

from ingest.records.applicants import applicants
from rag.domain import Detail, Evidence, Unread
from tests.ingest.programs.making import gazetteer


def left(*texts: str, label: str = "지원대상") -> tuple[Unread, ...]:
    details = [Detail(label, text.lstrip("-○ "), Evidence("n", (1, 1), "", text)) for text in texts]
    return applicants(details, gazetteer(), ("경상남도 김해시",)).unread


@pytest.mark.parametrize(
    "text",
    [
        "설립 3년 이상 법인기업",
        "가구를 만드는 개인 및 중소기업",
        "전년도 매출액이 50억원 이상인 중소기업",
        "대표자가 만 39세 이하인 중소기업",
        "개인사업자",
        "최근 3년간 수출 실적이 있는 경기도 소재 기업",
        "특허를 보유한 제조기업",
        "섬유를 만드는 대구 소재 중소기업",
    ],
)
def test_what_no_criterion_covers_is_left(text: str) -> None:
    (clause,) = left(text)
    assert (clause.text, clause.shuts_out) == (text, False)
    assert clause.left


@pytest.mark.parametrize(
    "text",
    [
        "중소기업",
        "AI 도입을 희망하는 국내 중소·중견 제조기업",
        "인력난에 어려움을 겪는 경기도 소재 중소기업",
        "수출을 하려는 소상공인",
        "상시근로자 5인 이상 50인 미만이며 고용보험에 가입한 수도권 소재 중소 제조기업",
        "「중소기업기본법」 제2조에 따른 중소기업",
        "중소기업기본법에 따른 중소기업",
        "소상공인, 의료기관, 중소·중견기업 등",
        "부산, 대구, 울산 등 3개 지역 내 AI기업",
        "여성기업 확인서를 보유한 중소기업",
        "예비창업자 또는 창업 7년 이내 기업",
        "중소기업, 대학, 연구기관으로 구성된 컨소시엄",
        "사업장별로 신청할 수 있습니다",
    ],
)
def test_what_is_read_whole_leaves_nothing(text: str) -> None:
    assert left(text) == ()


def test_who_is_shut_out_by_what_nothing_names_is_left_as_such() -> None:
    (clause,) = left("법인은 신청 불가", label="제외대상")
    assert (clause.text, clause.shuts_out, clause.left) == ("법인은 신청 불가", True, ("법인",))
    assert left("휴업 또는 폐업 중인 기업", label="제외대상") == ()


def test_a_clause_on_costs_shuts_no_applicant_out() -> None:
    assert left("단순 반복 직무와 무관한 내용은 할 수 없습니다", label="제외대상") == ()


def test_what_takes_an_exclusion_back_names_it() -> None:
    text = "국세 체납 기업 (다만, 분납 중인 기업은 신청 가능)"
    (clause,) = left(text, label="제외대상")
    assert (clause.text, clause.excepts) == ("분납 중인 기업은 신청 가능", text)
    beside = left("국세 체납 기업", "다만, 분납 중인 기업은 신청 가능", label="제외대상")
    assert [c.excepts for c in beside] == ["국세 체납 기업"]


def test_a_clause_that_names_bodies_alone_asks_nothing_of_firms() -> None:
    assert left("해당 분야의 전문성을 가진 비영리기관", "중소기업") == ()


def test_choices_keep_their_place() -> None:
    found = left("○ 다음 가운데 하나에 해당하는 중소기업", "- 특허를 보유한 기업", "- 수출 실적이 있는 기업")
    assert [clause.choice for clause in found] == [(1, 1), (1, 2)]
