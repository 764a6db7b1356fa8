"""Labels of a question flow in; the plan that they make up flows out."""

from __future__ import annotations

from datetime import date

import pytest

from rag.domain import CompanyProfile
from rag.grammar.places import Gazetteer, read_regions
from rag.plan import Ask, Field, Op, Part, Plan, Polarity, Role, SelectBy, Shape, Span, Stance
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


def parts_of(text: str, spans: list[Span], *labels: PartLabel) -> tuple[Part, ...]:
    labelled = Labelled(text, tokens_of(text), tuple(spans), labels, Stance.GENUINE, 1.0)
    return assemble(labelled, date(2026, 3, 20), GAZETTEER, frozenset(), CompanyProfile()).parts


def test_what_only_asks_more_of_a_list_belongs_to_that_list() -> None:
    text = "산림청 사업은 뭐가 있나요 예산도 옆에 적어 주세요"
    at = text.index("예산")
    spans = [Span(0, 3, Role.BODY, "산림청"), Span(at, at + 2, Role.ASK, "예산", value="budget")]
    labels = (PartLabel(0, (Ask.WHAT,), SelectBy.ALL), PartLabel(at, (Ask.BUDGET,), SelectBy.ALL))
    (part,) = parts_of(text, spans, *labels)
    assert part.asks == (Ask.WHAT, Ask.BUDGET) and [c.field for c in part.where] == [Field.MINISTRY]


def test_what_describes_no_programme_but_filters_many_is_a_list() -> None:
    text = "벤처도 된다고 적힌 것이 뭐죠"
    spans = [Span(0, 2, Role.SIZE, "벤처", value="startup")]
    (part,) = parts_of(text, spans, PartLabel(0, (Ask.WHAT,), SelectBy.DESCRIBED))
    assert (part.select.by, part.shape) == (SelectBy.ALL, Shape.LIST)
    (other,) = parts_of("벤처가 가는 그 교육이 뭐죠", [], PartLabel(0, (Ask.WHAT,), SelectBy.DESCRIBED))
    assert other.select.by is SelectBy.DESCRIBED


@pytest.mark.parametrize(
    ("text", "field", "days"),
    [
        ("칠월에 공고하는 것을 알려 주세요", Field.OPENS, "2026-07-01/2026-07-31"),
        ("다음 달 안에 마감하는 것을 알려 주세요", Field.CLOSES, "2026-04-01/2026-04-30"),
    ],
)
def test_a_time_with_a_verb_of_beginning_or_ending_bounds_a_list(text: str, field: Field, days: str) -> None:
    (part,) = parts_of(text, [], PartLabel(0, (Ask.WHAT,), SelectBy.ALL))
    assert [(c.field, c.value) for c in part.where] == [(field, days)]


def test_programmes_of_authorities_are_set_aside_with_them() -> None:
    text = "구청이 내는 것 말고 회사가 내는 것"
    spans = [Span(0, 2, Role.SIZE, "구청", Polarity.OUT, "government")]
    (part,) = parts_of(text, spans, PartLabel(0, (Ask.WHAT,), SelectBy.ALL))
    assert [(c.field, c.op, c.value) for c in part.where] == [(Field.APPLICANT, Op.OUT, "government")]


def test_a_year_within_what_is_told_of_the_asker_is_that_of_no_programme() -> None:
    text = "재작년에 뽑혔는데 올해도 되나요"
    spans = [Span(0, text.index("는데"), Role.STATE, "재작년에 뽑혔")]
    (part,) = parts_of(text, spans, PartLabel(0, (Ask.WHO_MAY,), SelectBy.NAMED))
    assert [(c.field, c.value) for c in part.where] == [(Field.YEAR, "2026")]


def test_which_of_those_compared_asks_for_what_they_are_compared_by() -> None:
    (part,) = parts_of(
        "둘 중 자부담이 적은 건 어느 쪽", [], PartLabel(0, (Ask.OWN_SHARE, Ask.WHAT), SelectBy.NAMED, Shape.COMPARE)
    )
    assert part.asks == (Ask.OWN_SHARE,)
