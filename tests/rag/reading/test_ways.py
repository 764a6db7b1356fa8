"""Ways: a way that a clause tells of programmes chooses among them; one that is only asked for does not."""

from __future__ import annotations

import pytest

from rag.plan import Constraint, Field, Op, Polarity, Role, Span
from rag.reading.tokens import tokens_of
from rag.reading.ways import APPLIED, LISTS, REACHED, barred, closing, local, ways
from rag.wordlists import word_lists


def read(text: str) -> list[tuple[Field, Op, str]]:
    return [(one.field, one.op, one.value) for one in ways(text, tokens_of(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("담당자 이메일이 나와 있는 사업", (Field.REACHED, Op.IN, "emails")),
        ("전화번호가 적혀 있지 않은 공고", (Field.REACHED, Op.OUT, "phones")),
        ("팩스로 서류를 내도 되는 사업 있나요", (Field.APPLIED, Op.IN, "faxes")),
        ("우편 접수가 되는 지원사업 목록", (Field.APPLIED, Op.IN, "post")),
        ("인터넷으로 신청하지 않는 사업", (Field.APPLIED, Op.OUT, "online")),
        ("메일로 묻고 싶어요, 메일 주소가 나와 있는 사업", (Field.REACHED, Op.IN, "emails")),
    ],
)
def test_a_clause_on_a_way_chooses(text: str, wanted: tuple[Field, Op, str]) -> None:
    assert read(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "열려 있는 사업들 전화번호도 같이 적어 줘",
        "바우처 담당자 메일 주소",
        "온라인으로 들을 수 있는 교육",
        "공장에 방문해 주는 컨설팅",
        "",
    ],
)
def test_a_way_that_is_only_asked_for_or_of_something_else_chooses_nothing(text: str) -> None:
    assert read(text) == []


def test_a_way_of_an_earlier_part_is_not_that_of_a_later_one() -> None:
    text = "이메일로 신청받는 사업이랑 지금 열려 있는 사업"
    later = tuple(token for token in tokens_of(text) if token.start >= text.index("지금"))
    assert list(ways(text, later)) == []


def test_what_is_chosen_by_is_told_as_it_was_said() -> None:
    text = "메일로 접수하는 곳"
    (one,) = ways(text, tokens_of(text))
    assert one == Constraint(Field.APPLIED, Op.IN, "emails", "메일로 접수하는")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("종료일이 분명하게 적힌 공고만", [(Field.CLOSES, Op.IN, "/")]),
        ("접수 기한이 정해진 사업", [(Field.CLOSES, Op.IN, "/")]),
        ("마감일 없는 사업", [(Field.CLOSES, Op.OUT, "/"), (Field.STATUS, Op.OUT, "closed")]),
        ("마감일이 지난 사업", []),
        ("사업마다 마감일을 적어 주세요", []),
        ("종료일이 언제인가요", []),
    ],
)
def test_a_closing_day_that_is_written_or_not_chooses(text: str, wanted: list[tuple[Field, Op, str]]) -> None:
    assert [(one.field, one.op, one.value) for one in closing(text, tokens_of(text))] == wanted


def test_every_way_has_its_words() -> None:
    assert {*REACHED, *APPLIED, "applying", "without", "closing", "written"} <= set(word_lists(LISTS))


@pytest.mark.parametrize(
    ("text", "op"),
    [("지역 제한이 걸려 있는 사업", Op.IN), ("지역 제한이 없는 사업", Op.OUT), ("지역 사업을 알려 줘", None)],
)
def test_programmes_are_chosen_by_being_for_some_place_alone(text: str, op: Op | None) -> None:
    assert [(one.field, one.op) for one in local(text, tokens_of(text), ())] == ([(Field.REGION, op)] if op else [])


def test_who_sets_the_whole_country_aside_wants_what_is_for_some_place() -> None:
    text = "전국 되는 거 말고 골라 주세요"
    out = Span(0, 2, Role.PLACE, "전국", Polarity.OUT)
    (found,) = local(text, tokens_of(text), [out])
    assert (found.field, found.op, found.value) == (Field.REGION, Op.IN, "")


def test_a_way_wanted_in_place_of_another_does_not_set_the_other_aside() -> None:
    text = "팩스 말고 메일로 문의가 되는 사업"
    assert [(one.op, one.value) for one in ways(text, tokens_of(text))] == [(Op.IN, "emails")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("우리가 신청할 수 없는 사업은 뭐예요", True),
        ("저희 규모로 신청이 안 되는 것을 적어 주세요", True),
        ("저희는 이제 못 받는 게 뭐예요", True),
        ("담보가 없어서 은행 대출을 못 받는 건데 도와주는 사업이 있나요", False),
        ("기계가 자꾸 안 되는 거 고치는 데 쓸 지원을 찾아요", False),
        ("신청이 안 되는 거 말고 알려 주세요", False),
    ],
)
def test_what_shuts_the_asker_out_is_told_from_what_it_lacks(text: str, found: bool) -> None:
    assert bool(list(barred(text, tokens_of(text)))) is found
