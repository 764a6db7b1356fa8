"""Look-alikes: names that the eye takes for one another have one form, other names have others."""

from __future__ import annotations

import pytest

from rag.standing.lookalikes import bare, lookalike


@pytest.mark.parametrize(
    "other",
    ["A I 솔바람 목공", "АІ 솔바람 목공", "ＡＩ 솔바람목공", "Al 솔바람·목공", "ai-솔바람 목공"],
)
def test_spaces_marks_and_letters_of_other_scripts_make_no_other_name(other: str) -> None:
    assert lookalike(other) == lookalike("AI 솔바람 목공")


@pytest.mark.parametrize(
    "other",
    [
        "솔바람 목공(긴급)",
        "[공식] 솔바람 목공",
        "신규 솔바람 목공 추가모집 공고",
        "〔변경〕솔바람 목공 안내",
        "솔바람 목공 지원사업",
    ],
)
def test_what_a_notice_puts_around_a_name_makes_no_other_name(other: str) -> None:
    assert bare(other) == bare("솔바람 목공")


@pytest.mark.parametrize("other", ["솔바람 목재", "달바람 목공", "솔바람 목공 사후관리"])
def test_other_names_stay_apart(other: str) -> None:
    assert bare(other) != bare("솔바람 목공")


@pytest.mark.parametrize("name", ["공고", "(안)", "안내 공고"])
def test_a_name_of_such_words_alone_is_not_emptied(name: str) -> None:
    assert bare(name)
