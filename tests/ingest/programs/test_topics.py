"""What sentences of running text are about."""

from __future__ import annotations

import pytest

from ingest.programs.details import details
from ingest.programs.topics import topical
from tests.ingest.programs.making import lines


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("융자한도는 업체당 2억원입니다.", "융자한도"),
        ("접수 기간은 3월 2일부터 20일까지다.", "신청기간"),
        ("신청할 수 있는 곳은 제조업 사업장이다.", "지원대상"),
        ("신청은 재단 누리집에서 한다.", "신청방법"),
        ("다만, 신청서류는 우편으로도 받습니다.", "제출서류"),
        ("견적서 2부와 사업자등록증을 내야 한다.", "제출서류"),
        ("우리 시는 해마다 기업을 돕습니다.", None),
        ("대표는 올해 처음 신청했다고 말했다.", None),
    ],
)
def test_a_sentence_takes_the_label_of_its_topic(sentence: str, label: str | None) -> None:
    assert list(topical(sentence)) == [(label, sentence)]


def test_a_paragraph_without_a_topic_stays_whole() -> None:
    paragraph = "올해는 비가 많이 왔다. 공장은 쉬었다."
    assert list(topical(paragraph)) == [(None, paragraph)]


def test_sentences_of_a_paragraph_are_told_apart_where_no_label_holds() -> None:
    text = "융자금리는 연 2%입니다. 융자기간은 3년입니다."
    assert [(d.label, d.text) for d in details(lines(text), "notice")] == [
        ("융자금리", "융자금리는 연 2%입니다."),
        ("융자기간", "융자기간은 3년입니다."),
    ]


def test_a_sentence_that_points_back_stays_with_the_one_before_it() -> None:
    paragraph = "총 사업비는 국비와 지방비로 채웁니다. 이 가운데 지방비는 20% 이상입니다."
    assert list(topical(paragraph)) == [("예산", paragraph)]


def test_the_part_of_an_applicant_is_no_body() -> None:
    text = "Ⅲ. 지원대상\n주관: AI 기업\n참여: 수요기관"
    assert [d.label for d in details(lines(text), "notice")] == ["지원대상", "지원대상"]
