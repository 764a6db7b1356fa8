"""Labelling: a text and a trained model flow in, what a labeller would say of it flows out: stance, spans, parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise, zip_longest
from math import log

import numpy as np
from numpy.typing import NDArray

from rag.domain import BenefitKind
from rag.grammar.attached import lists as place_words
from rag.plan import Ask, Measure, Order, Polarity, Role, SelectBy, Shape, Span, Stance, When
from rag.ports import Vector
from rag.reading.linear import LinearModel
from rag.reading.model import ReaderModel
from rag.reading.operators import (
    SETS_BESIDE,
    all_of_it,
    asks_by,
    beside_rest,
    ends_in_tag,
    is_asked_of,
    is_located,
    limits,
    operators,
)
from rag.reading.rows import PartLabel
from rag.reading.samples import ask_features, bound_features, polarity_features, text_features, value_features
from rag.reading.tokens import Clause, Hit, clauses_of, sequence_features, tokens_of
from rag.text import Word

STANCE, ASK, ASKS, BOUND, WHEN, BY, SHAPE, ORDER, POLARITY, KINDS, FILTERS = (
    *("stance", "ask", "asks", "bound", "when", "by"),
    *("shape", "order", "polarity", "kinds", "filters"),
)
"""The names of the linear models; those of values are named `value.<role>`."""

VALUED = frozenset((Role.KIND, Role.SIZE, Role.OWN, Role.STATUS, Role.JOINT))
"""Roles whose words stand for one of a few values."""

FILTERING = (Role.STATUS, Role.OWN, Role.JOINT)
"""Roles by which programmes are filtered that a part may mean without a word that was found for it."""

# So many ways to give roles to words, and ways of selecting, are thought of (tests/bench/RESULTS.md).
_PATHS, _WAYS, _LEAST = 4, 3, 1e-9
MOST_READINGS = _PATHS + _WAYS - 1
"""Ways in which a question is read at most."""

# A particle and a space.
_PARTICLE = 2
NONE, SAME, NEW = "none", "same", "new"
# Words that ask always count; how likely an ask must be that no word asks for, alone and beside one that is. Chosen on
# the dev split.
_ASK_ALONE, _ASK_BESIDE = 0.6, 0.85
_NEW_PART = 0.5
_KIND = 0.3
_TURNED_AWAY = 0.6
_MAY_WELL = 0.3
_FILTER = 0.4
# Words that filter programmes must be like some that were learned: below both they are none. On the dev split one of 42
# such spans is lost by it.
_VALUE, _KNOWN = 0.75, 0.4
_FILTERED = (SelectBy.ALL, SelectBy.NEED)


class Way(StrEnum):
    """How a labelling came about: the likeliest, or likely but for the roles of words, or for the way of selecting."""

    FIRST = "first"
    ROLES = "roles"
    BY = "by"


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a text was labelled as, with its morphemes, and how sure (0–1) the least sure judgement was.

    `cost` is how much likelier (log) the likeliest labelling is in what `way` says.
    """

    text: str
    tokens: tuple[Word, ...]
    spans: tuple[Span, ...]
    parts: tuple[PartLabel, ...]
    stance: Stance
    confidence: float
    way: Way = Way.FIRST
    cost: float = 0.0


def label(text: str, vector: Vector, model: ReaderModel, hits: Sequence[Hit], has_history: bool) -> Labelled:
    """The likeliest labels of a text with the vector of its meaning; `hits` are the names, places and values in it."""
    return next(_labellings(text, vector, model, hits, has_history, paths=1, ways=1))


def labellings(
    text: str, vector: Vector, model: ReaderModel, hits: Sequence[Hit], has_history: bool
) -> Iterator[Labelled]:
    """The labels of a text, and others that are nearly as likely, none twice; the likeliest first."""
    return _labellings(text, vector, model, hits, has_history, _PATHS, _WAYS)


