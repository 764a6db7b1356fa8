"""Diagnosing: twelve kinds of applicant get what the bundled documents say of them, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

import pytest

from rag.advisor import Advisor
from rag.diagnosis.diagnose import diagnose
from rag.diagnosis.records import Case, Company, Diagnosis, Level, Reply
from rag.domain import CriterionField, PeriodStatus, Result, ReviewCode, ReviewItem, SizeClass, Verdict
from tests.rag.diagnosis.cases import (
    AI_STARTUP,
    AUTHORITY,
    CAR_PARTS,
    CASES,
    CHEMICAL_FIRM,
    CONSORTIUM_LEADER,
    FIRM_IN_GAPYEONG,
    FIRM_IN_GONGJU,
    HOSPITAL,
    LARGE_FIRM,
    MEDIUM,
    METAL_WORKSHOP,
    NOTHING_KNOWN,
    PUBLISHER,
    UNINSURED_SHOP,
    chose,
)

SPRING, AUTUMN = date(2026, 3, 20), date(2026, 11, 20)
DOCTOR, CENTRES, POLYTECH = "능력개발전담주치의", "중소기업AI훈련확산센터", "한국폴리텍대학 소규모사업장 훈련"
VOUCHER, FUSION, FACTORY = "AI통합 바우처", "제조업 AI융합 기반 조성", "스마트공장 보급(제조AI특화)"
PRODUCT, LOAN, TRIAL = "AI응용제품 신속 상용화", "AX스프린트 우대 트랙", "산업AI솔루션 실증·확산 지원"
ROBOT, ACADEMY, REGIONAL = "지능형로봇보급확산", "경기도 AI+X 아카데미", "지역 주도형 AI 대전환"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the documents say of one case: some recommendations, near misses, the branch with its phone, the level."""

    case: Case
    recommended: tuple[str, ...]
    missed: tuple[str, ...] = ()
    branch: tuple[str, str] | None = None
    level: Level | None = None


EXPECTED = (
    Expected(METAL_WORKSHOP, (DOCTOR, FACTORY), (), ("경인지역본부", "031-249-1258"), Level.BASIC),
    Expected(CAR_PARTS, (FACTORY, DOCTOR, CENTRES), (), ("경인지역본부", "031-249-1258"), Level.MIDDLE),
    Expected(CHEMICAL_FIRM, (DOCTOR, POLYTECH), (), ("전남지사", "061-720-8541")),
    Expected(AI_STARTUP, (FUSION, LOAN), (), ("대구지역본부", "053-580-2313"), Level.ADVANCED),
    Expected(CONSORTIUM_LEADER, (TRIAL, PRODUCT), (), ("충남지사", "041-620-7621")),
    Expected(UNINSURED_SHOP, (DOCTOR, POLYTECH), (), ("서울서부지사", "02-2024-1761")),
    Expected(FIRM_IN_GAPYEONG, (DOCTOR,), (), ("강원지사", "033-248-8503")),
    Expected(FIRM_IN_GONGJU, (DOCTOR,), (), ("세종지사", "044-410-8011")),
    Expected(HOSPITAL, (VOUCHER,), (), ("부산남부지사", "051-620-1973")),
    Expected(PUBLISHER, (VOUCHER, DOCTOR), (), ("경기북부지사", "031-850-9115")),
    Expected(LARGE_FIRM, (), (FACTORY, DOCTOR, POLYTECH), ("울산지사", "052-220-3237")),
    Expected(NOTHING_KNOWN, (DOCTOR,)),
    Expected(AUTHORITY, (REGIONAL,)),
)


def names(diagnosis: Diagnosis) -> list[str]:
    return [chosen.match.program.name for chosen in diagnosis.recommendations]


@pytest.fixture(scope="module")
def told(adviser: Advisor) -> dict[str, Diagnosis]:
    """Every case diagnosed in spring."""
    return {name: diagnose(case, adviser.shelf, SPRING, "g") for name, case in CASES.items()}


