"""Item forms: definitions of items flow in, what a form asks flows out; what was typed becomes an item, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from rag.diagnosis.survey import survey
from rag.engagement.items import (
    KINDS,
    Count,
    Day,
    Grade,
    Item,
    Lesson,
    Month,
    Name,
    PlanKind,
    Said,
    Score,
    SurveyKind,
    Text,
    Won,
)
from rag.korean import topic
from rag.money import won
from server.diagnoses.amounts import amount
from server.diagnoses.entries import Cell, entry
from server.diagnoses.filled import filled
from server.diagnoses.headings import SURVEY, heading, unknown
from server.diagnoses.values import Likely, Unread, count, day, said
from server.engagements.filing import ITEMS
from server.engagements.filing_refusals import EntryRefused
from server.http.faults import faults
from ui.files.files_port import Asked

WORDS: Mapping[str, str] = {
    PlanKind.PROBLEM: "PBL",
    PlanKind.ON_JOB: "S-OJT",
    PlanKind.COURSE: "과정",
    SurveyKind.WANTS: "훈련수요",
    SurveyKind.SATISFACTION: "만족도",
    SurveyKind.ACHIEVEMENT: "성취도",
    SurveyKind.APPLICATION: "현업적용도",
}
"""What choices are called that are not named in Korean themselves."""
_PROBLEM, _ON_JOB, _COURSE = (PlanKind.PROBLEM.value, PlanKind.ON_JOB.value, PlanKind.COURSE.value)
_OF_RUNS = tuple(kind.value for kind in SurveyKind if kind is not SurveyKind.WANTS)
_ONLY: Mapping[tuple[str, str], tuple[str, ...]] = {
    **{
        ("plans", name): (_PROBLEM,)
        for name in ("issue", "now", "wanted", "data", "ai_expert", "field_expert", "inner_expert", "outputs")
    },
    ("plans", "trainer"): (_ON_JOB,),
    ("plans", "trainees"): (_ON_JOB,),
    ("plans", "ncs"): (_ON_JOB, _COURSE),
    **{("surveys", name): _OF_RUNS for name in ("run", "respondents", "scores", "comments")},
    ("surveys", "replies"): (SurveyKind.WANTS.value,),
}
"""Of which kinds of an item a field is asked, where it is not of all."""
_HINTS = {
    "day": "",
    "month": "예: 2026-03",
    "lines": "한 줄에 하나씩",
    "lessons": "한 줄에 하나씩, '교과: 시간'",
    "scores": "한 줄에 하나씩, '문항: 점수'(1~5)",
    "replies": "한 줄에 하나씩, '문항: 답'. 문항: {questions}",
}
_NAMED: tuple[tuple[object, str], ...] = (
    (Day, "day"),
    (Month, "month"),
    (Count, "count"),
    (Grade, "count"),
    (Won, "amount"),
    (Text, "text"),
    (Name, "line"),
    (tuple[Name, ...], "lines"),
    (tuple[Text, ...], "lines"),
    (tuple[Lesson, ...], "lessons"),
    (dict[Name, Score], "scores"),
    (dict[Name, Said], "replies"),
)
_LONG = ("text", "lines", "lessons", "scores", "replies")
Choices = Mapping[str, Sequence[tuple[str, str]]]
"""What may be chosen of the file itself, by the name of a field: plans that were run, runs that were asked about."""


def asked_of(kind: str, choices: Choices) -> tuple[Asked, ...]:
    """What the form of an item of that kind asks, by its definition."""
    return tuple(_asked(kind, name, hint, choices) for name, hint in _hints(kind))


def typed_item(kind: str, told: Mapping[str, str]) -> tuple[dict[str, object], Item]:
    """What a form holds, by name and as an item; what is blank is None. Raises EntryRefused with titles."""
    values: dict[str, object] = {}
    wrong: list[str] = []
    for name, hint in _hints(kind):
        if name not in told:
            continue
        read = _read(_sort(hint), told[name]) if told[name].strip() else None
        if isinstance(read, Unread):
            wrong += [f"{titled(hint)}: {reason}" for reason in read.reason.split("\n")]
        else:
            values[name] = read
    try:
        item = ITEMS[kind].validate_python({name: value for name, value in values.items() if value is not None})
    except ValidationError as error:
        raise EntryRefused((*wrong, *faults([dict(each) for each in error.errors()], _place(kind)))) from None
    if wrong:
        raise EntryRefused(tuple(wrong))
    return values, item


def form_of(kind: str, item: Item) -> dict[str, str]:
    """What a form holds so that the same item is read of it again."""
    return {name: _typed(_sort(hint), getattr(item, name)) for name, hint in _hints(kind)}


def facts_of(kind: str, item: Item, choices: Choices) -> Iterator[tuple[str, str, str]]:
    """Name, title and words of everything that an item tells."""
    for name, hint in _hints(kind):
        value = getattr(item, name)
        if value in (None, (), {}):
            continue
        chosen = {**dict(choices.get(name, ())), **WORDS}
        sort = _sort(hint)
        words = f"{value:,}" if sort == "count" else chosen.get(str(value)) or _typed(sort, value)
        yield name, titled(hint), words


def _hints(kind: str) -> list[tuple[str, Any]]:
    hints = get_type_hints(KINDS[kind], include_extras=True)
    return [(each.name, hints[each.name]) for each in fields(KINDS[kind])]


def _asked(kind: str, name: str, hint: Any, choices: Choices) -> Asked:
    sort, own = _sort(hint), _enum(hint)
    options: Sequence[tuple[str, str]] = choices.get(name, ())
    if own:
        options = [(str(each.value), WORDS.get(each.value, str(each.value))) for each in own]
    shown = "choice" if own or name in choices else "lines" if sort in _LONG[1:] else sort
    told = _HINTS.get(sort, _told(hint).description or "").format(questions=", ".join(q.topic for q in survey()))
    return Asked(
        name, titled(hint), "" if shown == "choice" else told, shown, tuple(options), _ONLY.get((kind, name), ())
    )


def _sort(hint: Any) -> str:
    """As what a field is typed."""
    inner = get_args(hint)[0]
    meant = next((each for each in get_args(inner) if each is not NoneType), inner) if _is_optional(inner) else inner
    return next((sort for known, sort in _NAMED if known == meant), "line")


def _is_optional(inner: Any) -> bool:
    return NoneType in get_args(inner) and get_origin(inner) is not tuple


def _enum(hint: Any) -> type[Enum] | None:
    inner = get_args(hint)[0]
    return next((each for each in (inner, *get_args(inner)) if isinstance(each, type) and issubclass(each, Enum)), None)


def _told(hint: Any) -> FieldInfo:
    return next(each for each in hint.__metadata__ if isinstance(each, FieldInfo))


def titled(hint: Any) -> str:
    """What documents and forms call a field, by its definition."""
    return str(_told(hint).title)


def _place(kind: str) -> Callable[[Sequence[str]], str]:
    """How a field is called where something is wrong with it: by its title, and the line."""
    titles = {name: titled(hint) for name, hint in _hints(kind)}

    def named(path: Sequence[str]) -> str:
        title = titles.get(path[0], path[0]) if path else ""
        line = f" {int(path[1]) + 1}째 줄" if len(path) > 1 and path[1].isdecimal() else ""
        return f"{title}{line}"

    return named


def _read(sort: str, text: str) -> object:
    if sort in _READERS:
        return _READERS[sort](text)
    return text.strip()


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pairs(text: str) -> list[tuple[str, str]]:
    """What stands before and behind the last colon of each line."""
    return [(left.strip(), right.strip()) for left, _, right in (line.rpartition(":") for line in _lines(text))]


def _day(text: str) -> object:
    """A day as most likely meant: it stands in the form once it is saved, where it can be checked."""
    read = day(text)
    return read.value if isinstance(read, Likely) else read


def _month(text: str) -> object:
    read = _day(f"{text.strip().rstrip('.월').replace('년', '-').replace('.', '-').replace(' ', '')}-01")
    return (
        Unread(f"{topic(said(text))} 달로 읽을 수 없습니다. '2026-03'처럼 적어 주세요.")
        if isinstance(read, Unread)
        else str(read)[:7]
    )


def _lessons(text: str) -> object:
    made: list[dict[str, object]] = []
    for line in _lines(text):
        left, colon, right = line.rpartition(":")
        hours = count(right) if right.strip() and colon else None
        if isinstance(hours, Unread):
            return Unread(f"{topic(said(line))} '교과: 시간'으로 읽을 수 없습니다. 예: 데이터 읽기: 8")
        made.append({"subject": left.strip() if colon else line, "hours": hours})
    return [{name: value for name, value in each.items() if value is not None} for each in made]


def _scores(text: str) -> object:
    made: dict[str, float] = {}
    for subject, score in _pairs(text):
        try:
            made[subject] = float(score)
        except ValueError:
            return Unread(f"{topic(said(f'{subject}: {score}'))} '문항: 점수'로 읽을 수 없습니다. 예: 교육내용: 4.5")
    return made


def _replies(text: str) -> object:
    cells, wrong = [], []
    for line in _lines(text):
        label, _, reply = line.partition(":")
        known = heading(label)
        if known is None or known.part != SURVEY:
            wrong.append(unknown(label.strip()))
        else:
            cells.append(Cell(known, reply.strip()))
    read = entry(cells)
    return Unread("\n".join((*wrong, *read.wrong))) if wrong or read.wrong else read.given[SURVEY]


_READERS: Mapping[str, Callable[[str], object]] = {
    "day": _day,
    "month": _month,
    "count": count,
    "amount": amount,
    "lines": _lines,
    "lessons": _lessons,
    "scores": _scores,
    "replies": _replies,
}


def _typed(sort: str, value: Any) -> str:
    if value is None:
        return ""
    if sort == "amount":
        return won(value)
    if sort == "lines":
        return "\n".join(value)
    if sort == "lessons":
        return "\n".join(each.subject if each.hours is None else f"{each.subject}: {each.hours}" for each in value)
    if sort == "scores":
        return "\n".join(f"{subject}: {score:g}" for subject, score in value.items())
    if sort == "replies":
        told = filled({SURVEY: value})
        return "\n".join(f"{label}: {', '.join(s) if isinstance(s, list) else s}" for label, s in told.items())
    return str(value.value if isinstance(value, Enum) else value)
