"""The survey: every question comes from a place in the guide, and every reply can be told in words."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from rag.diagnosis.records import Level, Reply
from rag.diagnosis.survey import KINDS, SurveyQuestion, question, survey
from rag.text import squash

CORPUS = Path(__file__).parents[3] / "corpus"


@pytest.mark.parametrize("asked", survey(), ids=lambda asked: asked.id)
def test_the_words_a_question_comes_from_stand_on_its_page(asked: SurveyQuestion) -> None:
    page = pypdf.PdfReader(CORPUS / f"{asked.document}.pdf").pages[asked.page - 1]
    assert squash(asked.quote) in squash(page.extract_text())


def test_ids_of_questions_and_of_options_are_unique() -> None:
    assert len({asked.id for asked in survey()}) == len(survey())
    for asked in survey():
        assert len({option.id for option in asked.options}) == len(asked.options)
        assert asked.kind in KINDS
        assert bool(asked.options) == (asked.kind in ("one", "many"))


def test_the_questions_of_the_level_point_to_every_level() -> None:
    for id_ in ("ai_use", "ai_training", "data"):
        assert {option.level for option in question(id_).options} == set(Level)


def test_a_reply_is_told_in_words() -> None:
    assert question("wants").said(Reply("wants", ("training", "loan"))) == "직원 교육, 자금 대출"
    assert question("cost").said(Reply("cost", amount=400_000_000)) == "4억 원"
    assert question("problems").said(Reply("problems", words="불량")) == "불량"
    assert question("problems").said(None) == ""
