"""Picking: the statement that answers stands first, tracks keep apart, and what nobody states is not sure."""

from dataclasses import replace

import numpy as np
import pytest

from rag.answering.picking import FEATURES, SHIPPED, SURE_FEATURES, Picker, Query, query_of
from rag.answering.senses import program_lines
from rag.answering.weights import read_weights
from rag.domain import Detail, TrackName
from rag.embedders.kiwi import KiwiEmbedder
from rag.errors import ReadingsError
from rag.plan import Ask, Part, Point, SelectBy, Selection
from tests.rag.answering.preparing import picker_of
from tests.rag.records import EVIDENCE, PROGRAM

SAID = replace(
    PROGRAM,
    tracks=(TrackName("1년과제"), TrackName("2년과제")),
    details=(
        Detail("목적", "제조 현장의 인력을 기릅니다.", EVIDENCE),
        Detail("지원한도", "최대 1억 원", EVIDENCE, track="1년과제"),
        Detail("지원한도", "최대 3억 원", EVIDENCE, track="2년과제"),
        Detail("융자금리", "연 3.1%", EVIDENCE),
        Detail("신청방법", "누리집에서 신청합니다.", EVIDENCE),
    ),
)


@pytest.fixture(scope="module")
def picker(kiwi: KiwiEmbedder) -> Picker:
    return picker_of(SAID, kiwi)


def test_words_find_what_is_said_in_other_words(picker: Picker) -> None:
    best = picker.best(SAID, Query(Ask.AMOUNT, "이자", "이자", "이자가 얼마예요"))
    assert best.scored[0].statement.label == "융자금리"


def test_of_tracks_asked_about_no_other_answers(picker: Picker) -> None:
    best = picker.best(SAID, Query(Ask.AMOUNT, "한도", "", "2년과제 한도", ("2년과제",)))
    assert {scored.statement.track for scored in best.scored} <= {None, "2년과제"}
    assert best.scored[0].statement.text == "최대 3억 원"


def test_shares_are_those_of_one_whole(picker: Picker) -> None:
    best = picker.best(SAID, Query(Ask.HOW, "신청", "", "어떻게 신청해요"))
    assert sum(scored.share for scored in best.scored) == pytest.approx(1.0, abs=1e-4)
    assert 0 <= best.sure <= 1


def test_what_is_not_spoken_of_is_less_sure(picker: Picker) -> None:
    stated = picker.best(SAID, Query(Ask.AMOUNT, "금리", "금리", "금리가 몇 퍼센트인가요"))
    unstated = picker.best(SAID, Query(Ask.THING, "심사위원 경력", "심사위원 경력", "심사위원 경력이 어떻게 되나요"))
    assert unstated.sure < stated.sure


def test_a_programme_that_states_nothing_answers_nothing(kiwi: KiwiEmbedder) -> None:
    bare = replace(PROGRAM, details=(), steps=())
    best = picker_of(bare, kiwi).best(bare, Query(Ask.WHAT))
    assert (best.scored, best.sure) == ((), 0.0)


def test_features_are_finite_and_named(picker: Picker) -> None:
    rows = picker.features(SAID, Query(Ask.BUDGET, words="예산 5억 원 30% 3월 10개 2년 www.example.kr"))
    assert rows.shape == (len(picker.of(SAID)), len(FEATURES))
    assert np.isfinite(rows).all()
    assert len(set(FEATURES)) == len(FEATURES)
    assert len(set(SURE_FEATURES)) == len(SURE_FEATURES)


def test_the_weights_that_ship_are_those_of_these_features() -> None:
    weights = read_weights(SHIPPED, FEATURES, SURE_FEATURES)
    assert weights.to_json(FEATURES, SURE_FEATURES) == SHIPPED.read_text("utf-8")
    with pytest.raises(ReadingsError, match="jiwon train"):
        read_weights(SHIPPED, FEATURES[1:], SURE_FEATURES)


def test_every_statement_has_a_line_of_its_programme(kiwi: KiwiEmbedder) -> None:
    lines = program_lines([SAID])
    assert all(line.program == SAID.id for line in lines)
    assert any(not line.is_card for line in lines)


def test_what_is_counted_in_the_unit_asked_for_comes_first(kiwi: KiwiEmbedder) -> None:
    counted = replace(
        PROGRAM,
        details=(
            Detail("교육", "교육 12회", EVIDENCE),
            Detail("교육", "교육 800명", EVIDENCE),
            Detail("교육", "교육 6개월", EVIDENCE),
        ),
    )
    own = picker_of(counted, kiwi)
    for words, text in (("교육은 몇 명 받나요", "교육 800명"), ("교육은 몇 개월 하나요", "교육 6개월")):
        assert own.best(counted, Query(Ask.THING, "교육", "교육", words)).scored[0].statement.text == text


def test_one_of_several_things_is_asked_for_in_its_own_words() -> None:
    points = (Point(Ask.SELECTED, "뽑", "", "몇 명 뽑고"), Point(Ask.AMOUNT, "금리", "금리", "금리는 몇 퍼센트예요"))
    part = Part((Ask.SELECTED, Ask.AMOUNT), Selection(SelectBy.NAMED, ("특화 과정",)), points=points, words="전체")
    query = query_of(part, points[1], frozenset())
    assert query.words == "금리는 몇 퍼센트예요"
    assert query.names == "특화 과정"
