"""Lists, counts and what is set aside, over the bundled corpus."""

from __future__ import annotations

from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import Answer, AnswerStatus, Question, Verdict
from rag.plan import Ask, Field, Found, Part, SelectBy, Selection, Shape
from rag.saying.lines import lines_of
from rag.saying.wording import Wording

DAY = date(2026, 3, 2)


def ask(adviser: Advisor, text: str) -> Answer:
    return adviser.answer(Question(text, DAY))


def test_who_sets_applying_alone_aside_wants_what_is_applied_for_together(adviser: Advisor) -> None:
    answer = ask(adviser, "단독 신청 말고 여러 곳이 같이 신청하는 사업만 전부 알려 주세요")
    names = {match.program.name for match in answer.matches}
    assert "AI응용제품 신속 상용화" in names
    assert "AI통합 바우처" not in names


@pytest.mark.parametrize(
    ("text", "out", "told"),
    [
        ("경남권 AI훈련확산센터 번호 다 주세요. 부산벤처기업협회는 빼고요", "070-4488-2705", "055-266-1939"),
        ("대구에 있는 인력공단 지사 번호 알려 주세요. 대구본부는 빼고", "053-580-2313", "1644-8000"),
    ],
)
def test_an_office_set_aside_is_not_told(adviser: Advisor, text: str, out: str, told: str) -> None:
    answer = ask(adviser, text)
    assert out not in answer.text
    assert told in answer.text


def test_an_address_of_the_web_stands_for_all_programmes_that_state_it(adviser: Advisor) -> None:
    names = {match.program.name for match in ask(adviser, "smart-factory.kr에서 신청하는 사업은 뭐예요?").matches}
    assert {"스마트공장 보급(제조AI특화)", "AI응용제품 신속 상용화"} <= names


def test_a_way_to_reach_an_office_chooses_and_is_told(adviser: Advisor) -> None:
    answer = ask(adviser, "문의할 이메일이 적혀 있는 사업만 알려 주세요")
    lines = [line for line in answer.text.splitlines() if line[:1].isdigit() and "**" in line]
    assert 0 < len(lines) == len(answer.matches) < 6
    assert all("@" in line for line in lines)
    asked = ask(adviser, "메일로 물어볼 수 있는 사업은 뭐가 있어요?").text
    assert asked.count("@") == len(answer.matches)
    assert ask(adviser, "전화번호가 없는 사업만 알려 주세요").status is AnswerStatus.NOT_FOUND


def test_a_way_to_apply_chooses_those_whose_documents_state_it(adviser: Advisor) -> None:
    online = {match.program.name for match in ask(adviser, "인터넷으로 신청하는 사업을 모두 알려 주세요").matches}
    assert "스마트공장 보급(제조AI특화)" in online
    assert "한국폴리텍대학 소규모사업장 훈련" not in online
    assert ask(adviser, "우편으로 접수하는 사업을 모두 알려 주세요").matches == ()


def test_of_those_whose_closing_day_is_written_none_is_told_without_one(adviser: Advisor) -> None:
    written = ask(adviser, "종료일이 분명하게 적힌 사업만 알려 주세요").matches
    other = ask(adviser, "종료일이 적혀 있지 않은 사업을 모두 알려 주세요").matches
    assert written and all(match.period and match.period.closes_on for match in written)
    assert other and not {m.program.id for m in written} & {m.program.id for m in other}


def test_names_joined_by_a_dot_are_so_many_programmes(adviser: Advisor) -> None:
    names = {match.program.name for match in ask(adviser, "주치의·폴리텍 접수 언제까지인가요?").matches}
    assert names == {"능력개발전담주치의", "한국폴리텍대학 소규모사업장 훈련"}


def test_a_count_tells_how_many_each_ministry_has(adviser: Advisor) -> None:
    answer = ask(adviser, "사업이 모두 몇 개예요?")
    assert "고용노동부 3개" in answer.text.split("\n")[0]