def _labellings(
    text: str, vector: Vector, model: ReaderModel, hits: Sequence[Hit], has_history: bool, paths: int, ways: int
) -> Iterator[Labelled]:
    tokens = tokens_of(text)
    if not tokens:
        yield Labelled(text, (), (), (), Stance.CHAT, 0.0)
        return
    sentence = model.sentence(vector)
    told: set[tuple[tuple[Span, ...], tuple[PartLabel, ...]]] = set()
    for at, (cost, path) in enumerate(model.spans.best_paths(sequence_features(text, tokens, hits), paths)):
        marked = _placed(text, _asking(text, tokens, _parted(text, tokens, _spans(text, tokens, path))), hits)
        spans = _judged(text, tokens, marked, model, sentence)
        features = [*text_features(text, tokens, spans, 0, len(tokens)), f"history={has_history}"]
        stance, sure = _stance(model.linear[STANCE].probabilities(features, sentence))
        for rank in range(1 if at else ways):
            parts, least, lost = _parts(text, tokens, spans, model, sentence, has_history, rank)
            if (spans, parts) in told:
                continue
            told.add((spans, parts))
            way = Way.ROLES if at else Way.BY if rank else Way.FIRST
            yield Labelled(text, tokens, spans, parts, stance, min(sure, least), way, cost if at else lost)


def _stance(chances: Mapping[str, float]) -> tuple[Stance, float]:
    """The stance: genuine, unless another is likely enough to turn the asker away by it."""
    likeliest = max(chances, key=lambda name: chances[name])
    if likeliest != Stance.GENUINE and chances[likeliest] < _TURNED_AWAY:
        return Stance.GENUINE, chances.get(Stance.GENUINE, 0.0)
    return Stance(likeliest), chances[likeliest]


def order_name(order: Order) -> str:
    """The name under which an order is learned; how many are wanted is a number of the text."""
    return f"{order.by}.{'desc' if order.descending else 'asc'}"


def part_features(
    text: str, tokens: Sequence[Word], spans: Sequence[Span], first: int, last: int, index: int, has_history: bool
) -> list[str]:
    """Of a part, the tokens from `first` up to `last`: its text, its place among the parts, whether a talk goes on."""
    return [
        *text_features(text, tokens, spans, first, last),
        *(f"history={has_history}", f"first={index == 0}", f"history={has_history},first={index == 0}"),
        f"length={min(last - first, 40) // 8}",
    ]


def _spans(text: str, tokens: Sequence[Word], path: Sequence[str]) -> list[Span]:
    """The spans that a path of labels tells: a B opens one, an I of the same goes on."""
    found: list[Span] = []
    opened = ""
    for token, name in zip(tokens, path, strict=True):
        kind, _, role = name.partition("-")
        if kind == "I" and role == opened and found:
            last = found[-1]
            end = max(token.end, last.end)
            found[-1] = replace(last, end=end, words=text[last.start : end])
        elif kind in ("B", "I"):
            head, _, value = role.partition(":")
            # A morpheme that is contracted with the one before begins within it.
            start = max(token.start, found[-1].end if found else 0)
            if start < token.end:
                found.append(Span(start, token.end, Role(head), text[start : token.end], value=value))
        opened = role if kind in ("B", "I") else ""
    return found


def _parted(text: str, tokens: Sequence[Word], spans: Sequence[Span]) -> list[Span]:
    """The spans, words that ask two things in a row each for itself ("언제 열리고 어디로 보내나요")."""
    found: list[Span] = []
    for span in spans:
        within = [token for token in tokens if span.start <= token.start < span.end] if span.role is Role.ASK else []
        has_asked, start = False, span.start
        for at, token in enumerate(within):
            asks_on = any(asks_by(after.form) for after in within[at + 1 :])
            if has_asked and asks_on and token.tag == "EC" and token.form in SETS_BESIDE:
                found.append(replace(span, start=start, end=token.end, words=text[start : token.end]))
                has_asked, start = False, within[at + 1].start
            has_asked = has_asked or asks_by(token.form)
        found.append(replace(span, start=start, words=text[start : span.end]))
    return found


def _asking(text: str, tokens: Sequence[Word], spans: Sequence[Span]) -> list[Span]:
    """The spans without those read as asking that ask nothing beside another: that only want all of something ("각각"),
    and what somebody is to be asked about ("결과 물어볼 연락처").
    """
    asked = [span for span in spans if span.role is Role.ASK]
    idle: set[Span] = set()
    for span, following in zip_longest(asked, asked[1:]):
        within = [t.form for t in tokens if span.start <= t.start < span.end and t.tag[0] in "NMV"]
        is_near = following is not None and following.start <= span.end + _PARTICLE
        if (within and all_of_it(within)) or (is_near and is_asked_of(text[span.end :].lstrip("을를은는도 "))):
            idle.add(span)
    return [span for span in spans if span not in idle or len(idle) == len(asked)]


