"""What a programme's statements say on when to apply."""

from __future__ import annotations

from datetime import date

from ingest.programs.schedule import periods
from rag.domain import Detail, PeriodKind
from tests.ingest.programs.making import EVIDENCE


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
    details = [stated("2025년 4월 말 공모접수", "추진일정"), stated("2025년 1월 ~ 2025년 4월", "사업기간")]
    (period,) = periods(details, 2025)
    assert period.expected_to == date(2025, 4, 28)
