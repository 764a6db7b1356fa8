"""What the figures count, on labels made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.grammar.places import Gazetteer, read_regions
from rag.plan import Polarity, Shape, Stance
from rag.reading.figures import Figure, Figures, figures
from rag.reading.labelling import Labelled
from rag.reading.rows import Reading, reading
from rag.reading.tokens import tokens_of
from rag.settings import INSTALLATION

ROW = {
    "marked": "[가람사업|program] [언제까지|?period] 하고 ‖[대출|kind-=loan]은 빼고 [얼마|?amount] 주는 사업 있어요",
    "parts": [{"asks": ["period"], "by": "named"}, {"asks": ["amount"], "by": "all", "shape": "list"}],
    "author": "a",
    "split": "held",
    "made": "written",
}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return read_regions(INSTALLATION / "corpus" / "regions.yaml")


def told(row: Reading) -> Labelled:
    """The labels a model would give that is always right."""
    return Labelled(row.text, tokens_of(row.text), row.spans, row.parts, row.stance, 1.0)


def named(found: Figures) -> dict[str, Figure]:
    return {figure.name: figure for group in found.groups for figure in group}


def test_labels_that_are_right_are_right_in_everything(gazetteer: Gazetteer) -> None:
    row = reading(ROW)
    found = figures([(row, told(row))], gazetteer)
    assert found.rows == 1
    assert {figure.share for group in found.groups for figure in group} == {1.0}
    assert named(found)["조건"].wanted > 0


def test_an_ask_told_too_much_costs_the_row_and_the_measure(gazetteer: Gazetteer) -> None:
    row = reading(ROW)
    labelled = told(row)
    first, second = labelled.parts
    wrong = replace(labelled, parts=(replace(first, asks=(*first.asks, *row.parts[1].asks)), replace(second, asks=())))
    assert named(figures([(row, wrong)], gazetteer))["묻는 것(질문마다 모두)"].right == 1
    wrong = replace(labelled, parts=(first, replace(second, asks=first.asks)))
    counted = named(figures([(row, wrong)], gazetteer))
    assert counted["묻는 것(질문마다 모두)"].right == 0
    assert (counted["묻는 것(하나하나)"].right, counted["묻는 것(하나하나)"].wanted) == (1, 2)
    assert (counted["amount"].share, counted["period"].share) == (0.0, 1.0)


def test_what_is_set_aside_counts_as_found_only_with_that_polarity(gazetteer: Gazetteer) -> None:
    row = reading(ROW)
    labelled = told(row)
    spans = tuple(replace(span, polarity=Polarity.SAID) for span in labelled.spans)
    counted = named(figures([(row, replace(labelled, spans=spans))], gazetteer))
    assert (counted["빼라는 말"].right, counted["빼라는 말"].wanted) == (0, 1)
    assert (counted["그냥 한 말"].right, counted["그냥 한 말"].wanted) == (1, 1)
    spans = tuple(replace(span, polarity=Polarity.OUT) for span in labelled.spans)
    assert named(figures([(row, replace(labelled, spans=spans))], gazetteer))["그냥 한 말"].right == 0


def test_stance_shape_and_names_are_counted_each_for_itself(gazetteer: Gazetteer) -> None:
    row = reading(ROW)
    labelled = told(row)
    parts = tuple(replace(part, shape=Shape.ONE) for part in labelled.parts)
    wrong = replace(labelled, stance=Stance.CHAT, parts=parts, spans=())
    counted = named(figures([(row, wrong)], gazetteer))
    assert counted["마음가짐"].right == 0
    assert (counted["꼴"].right, counted["꼴"].wanted) == (1, 2)
    assert (counted["list"].right, counted["one"].right) == (0, 1)
    assert (counted["사업 이름"].right, counted["사업 이름"].wanted, counted["사업 이름"].found) == (0, 1, 0)
    assert counted["고르는 법"].right == 2


def test_nothing_to_be_found_is_no_failure() -> None:
    assert Figure("a", 0, 0).share == 1.0
    assert Figure("a", 0, 0, 2).share == 0.0
