"""Statements get the label they stand under, of their topic, or of their value."""

from __future__ import annotations

import pytest

from ingest.labels.details import details, names_applicants, topical
from tests.ingest.making import lines


def found(text: str) -> list[tuple[str, str]]:
    return [(d.label, d.text) for d in details(lines(text), "notice")]


def test_lines_below_a_label_belong_to_it_until_the_next() -> None:
    text = "□ 지원대상\n○ 중소기업\n○ 중견기업\n□ 문의처: 02-100-2000"
    assert found(text) == [("지원대상", "중소기업"), ("지원대상", "중견기업"), ("문의처", "02-100-2000")]


def test_a_deadline_that_begins_with_a_label_word_stays_under_its_own_label() -> None:
    assert found("□ 신청기간\n○ 예산 소진 시까지") == [("신청기간", "예산 소진 시까지")]


def test_a_note_with_a_label_does_not_end_the_label_above() -> None:
    text = "□ 지원내용\n* (예산) 47억원\n- 훈련과정 개발"
    assert found(text) == [("예산", "47억원"), ("지원내용", "훈련과정 개발")]


def test_a_row_of_label_and_value_gives_a_statement_for_each_line() -> None:
    text = "| 지원대상 | ① 중소기업<br>② 중견기업 |\n| 신청기간 | 연중 상시 |"
    assert found(text) == [("지원대상", "중소기업"), ("지원대상", "중견기업"), ("신청기간", "연중 상시")]


def test_a_row_of_two_pairs_gives_both() -> None:
    assert found("| 지원대상 | 중소기업 | 신청기간 | 연중 상시 |") == [
        ("지원대상", "중소기업"),
        ("신청기간", "연중 상시"),
    ]


def test_a_row_below_column_names_says_which_cell_is_what() -> None:
    text = "□ 지원내용\n| 구분 | 내용 |\n| 강사 수당 | 과정당 최대 1백만원 |"
    assert found(text) == [("지원내용", "구분: 강사 수당 · 내용: 과정당 최대 1백만원")]


def test_a_column_of_labels_before_its_values_gives_the_period_its_label() -> None:
    text = "□ 신청기간\n□ 신청방법\n2026. 3. 19. ~ 4. 20.\n누리집에서 신청합니다."
    assert found(text)[0] == ("신청기간", "2026. 3. 19. ~ 4. 20.")


def test_figures_under_a_label_are_kept_and_page_numbers_are_not() -> None:
    text = "□ 신청기간: 2026-04-20\n12\n| 문의처 | 02-100-2000 |"
    assert found(text) == [("신청기간", "2026-04-20"), ("문의처", "02-100-2000")]


def test_a_line_of_marks_alone_says_nothing() -> None:
    assert found("□ 지원내용\n---\n↓\n훈련") == [("지원내용", "훈련")]


def test_every_quote_stands_in_its_line() -> None:
    made = lines("□ 지원대상: 중소기업\n(예산) 47억원, (신청기간) 연중 상시\n| 구분 | 내용 |\n| 수당 | 1백만원 |")
    shown = "".join("".join(line.text for line in made).split())
    assert all("".join(d.evidence.quote.split()) in shown for d in details(made, "notice"))


def test_a_measure_keeps_its_name_and_a_unit_its_label() -> None:
    table = "| 구분 | 내용 |\n| 지원대상 | 중소기업 |\n| 기업부담률 | 30% |"
    assert "기업부담률: 30%" in [detail.text for detail in details(lines(table), "notice")]
    found = details(lines("□ 지원한도(만원)\n○ 해외 특허는 700"), "notice")
    assert found[0].text == "지원한도(만원)"


def test_a_bare_cell_on_how_long_money_lasts_is_the_period() -> None:
    assert found("| 신청기간 | 예산 소진시까지 |\n| 지원대상 | 소상공인 |")[0] == ("신청기간", "예산 소진시까지")


def test_what_a_project_may_cost_is_no_budget() -> None:
    assert found("□ 총사업비: 5천만원 한도, 정부지원금 60%") == [("지원조건", "총사업비: 5천만원 한도, 정부지원금 60%")]
    assert found("□ 총사업비: 30억원") == [("예산", "30억원")]


def test_the_unit_above_or_in_the_head_of_a_table_is_that_of_its_bare_figures() -> None:
    rows = "| 구분 | 1개사 한도 | 기업 수 |\n| 작은 점포 | 2,500 | 30 |\n| 큰 점포 | 7,500 | 10 |"
    told = "구분: 큰 점포 · 1개사 한도: 7,500천원 · 기업 수: 10"
    for text in (f"(금액단위: 천원)\n{rows}", f"| (단위: 천원) | (단위: 천원) | (단위: 천원) |\n{rows}"):
        assert told in {text for _, text in found(f"□ 지원내용\n{text}")}
    apart = f"□ 지원내용\n(단위: 천원)\n위와 같이 지원합니다.\n{rows}"
    assert told not in {text for _, text in found(apart)}


def told(text: str) -> list[tuple[str, str]]:
    return [(detail.label, detail.text) for detail in details(lines(text), "notice")]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("- 문 여는 날: 2026. 5. 4. ~ 5. 22.", ("신청기간", "2026. 5. 4. ~ 5. 22.")),
        ("- 도와드림: 가게당 최대 150만원", ("지원조건", "가게당 최대 150만원")),
        ("- 부를 때: 02-300-4000", ("문의처", "02-300-4000")),
    ],
)
def test_a_value_tells_what_an_unknown_name_means(line: str, found: tuple[str, str]) -> None:
    assert told(line) == [found]


@pytest.mark.parametrize(
    "line",
    ["- 사전설명회: 2026. 5. 4. ~ 5. 5.", "- 매출 크기: 최대 10억원 이내", "- 문 여는 날: 언제든", "- 여는 날: 5월"],
)
def test_days_and_sums_of_other_matters_mean_nothing(line: str) -> None:
    assert not any(label in ("신청기간", "지원조건") for label, _ in told(line))


def test_a_field_told_under_its_own_name_is_told_once() -> None:
    text = "- 신청기간: 2026. 5. 4. ~ 5. 22.\n- 장날: 2026. 6. 1. ~ 6. 30."
    assert [text for label, text in told(text) if label == "신청기간"] == ["2026. 5. 4. ~ 5. 22."]


def test_a_row_of_several_cells_is_not_taken_for_what_one_of_them_is() -> None:
    table = "| 갈래 | 줄 돈 | 물을 데 |\n| 간판 | 90만원 | 02-300-4000 |\n| 조명 | 70만원 | 02-300-4001 |"
    assert not any(label == "문의처" for label, _ in told(table))


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
