"""Names: spellings are found whatever their spacing, the longest first, and a slip of the keys is forgiven."""

from dataclasses import replace

import pytest

from rag.plan import Role
from rag.reading.names import names_of
from tests.rag.records import PROGRAM


def test_a_name_is_found_with_other_spacing_and_marks() -> None:
    names = names_of([PROGRAM])
    (hit,) = names.hits("그 모의  사업은 언제")
    assert (hit.start, hit.end, hit.kind) == (2, 8, Role.PROGRAM)


def test_words_mean_the_programme_they_spell() -> None:
    (named,) = names_of([PROGRAM]).meant("모의 사업", Role.PROGRAM)
    assert named.programs == ("모의 사업",)


def test_words_that_spell_nothing_mean_nothing() -> None:
    assert names_of([PROGRAM]).meant("수출 상담회", Role.PROGRAM) == ()


def test_a_body_stands_for_the_programmes_it_runs() -> None:
    (named,) = names_of([PROGRAM]).meant("모의부", Role.BODY)
    assert named.programs == ("모의 사업",)


@pytest.mark.parametrize("name", ["지원사업", "참여기업 모집 공고", "지원 프로그램"])
def test_a_name_of_words_that_fit_every_programme_is_found_nowhere(name: str) -> None:
    names = names_of([PROGRAM, replace(PROGRAM, name=name, aliases=())])
    assert names.hits(f"돈을 많이 주는 {name} 있나요") == ()
    assert names.meant(name, Role.PROGRAM) == ()
    assert len(names.hits("그 모의 사업은 언제")) == 1
