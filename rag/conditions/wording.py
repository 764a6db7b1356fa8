"""Wording: a criterion on people or years flows in, its bound as the document words it flows out."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from rag.domain import Criterion, CriterionField
from rag.grammar.typed import Age, Count, Duration, Interval, Unit
from rag.grammar.values import Value, read_values

# Bounds read the same on any day.
_ANY_DAY = date(2000, 1, 1)
_UNITS = {CriterionField.EMPLOYEES: "인", CriterionField.AGE: "년"}
_MANY = 512


def bound(criterion: Criterion) -> str:
    """The bound as the document words it ("300인 미만", "업력 7년 이상"); failing that, as officials would."""
    if phrase := _phrase(criterion):
        return phrase
    unit = _UNITS[criterion.field]
    low, high = criterion.minimum, criterion.maximum
    # Nobody says "299인 이하".
    top = "" if high is None else f"{high + 1}{unit} 미만" if (high + 1) % 10 == 0 else f"{high}{unit} 이하"
    return " ".join(filter(None, (f"{low}{unit} 이상" if low is not None else "", top)))


def goes_to_the_end(criterion: Criterion) -> bool:
    """Whether a bound on years ends with the last of them ("3년 이내"): it is over once they are completed."""
    return criterion.maximum is not None and any(
        interval.high == criterion.maximum and not interval.under
        for value in _values(criterion.text)
        if (interval := _interval(value, CriterionField.AGE))
    )


def _phrase(criterion: Criterion) -> str:
    """The words of the text that state the bounds of the criterion, "" where they cannot be told."""
    found = []
    wanted = {criterion.minimum, criterion.maximum} - {None}
    for value in _values(criterion.text):
        interval = _interval(value, criterion.field)
        bounds = _bounds(interval, criterion.field) if interval else set()
        if bounds and bounds <= wanted:
            found.append(criterion.text[value.start : value.end].strip())
            wanted -= bounds
    return "" if wanted else " ".join(found)


def _bounds(interval: Interval, field: CriterionField) -> set[int]:
    """The ends of an interval as a criterion holds them: "3년 초과" leaves one with three completed years in."""
    over = interval.over and field is not CriterionField.AGE
    low = () if interval.low is None else (int(interval.low) + over,)
    high = () if interval.high is None else (int(interval.high) - interval.under,)
    return {*low, *high}


def _interval(value: Value, field: CriterionField) -> Interval | None:
    """The people or the years that a value bounds."""
    of = value.of
    if field is CriterionField.EMPLOYEES:
        return of.interval if isinstance(of, Count) and of.unit is Unit.PEOPLE else None
    if isinstance(of, Duration):
        return of.interval if of.unit is Unit.YEARS else None
    return of.years if isinstance(of, Age) else None


@lru_cache(maxsize=_MANY)
def _values(text: str) -> tuple[Value, ...]:
    return read_values(text, _ANY_DAY)
