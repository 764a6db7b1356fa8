"""Constraints: the spans of a part, its label and its values flow in; what its programmes must be flows out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.domain import LENT, BenefitKind
from rag.grammar.dates import months_on
from rag.grammar.typed import Days, Duration, Grain, Money, Unit
from rag.grammar.values import Value
from rag.plan import SIZES, Ask, Constraint, Field, Op, Polarity, Role, SelectBy, Shape, Span
from rag.reading.ordering import LISTS, as_it_stands, measured, speaks_of_budget
from rag.reading.rows import PartLabel
from rag.text import Word

CLAIMED = {
    Role.SHARE: Ask.AMOUNT,
    Role.SUM: Ask.AMOUNT,
    Role.COUNT: Ask.SELECTED,
    Role.DAY: Ask.PERIOD,
    Role.PLACE: Ask.CONTACT,
}
"""What is asked of a record when a span of that role is claimed."""
# So many morphemes before a sum say what it measures.
_BEFORE_SUM = 3
_GOVERNMENT = "government"
_OTHER_WAY = {"alone": "consortium", "consortium": "alone"}
_FIELDS = {
    Role.PROGRAM: Field.PROGRAM,
    Role.NEED: Field.PROGRAM,
    Role.TRACK: Field.TRACK,
    Role.PERSON: Field.PERSON,
}


@dataclass(frozen=True, slots=True)
class _Meant:
    """What the spans of a part are read by: its label, the values in it, the day, and which money it measures.

    `is_alone` tells which of two ways to apply is wanted: the one told last ("혼자는 못 하고 컨소시엄으로"); `exact`
    are the values that are meant as they stand ("2억짜리", "2억인"), and no bound.
    """

    label: PartLabel
    values: tuple[Value, ...]
    as_of: date
    money: Field | None
    is_alone: bool
    exact: frozenset[Value]
    tokens: tuple[Word, ...]

    @property
    def days(self) -> list[Days]:
        """The days told; of a time within which something is ("2주 내") those up to then."""
        told = (_within(value.of, self.as_of) if isinstance(value.of, Duration) else value.of for value in self.values)
        return [days for days in told if isinstance(days, Days)]

    def measured(self, span: Span) -> Field | None:
        """Which money the words right before a sum measure ("예산 오백억 넘는")."""
        before = [token for token in self.tokens if token.end <= span.start][-_BEFORE_SUM:]
        return measured(" ".join(token.form for token in before))

    @property
    def is_list(self) -> bool:
        """Whether the part chooses among programmes."""
        return self.label.by in LISTS


def constraints(
    spans: Sequence[Span],
    values: Sequence[Value],
    tokens: Sequence[Word],
    label: PartLabel,
    as_of: date,
    money: Field | None,
) -> Iterator[Constraint]:
    """What the spans of a part ask of its programmes; what is only said of the company is no constraint."""
    joint = [s.value for s in spans if s.role is Role.JOINT and s.polarity is not Polarity.OUT]
    values = [value for value in values if not _is_of_today(value, tokens)]
    exact = frozenset(value for value in values if _is_as_it_stands(value, tokens))
    meant = _Meant(label, tuple(values), as_of, money, joint[-1:] == ["alone"], exact, tuple(tokens))
    for span in spans:
        is_claimed = span.polarity is Polarity.CLAIM and (not meant.is_list or span.role in CLAIMED)
        if span.role in _ASKED_OF and not is_claimed:
            yield from _ASKED_OF[span.role](span, meant)
    for role, value in label.filters:
        yield from _filtered(role, value, meant)
    # A year within what is told of the asker is that of no programme ("작년에 뽑혔는데").
    aged = [span for span in spans if span.role in (Role.AGE, Role.COUNT, Role.STATE)]
    aged += [span for span in spans if span.role is Role.DAY and span.polarity is Polarity.OUT]
    years = [v.of for v in values if isinstance(v.of, Days) and not any(s.start <= v.start < s.end for s in aged)]
    # A year told with a wish is that of what happened ("작년에 깔았는데").
    yield from _years(years) if label.by is not SelectBy.NEED else ()


def _filtered(role: Role, value: str, meant: _Meant) -> Iterator[Constraint]:
    """What a part filters by that no words of it were found to say."""
    if role is Role.STATUS:
        at = meant.label.start
        yield _standing(Span(at, at, role, "", value=value), Op.IN, meant.days, meant.as_of)
    else:
        yield Constraint(Field.OWN_MONEY if role is Role.OWN else Field.APPLICANT, Op.IN, value)


def _op(span: Span) -> Op:
    return Op.OUT if span.polarity is Polarity.OUT else Op.IN


def _named(span: Span, meant: _Meant) -> Iterator[Constraint]:
    """A programme, a track, a person, or what somebody wishes: only what is set aside."""
    if span.polarity is Polarity.OUT:
        yield Constraint(_FIELDS[span.role], Op.OUT, span.words, span.words)


def _body(span: Span, meant: _Meant) -> Iterator[Constraint]:
    if span.polarity is Polarity.OUT or meant.is_list:
        yield Constraint(Field.MINISTRY if meant.is_list else Field.BODY, _op(span), span.words, span.words)


def _kind(span: Span, meant: _Meant) -> Iterator[Constraint]:
    is_filter = span.polarity in (Polarity.OUT, Polarity.MUST) or meant.label.by is SelectBy.ALL
    is_need = meant.label.by is SelectBy.NEED
    if is_filter or (is_need and span.value in LENT):
        yield Constraint(Field.KIND, _op(span), span.value, span.words)
    elif is_need and span.value == BenefitKind.GRANT:
        # Who wants money that need not be paid back wants no loan; a voucher or a course may serve as well.
        yield Constraint(Field.KIND, Op.OUT, BenefitKind.LOAN, span.words)


def _own(span: Span, meant: _Meant) -> Iterator[Constraint]:
    if meant.is_list and meant.label.shape is not Shape.RANK:
        yield Constraint(Field.OWN_MONEY, _op(span), span.value, span.words)


def _joint(span: Span, meant: _Meant) -> Iterator[Constraint]:
    """Who sets one way to apply aside wants the other."""
    if span.polarity is Polarity.OUT:
        yield Constraint(Field.APPLICANT, Op.IN, _OTHER_WAY.get(span.value, span.value), span.words)
    elif meant.is_list and meant.is_alone == (span.value == "alone"):
        yield Constraint(Field.APPLICANT, Op.IN, span.value, span.words)


def _size(span: Span, meant: _Meant) -> Iterator[Constraint]:
    is_filter = span.polarity in (Polarity.OUT, Polarity.MUST) or meant.label.by is SelectBy.ALL
    if is_filter and span.value in SIZES:
        yield Constraint(Field.SIZE, _op(span), span.value, span.words)
    elif span.polarity is Polarity.OUT and span.value == _GOVERNMENT and meant.is_list:
        yield Constraint(Field.APPLICANT, Op.OUT, _GOVERNMENT, span.words)


def _status(span: Span, meant: _Meant) -> Iterator[Constraint]:
    if meant.is_list:
        yield _standing(span, _op(span), meant.days, meant.as_of)


def _sum(span: Span, meant: _Meant) -> Iterator[Constraint]:
    """A bound on the budget where the words measure that, else on what one applicant gets."""
    if meant.is_list:
        of_budget = speaks_of_budget(span.words) or (meant.measured(span) or meant.money) is Field.BUDGET
        is_budget = of_budget or (Ask.BUDGET in meant.label.asks and meant.money is None)
        yield from _sums(span, meant, Field.BUDGET if is_budget else Field.CEILING)


_ASKED_OF: dict[Role, Callable[[Span, _Meant], Iterator[Constraint]]] = {
    **dict.fromkeys((Role.PROGRAM, Role.TRACK, Role.PERSON, Role.NEED), _named),
    Role.BODY: _body,
    Role.KIND: _kind,
    Role.OWN: _own,
    Role.JOINT: _joint,
    Role.SIZE: _size,
    Role.STATUS: _status,
    Role.SUM: _sum,
}


def _standing(span: Span, op: Op, days: Sequence[Days], as_of: date) -> Constraint:
    """A standing on the day, or, where days are told beside it, when a programme opens or closes."""
    told = next((day for day in days if _is_a_time(day, as_of)), None)
    if span.value in ("closes", "opens", "upcoming", "closed") and told and (told.first or told.last):
        field = Field.OPENS if span.value in ("opens", "upcoming") else Field.CLOSES
        first, last = told.first or as_of, told.last or told.first or as_of
        if span.value != "closed" and last < as_of and told.grain is Grain.MONTH and not told.year_told:
            # Who asks late in the year what opens in January means the next one; a month ends where the next begins.
            first, last = _next_year(first), _next_year(last + timedelta(days=1)) - timedelta(days=1)
        if told.first and told.last and told.first == told.last and told.first > as_of:
            first = as_of
        return Constraint(field, op, f"{first.isoformat()}/{last.isoformat()}", span.words)
    if span.value == "closes":
        return Constraint(Field.STATUS, op, "open", span.words)
    if span.value == "opens":
        return Constraint(Field.STATUS, op, "upcoming", span.words)
    return Constraint(Field.STATUS, op, span.value, span.words)


def _is_a_time(days: Days, as_of: date) -> bool:
    """Whether days are a time in which something opens or closes: neither the day itself nor a year as a whole."""
    if days.first == as_of:
        return days.last is not None and days.last > as_of
    return days.grain is not Grain.YEAR


def bounded_by(verb: str, values: Sequence[Value], tokens: Sequence[Word], as_of: date) -> Iterator[Constraint]:
    """The time within which programmes open or close ("opens", "closes"), where one is told; else nothing."""
    told = [value for value in values if isinstance(value.of, Days) and not _is_of_today(value, tokens)]
    for value in told:
        if isinstance(value.of, Days) and _is_a_time(value.of, as_of):
            span = Span(value.start, value.end, Role.STATUS, "", value=verb)
            yield _standing(span, Op.IN, [value.of], as_of)
            return


_COUNTED = {Unit.DAYS: 1, Unit.WEEKS: 7}


def _within(so_long: Duration, as_of: date) -> Days | None:
    """The days from the day itself to the end of a time that is told as a bound alone; None for any other."""
    low, high, unit = so_long.interval.low, so_long.interval.high, so_long.unit
    if low is not None or high is None or (unit not in _COUNTED and unit is not Unit.MONTHS):
        return None
    last = months_on(as_of, int(high)) if unit is Unit.MONTHS else as_of + timedelta(int(high * _COUNTED[unit]))
    return Days(as_of, last, Grain.DAY)


def _is_of_today(value: Value, tokens: Sequence[Word]) -> bool:
    """Whether days only tell which day it is ("지금 2월인데"): a copula that goes on to something else follows."""
    behind = [token.tag for token in tokens if token.start >= value.end][:2]
    return isinstance(value.of, Days) and behind == ["VCP", "EC"]


def _is_as_it_stands(value: Value, tokens: Sequence[Word]) -> bool:
    """Whether one sum is meant as it stands ("2억짜리", "2억인", "딱 2억"), and not as the least that is wanted."""
    if not isinstance(value.of, Money) or value.of.interval.exact is None:
        return False
    behind = [token for token in tokens if token.start >= value.end][:2]
    before = next((token for token in reversed(tokens) if token.end <= value.start), None)
    return as_it_stands(before, behind)


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1)


def _sums(span: Span, meant: _Meant, field: Field) -> Iterator[Constraint]:
    for value in meant.values:
        if isinstance(value.of, Money) and value.start < span.end and span.start < value.end:
            low, high = value.of.interval.low, value.of.interval.high
            if low is not None:
                yield Constraint(field, Op.AT_LEAST, str(int(low)), span.words)
            if high is not None and (low is None or value in meant.exact):
                yield Constraint(field, Op.AT_MOST, str(int(high)), span.words)


def _years(days: Sequence[Days]) -> Iterator[Constraint]:
    for day in days:
        if day.grain is Grain.YEAR and day.first:
            yield Constraint(Field.YEAR, Op.IN, str(day.first.year))
