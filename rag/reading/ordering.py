"""Ordering: the label of a part, its words and values flow in; its form, and by what it is ordered, flow out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from rag.grammar.typed import Count, Number, Unit
from rag.grammar.values import Value
from rag.plan import Ask, Field, Measure, Order, SelectBy, Shape
from rag.reading.rows import PartLabel
from rag.text import Word, squash
from rag.wordlists import word_lists

LISTS = (SelectBy.ALL, SelectBy.NEED)
"""The ways to choose among programmes."""

_WORDS = Path(__file__).with_name("measures.yaml")
_MEASURES = {Ask.BUDGET: Measure.BUDGET, Ask.AMOUNT: Measure.AMOUNT, Ask.SELECTED: Measure.SELECTED}
_RANKED = {**_MEASURES, Ask.OWN_SHARE: Measure.OWN_SHARE}
_THINGS = (Unit.ITEMS, Unit.FIRMS, Unit.PROJECTS)
# A greater number is no number of things wanted; what comes first of all is told with the next two.
_MANY, _FIRST = 20, 3
# So many morphemes at most stand between a number of things and the word that they are picked from among them, and
# between what comes first and the particle that says so ("많이 내는 것부터").
_NEAR, _BEFORE = 4, 7
_NUMERAL = "SN"


@dataclass(frozen=True, slots=True)
class Words:
    """The morphemes of a part with its values."""

    text: str
    tokens: tuple[Word, ...]
    values: tuple[Value, ...]

    @property
    def said(self) -> str:
        """The text of the part alone."""
        return self.text[self.tokens[0].start : self.tokens[-1].end] if self.tokens else ""

    def say(self, name: str) -> bool:
        """Whether a morpheme is on a list of `measures.yaml`, or a word that falls into two of them."""
        joined = (one.form + next_.form for one, next_ in pairwise(self.tokens) if one.end == next_.start)
        return not {*(token.form for token in self.tokens), *joined}.isdisjoint(word_lists(_WORDS)[name])


def as_it_stands(before: Word | None, behind: Sequence[Word]) -> bool:
    """Whether the words around a figure say that it is meant as it stands, and is no bound ("딱 2억", "2억짜리")."""
    lists = word_lists(_WORDS)
    is_apposed = bool(behind) and behind[0].form in lists["exact_behind"]
    is_pointed = before is not None and before.form in lists["exact_before"]
    return is_apposed or is_pointed or [token.tag for token in behind] == ["VCP", "ETM"]


def speaks_of_budget(text: str) -> bool:
    """Whether words measure what a whole programme has to give."""
    return any(word in text for word in word_lists(_WORDS)["budget"])


def measured(text: str) -> Field | None:
    """Which money the words of a part measure: the budget of programmes, or what one applicant gets."""
    bare = squash(text)
    if any(squash(word) in bare for word in word_lists(_WORDS)["each"]):
        return Field.CEILING
    return Field.BUDGET if speaks_of_budget(text) else None


def shape_of(label: PartLabel, words: Words) -> Shape:
    """The form of a part: a list of figures that words add up is a sum."""
    lists_figures = (
        label.by is not SelectBy.NAMED and label.shape is Shape.LIST and bool(set(label.asks) & set(_MEASURES))
    )
    if label.by in LISTS and label.shape is not Shape.RANK and _ranks(words) and set(label.asks) & set(_RANKED):
        return Shape.RANK
    return Shape.SUM if lists_figures and words.say("added") else label.shape


def _first_end(words: Words) -> str:
    """Which end, "large" or "small", the words set first ("많이 주는 것부터"), with something between that has it."""
    for at, end in _ends(words):
        near = words.tokens[at + 2 : at + 1 + _BEFORE]
        if any(one.form in word_lists(_WORDS)["from"] and one.tag == "JX" for one in near):
            return end
    return ""


def _ends(words: Words) -> Iterator[tuple[int, str]]:
    """The places of the words that tell an end, with it; "세" before what it counts is three."""
    ends = {form: name for name in ("large", "small") for form in word_lists(_WORDS)[name]}
    yield from ((at, ends[one.form]) for at, one in enumerate(words.tokens) if one.form in ends and one.tag != "MM")


def _ranks(words: Words) -> bool:
    """Whether one end is set first, or so many of the most are wanted ("예산이 제일 작은 것 두 개")."""
    is_of_end = words.say("most") and any(_ends(words))
    return bool(_first_end(words)) or (is_of_end and any(0 < one <= _MANY for one in _wanted(words)))


def order_of(label: PartLabel, shape: Shape, words: Words) -> Order | None:
    """The order with how many are wanted; of a list of figures by their size, which often was meant and is no worse."""
    order = label.order
    if order is None and shape is Shape.RANK:
        by = next((measure for ask, measure in _RANKED.items() if ask in label.asks), None)
        order = Order(by, not words.say("small")) if by else None
    if order is None and label.by in LISTS and shape in (Shape.LIST, Shape.SUM):
        by = next((measure for ask, measure in _MEASURES.items() if ask in label.asks), None)
        order = Order(by) if by and (label.by is SelectBy.ALL or shape is Shape.SUM) else None
    if order is None:
        return None
    if shape is Shape.RANK and (own := _own_measure(label)) and order.by in (Measure.AMOUNT, Measure.BUDGET):
        order = replace(order, by=own)
    if order.by is Measure.AMOUNT and label.by is SelectBy.ALL and _is_of_whole(label, words):
        order = replace(order, by=Measure.BUDGET)
    if shape is Shape.RANK and (first := _first_end(words)):
        order = replace(order, descending=first == "large")
    elif shape is Shape.RANK and _is_ascending(words):
        order = replace(order, descending=False)
    return order if order.limit or shape is Shape.SUM else replace(order, limit=_limit(shape, words))


def _own_measure(label: PartLabel) -> Measure | None:
    """What programmes are ordered by where one of the things asked, and no money, can be measured."""
    asked = {_RANKED[ask] for ask in label.asks if ask in _RANKED}
    return asked.pop() if len(asked) == 1 and not asked & {Measure.AMOUNT, Measure.BUDGET} else None


def _is_of_whole(label: PartLabel, words: Words) -> bool:
    """Whether programmes are large or small by what they have to give: unless what one applicant gets is spoken of."""
    money = measured(words.said)
    return money is Field.BUDGET or (money is None and label.order is not None)


def _is_ascending(words: Words) -> bool:
    """Whether the smallest come first: a word says so by itself, or one for small stands right behind one for most."""
    small, most = word_lists(_WORDS)["small"], word_lists(_WORDS)["most"]
    behind = (words.text[: token.start].rstrip() for token in words.tokens if token.form in small)
    return words.say("least") or any(text.endswith(most) for text in behind)


def _limit(shape: Shape, words: Words) -> int:
    """How many are wanted; 0 for all of them."""
    told = [number for number in _wanted(words) if 0 < number <= _MANY]
    if told or shape is not Shape.RANK:
        # Of several numbers the last is what is wanted ("열 개라던데 그중 두 개").
        return told[-1] if told else 0
    return _FIRST if words.say("most") and not words.say("rank") else 0


def _wanted(words: Words) -> Iterator[int]:
    """The numbers of things wanted: neither of those to choose from nor so many each; else the last place named."""
    for value in words.values:
        counted = value.of if isinstance(value.of, Number | Count) else None
        if counted is None or (isinstance(counted, Count) and counted.unit not in _THINGS):
            continue
        after = [token.form for token in words.tokens if token.start >= value.end][:_NEAR]
        is_apiece = bool(after) and after[0] in word_lists(_WORDS)["apiece"]
        if not is_apiece and not set(after) & set(word_lists(_WORDS)["among"]):
            exact = counted.interval.exact
            # One firm is whose money is meant, no number of things wanted ("업체 하나가", "과제 하나에").
            before = next((t.form for t in reversed(words.tokens) if t.end <= value.start), "")
            is_firm = isinstance(counted, Count) and counted.unit is Unit.FIRMS
            is_whose = exact == 1 and (is_firm or before in word_lists(_WORDS)["whose"] or after[:1] == ["에"])
            yield int(exact) if exact and not is_whose else 0
    places = [one.form for one, next_ in pairwise(words.tokens) if one.tag == _NUMERAL and next_.form in _places()]
    yield max((int(place) for place in places if place.isdigit()), default=0)


def _places() -> Sequence[str]:
    return word_lists(_WORDS)["place"]
