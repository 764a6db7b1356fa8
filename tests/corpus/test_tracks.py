"""The bundled guides: each programme has the tracks that its document tells, and each track what is told of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from rag.advisor import Advisor
from rag.conditions.judge import judge
from rag.conditions.tree import unread_of
from rag.domain import CompanyProfile, PeriodStatus, Program, SizeClass, Verdict
from rag.tracks import Track, track_names, tracks_of

ROBOT, CENTRES, LOAN = "지능형로봇보급확산", "중소기업AI훈련확산센터", "AX스프린트 우대 트랙"
PRODUCT, FUSION, DOCTOR = "AI응용제품 신속 상용화", "제조업 AI융합 기반 조성", "능력개발전담주치의"
REGIONAL = "지역 주도형 AI 대전환"
TRIALS = ("제조로봇 실증", "서비스로봇 실증", "규제혁신 로봇 실증", "대규모융합 로봇 실증")
TRACKS = {
    ROBOT: (*TRIALS, "로봇직업교육센터"),
    CENTRES: ("AI훈련 로드맵", "문제해결형(PBL) AI+직무 훈련과정 개발"),
    LOAN: ("창업기반지원자금", "혁신성장지원자금"),
    PRODUCT: ("1년과제", "2년과제"),
    FUSION: ("AX랩 구축 및 운영", "AI기술 개발·실증 지원"),
    DOCTOR: (
        "기업HRD이음컨설팅",
        "훈련과정개발컨설팅",
        "훈련성과분석·피드백",
        "능력개발클리닉",
        "경영개선 솔루션 제공",
    ),
}


@pytest.fixture(scope="module")
def programs(adviser: Advisor) -> tuple[Program, ...]:
    return adviser.shelf.programs


def named(programs: Iterable[Program], name: str, year: int = 2026) -> Program:
    return next(program for program in programs if (program.name, program.year) == (name, year))


def track(programs: Iterable[Program], name: str, of: str) -> Track:
    return next(track for track in tracks_of(named(programs, of)) if track.name == name)


def said(track: Track, label: str) -> list[str]:
    return [detail.text for detail in track.details if detail.label == label]


def test_every_programme_has_the_tracks_that_its_document_tells(programs: tuple[Program, ...]) -> None:
    assert {p.name: track_names(p) for p in programs if tracks_of(p)} == TRACKS


def test_both_editions_of_the_programme_for_authorities_stand(programs: tuple[Program, ...]) -> None:
    plan, later = named(programs, REGIONAL, 2025), named(programs, REGIONAL)
    assert (plan.source_id, later.source_id, later.supersedes) == ("news2025", "press2026", plan.id)
    assert plan.key is not None
    assert later.key is not None
    assert (plan.key.authority, later.key.authority) == ("중소벤처기업부",) * 2
    assert (plan.key.year, later.key.year) == (2025, 2026)


def test_a_cell_that_lists_several_tracks_is_told_of_each(programs: tuple[Program, ...]) -> None:
    scales = {name: said(track(programs, name, ROBOT), "지원규모") for name in TRACKS[ROBOT]}
    assert scales["제조로봇 실증"] == ["제조로봇 실증(60개 과제 지원)"]
    assert scales["대규모융합 로봇 실증"] == ["대규모융합 로봇 실증(10개 과제 지원)"]
    assert scales["로봇직업교육센터"] == ["로봇직업교육센터 구축(1개소 구축, 연 1,200명 교육)"]
    assert said(track(programs, "1년과제", PRODUCT), "지원규모") == ["1년과제 21개 내외"]
    assert said(track(programs, "AX랩 구축 및 운영", FUSION), "지원규모") == ["AX랩 운영(5개소)"]
    assert said(track(programs, "AI훈련 로드맵", CENTRES), "지원규모") == ["AI훈련 로드맵 수립 2,000개소"]


def test_every_track_has_its_own_number_and_month(programs: tuple[Program, ...]) -> None:
    phones = {name: track(programs, name, ROBOT).contacts[0].phones for name in TRACKS[ROBOT]}
    assert phones["제조로봇 실증"] == ("053-210-9513", "053-210-9515", "053-210-9516")
    assert phones["대규모융합 로봇 실증"] == ("053-210-9682",)
    assert len(set(phones.values())) == len(phones)
    periods = {name: track(programs, name, ROBOT).periods for name in TRACKS[ROBOT]}
    assert {period.expected_from for name in TRIALS for period in periods[name]} == {date(2026, 2, 1)}
    assert [period.kind.value for period in periods["로봇직업교육센터"]] == ["always"]


def test_a_ceiling_is_that_of_its_track(programs: tuple[Program, ...]) -> None:
    ceilings = {name: track(programs, name, PRODUCT).benefits[0].ceiling for name in TRACKS[PRODUCT]}
    assert ceilings == {"1년과제": 2_000_000_000, "2년과제": 3_000_000_000}
    for fund in TRACKS[LOAN]:
        assert [b.ceiling for b in track(programs, fund, LOAN).benefits if b.ceiling] == [6_000_000_000]


def test_each_fund_tells_its_terms_for_plant_and_for_running_costs(programs: tuple[Program, ...]) -> None:
    for fund, rate in (("창업기반지원자금", "- 0.3%p"), ("혁신성장지원자금", "+ 0.5%p")):
        told = track(programs, fund, LOAN)
        terms = {d.item: d.text for d in told.details if d.label == "융자기간" and "거치" in d.text}
        assert terms == {
            "시설": "직접·대리대출 10년 이내(거치기간: 담보 4년 이내, 신용 3년 이내)",
            "운전": "직접·대리대출 5년 이내(거치기간: 2년 이내)",
        }
        assert all(rate in text for text in said(told, "융자금리"))


def test_no_programme_is_always_open_because_one_of_its_tracks_is(adviser: Advisor) -> None:
    robot = named(adviser.shelf.programs, ROBOT)
    gazetteer = adviser.shelf.gazetteer
    for day, status in ((date(2026, 1, 20), PeriodStatus.UPCOMING), (date(2026, 2, 20), PeriodStatus.UNKNOWN)):
        match = judge(robot, CompanyProfile(), (), day, gazetteer)
        assert (match.track, match.status) == ("로봇직업교육센터", PeriodStatus.ALWAYS)
        assert {t.name: t.status for t in match.tracks} == dict.fromkeys(TRIALS, status) | {
            "로봇직업교육센터": PeriodStatus.ALWAYS
        }
        asked = judge(robot, CompanyProfile(), (), day, gazetteer, "서비스로봇 실증")
        assert (asked.track, asked.status) == ("서비스로봇 실증", status)


def test_a_fund_is_judged_by_its_own_bound(adviser: Advisor) -> None:
    loan = named(adviser.shelf.programs, LOAN)
    for founded, open_ in ((2024, "창업기반지원자금"), (2010, "혁신성장지원자금")):
        company = CompanyProfile(industry="식품 제조", size=SizeClass.SMALL, founded=founded)
        match = judge(loan, company, (), date(2026, 4, 1), adviser.shelf.gazetteer)
        verdicts = {t.name: t.verdict for t in match.tracks}
        assert match.track == open_
        assert verdicts.pop(open_) is Verdict.POSSIBLE
        assert set(verdicts.values()) == {Verdict.INELIGIBLE}


def test_the_clauses_that_were_not_read_are_few(programs: tuple[Program, ...]) -> None:
    assert {(p.name, clause.text) for p in programs for clause in unread_of(p)} == {
        (LOAN, "AI응용제품 신속 상용화 지원사업 선정기업"),
        (LOAN, "AI 및 AI 관련 분야를 영위하거나 AI를 도입·활용하는 중소기업"),
        (ROBOT, "로봇(관련)기업, 로봇 수요기업·기관 등"),
        ("경기도 AI+X 아카데미", "지역 특화산업에 포함된 기업"),
    }
