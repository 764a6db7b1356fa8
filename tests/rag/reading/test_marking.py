"""Marks: what people write and what the product keeps are the same thing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.plan import Ask, Polarity, Role, Span
from rag.reading.marking import marked, unmarked


def test_a_mark_gives_words_role_polarity_and_value() -> None:
    text, spans, bounds = unmarked("[대출|kind-=loan] 말고 ‖[여주|place]는 [얼마|?amount]")
    assert text == "대출 말고 여주는 얼마"
    assert spans == (
        Span(0, 2, Role.KIND, "대출", Polarity.OUT, "loan"),
        Span(6, 8, Role.PLACE, "여주"),
        Span(10, 12, Role.ASK, "얼마", value=Ask.AMOUNT),
    )
    assert bounds == (6,)


def test_a_mark_without_a_role_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        unmarked("[대출|nobody]")


PIECES = st.lists(st.sampled_from(["가나 ", "다", "[라|place]", "[마바|program-]", "[사|?how]", "‖"]), max_size=12)


@settings(deadline=None)
@given(PIECES)
def test_marking_again_gives_the_same_marks(pieces: list[str]) -> None:
    line = "".join(pieces).replace("‖‖", "‖")
    while "‖‖" in line:
        line = line.replace("‖‖", "‖")
    assert marked(*unmarked(line)) == line