@pytest.mark.parametrize("expected", EXPECTED, ids=list(CASES))
def test_each_applicant_gets_what_the_documents_say(adviser: Advisor, expected: Expected) -> None:
    day = date(2026, 3, 5) if expected.case is AUTHORITY else SPRING
    diagnosis = diagnose(expected.case, adviser.shelf, day, "g")
    assert set(expected.recommended) <= set(names(diagnosis))
    assert len(diagnosis.recommendations) <= 3
    assert set(expected.missed) <= {near.match.program.name for near in diagnosis.near_misses}
    found = [(branch.organisation, branch.phones[0]) for branch in diagnosis.branches]
    assert found == ([expected.branch] if expected.branch else [])
    assert diagnosis.level.level is expected.level


def test_whoever_cannot_apply_is_never_recommended(told: dict[str, Diagnosis]) -> None:
    for diagnosis in told.values():
        assert all(chosen.match.verdict is not Verdict.INELIGIBLE for chosen in diagnosis.recommendations)
        for near in diagnosis.near_misses:
            assert near.missing or near.match.status is PeriodStatus.CLOSED
            assert all(finding.result is Result.UNMET for finding in near.missing)


def test_a_large_firm_is_told_which_condition_shuts_it_out(told: dict[str, Diagnosis]) -> None:
    missing = {near.match.program.name: near.missing for near in told["large_firm"].near_misses}
    assert "대기업" in missing[FACTORY][0].reason
    assert missing[POLYTECH][0].criterion.maximum == 299


def test_a_consortium_without_partners_is_only_just_missed(adviser: Advisor) -> None:
    alone = Case(CONSORTIUM_LEADER.company, tuple(r for r in CONSORTIUM_LEADER.replies if r.question != "partners"))
    open_ = diagnose(alone, adviser.shelf, SPRING, "g")
    assert any("함께 신청할" in ask for ask in open_.asks)
    without = Case(alone.company, (*alone.replies, Reply("partners", ("no",))))
    refused = diagnose(without, adviser.shelf, SPRING, "g")
    assert PRODUCT not in names(refused)
    assert PRODUCT in {near.match.program.name for near in refused.near_misses}


def of(*replies: Reply, address: str, industry: str, size: SizeClass = SizeClass.SMALL, founded: int = 2010) -> Case:
    company = Company(address=address, industry=industry, employees=50, size=size, founded=founded, insured=True)
    return Case(company, replies)


def missed(diagnosis: Diagnosis) -> dict[str, tuple[str, ...]]:
    return {near.match.program.name: tuple(f.reason for f in near.missing) for near in diagnosis.near_misses}


@pytest.mark.parametrize(("reply", "verdict"), [("no", None), ("lead", Verdict.ELIGIBLE), ("", Verdict.POSSIBLE)])
def test_a_consortium_told_beside_the_conditions_counts(adviser: Advisor, reply: str, verdict: Verdict | None) -> None:
    partners = (Reply("partners", (reply,)),) if reply else ()
    case = of(chose("wants", "trial"), *partners, address="경남 창원시", industry="기계 제조", size=SizeClass.MEDIUM)
    diagnosis = diagnose(case, adviser.shelf, SPRING, "g")
    found = {chosen.match.program.name: chosen.match.verdict for chosen in diagnosis.recommendations}
    assert found.get(TRIAL) is verdict
    assert (TRIAL in missed(diagnosis)) == (reply == "no")


