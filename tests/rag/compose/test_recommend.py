"""Which programmes are listed and which are recommended."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.compose.asking import ask_which
from rag.compose.judge import judge
from rag.compose.listing import list_programs
from rag.compose.recommend import infer, recommend
from rag.domain import AnswerStatus, CompanyProfile, PeriodStatus, Question, SizeClass, Verdict
from tests.rag.compose.asking import request

FACTORY = CompanyProfile("경기도 화성시", "자동차 부품 제조", 32, SizeClass.SMALL, 2015, True, ("AI 도입",))
SHOP = CompanyProfile("서울특별시 마포구", "디자인·광고 대행", 4, SizeClass.MICRO, 2022, True, ("직원 AI 교육",))


@pytest.mark.parametrize("ministry", ["고용노동부", "과학기술정보통신부", "중소벤처기업부", "산업통상부"])
def test_the_list_of_a_ministry_is_all_of_its_programmes_on_the_day(adviser: Advisor, ministry: str) -> None:
    asked = request(adviser, f"{ministry} 지원사업 목록")
    draft = list_programs(asked, adviser.knowledge)
    assert draft is not None
    wanted = [p.name for p in adviser.knowledge.current(asked.question.as_of) if p.ministry == ministry]
    assert [m.program.name for m in draft.matches] == wanted


@pytest.mark.parametrize("profile", [FACTORY, SHOP])
def test_fits_come_before_the_unfit_and_each_unfit_has_a_reason(adviser: Advisor, profile: CompanyProfile) -> None:
    draft = recommend(request(adviser, "우리 회사에 맞는 사업이 있나요?", profile), adviser.knowledge)
    assert draft is not None
    verdicts = [m.verdict is Verdict.INELIGIBLE for m in draft.matches]
    assert verdicts == sorted(verdicts)
    assert not verdicts[0]
    told = "\n".join(s.text for s in draft.statements)
    assert all(m.program.name in told for m in draft.matches)


def test_only_open_programmes_are_recommended_where_only_those_are_asked_for(adviser: Advisor) -> None:
    asked = request(adviser, "지금 신청할 수 있는 AI 교육 사업 추천", SHOP)
    draft = recommend(asked, adviser.knowledge)
    assert draft is not None
    fits = [m for m in draft.matches if m.verdict is not Verdict.INELIGIBLE]
    assert {m.status for m in fits} <= {PeriodStatus.OPEN, PeriodStatus.ALWAYS}


def test_at_most_one_question_is_asked_back(adviser: Advisor) -> None:
    draft = recommend(request(adviser, "직원 교육을 도와주는 사업이 있나요?"), adviser.knowledge)
    assert draft is not None
    assert draft.clarifying_question is None or draft.clarifying_question.count("?") == 1


def test_a_question_that_names_a_programme_is_not_answered_with_a_recommendation(adviser: Advisor) -> None:
    assert recommend(request(adviser, "AI통합 바우처 우리한테 맞나요?", FACTORY), adviser.knowledge) is None


@pytest.mark.parametrize(
    "text",
    [
        "마감이 언제예요?",
        "전화번호 알려 주세요",
        "지원금 얼마예요?",
        "신청 방법이 어떻게 되나요?",
        "신청 자격이 뭔가요?",
    ],
)
def test_a_question_that_could_mean_any_programme_is_asked_back(adviser: Advisor, text: str) -> None:
    answer = adviser.answer(Question(text, date(2026, 3, 20)))
    assert answer.status is AnswerStatus.CLARIFY
    assert answer.clarifying_question
    assert len(answer.matches) > 4
    assert not answer.contacts


@pytest.mark.parametrize(
    "text",
    [
        "AI통합 바우처 마감이 언제예요?",
        "화성시 공장인데 전화번호 알려 주세요",
        "정책자금 금리는요?",
        "로봇 교육은 언제 신청하나요?",
    ],
)
def test_a_question_that_tells_of_what_or_of_whom_is_not_asked_back(adviser: Advisor, text: str) -> None:
    assert ask_which(request(adviser, text), adviser.knowledge) is None


def test_a_programme_that_staff_have_described_is_answered_about_without_its_name(adviser: Advisor) -> None:
    for name, lines in adviser.knowledge.lexicon.described:
        for line in lines:
            said = " ".join(cell.split("|")[0] for cell in line)
            assert name in adviser.knowledge.lexicon.programs_described(said)
    answer = adviser.answer(Question("정책자금 금리가 몇 프로예요?", date(2026, 3, 20)))
    assert [m.program.name for m in answer.matches] == ["AX스프린트 우대 트랙"]


def test_a_programme_that_was_only_described_is_named_in_the_first_line(adviser: Advisor) -> None:
    draft = infer(request(adviser, "AI 솔루션 살 돈 얼마까지 주나요?"), adviser.knowledge)
    assert draft is not None
    assert draft.matches[0].program.name in draft.statements[0].text
    assert "다른 사업이면" in draft.statements[0].text


def test_a_need_in_everyday_words_is_answered_with_what_comes_near(adviser: Advisor) -> None:
    text = "부품에 흠집 있는 걸 사람이 눈으로 골라내는데 카메라로 자동으로 잡아내고 싶어요"
    draft = recommend(request(adviser, text, FACTORY), adviser.knowledge)
    assert draft is not None
    assert "스마트공장 보급(제조AI특화)" in {m.program.name for m in draft.matches}


def test_what_the_documents_do_not_cover_is_said_before_what_comes_near(adviser: Advisor) -> None:
    shop = CompanyProfile("강원특별자치도 강릉시", "카페", 3, SizeClass.MICRO)
    draft = recommend(request(adviser, "손님 예약을 받아 주는 직원이 있으면 좋겠는데요", shop), adviser.knowledge)
    assert draft is not None
    assert draft.status is AnswerStatus.PARTIAL
    assert "확인되지 않습니다" in draft.statements[0].text


def test_somebody_without_work_is_told_that_a_programme_is_for_people_at_work(adviser: Advisor) -> None:
    asked = request(adviser, "지금 무직인데 한국폴리텍대학 소규모사업장 훈련 들을 수 있나요?")
    match = judge(
        adviser.knowledge.editions("한국폴리텍대학 소규모사업장 훈련", asked.question.as_of)[0],
        asked,
        adviser.knowledge,
    )
    assert match.verdict is Verdict.INELIGIBLE
    assert match.findings[0].criterion.evidence.quote


def test_an_office_is_found_by_its_body_and_the_place(adviser: Advisor) -> None:
    draft = infer(request(adviser, "의성군인데 산업인력공단은 어디로 걸어야 하나요?"), adviser.knowledge)
    assert draft is not None
    assert "054-840-3013" in {phone for contact in draft.contacts for phone in contact.phones}
