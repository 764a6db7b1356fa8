"""Labels of a question flow in; the plan that they make up flows out."""

from __future__ import annotations

from datetime import date

import pytest

from rag.domain import CompanyProfile
from rag.grammar.places import Gazetteer, read_regions
from rag.plan import Ask, Plan, Role, SelectBy, Span, Stance
from rag.reading.assemble import assemble
from rag.reading.labelling import Labelled
from rag.reading.rows import PartLabel
from rag.reading.tokens import tokens_of
from rag.settings import INSTALLATION

GAZETTEER: Gazetteer = read_regions(INSTALLATION / "corpus" / "regions.yaml")


def made(text: str, *spans: tuple[str, Role]) -> Plan:
    marked = tuple(Span(text.index(words), text.index(words) + len(words), role, words) for words, role in spans)
    parts = (PartLabel(0, (Ask.CONTACT,), SelectBy.NAMED),)
    labelled = Labelled(text, tokens_of(text), marked, parts, Stance.GENUINE, 1.0)
    return assemble(labelled, date(2026, 3, 20), GAZETTEER, frozenset(), CompanyProfile())


@pytest.mark.parametrize("role", [Role.PLACE, Role.SITE])
def test_a_word_read_as_a_place_is_one_though_free_text_would_leave_it_open(role: Role) -> None:
    text = "고성 수산물 가공인데 전화번호요"
    assert not GAZETTEER.spans(text)
    assert made(text, ("고성", role)).parts[0].at == ("강원특별자치도 고성군", "경상남도 고성군")


def test_a_word_read_as_a_place_that_is_none_is_no_place() -> None:
    assert made("나래 수산물 가공인데 전화번호요", ("나래", Role.PLACE)).parts[0].at == ()


def test_a_place_that_the_text_makes_clear_is_told_once() -> None:
    assert made("경기도 양주시에서 섬유 합니다", ("경기도 양주시", Role.PLACE)).parts[0].at == ("경기도 양주시",)


def test_of_a_place_and_what_it_lies_in_the_place_is_asked_about() -> None:
    plan = made("경상북도 안에서 경산시 담당 번호", ("경상북도", Role.PLACE), ("경산시", Role.PLACE))
    assert plan.parts[0].at == ("경상북도 경산시",)