def _placed(text: str, spans: Sequence[Span], hits: Sequence[Hit]) -> list[Span]:
    """The spans, what was read as a programme as a place where it is no more than the name of one, or begins with one.

    A government in whose place something lies ("경기도에 있는 공장") is a place too. A place that stands before the
    name of a programme, as a word for itself, tells which of several is meant.
    """
    found: list[Span] = []
    around = place_words()["area_suffixes"] | place_words()["near"]
    for span in spans:
        places = [h for h in hits if h.kind == Role.PLACE and h.start <= span.start < h.end]
        end = max((hit.end for hit in places), default=0)
        if span.role is Role.BODY and end == span.end and is_located(text[end:]):
            found.append(replace(span, role=Role.PLACE))
            continue
        if span.role is not Role.PROGRAM or not places:
            found.append(span)
            continue
        rest = span.words[end - span.start :]
        is_name = any(h.kind == Role.PROGRAM and h.start <= span.start and end < h.end for h in hits)
        if end >= span.end or rest in around:
            found.append(replace(span, role=Role.PLACE))
        elif rest[:1].isspace() and len(rest.strip()) > 1 and not is_name:
            start = span.end - len(rest.lstrip())
            found.append(replace(span, role=Role.PLACE, end=end, words=span.words[: end - span.start]))
            found.append(replace(span, start=start, words=rest.lstrip()))
        else:
            found.append(span)
    return found


def _judged(
    text: str, tokens: Sequence[Word], spans: Sequence[Span], model: ReaderModel, sentence: NDArray[np.float32]
) -> tuple[Span, ...]:
    """The spans with what they ask or stand for, and with their polarity."""
    meant: list[Span] = []
    set_aside, alone, left = operators(text, spans), limits(text, spans), beside_rest(text, spans)
    for span in spans:
        if span.role is Role.ASK:
            ask, _ = model.linear[ASK].best(ask_features(text, tokens, spans, span), sentence)
            meant.append(replace(span, value=ask))
            continue
        about = polarity_features(tokens, spans, span, set_aside.get(span, ""), alone.get(span, ""))
        # "마감된 거 아닌가요?" sets nothing aside: it claims, and asks whether it is so.
        is_tag = bool(set_aside.get(span)) and ends_in_tag(text, span)
        polarity = Polarity.CLAIM if is_tag else _polarity(model.linear[POLARITY].probabilities(about))
        if span in left and not left & set_aside.keys():
            polarity = Polarity.OUT
        values = model.linear.get(f"value.{span.role}")
        if values and span.role in VALUED:
            features = value_features(tokens, span)
            value, sure = values.best(features)
            if span.role in FILTERING and sure < _VALUE and _known_share(features, values) < _KNOWN:
                continue
            meant.append(replace(span, polarity=polarity, value=value))
        else:
            meant.append(replace(span, polarity=polarity))
    return tuple(meant)


def _known_share(features: Sequence[str], model: LinearModel) -> float:
    """Which share of features the model has seen (0–1)."""
    return sum(feature in model.rows for feature in features) / max(1, len(features))


def _polarity(chances: Mapping[str, float]) -> Polarity:
    """How a span is meant: what may well be a claim or set aside is taken for that.

    A claim is held against the records, what is set aside is not told; neither does much harm where it is wrong.
    """
    for polarity in (Polarity.CLAIM, Polarity.OUT):
        if chances.get(polarity, 0.0) > _MAY_WELL:
            return polarity
    return Polarity(max(chances, key=lambda name: chances[name]))


