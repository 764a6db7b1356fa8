"""Laws of what comes in: a description of the API and what is accepted agree."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from rag.engagement.items import Name, Text
from rag.inbound import NOT_BLANK


def _is_taken(text: str) -> bool:
    try:
        TypeAdapter(Name).validate_python(text)
    except ValidationError:
        return False
    return True


@given(st.text(st.sampled_from(" \t\n\x00\x1f\x7f\x85\xa0\u200b\u3000\ufffe가a."), min_size=1, max_size=6))
def test_words_are_taken_just_where_the_description_says_so(text: str) -> None:
    assert _is_taken(text) == bool(re.search(NOT_BLANK, text))


@given(st.text(min_size=1, max_size=20))
def test_no_words_of_any_script_are_taken_otherwise_than_described(text: str) -> None:
    assert _is_taken(text) == bool(re.search(NOT_BLANK, text))


def test_the_description_of_words_says_that_they_may_not_be_blank() -> None:
    described = (TypeAdapter(Name).json_schema(), TypeAdapter(Text).json_schema())
    assert {each["pattern"] for each in described} == {NOT_BLANK}
