"""Remembered: a record is worked out once for as long as it lives, and one that only looks like it for itself."""

from dataclasses import replace

from rag.domain import Program
from rag.remembered import remembered
from tests.rag.records import PROGRAM


def test_a_record_is_worked_out_once_and_its_equal_for_itself() -> None:
    asked: list[str] = []

    @remembered
    def name_of(program: Program) -> str:
        asked.append(program.id)
        return program.name

    like = replace(PROGRAM)
    assert [name_of(PROGRAM), name_of(PROGRAM), name_of(like)] == [PROGRAM.name] * 3
    assert asked == [PROGRAM.id] * 2


def test_what_is_gone_is_forgotten() -> None:
    asked: list[str] = []

    @remembered
    def name_of(program: Program) -> str:
        asked.append(program.name)
        return program.name

    for number in range(20):
        assert name_of(replace(PROGRAM, name=str(number))) == str(number)
    assert len(asked) == 20