def _parts(
    text: str,
    tokens: Sequence[Word],
    spans: Sequence[Span],
    model: ReaderModel,
    sentence: NDArray[np.float32],
    has_history: bool,
    rank: int,
) -> tuple[tuple[PartLabel, ...], float, float]:
    """The parts, each with the `rank`th likeliest way of selecting, how sure the first is and how much likelier."""
    labels: list[PartLabel] = []
    least, lost = 1.0, 0.0
    for index, (clauses, when) in enumerate(_grouped(text, tokens, spans, model)):
        features = part_features(text, tokens, spans, clauses[0].first, clauses[-1].last, index, has_history)
        ways = model.linear[BY].probabilities(features, sentence)
        ranked = sorted(ways, key=lambda way: -ways[way])
        by = ranked[rank]
        sure = ways[ranked[0]]
        lost += log(sure / max(ways[by], _LEAST))
        shape, _ = model.linear[SHAPE].best(features, sentence)
        order = None
        if shape in (Shape.RANK, Shape.SUM):
            measure, _, direction = model.linear[ORDER].best(features)[0].partition(".")
            order = Order(Measure(measure), direction == "desc")
        own = [span for span in spans if clauses[0].start <= span.start < clauses[-1].end]
        asks, found = _asks(own, model.linear[ASKS].probabilities(features, sentence))
        least = min(least, sure, found)
        kinds = _kinds(model.linear[KINDS].probabilities(features, sentence)) if by == SelectBy.NEED else ()
        unsaid = filter_features(text, tokens, spans, clauses[0].first, clauses[-1].last, index, has_history)
        filters = _filters(own, model.linear[FILTERS].probabilities(unsaid, sentence)) if by in _FILTERED else ()
        label = PartLabel(clauses[0].start, asks, SelectBy(by), Shape(shape), order, when, kinds=kinds, filters=filters)
        labels.append(label)
    return tuple(labels), least, lost


def _kinds(chances: Mapping[str, float]) -> tuple[BenefitKind, ...]:
    """The kinds of support that would answer a wish, likeliest first."""
    ranked = sorted(chances, key=lambda kind: -chances[kind])
    return tuple(BenefitKind(kind) for kind in ranked if chances[kind] > _KIND)


def _filters(spans: Sequence[Span], chances: Mapping[str, float]) -> tuple[tuple[Role, str], ...]:
    """What programmes are filtered by that no words of the part were found to say ("물 건너간 것": closed)."""
    said = {span.role for span in spans}
    found = [(Role(role), value) for name in chances for role, _, value in (name.partition("."),)]
    return tuple((role, value) for role, value in found if chances[f"{role}.{value}"] > _FILTER and role not in said)


def filter_features(
    text: str, tokens: Sequence[Word], spans: Sequence[Span], first: int, last: int, index: int, has_history: bool
) -> list[str]:
    """Of a part what it says beside the words that were found to filter, which may have been missed."""
    others = [span for span in spans if span.role not in FILTERING]
    return part_features(text, tokens, others, first, last, index, has_history)


def filter_names(spans: Sequence[Span]) -> list[str]:
    """The names under which what the spans of a part filter by is learned; what is set aside filters otherwise."""
    wanted = (s for s in spans if s.role in FILTERING and s.polarity is not Polarity.OUT and s.value)
    return list(dict.fromkeys(f"{span.role}.{span.value}" for span in wanted))


def _grouped(
    text: str, tokens: Sequence[Word], spans: Sequence[Span], model: ReaderModel
) -> list[tuple[list[Clause], When | None]]:
    """The clauses by parts, each part with the case in which alone it is asked."""
    clauses = clauses_of(text, tokens)
    groups: list[tuple[list[Clause], When | None]] = [([clauses[0]], None)]
    for left, right in pairwise(clauses):
        begun = groups[-1][0][0]
        so_far = Clause(begun.first, left.last, begun.start, left.end)
        features = bound_features(text, tokens, spans, left, right, so_far)
        if model.linear[BOUND].probabilities(features).get(NEW, 0.0) > _NEW_PART:
            when, _ = model.linear[WHEN].best(features) if WHEN in model.linear else (NONE, 1.0)
            groups.append(([right], None if when == NONE else When(when)))
        else:
            groups[-1][0].append(right)
    return groups


def _asks(spans: Sequence[Span], chances: Mapping[str, float]) -> tuple[tuple[Ask, ...], float]:
    """The asks of a part, those whose words stand in it first and in their order, and how sure the least sure is."""
    marked = dict.fromkeys(span.value for span in spans if span.role is Role.ASK)
    ranked = sorted(chances, key=lambda ask: -chances[ask])
    found = list(marked)
    alone = _ASK_BESIDE if found else _ASK_ALONE
    found += [ask for ask in ranked if ask not in marked and chances[ask] > alone]
    found = found or ranked[:1]
    return tuple(Ask(ask) for ask in found), min((max(chances.get(ask, 0.0), 0.1) for ask in found), default=0.0)