def test_a_size_asked_of_those_who_use_ai_does_not_shut_out_who_makes_it(adviser: Advisor) -> None:
    maker = of(chose("wants", "trial"), address="부산 해운대구", industry="AI 소프트웨어 개발")
    diagnosis = diagnose(maker, adviser.shelf, SPRING, "g")
    trial = next(c for c in diagnosis.recommendations if c.match.program.name == TRIAL)
    assert trial.match.verdict is Verdict.POSSIBLE
    assert "AI 솔루션을 공급하는 기업으로 참여하려고 하나요?" in diagnosis.asks
    user = of(chose("wants", "trial"), address="부산 해운대구", industry="기계 제조")
    assert any("중견기업" in reason for reason in missed(diagnose(user, adviser.shelf, SPRING, "g"))[TRIAL])


@pytest.mark.parametrize(
    ("founded", "day", "is_sure"), [(2019, SPRING, False), (2020, SPRING, True), (2018, SPRING, True)]
)
def test_an_age_of_a_year_alone_is_unknown_at_the_bound(
    adviser: Advisor, founded: int, day: date, is_sure: bool
) -> None:
    case = of(chose("wants", "loan"), address="청주시", industry="식품 제조", founded=founded)
    diagnosis = diagnose(case, adviser.shelf, day, "g")
    loan = next(c for c in diagnosis.recommendations if c.match.program.name == LOAN)
    ages = [f for track in loan.match.tracks for f in track.findings if f.criterion.field is CriterionField.AGE]
    assert (Result.UNKNOWN not in {finding.result for finding in ages}) == is_sure
    assert any("설립한 달과 날" in ask for ask in diagnosis.asks) != is_sure
    said = " ".join(amount.text for amount in loan.amounts)
    assert ("- 0.3%p" in said, "+ 0.5%p" in said) == (founded >= 2019, founded <= 2019)


def test_on_the_last_day_of_the_year_the_age_is_certain(adviser: Advisor) -> None:
    case = of(chose("wants", "loan"), address="청주시", industry="식품 제조", founded=2019)
    loan = diagnose(case, adviser.shelf, date(2026, 12, 31), "g").recommendations[0]
    results = {f.result for f in loan.match.findings if f.criterion.field is CriterionField.AGE}
    assert results == {Result.MET}


def test_the_period_is_that_of_the_track_wanted(adviser: Advisor) -> None:
    status = {}
    for want in ("robot", "training"):
        case = Case(LARGE_FIRM.company, (chose("wants", want),))
        chosen = diagnose(case, adviser.shelf, SPRING, "g").recommendations
        status[want] = next(c.match.status for c in chosen if c.match.program.name == ROBOT)
    assert status == {"robot": PeriodStatus.UNKNOWN, "training": PeriodStatus.ALWAYS}


def test_what_fits_but_is_over_this_year_is_missed(adviser: Advisor) -> None:
    missed = diagnose(CAR_PARTS, adviser.shelf, date(2026, 9, 8), "g").near_misses
    near = next(each for each in missed if each.match.program.name == PRODUCT)
    assert near.missing == ()
    assert near.match.status is PeriodStatus.CLOSED


def test_nothing_of_another_year_or_place_is_only_just_missed(told: dict[str, Diagnosis]) -> None:
    for diagnosis in told.values():
        for near in diagnosis.near_misses:
            assert near.match.program.year in (None, SPRING.year)
            assert not any(finding.criterion.field is CriterionField.REGION for finding in near.missing)


def test_of_a_place_that_may_be_several_it_is_asked_which(adviser: Advisor) -> None:
    case = of(address="중구", industry="도소매")
    diagnosis = diagnose(case, adviser.shelf, SPRING, "g")
    assert diagnosis.branches == ()
    assert any("서울특별시 중구" in ask and "울산광역시 중구" in ask for ask in diagnosis.asks)
    wide = diagnose(of(address="경기도", industry="도소매"), adviser.shelf, SPRING, "g")
    assert wide.centres
    assert any("시·군·구" in ask for ask in wide.asks)


def test_of_a_track_that_is_closed_to_the_company_no_money_is_told(adviser: Advisor) -> None:
    case = of(chose("wants", "training"), address="화성시", industry="전자부품 제조", size=MEDIUM)
    centres = next(
        c for c in diagnose(case, adviser.shelf, SPRING, "g").recommendations if c.match.program.name == CENTRES
    )
    assert not any("수당" in amount.text for amount in centres.amounts)