def test_where_no_ceiling_is_known_the_money_told_is_the_budget(adviser: Advisor) -> None:
    answer = ask(adviser, "산업부 사업들 나랏돈이 각각 얼마예요?")
    assert "128억" in answer.text and "567억" in answer.text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("융자 빼고 중기부 사업을 돈 큰 것부터 차례로 알려 주세요", "800억"),
        ("중기부 사업을 예산 큰 것부터 차례로 알려 주세요", "1,400억"),
        ("업체당 최대로 받을 수 있는 금액이 큰 순서로 사업을 알려 주세요", "60억"),
    ],
)
def test_the_money_that_orders_programmes_is_their_budget_unless_what_one_gets_is_spoken_of(
    adviser: Advisor, text: str, first: str
) -> None:
    line = next(line for line in ask(adviser, text).text.split("\n") if line.startswith("1. "))
    assert first in line


def test_of_two_ways_to_apply_the_one_told_last_is_wanted(adviser: Advisor) -> None:
    answer = ask(adviser, "혼자는 못 넣고 컨소시엄을 꾸려야 하는 사업이 뭐뭐 있나요")
    assert "AI응용제품 신속 상용화" in {match.program.name for match in answer.matches}
    assert "능력개발전담주치의" not in {match.program.name for match in answer.matches}


def test_several_things_asked_of_what_fits_are_told_of_the_best(adviser: Advisor) -> None:
    text = ask(adviser, "공장에 로봇 팔을 놓고 싶은데 전화번호랑 접수 시스템 주소 알려 주세요").text
    assert "053-210-95" in text


def names(answer: Answer) -> list[str]:
    return [match.program.name for match in answer.matches]


def test_the_smallest_budget_comes_first_where_it_is_asked_for(adviser: Advisor) -> None:
    answer = ask(adviser, "예산이 가장 적은 사업이 뭐예요?")
    assert answer.text.startswith("예산 순으로 3개")
    budgets = [match.program.budget or 0 for match in answer.matches]
    assert budgets == sorted(budgets)


@pytest.mark.parametrize(
    ("text", "count"), [("안내서에 나온 사업은 모두 몇 개인가요?", 10), ("사업은 모두 몇 개인가요?", 12)]
)
def test_a_document_named_by_its_kind_is_what_programmes_are_taken_from(
    adviser: Advisor, text: str, count: int
) -> None:
    assert f"모두 {count}개" in ask(adviser, text).text


def test_a_bound_is_on_the_figure_that_it_tells_programmes_apart_by(adviser: Advisor) -> None:
    small = ask(adviser, "60억 원 이하짜리 사업 목록이요")
    assert "한국폴리텍대학 소규모사업장 훈련" in names(small)
    assert "12억 6,100만" in small.text
    great = ask(adviser, "10억 원 이상 주는 사업 목록이요")
    assert names(great) == ["AI응용제품 신속 상용화", "AX스프린트 우대 트랙"]
    assert "1년과제 최대 20억 원, 2년과제 최대 30억 원" in great.text


def test_what_is_over_is_named_apart_where_the_times_to_apply_are_listed(adviser: Advisor) -> None:
    answer = adviser.answer(Question("사업별 신청기간을 모두 알려 주세요", date(2026, 5, 20)))
    assert "AI응용제품 신속 상용화" not in names(answer)
    assert "AI응용제품 신속 상용화는 2026년 4월 20일에 끝났습니다" in answer.text


def test_a_list_of_few_chosen_keeps_those_without_the_figure_and_says_so(adviser: Advisor) -> None:
    answer = ask(adviser, "과학기술정보통신부 사업들 자부담 비율을 각각 알려 주세요")
    assert "AI통합 바우처" in names(answer)
    assert "**AI통합 바우처** 자료에서 확인되지 않습니다" in answer.text


