"""Which programmes a text names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.naming import ProgramNames
from tests.rag.records import EVIDENCE, PROGRAM

GARAM = replace(PROGRAM, name="가람 설비 지원사업", aliases=("가람 설비", "가람지원"))
SPECIAL = replace(PROGRAM, name="가람 설비 지원사업 특별판", aliases=())
NARAE = replace(PROGRAM, name="나래 훈련 바우처", aliases=("나래 바우처",))
ALL = (GARAM, SPECIAL, NARAE)
NAMES = ProgramNames(ALL)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("가람 설비 지원사업이 뭔가요?", (GARAM.name,)),
        ("가람설비 언제까지예요", (GARAM.name,)),
        ("‘가람·설비’ 문의", (GARAM.name,)),
        ("가람 설비 지원사업 특별판은요?", (SPECIAL.name,)),
        ("나래 바우처랑 가람 설비 비교", (NARAE.name, GARAM.name)),
        ("나래 훈련 바우쳐 신청", (NARAE.name,)),
        ("보조금 있나요", ()),
        ("", ()),
    ],
)
def test_programmes_are_named_in_order_and_the_longer_name_hides_the_shorter(text: str, names: tuple[str, ...]) -> None:
    assert NAMES.found_in(text) == names


@given(st.sampled_from(ALL), st.lists(st.sampled_from([" ", "·", "-", "", "~"]), min_size=20, max_size=20))
def test_white_space_and_marks_inside_a_name_change_nothing(program: object, marks: list[str]) -> None:
    name = next(p.name for p in ALL if p is program)
    loose = "".join(letter + mark for letter, mark in zip(name.replace(" ", ""), marks, strict=False))
    assert NAMES.found_in(f"{loose} 신청") == (name,)


@given(st.text(max_size=80))
def test_no_text_makes_naming_fail(text: str) -> None:
    assert set(NAMES.found_in(text)) <= {p.name for p in ALL}


def test_names_are_blanked_so_that_words_inside_them_are_no_places() -> None:
    assert "가람" not in NAMES.blanked("가람 설비 지원사업은 수원에서도 되나요")
    assert "수원" in NAMES.blanked("가람 설비 지원사업은 수원에서도 되나요")


@pytest.mark.parametrize(
    "text", ["www.smart-garam.kr에서 신청", "https://smart-garam.kr/a?b=c", "help@smart-garam.kr로 문의"]
)
def test_a_web_address_names_nothing(text: str) -> None:
    names = ProgramNames((replace(GARAM, aliases=("smart garam",), contacts=()),))
    assert names.found_in("Smart Garam 문의") == (GARAM.name,)
    assert names.found_in(text) == ()


def test_an_office_that_one_programme_has_names_it() -> None:
    office = replace(PROGRAM.contacts[0], organisation="모의동부지사", evidence=EVIDENCE)
    names = ProgramNames((replace(NARAE, contacts=(office,)), GARAM))
    assert names.found_in("모의동부지사 전화번호") == (NARAE.name,)