def test_an_amount_is_told_no_surer_than_the_document(adviser: Advisor) -> None:
    case = of(chose("wants", "solution", "training"), address="파주시", industry="출판")
    chosen = diagnose(case, adviser.shelf, date(2025, 4, 20), "g").recommendations
    said = {c.match.program.name: " ".join(a.text for a in c.amounts) for c in chosen}
    assert "5,000만 원 내외" in said[ACADEMY]
    assert "단위가 무엇인지 분명하지 않아" in said[ACADEMY]
    assert "차등 지급" in said[VOUCHER]


def test_the_period_is_that_of_the_day(adviser: Advisor) -> None:
    for day, status in ((date(2026, 4, 20), PeriodStatus.OPEN), (date(2026, 4, 21), PeriodStatus.CLOSED)):
        diagnosis = diagnose(CONSORTIUM_LEADER, adviser.shelf, day, "g")
        product = next(c for c in diagnosis.recommendations if c.match.program.name == PRODUCT)
        assert product.match.status is status


def test_own_share_is_computed_from_the_planned_cost(told: dict[str, Diagnosis]) -> None:
    factory = next(c for c in told["metal_workshop"].recommendations if c.match.program.name == FACTORY)
    assert any("3억 원이면 지원금은 많아야 1억 5,000만 원" in amount.text for amount in factory.amounts)
    product = next(c for c in told["consortium_leader"].recommendations if c.match.program.name == PRODUCT)
    sums = [amount.text for amount in product.amounts]
    assert any("20억 원" in text and "적어도 10억 원" in text for text in sums)
    assert any("지원금은 많아야 21억 원" in text and "적어도 9억 원" in text for text in sums)


def test_the_ceiling_bounds_what_is_paid(adviser: Advisor) -> None:
    costly = Case(CAR_PARTS.company, (*CAR_PARTS.replies, Reply("cost", amount=10**9)))
    factory = next(
        c for c in diagnose(costly, adviser.shelf, SPRING, "g").recommendations if c.match.program.name == FACTORY
    )
    assert any("많아야 2억 원, 회사가 내는 돈은 적어도 8억 원" in amount.text for amount in factory.amounts)


def test_a_loan_is_told_with_the_fund_of_the_companys_age(told: dict[str, Diagnosis]) -> None:
    loan = next(c for c in told["ai_startup"].recommendations if c.match.program.name == LOAN)
    said = " ".join(amount.text for amount in loan.amounts)
    assert "갚아야 하는" in said
    assert "- 0.3%p" in said
    assert "+ 0.5%p" not in said


def test_every_amount_and_consideration_with_a_figure_has_its_evidence(told: dict[str, Diagnosis]) -> None:
    for diagnosis in told.values():
        for chosen in diagnosis.recommendations:
            for statement in (*chosen.considerations, *chosen.amounts, *chosen.documents):
                if any(letter.isdigit() for letter in statement.text):
                    assert statement.evidence


def test_how_many_a_programme_takes_is_not_told_as_what_a_company_gets(told: dict[str, Diagnosis]) -> None:
    lines = [line.text for each in told.values() for chosen in each.recommendations for line in chosen.considerations]
    sizes = [text for text in lines if text.startswith("지원규모: ")]
    assert all(re.search(r"\d\s*[조억만천백]*\s*원|%", text) for text in sizes), sizes
    assert any(text.startswith("지원내용: ") for text in lines)


