"""The labelled statements of a programme."""

from __future__ import annotations

from ingest.records.details import details
from tests.ingest.programs.making import lines


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
