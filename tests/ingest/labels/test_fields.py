"""What the names of fields mean, also those coined afresh."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.labels.fields import introduces, meant, said


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("접수기간 및 방법", ("신청기간", "신청방법")),
        ("유형별 신청자격 및 지원금", ("지원대상", "지원조건")),
        ("선정인원과 예산", ("지원규모", "예산")),
        ("과제당 지원금액", ("지원조건",)),
        ("권역별 문의처", ("문의처",)),
        ("갖춰야 할 서류", ("제출서류",)),
        ("우선 선정", ("우대사항",)),
        ("적용 제외", ("제외대상",)),
        ("가점 (최대 5점)", ("우대사항",)),
        ("기업평가 항목", ("선정절차",)),
        ("제외 2", ("제외대상",)),
        ("지급 시기", ()),
        ("사업계획서", ()),
        ("마케팅 지원", ()),
        ("국세 체납 기업", ()),
    ],
)
def test_a_coined_name_means_what_its_last_noun_says(name: str, labels: tuple[str, ...]) -> None:
    assert meant(name) == labels


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("누가 신청할 수 있나요?", "지원대상"),
        ("어느 업체", "지원대상"),
        ("무엇을 도와주나요", "지원내용"),
        ("얼마를 받나요", "지원조건"),
        ("접수는 언제까지 하나요", "신청기간"),
        ("어디로 신청하나요", "신청방법"),
        ("준비할 것", "제출서류"),
        ("어떻게 선정하나요", "선정절차"),
        ("먼저 뽑는 기업", "우대사항"),
        ("이런 업체는 받을 수 없어요", "제외대상"),
        ("참여할 수 없는 사업장", "제외대상"),
        ("물어보는 곳", "문의처"),
        ("얼마나 이용하나요", "지원기간"),
        ("꼭 지켜 주세요", ""),
        ("다른 지역 기업은 신청할 수 없음", None),
        ("제조업을 하는 기업", None),
    ],
)
def test_a_conversational_head_means_what_it_asks(head: str, label: str | None) -> None:
    assert said(head) == label


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("다만, 아래 중 하나에 해당하면 신청할 수 없습니다.", "제외대상"),
        ("다음 각 호의 사업주에게는 지급하지 않는다.", "제외대상"),
        ("다음의 요건을 모두 갖춘 기업", "지원대상"),
        ("아래 기업은 우선 선정합니다.", "우대사항"),
        ("다음과 같이 공고합니다.", None),
        ("세금을 체납한 기업은 신청할 수 없습니다.", None),
    ],
)
def test_a_sentence_that_points_below_opens_a_list(sentence: str, label: str | None) -> None:
    assert introduces(sentence) == label


@given(st.text(max_size=50))
def test_no_phrase_makes_reading_fail(phrase: str) -> None:
    assert isinstance(meant(phrase), tuple)
    assert said(phrase) is None or isinstance(said(phrase), str)
