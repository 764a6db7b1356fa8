"""The application periods of a programme, from its statements and from its steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.labels.details import details
from ingest.records.schedule import When, periods, when_to_apply
from rag.domain import Detail, Period, PeriodKind
from tests.ingest.making import EVIDENCE, lines


def stated(text: str, label: str = "신청기간") -> Detail:
    return Detail(label, text, EVIDENCE)


def test_a_stated_period_carries_its_evidence() -> None:
    (period,) = periods([stated("2026. 3. 19. ~ 4. 20.")], 2026)
    assert (period.closes_on, period.evidence) == (date(2026, 4, 20), EVIDENCE)


def test_a_programme_that_states_no_period_has_one_unstated() -> None:
    (period,) = periods([stated("1억원", "지원규모")], 2026)
    assert (period.kind, period.evidence) == (PeriodKind.UNSTATED, None)


def test_each_track_keeps_its_own_period() -> None:
    found = periods([stated("실증 과제: 2026년 2~3월 중 공고예정 교육센터: 연중 상시")], 2026)
    assert [(p.track, p.kind) for p in found] == [
        ("실증 과제", PeriodKind.ANNOUNCED),
        ("교육센터", PeriodKind.ALWAYS),
    ]


def test_every_round_of_one_line_is_a_period() -> None:
    found = periods([stated("1차: '26. 3. 2. ~ 3. 20. / 2차: '26. 5. 1. ~ 5. 20.")], 2026)
    assert [(p.track, p.opens_on, p.closes_on) for p in found] == [
        ("1차", date(2026, 3, 2), date(2026, 3, 20)),
        ("2차", date(2026, 5, 1), date(2026, 5, 20)),
    ]
    assert found[0].text == "'26. 3. 2. ~ 3. 20."


def test_a_deadline_in_a_sentence_counts_where_no_field_states_one() -> None:
    (period,) = periods([stated("3월 10일까지 접수된 사업계획서를 평가합니다.", "접수와 평가")], 2026)
    assert (period.kind, period.closes_on) == (PeriodKind.FIXED, date(2026, 3, 10))


def test_a_stated_period_wins_over_dates_in_sentences() -> None:
    details = [stated("3월 10일까지 접수된 계획서를 평가합니다.", "평가"), stated("연중 상시")]
    assert [p.kind for p in periods(details, 2026)] == [PeriodKind.ALWAYS]


def test_dates_of_something_else_are_no_period() -> None:
    assert periods([stated("2026. 2. 4. 보도자료를 냈습니다.", "개요")], 2026)[0].kind is PeriodKind.UNSTATED


def test_the_same_period_said_twice_is_one() -> None:
    assert len(periods([stated("2026. 3. 19. ~ 4. 20."), stated("3. 19. ~ 4. 20.")], 2026)) == 1


def test_announced_months_end_with_the_programme() -> None:
    details = [stated("2025년 4월 ~ 6월 공모접수", "추진일정"), stated("2025년 1월 ~ 2025년 4월", "사업기간")]
    (period,) = periods(details, 2025)
    assert period.expected_to is not None
    assert (period.expected_to.year, period.expected_to.month) == (2025, 4)


def span(period: Period) -> tuple[str | None, str, str]:
    return (
        period.track,
        f"{period.opens_on:%m%d}" if period.opens_on else "",
        f"{period.closes_on:%m%d}" if period.closes_on else "",
    )


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("1차('26. 3. 2. ~ 3. 20.), 2차('26. 5. 1. ~ 5. 20.)", [("1차", "0302", "0320"), ("2차", "0501", "0520")]),
        ("(1차) 3. 2.~3. 20. (2차) 9. 1.~9. 20.", [("1차", "0302", "0320"), ("2차", "0901", "0920")]),
        ("1회차 3.2~3.13, 2회차 4.1~4.10", [("1회차", "0302", "0313"), ("2회차", "0401", "0410")]),
        ("상반기: 3. 2. ~ 3. 20. / 하반기: 8. 3. ~ 8. 21.", [("상반기", "0302", "0320"), ("하반기", "0803", "0821")]),
        ("2026. 3. 2.~3. 20.(1차), 9. 1.~9. 20.(2차)", [("1차", "0302", "0320"), ("2차", "0901", "0920")]),
        ("(온라인) 3. 9.~3. 20. (우편) 3. 2.~3. 13.", [("온라인", "0309", "0320"), ("우편", "0302", "0313")]),
        ("(일반형) 3. 2. ~ 3. 20. (특화형) 상시 접수", [("일반형", "0302", "0320"), ("특화형", "", "")]),
        ("일반형: 3. 2. ~ 3. 20., 특화형: 예산 소진 시까지", [("일반형", "0302", "0320"), ("특화형", "", "")]),
        ("제1차 모집: 3. 2. ~ 3. 20., 제2차 모집: 추후 공고", [("1차", "0302", "0320"), ("2차", "", "")]),
    ],
)
def test_rounds_and_tracks_are_periods_of_their_own(text: str, spans: list[tuple[str, str, str]]) -> None:
    assert [span(p) for p in periods([stated(text)], 2026)] == spans


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("접수 : 3. 4. ~ 3. 15. / 평가 : 3. 20. ~ 3. 25. / 협약 : 4. 1.", [(None, "0304", "0315")]),
        ("마감: 3월 15일(일)", [(None, "", "0315")]),
        ("(당초) 3. 2. ~ 3. 20. → (변경) 3. 2. ~ 3. 31.", [(None, "0302", "0331")]),
        ("접수기간: 3. 2. ~ 3. 20.(공휴일 제외)", [(None, "0302", "0320")]),
    ],
)
def test_names_of_steps_and_of_the_period_itself_are_no_tracks(text: str, spans: list[tuple[None, str, str]]) -> None:
    assert [span(p) for p in periods([stated(text)], 2026)] == spans


def test_tracks_need_not_follow_one_another() -> None:
    found = periods([stated("온라인: 3. 9. ~ 3. 20. / 방문: 3. 2. ~ 3. 13.")], 2026)
    assert [p.closes_on for p in found] == [date(2026, 3, 20), date(2026, 3, 13)]


def test_a_year_before_all_rounds_is_the_year_of_each() -> None:
    found = periods([stated("2025년도 상반기(3월 예정), 하반기(8월 예정)")], 2026)
    assert [(p.track, p.expected_from) for p in found] == [("상반기", date(2025, 3, 1)), ("하반기", date(2025, 8, 1))]


def test_rounds_on_lines_of_their_own_keep_their_names() -> None:
    found = periods([stated("1차 : 2026. 3. 2. ~ 3. 20."), stated("2차 : 2026. 9. 1. ~ 9. 20.")], 2026)
    assert [span(p) for p in found] == [("1차", "0302", "0320"), ("2차", "0901", "0920")]


def test_a_round_without_a_year_follows_the_one_before() -> None:
    found = periods([stated("1차: 2026. 11. 2. ~ 11. 20. / 2차: 1. 5. ~ 1. 20.")], 2026)
    assert [p.closes_on for p in found] == [date(2026, 11, 20), date(2027, 1, 20)]
    assert found[1].confidence < 1


def test_halves_of_a_year_without_days_are_expected_in_their_months() -> None:
    found = periods([stated("상반기 공고예정, 하반기 공고예정")], 2026)
    assert [(p.track, p.expected_from, p.expected_to) for p in found] == [
        ("상반기", date(2026, 1, 1), date(2026, 6, 30)),
        ("하반기", date(2026, 7, 1), date(2026, 12, 31)),
    ]


@pytest.mark.parametrize(
    "other",
    [stated("'26.3월 중 공고예정"), stated("사업공고('26. 3월) → 접수(4월) → 평가(5월)", "추진일정")],
)
def test_days_from_the_notice_join_the_month_of_the_notice(other: Detail) -> None:
    other = replace(other, evidence=replace(EVIDENCE, quote=other.text))
    (period,) = periods([stated("사업 공고일로부터 30일 이내"), other], 2026)
    assert (period.kind, period.expected_from, period.expected_to) == (
        PeriodKind.ANNOUNCED,
        date(2026, 3, 1),
        date(2026, 3, 31),
    )
    assert period.text.startswith("사업 공고일로부터 30일 이내") and "3월" in period.text
    assert period.evidence == other.evidence


@pytest.mark.parametrize(
    "details",
    [
        [stated("사업기간: 2026. 4. 1. ~ 12. 31.")],
        [stated("2026. 4. 1. ~ 12. 31.", "사업기간")],
        [stated("협약일 ~ 2026. 12. 31.까지(신청 후 협약)", "사업기간")],
        [stated("사업비는 12월 31일까지 집행하고 결과보고서를 제출합니다.", "개요")],
        [stated("교육기간: 3월 2일부터 3월 20일까지이며 신청을 받습니다.", "개요")],
    ],
)
def test_the_end_of_the_business_is_never_the_deadline(details: list[Detail]) -> None:
    assert [p.closes_on for p in periods(details, 2026)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "접수기간: 2026. 3. 2. ~ 3. 20. 사업기간: 2026. 4. 1. ~ 12. 31.",
        "2026. 3. 2. ~ 3. 20. (사업기간: 2026. 4. 1. ~ 12. 31.)",
        "사업기간 2026. 4. 1. ~ 12. 31., 신청 2026. 3. 2. ~ 3. 20.",
    ],
)
def test_beside_the_business_period_only_the_application_counts(text: str) -> None:
    assert [p.closes_on for p in periods([stated(text)], 2026)] == [date(2026, 3, 20)]


def test_a_lone_day_is_a_deadline_only_under_a_label_that_says_so() -> None:
    for label, closes in (("접수마감", date(2026, 4, 20)), ("신청기한", date(2026, 4, 20)), ("신청기간", None)):
        detail = Detail("신청기간", "2026. 4. 20.(월)", replace(EVIDENCE, quote=f"{label}: 2026. 4. 20.(월)"))
        assert [p.closes_on for p in periods([detail], 2026)] == [closes]


@pytest.mark.parametrize("text", ["세부사업별 상이", "방문 7일 전까지", "홈페이지 참조"])
def test_words_that_state_no_day_are_kept(text: str) -> None:
    (period,) = periods([stated(text)], 2026)
    assert (period.kind, period.text, period.evidence) == (PeriodKind.UNSTATED, text, EVIDENCE)


@given(st.lists(st.text(alphabet="0123456789.~() 월일차상하반기공고예정신청접수까지:,/'", max_size=60), max_size=3))
def test_no_statement_makes_reading_fail(texts: list[str]) -> None:
    assert periods([stated(text) for text in texts], 2026)


# The limit only stops a reading that would take hours; a reading in linear time takes milliseconds.
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["1차 ", "(가", "가나 ", "\n", "공고 3", "접수: ", "3. 2. ~ ", "신청까지 3월 2일다. "]
)
def test_no_repetition_makes_reading_run_away(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    assert periods([stated(text), stated(text, "추진일정")], 2026)


def named(*texts: str) -> list[tuple[str | None, str, str, str]]:
    found = periods([stated(text) for text in texts], 2026)
    return [(*span(period), period.kind.value) for period in found]


def test_names_before_the_days_are_tracks_and_rounds_below_them_theirs() -> None:
    texts = (
        "시설자금 2026. 1. 12.(월) 09:00부터 자금 소진 시까지",
        "운전자금 1회차 2026. 1. 12.(월) ~ 1. 16.(금)",
        "2회차 2026. 4. 6.(월) ~ 4. 10.(금)",
        "재해자금 연중 상시 접수",
    )
    assert named(*texts) == [
        ("시설자금", "0112", "", "until_spent"),
        ("운전자금", "0112", "0116", "fixed"),
        ("운전자금", "0406", "0410", "fixed"),
        ("재해자금", "", "", "always"),
    ]


def test_one_statement_alone_names_no_track_before_its_days() -> None:
    assert named("참가기업 2026. 3. 2. ~ 3. 20.") == [(None, "0302", "0320", "fixed")]


@pytest.mark.parametrize(
    ("text", "tracks"),
    [
        ("개발형은 3월 2일부터 3월 20일까지, 확산형은 4월 6일부터 4월 17일까지입니다.", ["개발형", "확산형"]),
        ("상반기 신청은 3월 2일부터 3월 20일까지, 하반기 신청은 4월 6일부터 17일까지 받습니다.", ["상반기", "하반기"]),
        ("개발형 및 확산형: 2026. 3. 2. ~ 3. 20.", ["개발형", "확산형"]),
        ("(추가모집) 9월 중 공고 예정", ["추가모집"]),
        ("개발형 3. 2. ~ 3. 20. 확산형 4. 6. ~ 4. 17.", ["개발형", "확산형"]),
        ("신청은 3월 2일부터 3월 20일까지 받습니다.", [None]),
        ("온라인 접수는 3월 2일부터 3월 20일까지입니다.", [None]),
    ],
)
def test_what_a_sentence_speaks_of_is_its_track(text: str, tracks: list[str | None]) -> None:
    assert [period.track for period in periods([stated(text)], 2026)] == tracks


def test_of_a_table_of_steps_only_applying_is_a_period() -> None:
    rows = ("절차: 신청 · 때: 3. 2. ~ 3. 20.", "절차: 심사 · 때: 4. 6. ~ 4. 8.", "절차: 정산 · 때: 9. 30.까지")
    assert named(*rows) == [(None, "0302", "0320", "fixed")]
    found = periods([stated(text, "추진일정") for text in rows], 2026)
    assert [span(period) for period in found] == [(None, "0302", "0320")]


def test_a_first_and_a_last_day_that_stand_apart_are_one_period() -> None:
    assert named("접수 시작 · 3월 2일(월)", "접수 마감 · 3월 20일(금) 17시") == [(None, "0302", "0320", "fixed")]


def test_money_that_may_run_out_first_is_no_second_period() -> None:
    assert named("3. 2. ~ 3. 20.", "예산이 먼저 떨어지면 일찍 접수를 닫습니다.") == [(None, "0302", "0320", "fixed")]


def test_the_number_of_an_item_may_have_been_a_month() -> None:
    detail = Detail("신청기간", "27.(금) ~ 4. 10.(금)", replace(EVIDENCE, quote="2. 27.(금) ~ 4. 10.(금)"))
    assert [span(period) for period in periods([detail], 2026)] == [(None, "0227", "0410")]


def test_a_press_release_counts_from_its_own_day() -> None:
    told = stated("접수 기간은 오는 20일부터 다음 달 15일까지다.", "")
    (period,) = periods([told], 2026, date(2026, 4, 6))
    assert (period.opens_on, period.closes_on) == (date(2026, 4, 20), date(2026, 5, 15))
    assert (period.text, period.confidence < 1) == (told.text, True)
    assert periods([told], 2026)[0].kind is PeriodKind.UNSTATED


def test_what_must_be_spent_by_a_day_is_no_period() -> None:
    assert [p.kind for p in periods([stated("협약일부터 11월 20일까지 써야 하며 남은 금액은 사라집니다.")], 2026)] == [
        PeriodKind.UNSTATED
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "12월 4일까지 정산 서류를 제출하지 않으면 취소합니다.",
        "컨소시엄 수정은 6월 10일까지만 신청할 수 있습니다.",
        "설명회는 3월 5일까지 신청한 분만 들을 수 있습니다.",
        "7월 31일까지 사업자등록을 마치고 사본을 제출합니다.",
    ],
)
def test_what_is_handed_in_later_is_no_period(sentence: str) -> None:
    assert [p.kind for p in periods([stated(sentence, "유의사항")], 2026)] == [PeriodKind.UNSTATED]


def test_sentences_on_several_parts_are_all_read() -> None:
    told = "개발형 신청은 3월 2일부터 3월 20일까지, 확산형 신청은 4월 6일부터 4월 17일까지 받습니다."
    found = periods([stated(told, "")], 2026)
    assert [span(period) for period in found] == [("개발형", "0302", "0320"), ("확산형", "0406", "0417")]


def read(text: str) -> list[tuple[date | None, date | None, str | None]]:
    found = periods(details(lines(text), "notice"), 2026)
    return [(p.opens_on, p.closes_on, p.track) for p in found]


def test_rounds_below_the_name_of_a_part_are_of_that_part() -> None:
    text = "□ 신청기간\n○ 시설자금\n- 상반기: 2026. 1. 5. ~ 1. 16.\n- 하반기: 2026. 7. 6. ~ 7. 17.\n"
    assert read(text + "○ 운전자금: 2026. 3. 2. ~ 3. 13.") == [
        (date(2026, 1, 5), date(2026, 1, 16), "시설자금"),
        (date(2026, 7, 6), date(2026, 7, 17), "시설자금"),
        (date(2026, 3, 2), date(2026, 3, 13), "운전자금"),
    ]


def test_a_remark_above_the_only_period_names_no_part() -> None:
    text = "□ 신청기간\n○ 꼭 지킬 것\n- 2026. 1. 5. ~ 1. 16."
    assert read(text) == [(date(2026, 1, 5), date(2026, 1, 16), None)]


def test_a_row_of_rounds_is_read_once_whatever_other_columns_say() -> None:
    text = "# 신청기간\n| 구분 | 접수기간 | 열리는 행사 |\n| 1차 | 2026. 1. 5. ~ 1. 16. | 3월 ~ 5월 |\n"
    assert read(text + "| 2차 | 2026. 7. 6. ~ 7. 17. | 9월 ~ 11월 |") == [
        (date(2026, 1, 5), date(2026, 1, 16), "1차"),
        (date(2026, 7, 6), date(2026, 7, 17), "2차"),
    ]


def test_a_column_of_rounds_names_the_period_of_each_row() -> None:
    text = "# 신청기간\n| 회차 | 접수기간 |\n| 1회차 | 2026. 1. 5. ~ 1. 16. |\n| 2회차 | 2026. 7. 6. ~ 7. 17. |"
    assert [track for _, _, track in read(text)] == ["1회차", "2회차"]


@pytest.mark.parametrize(
    "text",
    [
        "4월 3일까지 접수한다.\n가람시는 3월 15일부터 4월 3일까지 기업을 모집한다.",
        "신청은 3월 15일부터 받는다. 접수는 4월 3일까지 하면 된다.",
    ],
)
def test_the_first_day_may_stand_in_another_sentence(text: str) -> None:
    assert read(text) == [(date(2026, 3, 15), date(2026, 4, 3), None)]


def test_a_period_of_two_sentences_has_both_in_its_quote() -> None:
    text = "신청은 3월 15일부터 받는다. 접수는 4월 3일까지 하면 된다."
    (found,) = periods(details(lines(text), "notice"), 2026)
    assert found.evidence and "3월 15일" in found.evidence.quote and "4월 3일" in found.evidence.quote


def test_the_hour_of_the_last_day_may_stand_in_another_sentence_of_running_text() -> None:
    text = [
        stated("군은 오는 9일부터 27일까지 가게 다섯 곳을 모집한다고 밝혔다.", ""),
        stated("우편은 3월 27일 오후 5시까지 도착한 것만 받는다.", ""),
    ]
    (period,) = periods(text, 2026, date(2026, 3, 5))
    assert (period.opens_on, period.closes_on, period.closes_at) == (date(2026, 3, 9), date(2026, 3, 27), time(17))


def read_step(text: str) -> tuple[When, ...] | None:
    return when_to_apply(Detail("추진일정", text, EVIDENCE))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("절차: 신청 · 때: 3월 2일부터 3월 20일까지 · 어디서: 누리집", "3월 2일부터 3월 20일까지"),
        ("신청·접수 · 3. 2. ~ 3. 20.", "3. 2. ~ 3. 20."),
        ("공고(2. 2.) → 접수(2. 9. ~ 2. 27.) → 평가(3월) → 협약(4월)", "2. 9. ~ 2. 27."),
        ("접수 마감 · 3월 20일(금)", "접수 마감 3월 20일(금)"),
    ],
)
def test_the_step_of_applying_says_when(text: str, when: str) -> None:
    assert [told.text for told in read_step(text) or ()] == [when]


@pytest.mark.parametrize(
    "text", ["단계: 발표평가 · 일정: 4. 6. ~ 4. 10.", "설명회 · 3월 5일(목)", "협약 체결 · 5월 중"]
)
def test_another_step_says_nothing_of_it(text: str) -> None:
    assert read_step(text) == ()


@pytest.mark.parametrize("text", ["3. 2. ~ 3. 20.", "사업개요", "신청서와 사업계획서를 제출"])
def test_what_is_no_step_is_left_alone(text: str) -> None:
    assert read_step(text) is None


def test_a_part_beside_the_step_or_above_its_days_is_named() -> None:
    assert read_step("접수기간 · 개발형 · 2026. 3. 2. ~ 3. 20.") == (When("2026. 3. 2. ~ 3. 20.", "개발형"),)
    assert read_step("신청은 · 개발형: 3. 2. ~ 3. 20. · 확산형: 4. 6. ~ 4. 17.") == (
        When("3. 2. ~ 3. 20.", "개발형"),
        When("4. 6. ~ 4. 17.", "확산형"),
    )
