"""Every answer to a question can be shown wherever answers are: as a card of the page, and as a bubble."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from rag.advisor import Advisor
from rag.generation import OpenGeneration
from server.asking.answering import answered
from server.desks.desk import OpenDesk
from server.faces.kakao import bubbles
from tests.evals.questions import questions_of
from ui.pages.card import card_of
from ui.pages.drawing import fragment

HERE = Path(__file__).parent
# The two largest files say what the others do, in more ways.
FILES = ("typed", *(pytest.param(name, marks=pytest.mark.long) for name in ("conversations", "unseen", "unseen-4")))


@pytest.mark.parametrize("name", FILES)
def test_every_answer_can_be_shown(corpus_index: OpenGeneration, adviser: Advisor, name: str) -> None:
    desk = OpenDesk(corpus_index, adviser)
    for id_, question in questions_of(HERE / f"{name}.jsonl"):
        told = answered(desk, question, time.perf_counter()).response()
        card = card_of(told.model_dump(mode="json"), question.text)
        assert fragment("card.html", "card", card).strip(), id_
        assert bubbles(question.text, told).template.outputs, id_
