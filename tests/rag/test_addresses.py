"""Addresses: what stands in them cannot leave its place, however it is written."""

from hypothesis import given
from hypothesis import strategies as st

from rag.addresses import QUOTE, calendar_at, page_at, program_at


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), st.text(st.characters(codec="utf-8")))
def test_an_id_is_one_step_of_its_path_and_words_stand_behind_it(id_: str, words: str) -> None:
    assert program_at(id_).count("/") == 2 and calendar_at(id_) == f"{program_at(id_)}/calendar.ics"
    path, _, mark = page_at(id_, 7, words).partition("?")
    assert path.count("/") == 3 and path.endswith("/7")
    assert mark.startswith("mark=") == bool(words) and not {"?", "#", " "} & set(mark)


def test_of_a_long_quote_the_beginning_stands_in_the_address() -> None:
    assert page_at("a", 1, "a" * 1000) == f"/sources/a/1?mark={'a' * QUOTE}"
