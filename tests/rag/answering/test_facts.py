"""Facts: what is told is of the sort asked for: the day of an event, a count in its unit, the right sum."""

from datetime import date

from rag.advisor import Advisor
from rag.answering.facts import Asked, facts_of
from rag.answering.select import Asker, judged
from rag.domain import CompanyProfile
from rag.plan import Ask, Facts, NotStated, Outcome, Part, Plan, Point, SelectBy, Selection

PROOF = "산업AI솔루션 실증·확산 지원"
CENTRE = "중소기업AI훈련확산센터"
PLACES = "지역 주도형 AI 대전환"


def told(adviser: Advisor, name: str, point: Point, tracks: tuple[str, ...] = ()) -> Outcome:
    asker = Asker(CompanyProfile(), (), date(2026, 3, 2))
    (program,) = adviser.shelf.editions(name, asker.as_of)
    selection = Selection(SelectBy.NAMED, (name,), (name,), tracks)
    part = Part((point.ask,), selection, points=(point,), about=point.about, thing=point.thing, words=point.words)
    match = judged(adviser.shelf, asker, program, tracks)
    return facts_of(Asked(point, Plan(point.words, (part,)), part, match, asker), adviser.shelf)


def texts(outcome: Outcome) -> list[str]:
    assert isinstance(outcome, Facts)
    return [fact.text for fact in outcome.facts]


def test_the_day_of_an_event_is_not_when_one_may_apply(adviser: Advisor) -> None:
    words = "사업설명회는 언제 열리나요"
    (text,) = texts(told(adviser, PROOF, Point(Ask.PERIOD, "사업설명회 열리", "사업설명회", words)))
    assert "3월 말" in text


def test_when_one_may_apply_is_the_period(adviser: Advisor) -> None:
    outcome = told(adviser, PROOF, Point(Ask.PERIOD, "신청", "", "신청은 언제부터 받나요"))
    assert isinstance(outcome, Facts) and outcome.ask is Ask.PERIOD


def test_a_count_in_the_unit_asked_for_stands_without_what_holds_none(adviser: Advisor) -> None:
    words = "컨소시엄은 몇 개 뽑나요"
    for text in texts(told(adviser, PROOF, Point(Ask.SELECTED, "컨소시엄 뽑", "컨소시엄", words))):
        assert "6개" in text


def test_all_steps_are_told_in_their_order(adviser: Advisor) -> None:
    found = told(
        adviser, PROOF, Point(Ask.HOW, "전산등록 방법 순서", "전산등록", "전산등록 방법을 순서대로 알려 주세요")
    )
    assert isinstance(found, Facts)
    assert [fact.label[0] for fact in found.facts] == ["①", "②", "③", "④"]


def test_a_sum_of_all_shares_together_is_told_beside_the_budget(adviser: Advisor) -> None:
    words = "국비와 지방비를 더한 총사업비는 얼마예요"
    assert "233억" in texts(told(adviser, PLACES, Point(Ask.BUDGET, "국비 지방비 총사업비 얼마", "", words)))[0]


def test_the_budget_of_the_whole_is_not_that_of_a_track(adviser: Advisor) -> None:
    words = "로드맵에 배정된 예산은 얼마예요"
    outcome = told(adviser, CENTRE, Point(Ask.BUDGET, "로드맵 예산", "", words), ("AI훈련 로드맵",))
    assert isinstance(outcome, NotStated)
