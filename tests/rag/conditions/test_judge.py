"""The match of a programme: the strictest finding decides, a track stands for itself, and nothing read badly is met."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.conditions.judge import deciding, judge
from rag.domain import (
    CompanyProfile,
    Condition,
    Contact,
    Criterion,
    CriterionField,
    Period,
    PeriodKind,
    PeriodStatus,
    Program,
    Result,
    SizeClass,
    TrackName,
    Unread,
    Verdict,
    Way,
)
from rag.periods import when
from tests.rag.conditions.asking import AS_OF, GAZETTEER, NOBODY, criterion, finding, judged, program, unread
from tests.rag.records import EVIDENCE

F, MET, UNMET, UNKNOWN = CriterionField, Result.MET, Result.UNMET, Result.UNKNOWN
SIZE = criterion(F.SIZE, allowed=("중소기업", "중견기업"))
FEW = criterion(F.EMPLOYEES, maximum=29)
YOUNG, OLD = criterion(F.AGE, maximum=6), criterion(F.AGE, minimum=7)
GYEONGGI = criterion(F.REGION, allowed=("경기도",))
MAKERS = criterion(F.INDUSTRY, allowed=("제조업",))
TURNOVER = unread("매출액이 10억원 이상인 중소기업", "매출액", "10", "억", "원")
SMALL = CompanyProfile(size=SizeClass.SMALL, employees=10)


def test_nothing_known_gives_no_verdict() -> None:
    assert judged(NOBODY, SIZE).verdict is None
    assert judged(CompanyProfile(needs=("교육",)), SIZE).verdict is None


@pytest.mark.parametrize(
    ("company", "leaves", "verdict"),
    [
        (SMALL, (SIZE, FEW), Verdict.ELIGIBLE),
        (CompanyProfile(size=SizeClass.SMALL), (SIZE, FEW), Verdict.POSSIBLE),
        (replace(SMALL, employees=30), (SIZE, FEW), Verdict.INELIGIBLE),
        (CompanyProfile(size=SizeClass.LARGE), (SIZE, FEW), Verdict.INELIGIBLE),
        (SMALL, (), Verdict.POSSIBLE),
        (SMALL, (SIZE, TURNOVER), Verdict.POSSIBLE),
        (SMALL, (replace(FEW, strict=False),), Verdict.POSSIBLE),
        (replace(SMALL, employees=30), (SIZE, replace(FEW, strict=False)), Verdict.ELIGIBLE),
    ],
)
def test_the_strictest_finding_decides(
    company: CompanyProfile, leaves: tuple[Criterion | Unread, ...], verdict: Verdict
) -> None:
    assert judged(company, *leaves).verdict is verdict


def test_a_clause_that_was_not_read_is_unknown_with_its_question() -> None:
    found = finding(SMALL, TURNOVER)
    assert (found.result, found.criterion.field) == (UNKNOWN, F.OTHER)
    assert TURNOVER.text in (found.ask or "")


def test_a_trade_settles_a_clause_that_asks_for_no_more() -> None:
    weavers = unread("섬유 중소기업", "섬유")
    assert finding(CompanyProfile(industry="섬유"), weavers).result is MET
    assert finding(CompanyProfile(industry="가구"), weavers).result is UNKNOWN


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


def test_of_choices_one_suffices_and_all_are_told_where_none_is_met() -> None:
    first, second = replace(MAKERS, text="제조 기업", choice=(1, 1)), replace(FEW, text="30인 미만", choice=(1, 2))
    company = CompanyProfile(industry="온라인 쇼핑몰", employees=10)
    assert finding_of(company, first, second).result is MET
    shut = finding_of(replace(company, employees=50), first, second)
    assert shut.result is UNMET
    assert "제조 기업 / 30인 미만" in shut.reason


def finding_of(company: CompanyProfile, *leaves: Criterion | Unread):  # type: ignore[no-untyped-def]
    (only,) = judged(company, *leaves).findings
    return only


EXCEPTED = criterion(F.AGE, "업력 예외: 신산업 창업 분야 중소기업은 10년 이내", maximum=10, strict=False)


@pytest.mark.parametrize(
    ("founded", "told", "result"),
    [
        (2017, "신산업분야 창업기업", MET),
        (2017, "", UNKNOWN),
        (2010, "신산업분야 창업기업", UNMET),
        (2022, "", MET),
        (None, "", UNKNOWN),
    ],
)
def test_a_case_excepted_is_judged_by_its_exception(founded: int | None, told: str, result: Result) -> None:
    match = judged(CompanyProfile(founded=founded), YOUNG, EXCEPTED, told=(told,))
    assert [found.result for found in match.findings] == [result]


MARCH = Period(PeriodKind.ANNOUNCED, "3월 중", expected_from=date(2026, 3, 1), expected_to=date(2026, 3, 31))
ALWAYS = Period(PeriodKind.ALWAYS, "연중 상시")


def two_tracks() -> Program:
    one = program(
        SIZE, replace(YOUNG, track="실증 과제"), replace(OLD, track="교육 센터"), tracks=("실증 과제", "교육 센터")
    )
    return replace(
        one,
        periods=(replace(MARCH, track="실증 과제"), replace(ALWAYS, track="교육 센터")),
        contacts=(Contact("원", EVIDENCE, phones=("02-000-0000",), track="교육 센터"), Contact("청", EVIDENCE)),
    )


def test_a_programme_is_what_the_track_asked_about_is() -> None:
    asked = judge(two_tracks(), CompanyProfile(founded=2024, size=SizeClass.SMALL), (), AS_OF, GAZETTEER, "실증과제")
    assert (asked.track, asked.status, asked.verdict) == ("실증 과제", PeriodStatus.UNKNOWN, Verdict.ELIGIBLE)
    assert {f.track for f in asked.findings} == {None, "실증 과제"}


def test_without_a_track_asked_about_the_best_one_is_named() -> None:
    match = judge(two_tracks(), CompanyProfile(founded=2010, size=SizeClass.SMALL), (), AS_OF, GAZETTEER)
    assert (match.track, match.status) == ("교육 센터", PeriodStatus.ALWAYS)
    assert {t.name: (t.verdict, t.status) for t in match.tracks} == {
        "실증 과제": (Verdict.INELIGIBLE, PeriodStatus.UNKNOWN),
        "교육 센터": (Verdict.ELIGIBLE, PeriodStatus.ALWAYS),
    }
    assert [c.organisation for c in match.tracks[1].contacts] == ["원"]
    assert [c.organisation for c in match.tracks[0].contacts] == ["청"]


def test_tracks_that_say_the_same_name_none() -> None:
    one = program(SIZE, tracks=("가 상담", "나 상담"))
    match = judge(one, SMALL, (), AS_OF, GAZETTEER)
    assert match.track is None
    assert [t.verdict for t in match.tracks] == [Verdict.ELIGIBLE] * 2


def test_a_group_is_judged_by_its_best_track() -> None:
    names = (TrackName("가", groups=("실증",)), TrackName("나", groups=("실증",)), TrackName("다"))
    one = replace(two_tracks(), tracks=names, periods=(replace(MARCH, track="실증"), replace(ALWAYS, track="다")))
    assert judge(one, NOBODY, (), AS_OF, GAZETTEER, "실증").status is PeriodStatus.UNKNOWN
    assert judge(one, NOBODY, (), AS_OF, GAZETTEER).track == "다"


def test_when_every_track_is_shut_none_is_a_way_in() -> None:
    tracks = tuple(criterion(F.AGE, maximum=top, track=f"{top}년 자금") for top in (3, 6))
    match = judged(CompanyProfile(founded=2000), *tracks)
    assert match.verdict is Verdict.INELIGIBLE
    assert deciding(match.findings, UNMET)


def test_an_unmet_condition_of_all_tracks_is_not_cured_by_a_track() -> None:
    company = CompanyProfile(size=SizeClass.LARGE, founded=2024)
    match = judged(company, SIZE, replace(YOUNG, track="가"), replace(OLD, track="나"))
    assert match.verdict is Verdict.INELIGIBLE


def test_where_another_track_is_open_no_exception_is_asked_after() -> None:
    young, old = replace(YOUNG, track="가"), replace(OLD, track="나")
    match = judged(CompanyProfile(founded=2017), young, replace(EXCEPTED, track="가"), old)
    assert match.track == "나"
    assert {t.name: t.verdict for t in match.tracks} == {"가": Verdict.INELIGIBLE, "나": Verdict.ELIGIBLE}
    asked = judge(match.program, CompanyProfile(founded=2017), (), AS_OF, GAZETTEER, "가")
    assert asked.verdict is Verdict.POSSIBLE
    assert "예외" in asked.findings[0].reason


# --- odd records ---

WORDS = st.sampled_from(
    [
        "",
        "요건",
        "3년 이내",
        "300인 미만, 소상공인",
        "예외",
        "(",
        "본사 또는 공장",
        "우선지원 대상",
        "①",
        "99999999999년",
    ]
)
NUMBERS = st.none() | st.integers(-5, 400) | st.just(10**12)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 12, 31))
NAMES = st.lists(
    st.sampled_from(["", "중소기업", "가입", "부산광역시", "없는 곳", "제조업", "AI", "세금 체납"]), max_size=3
).map(tuple)
TRACKS = st.sampled_from([None, "", "가", "나", "실증"])
CHOICES = st.none() | st.tuples(st.integers(0, 2), st.integers(0, 2))
CRITERIA = st.builds(
    Criterion,
    st.sampled_from(CriterionField),
    WORDS,
    st.just(EVIDENCE),
    allowed=NAMES,
    excluded=NAMES,
    minimum=NUMBERS,
    maximum=NUMBERS,
    strict=st.booleans(),
    track=TRACKS,
    confidence=st.sampled_from([0.0, 0.5, 1.0]),
    choice=CHOICES,
)
UNREADS = st.builds(
    Unread, WORDS, st.just(EVIDENCE), track=TRACKS, shuts_out=st.booleans(), excepts=WORDS, left=NAMES, choice=CHOICES
)
PERIODS = st.builds(
    Period,
    st.sampled_from(PeriodKind),
    WORDS,
    opens_on=DAYS,
    closes_on=DAYS,
    expected_from=DAYS,
    expected_to=DAYS,
    track=TRACKS,
    confidence=st.sampled_from([0.3, 1.0]),
    is_cancelled=st.booleans(),
)
CONDITIONS = st.recursive(
    st.builds(Condition, st.sampled_from(Way), st.lists(CRITERIA, max_size=2).map(tuple)),
    lambda inner: st.builds(Condition, st.sampled_from(Way), parts=st.lists(inner, min_size=1, max_size=2).map(tuple)),
    max_leaves=4,
)
COMPANIES = st.builds(
    CompanyProfile,
    region=st.none() | WORDS | st.sampled_from(["광주", "중구", "경기도 화성시"]),
    industry=st.none() | WORDS | st.just("식품 제조"),
    employees=NUMBERS,
    size=st.none() | st.sampled_from(SizeClass),
    founded=st.none() | st.integers(0, 3000),
    insured=st.none() | st.booleans(),
    site=st.none() | WORDS,
    founded_in=st.none() | st.integers(1, 12),
    priority_support=st.none() | st.booleans(),
    is_government=st.none() | st.booleans(),
)
TOLD = st.lists(
    WORDS | st.sampled_from(["체납 중", "확인서 없음", "매출 80억", "대표 45세", "혼자", "법인 아님", "쉬는 중"]),
    max_size=3,
)


@given(
    st.lists(CRITERIA, max_size=3),
    st.lists(UNREADS, max_size=2),
    st.lists(PERIODS, max_size=3),
    st.none() | CONDITIONS,
    COMPANIES,
    TOLD,
    TRACKS,
    DAYS.filter(bool),
)
def test_no_record_however_odd_makes_judging_fail(
    criteria: list[Criterion],
    clauses: list[Unread],
    periods: list[Period],
    condition: Condition | None,
    company: CompanyProfile,
    told: list[str],
    track: str | None,
    day: date,
) -> None:
    one = replace(program(*criteria, *clauses), periods=tuple(periods))
    one = replace(one, condition=condition) if condition else one
    match = judge(one, company, tuple(told), day, GAZETTEER, track)
    assert when(match.period, match.status, day)
    assert all(found.reason for found in match.findings if found.criterion.text)
    if match.verdict is Verdict.ELIGIBLE:
        assert {found.result for found in match.findings if found.criterion.strict} == {MET}
