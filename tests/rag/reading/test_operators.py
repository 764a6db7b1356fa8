"""Operators: what is set aside by a closed-class word is found, what only stands near one is not."""

import pytest

from rag.plan import Role, Span
from rag.reading.operators import (
    all_of_it,
    all_wanted,
    beside_rest,
    ends_in_tag,
    included,
    is_asked_of,
    is_located,
    limits,
    operators,
    pointed,
    wanted_alone,
)


def spans(text: str, *words: str) -> list[Span]:
    return [
        Span(at, at + len(word), Role.KIND if word.islower() or len(word) < 4 else Role.PROGRAM, word)
        for word in words
        for at in (text.index(word),)
    ]


@pytest.mark.parametrize(
    ("text", "said", "aside"),
    [
        ("대출 말고 보조금", ("대출", "보조금"), {"대출"}),
        ("대출은 빼고 보조금만", ("대출", "보조금"), {"대출"}),
        ("교육이나 대출은 됐고 설비", ("교육", "대출", "설비"), {"교육", "대출"}),
        ("대출 같은 거 말고 보조금", ("대출", "보조금"), {"대출"}),
        ("대출하고 보조금 알려 주세요", ("대출", "보조금"), set()),
        ("대출 되나요? 말고 다른 것도", ("대출",), set()),
        ("not a loan, a voucher", ("loan", "voucher"), {"loan"}),
        ("anything except training and loans", ("training", "loans"), {"training"}),
        ("What loan suits me", ("loan",), set()),
        ("대출 보조금 말고 다른 것", ("대출", "보조금"), {"보조금"}),
        ("대출은 나중에 볼게요 보조금부터", ("대출", "보조금"), {"대출"}),
    ],
)
def test_what_an_operator_sets_aside(text: str, said: tuple[str, ...], aside: set[str]) -> None:
    assert {span.words for span in operators(text, spans(text, *said))} == aside


def test_places_side_by_side_are_set_aside_together_with_what_lies_in_them() -> None:
    text = "충주 제천 괴산 쪽 지사는 빼고 알려 주세요"
    places = [Span(at, at + 2, Role.PLACE, text[at : at + 2]) for at in (0, 3, 6)]
    assert set(operators(text, places)) == set(places)


@pytest.mark.parametrize(
    ("text", "role", "aside"),
    [
        ("고용부랑 산업부는 됐으니 나머지 부처 것만", Role.BODY, {"고용부", "산업부"}),
        ("고용부 사업 있나요? 나머지 부처는요", Role.BODY, set()),
        ("고용부 신청은 어떻게 하고 나머지 서류는", Role.BODY, set()),
        ("고용부는 알아요 나머지 트랙은", Role.BODY, set()),
    ],
)
def test_what_is_left_is_wanted_of_the_sort_that_is_named(text: str, role: Role, aside: set[str]) -> None:
    said = [Span(at, at + 3, role, word) for word in ("고용부", "산업부") if (at := text.find(word)) >= 0]
    assert {span.words for span in beside_rest(text, said)} == aside


def test_words_that_only_want_all_of_it_ask_nothing_else() -> None:
    assert all_of_it(["나머지", "다"])
    assert not all_of_it(["나머지", "서류"])


def test_a_place_asked_about_is_not_set_aside_by_a_word_of_another() -> None:
    text = "대구 말고 구미 번호"
    found = operators(text, [Span(0, 2, Role.PLACE, "대구"), Span(6, 8, Role.PLACE, "구미")])
    assert {span.words for span in found} == {"대구"}


@pytest.mark.parametrize(
    ("text", "said", "alone"),
    [
        ("보조금만 알려 주세요", ("보조금",), {"보조금"}),
        ("보조금 주는 사업만", ("보조금",), {"보조금"}),
        ("오직 보조금", ("보조금",), {"보조금"}),
        ("보조금 아니면 안 됩니다", ("보조금",), {"보조금"}),
        ("보조금 받을 때 서류만", ("보조금",), set()),
        ("보조금이나 대출 알려 주세요", ("보조금", "대출"), set()),
        ("loans only, nothing else", ("loans",), {"loans"}),
        ("only a loan", ("loan",), set()),
        ("just loans", ("loans",), {"loans"}),
    ],
)
def test_what_is_wanted_alone(text: str, said: tuple[str, ...], alone: set[str]) -> None:
    assert {span.words for span in limits(text, spans(text, *said))} == alone


@pytest.mark.parametrize(
    ("text", "word", "how"),
    [
        ("목공 강습은 말고 보조금", "강습", ["aside"]),
        ("목공 강습은 말고 보조금", "보조금", []),
        ("목공 강습만 알려 주세요", "강습", ["alone"]),
        ("except carving lessons", "carving", ["aside"]),
    ],
)
def test_words_are_pointed_at_whatever_they_are(text: str, word: str, how: list[str]) -> None:
    at = text.index(word)
    assert list(pointed(text, at, at + len(word))) == how


@pytest.mark.parametrize(
    ("text", "said", "is_tag"),
    [
        ("접수 끝난 거 아닌가요?", "끝난", True),
        ("그거 대출 아니에요", "대출", True),
        ("대출은 아니에요. 보조금이요", "대출", False),
        ("대출 아니고 보조금", "대출", False),
    ],
)
def test_what_only_asks_whether_it_is_so_sets_nothing_aside(text: str, said: str, is_tag: bool) -> None:
    assert ends_in_tag(text, spans(text, said)[0]) is is_tag


@pytest.mark.parametrize(
    ("text", "said", "told"),
    [
        ("융자도 포함해서 큰 차례로", "융자", True),
        ("융자까지 다 쳐서 몇 개", "융자", True),
        ("융자만 모아서", "융자", False),
        ("융자 빼고 나머지를 합쳐", "융자", False),
    ],
)
def test_what_is_to_be_told_as_well_is_found(text: str, said: str, told: bool) -> None:
    assert bool(included(text, spans(text, said))) == told


@pytest.mark.parametrize(
    ("text", "is_alone"),
    [
        ("충남 업체만 받는 사업", True),
        ("충남만 되는 것", True),
        ("충남에만 있는 회사인데", False),
        ("충남 회사입니다", False),
    ],
)
def test_a_place_is_wanted_alone_where_programmes_admit_it_alone(text: str, is_alone: bool) -> None:
    assert bool(list(wanted_alone(text, spans(text, "충남")))) == is_alone


def test_who_wants_all_there_are_is_not_asked_to_pick() -> None:
    assert all_wanted("지사 번호 전부요")
    assert not all_wanted("지사 번호 다시 알려 주세요")


def test_the_name_of_a_place_in_which_something_lies_is_told_from_that_of_a_government() -> None:
    assert is_located("에 있는 공장") and is_located(" 지사")
    assert not is_located("에서 하는 사업") and not is_located(" 예산")


def test_what_somebody_is_to_be_asked_about_is_heard() -> None:
    assert is_asked_of("물어볼 데가 어디예요") and not is_asked_of("언제 나오나요")
