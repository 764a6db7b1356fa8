"""What sentences of running text are about."""

from __future__ import annotations

import pytest

from ingest.labels.topics import names_applicants, topical
from ingest.records.details import details
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


@pytest.mark.parametrize(
    "line",
    [
        "○ 업력 5년 미만의 가구 제조 중소기업",
        "☞ 도내 관광 사업자 (유흥업 제외)",
        "- 수출 실적이 있는 중소ㆍ중견기업 등",
        "☞ 새로 가게를 여는 예비창업자 대상",
    ],
)
def test_a_marked_noun_phrase_in_an_overview_says_who_it_is_for(line: str) -> None:
    assert names_applicants(line)
    (detail,) = (d for d in details(lines(f"□ 사업개요\n{line}"), "notice") if d.text in line)
    assert detail.label == "지원대상"


@pytest.mark.parametrize(
    "line", ["○ 시제품 제작비 지원", "○ 중소기업", "○ 우수 기업을 뽑아 시상합니다.", "☞ 협약을 맺은 공급업체"]
)
def test_what_is_given_and_a_lone_word_name_no_applicants(line: str) -> None:
    assert not names_applicants(line)


def test_a_marked_phrase_on_a_sum_in_an_overview_says_what_is_given() -> None:
    stated = details(lines("□ 사업개요\n○ 가구를 만드는 소상공인\n○ 도색비 업체당 3백만원 이내 지원"), "notice")
    assert [d.label for d in stated][-2:] == ["지원대상", "지원내용"]