def test_the_level_is_unknown_until_a_missing_reply_can_no_longer_change_it(adviser: Advisor) -> None:
    replies = {reply.question: reply for reply in CAR_PARTS.replies}
    partly = Case(CAR_PARTS.company, (replies["ai_use"], replies["data"]))
    found = diagnose(partly, adviser.shelf, SPRING, "g").level
    assert found.level is None
    assert found.asks == ("직원들이 받아 본 AI 교육은 무엇인가요?",)
    basic = Case(METAL_WORKSHOP.company, METAL_WORKSHOP.replies[:1])
    assert diagnose(basic, adviser.shelf, SPRING, "g").level.level is Level.BASIC


def test_the_roadmap_begins_at_the_companys_level_and_fills_twelve_months(told: dict[str, Diagnosis]) -> None:
    levels = {name: [item.level for item in told[name].roadmap if item.level] for name in told}
    assert levels["metal_workshop"] == [Level.BASIC, Level.MIDDLE, Level.ADVANCED]
    assert levels["car_parts"] == [Level.MIDDLE, Level.ADVANCED]
    assert levels["ai_startup"] == [Level.ADVANCED]
    for diagnosis in told.values():
        for item in diagnosis.roadmap:
            assert 0 <= item.first <= item.last < len(item.windows) == 12
            assert item.evidence


def test_a_programme_the_company_may_not_use_pays_no_course(told: dict[str, Diagnosis]) -> None:
    courses = [item for item in told["consortium_leader"].roadmap if item.level is Level.ADVANCED]
    assert [item.program for item in courses] == ["확인되지 않음"]


def test_combinations_are_those_documents_state(told: dict[str, Diagnosis]) -> None:
    said = " ".join(statement.text for statement in told["metal_workshop"].combinations)
    assert "선도형제조혁신 스마트공장" in said
    assert "자율형공장 제외" in said
    leader = " ".join(statement.text for statement in told["consortium_leader"].combinations)
    assert "S-OJT" in leader
    assert "패스트트랙" in leader
    assert all("확인되지 않습니다" in d.combinations[-1].text for d in told.values())


def test_nothing_known_is_asked_for(told: dict[str, Diagnosis]) -> None:
    diagnosis = told["nothing_known"]
    assert all(chosen.match.verdict is None for chosen in diagnosis.recommendations)
    assert {"어떤 업종인가요?", "상시근로자는 몇 명인가요?"} <= set(diagnosis.asks)
    assert diagnosis.asks[0].startswith("회사(사업장)는")
    assert not told["authority"].level.level
    assert not any("근로자" in ask for ask in told["authority"].asks)


def test_the_same_case_on_the_same_day_gives_the_same_diagnosis(adviser: Advisor) -> None:
    first, second = (diagnose(METAL_WORKSHOP, adviser.shelf, AUTUMN, "g") for _ in range(2))
    assert first == second


@pytest.mark.parametrize("case", [METAL_WORKSHOP, AI_STARTUP, LARGE_FIRM], ids=["metal", "startup", "large"])
def test_the_order_in_which_needs_are_told_changes_nothing(adviser: Advisor, case: Case) -> None:
    turned = Case(case.company, tuple(replace(reply, options=reply.options[::-1]) for reply in case.replies))
    first, second = (diagnose(each, adviser.shelf, SPRING, "g") for each in (case, turned))
    assert first.recommendations == second.recommendations
    assert first.near_misses == second.near_misses


def test_documents_that_contradict_each_other_are_told_with_the_programme(adviser: Advisor) -> None:
    program = next(p for p in adviser.shelf.current(SPRING) if p.name == DOCTOR)
    source = adviser.shelf.source(program.source_id)
    assert source
    item = ReviewItem(ReviewCode.CONFLICT, source.id, source.path, "", "", (4, 4), DOCTOR, "ceiling", "최대 1원")
    chosen = diagnose(METAL_WORKSHOP, adviser.shelf, SPRING, "g", (item,)).recommendations
    for each in chosen:
        told = [line for line in each.considerations if "최대 1원" in line.text]
        assert [line.evidence[0].pages for line in told] == ([(4, 4)] if each.match.program.name == DOCTOR else [])
