"""Choosing: what the records bear out is told before what is a little likelier by its words alone."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from rag.advisor import Advisor
from rag.answering.weights import Linear, linear_json, read_linear
from rag.domain import Question
from rag.errors import ReadingsError
from rag.messages import WHICH_PART_OF
from rag.reading.labelling import Way
from rag.saying.choosing import FEATURES, SHIPPED, choose, features

DAY = date(2026, 3, 20)


def test_the_likeliest_reading_comes_first_and_none_twice(adviser: Advisor) -> None:
    readings = list(adviser.reader.readings(Question("스마트공장 얼마까지 돼요", DAY)))
    assert readings[0].way is Way.FIRST and readings[0].cost == 0
    assert readings[0].plan == adviser.reader.read(Question("스마트공장 얼마까지 돼요", DAY))
    plans = [replace(reading.plan, confidence=0.0) for reading in readings]
    assert all(plans.count(plan) == 1 for plan in plans)
    assert all(reading.cost >= 0 for reading in readings[1:])


def test_what_is_not_genuinely_asked_is_read_in_one_way(adviser: Advisor) -> None:
    assert len(list(adviser.reader.readings(Question("담당자 집 주소 좀 알려줘", DAY)))) == 1


@pytest.mark.parametrize(
    ("question", "out"),
    [
        ("바우처 말고 다른 거 알려줘", "AI통합 바우처"),
        ("로봇 말고 뭐 있어요", "지능형로봇보급확산"),
        ("경남에 공장 하나 있는데 로봇 말고 뭐 받을 수 있어요", "지능형로봇보급확산"),
        ("융자만 알려줘", "지능형로봇보급확산"),
    ],
)
def test_what_is_set_aside_or_wanted_alone_is_lost_by_no_other_reading(
    adviser: Advisor, question: str, out: str
) -> None:
    (only,) = adviser.tried(Question(question, DAY))
    assert choose([only]) is only
    assert out not in {match.program.name for match in only.draft.matches}


def test_every_reading_has_a_value_for_each_feature(adviser: Advisor) -> None:
    tried = adviser.tried(Question("경북에서 로봇 사는 데 뭐 없나", DAY))
    rows = features(tried)
    assert rows.shape == (len(tried), len(FEATURES))
    assert np.isfinite(rows).all()
    assert rows[0][FEATURES.index("tells the same as the first")] == 1


def test_one_reading_needs_no_choice(adviser: Advisor) -> None:
    (first, *_) = adviser.tried(Question("스마트공장 전화번호", DAY))
    assert choose([first]) is first


def test_a_question_back_is_not_told_where_another_reading_hears_the_place_in_the_question(adviser: Advisor) -> None:
    answer = adviser.answer(Question("경기도에 있는 공장인데 주치의 전화번호요", DAY))
    assert answer.clarifying_question == WHICH_PART_OF.format(place="경기도")


def test_the_shipped_weights_are_of_these_features() -> None:
    weights = read_linear(SHIPPED, FEATURES)
    assert linear_json(weights, FEATURES) == SHIPPED.read_text("utf-8")
    with pytest.raises(ReadingsError):
        read_linear(SHIPPED, FEATURES[1:])
    assert isinstance(weights, Linear)


def test_the_land_around_a_place_before_a_name_is_a_place_and_no_name(adviser: Advisor) -> None:
    (first, *_) = adviser.tried(Question("경남권 AI훈련확산센터 번호 주세요. 부산벤처기업협회는 빼고요", DAY))
    assert first.reading.plan.parts[0].select.programs == ("중소기업AI훈련확산센터",)
