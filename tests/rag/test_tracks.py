"""Which tracks of a programme the words of a question mean."""

from __future__ import annotations

from rag.tracks import named_tracks, touched_tracks

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
