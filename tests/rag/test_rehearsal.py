"""A generation is asked the standard questions before it is served: all of few programmes, a bounded share of many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag import generation
from rag.advisor import Advisor
from rag.domain import Answer, AnswerStatus, Question
from rag.errors import IndexDamaged
from rag.generation import OpenGeneration
from rag.messages.standard import STANDARD
from rag.rehearsal import ALL_UP_TO, CHANGED_UP_TO, SPREAD, Standard, rehearse, sample, standard_questions
from tests.rag.conftest import LettersEmbedder
from tests.rag.many import build, program_of

DAY = date(2026, 3, 20)


def test_there_is_each_standard_question_of_each_programme_by_its_name() -> None:
    programs = [program_of(0), program_of(1), replace(program_of(0), id="again")]
    questions = standard_questions(programs)
    assert len(questions) == 2 * len(STANDARD)
    assert all(question.program in question.text for question in questions)
    assert [question.program for question in questions[:: len(STANDARD)]] == [programs[0].name, programs[1].name]


def test_of_few_programmes_everything_is_asked() -> None:
    programs = list(map(program_of, range(ALL_UP_TO)))
    assert sample(programs, ()) == standard_questions(programs)
    assert sample([], ()) == ()


@pytest.mark.parametrize("count", [ALL_UP_TO + 1, 400, 1000])
def test_of_many_what_changed_is_asked_wholly_and_some_of_the_rest(count: int) -> None:
    programs = list(map(program_of, range(count)))
    changed = {programs[count // 3].name, programs[-1].name}
    asked = sample(programs, changed)
    assert set(standard_questions([programs[count // 3], programs[-1]])) <= set(asked)
    assert len(asked) == len(set(asked)) == 2 * len(STANDARD) + min(SPREAD, count - 2)
    assert asked == sample(programs, changed)
    forms = {question.text.removeprefix(question.program) for question in asked[2 * len(STANDARD) :]}
    assert len(forms) == len(STANDARD)


def test_however_much_changed_there_is_a_bound() -> None:
    programs = list(map(program_of, range(1000)))
    asked = sample(programs, {program.name for program in programs})
    assert len(asked) == CHANGED_UP_TO * len(STANDARD) + SPREAD


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> OpenGeneration:
    data_dir: Path = tmp_path_factory.mktemp("data")
    build(data_dir, 3)
    return generation.open_current(data_dir, LettersEmbedder())


@pytest.mark.long
def test_a_sound_generation_passes_and_tells_how_far_it_is(opened: OpenGeneration) -> None:
    questions = standard_questions(opened.catalogue.programs())
    steps: list[tuple[int, int]] = []
    rehearse(opened, questions, DAY, lambda _, done, total: steps.append((done, total)))
    assert steps == [(done, len(questions)) for done in range(len(questions) + 1)]


def test_that_nothing_is_known_is_an_answer(opened: OpenGeneration) -> None:
    rehearse(opened, [Standard("모르는 사업", "모르는 사업 신청은 언제까지 하나요?")], DAY)


def test_the_programme_and_the_question_that_fail_are_named(
    opened: OpenGeneration, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = standard_questions(opened.catalogue.programs())
    answer = Advisor.answer

    def broken(self: Advisor, question: Question) -> Answer:
        return answer(self, question if question.text != questions[7].text else replace(question, text=None))  # type: ignore[arg-type]

    monkeypatch.setattr(Advisor, "answer", broken)
    with pytest.raises(IndexDamaged) as found:
        rehearse(opened, questions, DAY)
    assert questions[7].program in str(found.value) and questions[7].text in str(found.value)


def test_an_answer_that_failed_is_none(opened: OpenGeneration, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Advisor.answer
    monkeypatch.setattr(Advisor, "answer", lambda self, asked: replace(answer(self, asked), status=AnswerStatus.FAILED))
    with pytest.raises(IndexDamaged, match="답하지 못"):
        rehearse(opened, standard_questions(opened.catalogue.programs()), DAY)


def test_an_answer_from_a_source_that_is_not_stored_is_none(
    opened: OpenGeneration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(opened.catalogue), "source", lambda self, id_: None)
    with pytest.raises(IndexDamaged, match="없는 출처 's0'"):
        rehearse(opened, standard_questions(opened.catalogue.programs()), DAY)
