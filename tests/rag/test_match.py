"""Every condition against a company: met, unmet, or not known, with the question that would settle it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from rag.domain import CompanyProfile, Criterion, CriterionField, Match, Program, Result, SizeClass, Verdict
from rag.lexicon import read_lexicon
from rag.match import deciding, match_program
from rag.places import read_regions
from rag.settings import INSTALLATION
from tests.rag.records import EVIDENCE, PROGRAM

F, MET, UNMET, UNKNOWN = CriterionField, Result.MET, Result.UNMET, Result.UNKNOWN
AS_OF = date(2026, 3, 20)
GAZETTEER = read_regions(
    INSTALLATION / "corpus" / "regions.yaml", read_lexicon(INSTALLATION / "corpus" / "lexicon.yaml").homographs
)
NOBODY = CompanyProfile()


def criterion(field: CriterionField, **rest: object) -> Criterion:
    return replace(Criterion(field, "요건", EVIDENCE), **rest)  # type: ignore[arg-type]


def judged(profile: CompanyProfile, *criteria: Criterion, is_government: bool | None = None) -> Match:
    program: Program = replace(PROGRAM, criteria=criteria)
    return match_program(program, profile, AS_OF, GAZETTEER, is_government=is_government)


SIZE = criterion(F.SIZE, allowed=("중소기업", "중견기업"))
FEW = criterion(F.EMPLOYEES, maximum=29)
YOUNG = criterion(F.AGE, maximum=6)
OLD = criterion(F.AGE, minimum=7)
GYEONGGI = criterion(F.REGION, allowed=("경기도",))
GAPYEONG = criterion(F.REGION, allowed=("경기도 가평군",))
NOT_SEOUL = criterion(F.REGION, excluded=("서울특별시",))
MAKERS = criterion(F.INDUSTRY, allowed=("제조업",))
AI = criterion(F.INDUSTRY, allowed=("AI",))
TRADES = criterion(F.INDUSTRY, allowed=("제조업", "건설업"))
TOGETHER = criterion(F.CONSORTIUM, allowed=("컨소시엄",))
UNINSURED = criterion(F.INSURANCE, allowed=("미가입",), strict=False)


@pytest.mark.parametrize(
    ("condition", "profile", "result"),
    [
        (SIZE, CompanyProfile(size=SizeClass.SMALL), MET),
        (SIZE, CompanyProfile(size=SizeClass.MEDIUM), MET),
        (SIZE, CompanyProfile(size=SizeClass.MICRO), MET),
        (SIZE, CompanyProfile(size=SizeClass.LARGE), UNMET),
        (SIZE, NOBODY, UNKNOWN),
        (criterion(F.SIZE, allowed=("소상공인",)), CompanyProfile(size=SizeClass.SMALL), UNMET),
        (criterion(F.SIZE, allowed=("소상공인",)), CompanyProfile(size=SizeClass.MICRO), MET),
        (criterion(F.SIZE, excluded=("소상공인",)), CompanyProfile(size=SizeClass.MICRO), UNMET),
        (criterion(F.SIZE, excluded=("소상공인",)), CompanyProfile(size=SizeClass.SMALL), MET),
        (criterion(F.SIZE, excluded=("대기업",)), CompanyProfile(size=SizeClass.MICRO), MET),
        (criterion(F.SIZE, excluded=("대기업",)), CompanyProfile(size=SizeClass.LARGE), UNMET),
        (criterion(F.SIZE, excluded=("대기업",)), NOBODY, UNKNOWN),
        (FEW, CompanyProfile(employees=29), MET),
        (FEW, CompanyProfile(employees=30), UNMET),
        (FEW, CompanyProfile(employees=0), MET),
        (FEW, NOBODY, UNKNOWN),
        (criterion(F.EMPLOYEES, minimum=5), CompanyProfile(employees=5), MET),
        (criterion(F.EMPLOYEES, minimum=5), CompanyProfile(employees=4), UNMET),
        (YOUNG, CompanyProfile(founded=2022), MET),
        (YOUNG, CompanyProfile(founded=2010), UNMET),
        (YOUNG, NOBODY, UNKNOWN),
        (OLD, CompanyProfile(founded=2010), MET),
        (OLD, CompanyProfile(founded=2022), UNMET),
        (GYEONGGI, CompanyProfile(region="경기도 화성시"), MET),
        (GYEONGGI, CompanyProfile(region="경기 화성시"), MET),
        (GYEONGGI, CompanyProfile(region="화성시"), MET),
        (GYEONGGI, CompanyProfile(region="충청남도 아산시"), UNMET),
        (GYEONGGI, CompanyProfile(region="중구"), UNKNOWN),
        (GYEONGGI, CompanyProfile(region="어딘가"), UNKNOWN),
        (GYEONGGI, NOBODY, UNKNOWN),
        (GAPYEONG, CompanyProfile(region="경기도 가평군"), MET),
        (GAPYEONG, CompanyProfile(region="경기도 화성시"), UNMET),
        (NOT_SEOUL, CompanyProfile(region="서울특별시 중구"), UNMET),
        (NOT_SEOUL, CompanyProfile(region="경기도 화성시"), MET),
        (NOT_SEOUL, NOBODY, UNKNOWN),
        (MAKERS, CompanyProfile(industry="자동차 부품 제조"), MET),
        (MAKERS, CompanyProfile(industry="온라인 쇼핑몰"), UNMET),
        (MAKERS, CompanyProfile(industry="농업"), UNKNOWN),
        (MAKERS, NOBODY, UNKNOWN),
        (AI, CompanyProfile(industry="AI 소프트웨어 개발"), MET),
        (AI, CompanyProfile(industry="온라인 쇼핑몰"), UNMET),
        (AI, NOBODY, UNKNOWN),
        (TRADES, CompanyProfile(industry="자동차 부품 제조"), MET),
        (TRADES, CompanyProfile(industry="종합 건설"), MET),
        (TRADES, CompanyProfile(industry="온라인 쇼핑몰"), UNKNOWN),
        (TRADES, NOBODY, UNKNOWN),
        (TOGETHER, CompanyProfile(size=SizeClass.SMALL), UNKNOWN),
        (UNINSURED, CompanyProfile(insured=False), MET),
        (UNINSURED, NOBODY, MET),
    ],
)
def test_each_condition_is_judged_three_ways(condition: Criterion, profile: CompanyProfile, result: Result) -> None:
    (finding,) = judged(profile, condition).findings
    assert (finding.result, finding.criterion) == (result, condition)
    assert (finding.ask is not None) == (result is UNKNOWN)
    assert finding.reason


@pytest.mark.parametrize(("is_government", "result"), [(True, MET), (False, UNMET), (None, UNKNOWN)])
def test_only_an_authority_may_apply_for_what_is_for_authorities(is_government: bool | None, result: Result) -> None:
    only = criterion(F.APPLICANT, allowed=("광역 지방정부",))
    (finding,) = judged(NOBODY, only, is_government=is_government).findings
    assert finding.result is result


@pytest.mark.parametrize(("is_government", "result"), [(True, UNMET), (False, UNMET), (None, UNKNOWN)])
def test_what_is_for_universities_is_for_neither_firms_nor_authorities(
    is_government: bool | None, result: Result
) -> None:
    only = criterion(F.APPLICANT, allowed=("대학",))
    (finding,) = judged(NOBODY, only, is_government=is_government).findings
    assert finding.result is result


def test_an_authority_is_no_firm() -> None:
    assert judged(NOBODY, SIZE, is_government=True).verdict is Verdict.INELIGIBLE


def test_nothing_known_gives_no_verdict() -> None:
    assert judged(NOBODY, SIZE).verdict is None
    assert judged(CompanyProfile(needs=("교육",)), SIZE).verdict is None


@pytest.mark.parametrize(
    ("profile", "criteria", "verdict"),
    [
        (CompanyProfile(size=SizeClass.SMALL, employees=10), (SIZE, FEW), Verdict.ELIGIBLE),
        (CompanyProfile(size=SizeClass.SMALL), (SIZE, FEW), Verdict.POSSIBLE),
        (CompanyProfile(size=SizeClass.SMALL, employees=30), (SIZE, FEW), Verdict.INELIGIBLE),
        (CompanyProfile(size=SizeClass.LARGE), (SIZE, FEW), Verdict.INELIGIBLE),
        (CompanyProfile(size=SizeClass.LARGE), (), Verdict.POSSIBLE),
        (CompanyProfile(employees=30), (replace(FEW, strict=False),), Verdict.ELIGIBLE),
    ],
)
def test_one_strict_condition_unmet_decides_and_one_unknown_leaves_it_possible(
    profile: CompanyProfile, criteria: tuple[Criterion, ...], verdict: Verdict
) -> None:
    assert judged(profile, *criteria).verdict is verdict


YOUNG_TRACK, OLD_TRACK = replace(YOUNG, track="창업자금"), replace(OLD, track="성장자금")


@pytest.mark.parametrize("founded", [2024, 2005])
def test_tracks_are_alternatives(founded: int) -> None:
    match = judged(CompanyProfile(founded=founded), YOUNG_TRACK, OLD_TRACK)
    assert match.verdict is not Verdict.INELIGIBLE
    assert deciding(match.findings, UNMET) == ()


def test_when_every_track_is_shut_none_is_a_way_in() -> None:
    tracks = tuple(criterion(F.AGE, maximum=top, track=f"{top}년 자금") for top in (3, 6))
    assert judged(CompanyProfile(founded=2000), *tracks).verdict is Verdict.INELIGIBLE


def test_an_unmet_condition_of_all_tracks_is_not_cured_by_a_track() -> None:
    profile = CompanyProfile(size=SizeClass.LARGE, founded=2024)
    assert judged(profile, SIZE, YOUNG_TRACK, OLD_TRACK).verdict is Verdict.INELIGIBLE


def test_being_told_less_never_makes_a_firm_ineligible() -> None:
    whole = CompanyProfile("경기도 화성시", "금형 제조", 10, SizeClass.SMALL)
    for size, employees, region, industry in product([True, False], repeat=4):
        told = CompanyProfile(
            region=whole.region if region else None,
            industry=whole.industry if industry else None,
            employees=whole.employees if employees else None,
            size=whole.size if size else None,
        )
        expected = Verdict.ELIGIBLE if told == whole else Verdict.POSSIBLE if told != NOBODY else None
        assert judged(told, SIZE, FEW, GYEONGGI, MAKERS).verdict is expected


def test_bounds_that_no_company_could_meet_together_are_two_ways_in() -> None:
    assert judged(CompanyProfile(founded=2022), YOUNG, OLD).verdict is Verdict.ELIGIBLE
    assert judged(CompanyProfile(founded=2010), YOUNG, OLD).verdict is Verdict.ELIGIBLE
    assert judged(CompanyProfile(founded=2010), YOUNG).verdict is Verdict.INELIGIBLE