def test_a_list_says_what_it_was_picked_by(adviser: Advisor) -> None:
    answer = ask(adviser, "컨소시엄으로만 신청하는 사업 목록 알려 주세요")
    assert answer.text.startswith("컨소시엄으로 신청하는 사업은 2개입니다")


def test_who_sets_firms_of_one_size_aside_sets_aside_what_is_for_them_alone(adviser: Advisor) -> None:
    answer = ask(adviser, "중견기업이 되는 사업 전부 알려 주세요. 중소기업 전용은 빼고요")
    assert "AI통합 바우처" in names(answer)
    assert "능력개발전담주치의" not in names(answer)


def test_what_is_announced_for_a_month_is_listed_with_the_month(adviser: Advisor) -> None:
    answer = adviser.answer(Question("3월에 공고 나는 사업만 목록으로 주세요", date(2026, 2, 2)))
    assert "2026년 3월 중 공고 예정" in answer.text


def test_of_a_list_by_office_that_office_is_told(adviser: Advisor) -> None:
    answer = ask(adviser, "정보통신산업진흥원이 하는 사업들 이름하고 전화번호요")
    assert "043-931-5760" in answer.text
    assert "043-931-5975" in answer.text


def test_who_may_apply_for_none_of_those_picked_is_told_them_all_the_same(adviser: Advisor) -> None:
    answer = ask(adviser, "군청 직원입니다. 고용노동부 사업 예산을 모두 알려 주세요")
    assert {"능력개발전담주치의", "한국폴리텍대학 소규모사업장 훈련"} <= set(names(answer))


def test_a_month_told_late_in_the_year_for_what_opens_is_that_of_the_next(adviser: Advisor) -> None:
    answer = adviser.answer(Question("3월에 접수 시작하는 사업 전부 알려 주세요", date(2025, 12, 20)))
    assert answer.plan
    opens = [c.value for part in answer.plan.parts for c in part.where if c.field is Field.OPENS]
    assert opens == ["2026-03-01/2026-03-31"]


def test_a_long_list_is_cut_and_says_how_many_more_there_are(adviser: Advisor) -> None:
    matches = adviser.answer(Question("지원사업 전부 알려 주세요", date(2026, 3, 2))).matches
    found = Found(matches * 4, ((),) * (len(matches) * 4), len(matches) * 4)
    part = Part((Ask.WHAT,), Selection(SelectBy.ALL), shape=Shape.LIST)
    lines = lines_of(found, part, Wording("ko"), date(2026, 3, 2))
    assert len(lines) < len(matches) * 4 and "더 있습니다" in lines[-1].text


@pytest.mark.parametrize(
    "text", ["스마트공장 보급이랑 AI통합 바우처 비교해 주세요", "AI통합 바우처와 스마트공장 보급의 차이"]
)
def test_who_only_compares_is_told_the_same_of_each(adviser: Advisor, text: str) -> None:
    answer = ask(adviser, text)
    lines = [line for line in answer.text.splitlines() if line[:2] in ("1.", "2.")]
    assert len(lines) == 2
    assert all("지원대상" in line and "2억" in line and "문의" in line for line in lines)


def test_of_what_is_compared_that_which_is_open_comes_first(adviser: Advisor) -> None:
    answer = ask(adviser, "능력개발전담주치의랑 AI통합 바우처 비교해 주세요")
    assert answer.text.startswith("지금 신청할 수 있다고 확인되는 것은 **능력개발전담주치의**입니다.")


def test_what_is_asked_of_those_compared_is_told_alone(adviser: Advisor) -> None:
    assert "지원대상" not in ask(adviser, "스마트공장 보급이랑 AI통합 바우처 접수 마감 비교").text


def test_what_closes_next_has_not_closed(adviser: Advisor) -> None:
    answer = adviser.answer(Question("접수 마감이 가까운 순서로 사업을 알려 주세요", date(2026, 5, 20)))
    assert names(answer) and "AI응용제품 신속 상용화" not in names(answer)


