"""Names: spellings are found whatever their spacing, the longest first, and a slip of the keys is forgiven."""

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
