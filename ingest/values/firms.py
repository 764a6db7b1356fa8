"""Firms: a clause on applicants flows in, bounds on its people and its years and the size classes it names flow out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.phrases import phrases
from rag.domain import SizeClass
from rag.grammar.typed import Age, Count, Duration, Interval, Unit
from rag.grammar.values import ANY_DAY, Value, read_values

Bound = tuple[int | None, int | None]

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_CLASSES = {"micro": SizeClass.MICRO, "small": SizeClass.SMALL, "medium": SizeClass.MEDIUM, "large": SizeClass.LARGE}


def employees(text: str) -> Iterator[Bound]:
    """Bounds on how many people a firm employs."""
    text = _spaced(text)
    told = [(value, people) for value in _values(text) if (people := _people(value, text))]
    yield from (_inclusive(people, completed=False) for _, people in _joined(text, told))


def _people(value: Value, text: str) -> Interval | None:
    """The bound that a value sets on the people of a firm; None where they are hired, trained or counted otherwise."""
    if not isinstance(value.of, Count) or value.of.unit is not Unit.PEOPLE or value.of.per or value.of.interval.exact:
        return None
    before, after = text[: value.start], text[value.end :]
    is_of_others = _WORDS["others_before"].ends(before) or _WORDS["others_after"].begins(after)
    if is_of_others or _WORDS["each"].begins(after):
        return None
    is_of_firm = _WORDS["staff"].is_in(text[: value.end]) or _WORDS["firm_behind"].begins(after)
    return value.of.interval if is_of_firm else None


def ages(text: str) -> Iterator[Bound]:
    """Bounds on the completed years since a firm was founded; "3년 초과" leaves one with three completed years in."""
    text = _spaced(text.replace("년차", "년"))
    told = _joined(text, [(value, years) for value in _values(text) if (years := _years(value))])
    founded = [(value, years) for value, years in told if _is_since_founding(text, value)]
    for value, years in founded:
        if years.exact is None:
            yield _inclusive(years, completed=True)
        elif _WORDS["passed"].begins(text, value.end):
            yield int(years.low or 0), None
    if not founded:
        yield from (_inclusive(years, completed=True) for value, years in told if _is_of_young(text, value, years))


def _joined(text: str, told: list[tuple[Value, Interval]]) -> list[tuple[Value, Interval]]:
    """The values with their intervals, two halves of one ("10인 이상이고 300인 미만") made one."""
    made: list[tuple[Value, Interval]] = []
    for value, own in told:
        last, low = made[-1] if made else (None, own)
        between = text[last.end : value.start] if last else ""
        is_half = last and low.high is None and own.low is None
        if last and is_half and (not between.strip() or _WORDS["ands"].is_all(between)):
            made[-1] = (replace(last, end=value.end), replace(own, low=low.low, over=low.over))
        else:
            made.append((value, own))
    return made


def _spaced(text: str) -> str:
    """The text with bounds as words of their own: "10인 미만업체"."""
    for hit in reversed(list(_WORDS["limit"].all(text))):
        text = f"{text[: hit.end]} {text[hit.end :].lstrip()}"
    return text


def _values(text: str) -> tuple[Value, ...]:
    return read_values(text, ANY_DAY) if any(letter.isdecimal() for letter in text) else ()


def _years(value: Value) -> Interval | None:
    """The years that an age or a duration states."""
    if isinstance(value.of, Age):
        return value.of.years
    is_years = isinstance(value.of, Duration) and value.of.unit is Unit.YEARS
    return value.of.interval if is_years and isinstance(value.of, Duration) else None


def _is_since_founding(text: str, value: Value) -> bool:
    """Whether years count from the founding of a firm: by words within the value, or right before it."""
    is_age = isinstance(value.of, Age) and not text[value.start].isdecimal()
    return is_age or _WORDS["since"].ends(text[: value.start]) is not None


def _is_of_young(text: str, value: Value, years: Interval) -> bool:
    """Whether years are those of a firm that is called young or has been run for so long ("7년 이내 창업기업")."""
    if years.exact is not None or _WORDS["lately"].ends(text[: value.start]):
        return False
    after = text[value.end :]
    is_young = _WORDS["young"].begins(after) or _WORDS["young"].is_in(text[value.start : value.end])
    return bool(is_young or _WORDS["run"].begins(after))


def _inclusive(told: Interval, *, completed: bool) -> Bound:
    """The bounds of an interval, both within."""
    low, high = (None if end is None else int(end) for end in (told.low, told.high))
    return (
        low + 1 if low is not None and told.over and not completed else low,
        high - 1 if high is not None and told.under else high,
    )


def sizes(text: str) -> tuple[str, ...]:
    """The size classes that may apply; none where a large firm appears only as the partner of small ones."""
    told = _WORDS["partner"].without(_WORDS["bodies"].without(text))
    found = [size for name, size in _CLASSES.items() if _WORDS[name].is_in(told)]
    return () if {SizeClass.LARGE, SizeClass.SMALL} <= set(found) else tuple(size.value for size in found)


def is_of_small_firms(text: str) -> bool:
    """Whether a clause names small firms, which are fewer than what a profile calls small and medium ones."""
    return _WORDS["small_firm"].is_in(text)


def shut_out_sizes(text: str) -> tuple[str, ...]:
    """The size classes that a clause shuts out as such; firms in which a large firm holds shares are no size class."""
    found = _WORDS["shut"].first(text)
    if found is None:
        return ()
    before = text[: found.start]
    first, *others = _WORDS["class"].all(found.words)
    named = [first, *(hit for hit in others[:1] if not _WORDS["of_itself"].begins(text, found.start + hit.end))]
    if _WORDS["of_another"].ends(before) or _WORDS["owned"].is_in(before):
        return ()
    if _WORDS["of_itself"].begins(text, found.start + named[-1].end):
        return ()
    return tuple(dict.fromkeys(hit.words.replace(" ", "") for hit in named))