def test_firms_of_a_place_alone_are_admitted_by_what_says_so(adviser: Advisor) -> None:
    assert names(ask(adviser, "부산 업체만 신청할 수 있는 사업 목록이요")) == ["제조업 AI융합 기반 조성"]
    assert "제조업 AI융합 기반 조성" not in names(ask(adviser, "지역 제한이 없는 사업 목록이요"))


def test_what_is_to_be_told_as_well_chooses_nothing(adviser: Advisor) -> None:
    answer = ask(adviser, "업체당 최대로 받는 금액이 큰 순서로 알려 주세요, 대출까지 쳐서요")
    assert {"AX스프린트 우대 트랙", "AI응용제품 신속 상용화"} <= set(names(answer))


def test_offices_of_other_places_are_told_of_nothing_else(adviser: Advisor) -> None:
    answer = ask(adviser, "경상북도 맡는 산업인력공단 지사를 모두 알려 주세요")
    assert "02-2137-0455" not in answer.text


def test_what_asks_of_nothing_in_particular_is_meant_of_what_is_named_after_it(adviser: Advisor) -> None:
    answer = ask(adviser, "예산이 얼마나 돼요? 그 로봇 보급하는 사업 말이에요")
    assert names(answer) == ["지능형로봇보급확산"]


def test_a_limit_told_alike_of_two_tracks_is_told_of_the_one_asked_about(adviser: Advisor) -> None:
    for track in ("혁신성장지원자금", "창업기반지원자금"):
        assert f"{track} 융자한도: 60억원 이내" in ask(adviser, f"{track}은 얼마까지 빌려주나요?").text


def test_of_two_that_are_compared_a_year_is_that_of_the_one_it_stands_with(adviser: Advisor) -> None:
    text = ask(adviser, "스마트공장 보급이랑 작년 경기도 AI+X 아카데미를 자부담 비율로 비교해 주세요").text
    assert "2025년 내용은" not in text and "50%" in text and "10%" in text


def test_what_differs_between_two_begins_with_what_each_is_for(adviser: Advisor) -> None:
    lines = ask(adviser, "로봇 보급 사업과 산업AI솔루션 실증 사업은 뭐가 다른가요?").text.split("\n")
    told = [line for line in lines if line[:3] in ("1. ", "2. ")]
    assert len(told) == 2 and all("목적: " in line or "지원내용: " in line for line in told)


def test_programmes_are_ordered_by_what_is_asked_of_them(adviser: Advisor) -> None:
    answer = ask(adviser, "회사가 내는 비율이 낮은 것부터 사업을 늘어놓아 주세요")
    assert answer.text.startswith("회사 부담 순으로")
    answer = ask(adviser, "한 과제에 지원금 한도가 1억 넘는 것을 한도가 큰 순서로 알려 주세요")
    assert len(answer.matches) > 2


def test_two_things_asked_in_a_row_are_both_told(adviser: Advisor) -> None:
    answer = ask(adviser, "스마트공장 공고는 언제쯤 나며 어디로 전화하나요")
    assert "3월" in answer.text and "044-300-0957" in answer.text
    answer = ask(adviser, "스마트공장은 몇 퍼센트 부담이고요, 담당자 직통은요?")
    assert "50%" in answer.text and "044-300-0957" in answer.text


def test_all_offices_are_listed_where_all_are_wanted(adviser: Advisor) -> None:
    answer = ask(adviser, "주치의 상담하는 경기도 지사 번호 모두 적어 주세요")
    assert {"031-249-1258", "031-850-9115"} <= {phone for c in answer.contacts for phone in c.phones}


def test_the_day_of_the_week_is_told_where_it_is_asked_for(adviser: Advisor) -> None:
    assert "2026년 10월 30일은 금요일입니다" in ask(adviser, "AI훈련확산센터 접수 끝나는 날은 무슨 요일이에요?").text
    assert "요일입니다" not in ask(adviser, "AI훈련확산센터 접수는 언제 끝나요?").text


