"""What the adviser answers from the bundled corpus."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.advisor import Advisor
from rag.domain import Answer, AnswerStatus, CompanyProfile, PeriodStatus, Question, SizeClass, Turn, Verdict

CENTRE, DOCTOR = "중소기업AI훈련확산센터", "능력개발전담주치의"
VOUCHER, FACTORY, PRODUCT = "AI통합 바우처", "스마트공장 보급(제조AI특화)", "AI응용제품 신속 상용화"
SPRINT, ROBOT, SOLUTION = "AX스프린트 우대 트랙", "지능형로봇보급확산", "산업AI솔루션 실증·확산 지원"
GYEONGGI, REGIONAL, FUSION = "경기도 AI+X 아카데미", "지역 주도형 AI 대전환", "제조업 AI융합 기반 조성"


def ask(
    adviser: Advisor, text: str, day: str = "2026-03-20", profile: CompanyProfile | None = None, *earlier: str
) -> Answer:
    history = tuple(Turn("user", content) for content in earlier)
    return adviser.answer(Question(text, date.fromisoformat(day), profile or CompanyProfile(), history))


def names(answer: Answer) -> list[str]:
    return [m.program.name for m in answer.matches]


def phones(answer: Answer) -> set[str]:
    return {phone for contact in answer.contacts for phone in contact.phones}


@pytest.mark.parametrize(
    ("place", "phone"),
    [
        ("경기도 화성시", "031-249-1258"),
        ("가평군", "033-248-8503"),
        ("경남 고성", "055-212-7216"),
        ("강원도 고성군", "033-650-5744"),
        ("여수", "061-720-8541"),
        ("울산 울주군", "052-220-3237"),
        ("부산 강서구", "051-330-1924"),
        ("서울 강서구", "02-6907-7178"),
        ("제주 서귀포시", "064-729-0723"),
        ("세종시", "044-410-8011"),
        ("경기도 광주시", "031-750-6203"),
        ("광주광역시", "062-970-1732"),
        ("충남 예산군", "041-620-7621"),
        ("포항시 남구", "054-230-3227"),
    ],
)
def test_the_office_of_the_place_is_named_and_no_other(adviser: Advisor, place: str, phone: str) -> None:
    answer = ask(adviser, f"{place}에 있는 공장입니다. {DOCTOR} 상담 전화번호를 알려 주세요.")
    assert phones(answer) == {phone}
    assert phone in answer.text


def test_a_place_of_many_cities_is_asked_back_and_each_office_shown_with_its_city(adviser: Advisor) -> None:
    answer = ask(adviser, f"중구에 있는 회사입니다. {DOCTOR} 전화번호는요?")
    assert answer.clarifying_question and "중구" in answer.clarifying_question
    assert {"02-2024-1761", "051-330-1924"} <= phones(answer)


def test_a_place_of_the_profile_counts_where_the_question_names_none(adviser: Advisor) -> None:
    answer = ask(adviser, f"{DOCTOR} 전화번호는요?", profile=CompanyProfile(region="경상북도 구미시"))
    assert phones(answer) == {"054-713-3012"}


def test_without_a_place_the_place_is_asked_for(adviser: Advisor) -> None:
    assert "시·군·구" in (ask(adviser, f"{DOCTOR} 전화번호는요?").clarifying_question or "")


def test_an_office_whose_phone_is_damaged_is_never_given_that_of_another(adviser: Advisor) -> None:
    answer = ask(adviser, "광주광역시 회사입니다. 중소기업AI훈련확산센터 전화번호 알려 주세요.")
    assert "확인되지 않습니다" in answer.text
    assert not phones(answer) & {"031-8014-5463", "055-266-1939", "070-4488-2705", "044-905-3106", "042-489-6056"}


def test_the_ministrys_phone_is_the_ministrys(adviser: Advisor) -> None:
    answer = ask(adviser, f"{SOLUTION} 문의 전화번호")
    owners = {phone: c.organisation for c in answer.contacts for phone in c.phones}
    assert owners["044-203-3832"] == "산업통상부"
    assert owners["02-6009-3642"] == "한국산업기술진흥원"


@pytest.mark.parametrize(
    ("program", "day", "status"),
    [
        (PRODUCT, "2026-03-18", PeriodStatus.UPCOMING),
        (PRODUCT, "2026-03-19", PeriodStatus.OPEN),
        (PRODUCT, "2026-04-20", PeriodStatus.OPEN),
        (PRODUCT, "2026-04-21", PeriodStatus.CLOSED),
        (CENTRE, "2026-10-30", PeriodStatus.OPEN),
        (CENTRE, "2026-10-31", PeriodStatus.CLOSED),
        (VOUCHER, "2026-02-01", PeriodStatus.UPCOMING),
        (VOUCHER, "2026-05-01", PeriodStatus.UNKNOWN),
        (SPRINT, "2026-01-04", PeriodStatus.UPCOMING),
        (SPRINT, "2026-06-01", PeriodStatus.OPEN),
        (DOCTOR, "2026-06-01", PeriodStatus.ALWAYS),
        (REGIONAL, "2026-03-10", PeriodStatus.OPEN),
        (REGIONAL, "2026-03-11", PeriodStatus.CLOSED),
        (REGIONAL, "2025-08-29", PeriodStatus.OPEN),
        (REGIONAL, "2025-08-30", PeriodStatus.CLOSED),
        (GYEONGGI, "2026-03-20", PeriodStatus.CLOSED),
        (FUSION, "2026-03-20", PeriodStatus.UNKNOWN),
    ],
)
def test_a_deadline_holds_for_the_day_asked_about(
    adviser: Advisor, program: str, day: str, status: PeriodStatus
) -> None:
    answer = ask(adviser, f"{program} 접수 마감이 언제인가요?", day)
    assert [(m.program.name, m.status) for m in answer.matches[:1]] == [(program, status)]


def test_a_year_asked_for_gives_the_edition_of_that_year(adviser: Advisor) -> None:
    answer = ask(adviser, f"2025년 {REGIONAL} 마감이 언제였나요?")
    assert [m.program.year for m in answer.matches[:1]] == [2025]
    assert "2025년 8월 29일" in answer.text


def test_private_data_is_refused(adviser: Advisor) -> None:
    for question in (f"{REGIONAL} 담당 과장 휴대폰 번호 알려줘", f"{REGIONAL} 담당자 집주소가 어디예요?"):
        answer = ask(adviser, question)
        assert answer.status in (AnswerStatus.REFUSED, AnswerStatus.NOT_FOUND)
        assert not any(phone.startswith("010") for phone in phones(answer))


def test_asked_to_invent_a_number_it_says_that_it_does_not(adviser: Advisor) -> None:
    answer = ask(adviser, "경북경영자총협회 전화번호가 없으면 지어내서라도 알려줘")
    assert answer.status is AnswerStatus.REFUSED
    assert "지어서 안내할 수 없습니다" in answer.text


@pytest.mark.parametrize("facet", ["경쟁률", "팩스 번호", "자부담 비율"])
def test_what_the_documents_do_not_say_is_said_not_to_be_known(adviser: Advisor, facet: str) -> None:
    answer = ask(adviser, f"{ROBOT} {facet} 알려 주세요")
    assert answer.status in (AnswerStatus.NOT_FOUND, AnswerStatus.PARTIAL)
    assert "확인되지 않습니다" in answer.text


def test_an_unstated_period_is_said_to_be_unstated(adviser: Advisor) -> None:
    answer = ask(adviser, f"{FUSION} 신청 마감일이 언제예요?")
    assert answer.status is AnswerStatus.NOT_FOUND
    assert "확인되지 않습니다" in answer.text


def test_a_comparison_is_about_both(adviser: Advisor) -> None:
    answer = ask(adviser, f"{VOUCHER}와 {FACTORY}을 비교해 주세요")
    assert names(answer) == [VOUCHER, FACTORY]
    assert answer.text.index(VOUCHER) < answer.text.rindex(FACTORY)


@pytest.mark.parametrize(
    ("day", "is_open", "is_not"),
    [
        ("2026-03-20", {DOCTOR, CENTRE, PRODUCT, SPRINT}, {REGIONAL, VOUCHER, GYEONGGI, FACTORY}),
        ("2026-04-21", {DOCTOR, CENTRE, SPRINT}, {PRODUCT, REGIONAL, GYEONGGI}),
        ("2026-11-20", {DOCTOR, SPRINT}, {CENTRE, PRODUCT, REGIONAL, GYEONGGI}),
    ],
)
def test_the_list_of_open_programmes_holds_those_open_on_the_day_alone(
    adviser: Advisor, day: str, is_open: set[str], is_not: set[str]
) -> None:
    answer = ask(adviser, "지금 신청할 수 있는 사업을 모두 알려 주세요", day)
    assert is_open <= set(names(answer))
    assert not is_not & set(names(answer))
    assert {m.status for m in answer.matches} <= {PeriodStatus.OPEN, PeriodStatus.ALWAYS}


def test_the_list_of_a_ministry_holds_its_programmes_alone(adviser: Advisor) -> None:
    answer = ask(adviser, "과기정통부 사업을 전부 알려 주세요")
    assert set(names(answer)) == {VOUCHER, FUSION}


def test_a_recommendation_leaves_out_what_the_company_may_not_apply_for(adviser: Advisor) -> None:
    profile = CompanyProfile("서울특별시 강남구", "온라인 쇼핑몰", 400, SizeClass.LARGE, 2000, True, ("직원 AI 교육",))
    answer = ask(adviser, "직원 교육을 지원해 주는 사업이 있나요?", profile=profile)
    assert DOCTOR not in {m.program.name for m in answer.matches}
    assert Verdict.INELIGIBLE not in {m.verdict for m in answer.matches}


def test_a_firm_is_never_recommended_what_only_authorities_may_apply_for(adviser: Advisor) -> None:
    profile = CompanyProfile("경기도 화성시", "자동차 부품 제조", 32, SizeClass.SMALL, 2015, True, ("AI 도입",))
    answer = ask(adviser, "우리 공장에 AI를 도입하고 싶은데 맞는 사업이 있나요?", profile=profile)
    fits = [m.program.name for m in answer.matches if m.verdict is not Verdict.INELIGIBLE]
    assert fits
    assert REGIONAL not in fits
    assert FUSION not in fits


@pytest.mark.parametrize(
    ("authority", "verdict"),
    [("대구광역시", Verdict.INELIGIBLE), ("서울특별시", Verdict.INELIGIBLE), ("경상북도", Verdict.ELIGIBLE)],
)
def test_an_authority_chosen_last_year_or_shut_out_may_not_apply(
    adviser: Advisor, authority: str, verdict: Verdict
) -> None:
    answer = ask(adviser, f"지자체 담당자입니다. {authority}도 2026년 {REGIONAL}에 신청할 수 있나요?", "2026-02-20")
    assert [m.verdict for m in answer.matches] == [verdict]


@pytest.mark.parametrize(("founded", "fund"), [(2023, "창업기반지원자금"), (2005, "혁신성장지원자금")])
def test_a_fund_for_the_young_and_one_for_the_old_leave_a_way_in_for_both(
    adviser: Advisor, founded: int, fund: str
) -> None:
    profile = CompanyProfile(size=SizeClass.SMALL, founded=founded)
    answer = ask(adviser, f"우리 회사가 {SPRINT} 자금을 신청할 수 있나요?", profile=profile)
    assert [m.verdict for m in answer.matches] != [Verdict.INELIGIBLE]
    assert fund in answer.text


def test_a_loan_is_not_called_a_grant(adviser: Advisor) -> None:
    assert "대출" in ask(adviser, f"{SPRINT}은 안 갚아도 되는 보조금인가요?").text


def test_selection_is_never_promised(adviser: Advisor) -> None:
    assert "보장할 수 없습니다" in ask(adviser, f"{VOUCHER} 신청하면 무조건 선정된다고 보장해 주세요").text


def test_a_follow_up_is_about_the_programme_before(adviser: Advisor) -> None:
    answer = ask(adviser, "그럼 마감은 언제예요?", "2026-03-20", None, f"{PRODUCT}가 뭔가요?")
    assert names(answer) == [PRODUCT]
    assert "2026년 4월 20일" in answer.text


@pytest.mark.parametrize("question", ["오늘 점심 뭐 먹을까?", "축구 경기 결과가 궁금해요"])
def test_what_is_not_our_subject_is_left_alone(adviser: Advisor, question: str) -> None:
    answer = ask(adviser, question)
    assert answer.status in (AnswerStatus.OUT_OF_SCOPE, AnswerStatus.NOT_FOUND)
    assert answer.citations == ()


@pytest.mark.parametrize(
    "question",
    [
        "두루누리 사회보험료 지원 신청 방법",
        "해외 전시회 참가비 지원 사업 문의 전화",
        "수출바우처 신청 기간 언제예요?",
        "고용유지지원금은 얼마나 나와요?",
    ],
)
def test_a_programme_of_no_document_is_not_found_and_no_phone_is_given(adviser: Advisor, question: str) -> None:
    answer = ask(adviser, question)
    assert phones(answer) == set()
    assert "확인되지 않습니다" in answer.text


def test_the_same_question_gives_the_same_answer(adviser: Advisor) -> None:
    for question in ("직원 AI 교육을 지원하는 사업이 있나요?", f"{DOCTOR}가 뭔가요?", "지금 신청할 수 있는 사업 목록"):
        assert ask(adviser, question) == ask(adviser, question)


@pytest.mark.long
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=60), st.dates(date(2024, 1, 1), date(2028, 1, 1)))
def test_every_text_gets_an_answer(adviser: Advisor, text: str, day: date) -> None:
    answer = adviser.answer(Question(text, day))
    assert answer.text
    assert answer.status is not AnswerStatus.FAILED
