"""The tracks of a programme: what is told of each, and which of them some words mean."""

from __future__ import annotations

from dataclasses import replace

from rag.domain import Criterion, CriterionField, Detail, Period, PeriodKind, Program, TrackName
from rag.tracks import (
    asked_track,
    members_of,
    named_tracks,
    pieces,
    spelt_as,
    touched_tracks,
    track_names,
    tracks_of,
)
from tests.rag.records import EVIDENCE, PROGRAM

TRACKS = ("제조로봇 실증", "서비스로봇 실증", "규제혁신 로봇 실증")


def test_a_track_named_in_full_is_meant_alone() -> None:
    assert named_tracks(TRACKS, "서비스로봇실증은 얼마인가요") == ("서비스로봇 실증",)


def test_a_word_that_one_track_has_alone_names_it() -> None:
    assert named_tracks(TRACKS, "규제에 막힌 로봇을 시험하고 싶어요") == ("규제혁신 로봇 실증",)


def test_words_that_tracks_share_name_none() -> None:
    assert named_tracks(TRACKS, "로봇 실증 문의") == ()
    assert named_tracks(("가람형",), "가람형 문의") == ()


def test_every_track_touched_is_told_of_where_several_are() -> None:
    assert touched_tracks(TRACKS, "서비스로봇 말고 규제 쪽은 어떻게 다른가요") == (
        "서비스로봇 실증",
        "규제혁신 로봇 실증",
    )


NAMES = (
    TrackName("제조로봇 실증", groups=("실증사업",)),
    TrackName("서비스로봇 실증", groups=("실증사업",)),
    TrackName("창업기반자금", aliases=("혁신창업자금",)),
)
TRIALS = Period(PeriodKind.ANNOUNCED, "3월", track="실증사업")
FUND = Period(PeriodKind.ALWAYS, "상시", track="창업기반자금")
SIZES = Detail(
    "지원규모", "올해: 제조로봇 실증(60개), 서비스로봇 실증(36개), 혁신창업자금(내역 창업기반자금) 700억원", EVIDENCE
)
HOW = Detail("신청방법", "누리집", EVIDENCE)
OWN = Detail("융자기간", "10년 이내", EVIDENCE, track="창업기반자금", item="시설")


def made() -> Program:
    return replace(
        PROGRAM, name="모의 사업", tracks=NAMES, periods=(TRIALS, FUND), details=(SIZES, HOW, OWN), criteria=()
    )


def test_a_track_has_what_is_told_of_it_and_of_its_group() -> None:
    maker, server, fund = tracks_of(made())
    assert (maker.periods, server.periods, fund.periods) == ((TRIALS,), (TRIALS,), (FUND,))
    assert [d.text for d in maker.details] == ["제조로봇 실증(60개)"]
    assert [d.text for d in fund.details] == ["10년 이내", "혁신창업자금(내역 창업기반자금) 700억원"]


def test_a_programme_of_one_part_has_no_tracks() -> None:
    assert tracks_of(replace(made(), tracks=NAMES[:1])) == ()
    lone = Criterion(CriterionField.AGE, "7년", EVIDENCE, maximum=7, track="가람형")
    assert tracks_of(replace(made(), tracks=(), criteria=(lone,))) == ()


def test_tracks_that_only_conditions_tell_of_are_tracks() -> None:
    told = [
        Criterion(CriterionField.AGE, "", EVIDENCE, maximum=top, track=name) for top, name in ((3, "가"), (7, "나"))
    ]
    assert track_names(replace(made(), tracks=(), criteria=tuple(told))) == ("가", "나")


def test_a_track_goes_by_its_spellings_and_the_words_that_it_has_alone() -> None:
    assert spelt_as(made(), "혁신 창업자금") == "창업기반자금"
    assert spelt_as(made(), "제조로봇") == "제조로봇 실증"
    assert spelt_as(made(), "실증") is None
    assert members_of(made(), "실증사업") == ("제조로봇 실증", "서비스로봇 실증")
    assert tracks_of(made())[0].aliases == ("제조로봇",)


def test_words_name_one_part_or_the_group_that_they_touch() -> None:
    assert asked_track(made(), "서비스로봇을 시험하고 싶어요") == "서비스로봇 실증"
    assert asked_track(made(), "실증 해 보고 싶어요") == "실증사업"
    assert asked_track(made(), "모의 사업은 언제인가요") is None


def test_a_list_is_cut_by_part_only_where_each_has_its_figure() -> None:
    assert pieces("1년과제 최대 20억, 2년과제 최대 30억", (TrackName("1년과제"), TrackName("2년과제"))) == {
        "1년과제": "1년과제 최대 20억",
        "2년과제": "2년과제 최대 30억",
    }
    assert pieces("제조로봇 실증과 서비스로봇 실증을 돕습니다", NAMES) == {}
    assert pieces("제조로봇 실증(60개)", NAMES) == {}