def test_a_loan_called_a_grant_is_told_to_be_a_loan_first(adviser: Advisor) -> None:
    text = ask(adviser, "AX스프린트는 보조금이라서 안 갚아도 되죠?").text
    assert text.index("갚아야 하는 대출(융자)입니다") < 60


@pytest.mark.parametrize(
    ("text", "barred", "reason"),
    [
        (
            "부산에 있는 식품 공장인데 우리가 신청 못 하는 사업은 뭐예요",
            "경기도 AI+X 아카데미",
            "부산광역시는 대상 지역이 아닙니다",
        ),
        ("중견기업인데 신청할 수 없는 사업을 알려 주세요", "AX스프린트 우대 트랙", "중견기업은 안 됩니다"),
    ],
)
def test_what_the_asker_may_not_apply_for_is_listed_with_the_reason(
    adviser: Advisor, text: str, barred: str, reason: str
) -> None:
    answer = ask(adviser, text)
    assert answer.text.startswith("신청할 수 없는 사업은")
    assert barred in names(answer) and reason in answer.text
    assert all(match.verdict is Verdict.INELIGIBLE for match in answer.matches)


def test_what_cannot_be_applied_for_and_is_set_aside_is_not_listed(adviser: Advisor) -> None:
    answer = ask(adviser, "신청이 안 되는 거 말고 우리가 할 수 있는 사업을 알려 주세요. 부산 식품 공장이에요")
    assert all(match.verdict is not Verdict.INELIGIBLE for match in answer.matches)


def test_which_end_comes_first_is_told_by_the_words_before_it(adviser: Advisor) -> None:
    answer = ask(adviser, "선정하는 수가 많은 것부터 적은 것 순으로 사업을 적어 주세요")
    assert answer.text.startswith("지원규모 순으로") and answer.matches[0].program.name == "능력개발전담주치의"
    answer = ask(adviser, "예산이 제일 적은 사업 두 개는 뭐예요")
    assert len(answer.matches) == 2 and "4억 2,000만 원" in answer.text
    answer = ask(adviser, "대출은 제외하고 예산이 가장 큰 사업 세 개만 차례로 적어 주세요")
    assert "800억 원" in answer.text and len(answer.matches) == 3


def test_of_two_plants_the_office_of_each_is_told(adviser: Advisor) -> None:
    answer = ask(adviser, "공장이 구미에 하나 포항에 하나 있어요. 주치의 상담 전화 알려 주세요")
    assert {"054-230-3227"} < {phone for contact in answer.contacts for phone in contact.phones}


def test_a_figure_that_something_falls_short_of_shuts_nobody_out(adviser: Advisor) -> None:
    answer = ask(adviser, "예산이 50억이 안 되는 것들을 알려 주세요")
    assert set(names(answer)) == {"한국폴리텍대학 소규모사업장 훈련", "경기도 AI+X 아카데미"}


def test_of_several_numbers_the_last_is_how_many_are_wanted(adviser: Advisor) -> None:
    assert len(ask(adviser, "사업 열 개 가운데 예산이 가장 큰 순서로 두 개만 적어 주세요").matches) == 2
    assert len(ask(adviser, "예산이 제일 큰 사업 세 개에 대해 알려 주세요").matches) == 3


def test_a_wish_beside_a_way_or_a_place_is_still_a_wish(adviser: Advisor) -> None:
    answer = ask(adviser, "온라인으로 신청하는 사업 중에 직원들 AI 교육을 시켜 줄 곳이 있을까요")
    assert answer.plan is not None and answer.plan.parts[0].select.by is SelectBy.NEED
    answer = ask(adviser, "담보가 없어서 은행 대출을 못 받는 건데 돈을 빌려주는 사업이 있나요")
    assert all(match.verdict is not Verdict.INELIGIBLE for match in answer.matches)
