"""Filled: a case as it was sent flows in, the form as somebody would have filled it for that case flows out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rag.diagnosis.survey import question
from rag.money import won
from server.diagnoses.headings import SURVEY, Heading, headings

YES, NO = "예", "아니오"


def filled(case: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """What the form holds, by label; nothing for what is unknown. What it holds is read as the same case again."""
    told = ((heading, case.get(heading.part, {}).get(heading.id)) for heading in headings())
    return {heading.label: _cell(heading, value) for heading, value in told if value not in (None, "", [])}


def _cell(heading: Heading, value: object) -> object:
    if heading.part == SURVEY and heading.kind in ("one", "many"):
        texts = {option.id: option.text for option in question(heading.id).options}
        ids = value if isinstance(value, list) else [value]
        said = [texts.get(str(id_), str(id_)) for id_ in ids]
        return said if heading.kind == "many" else said[0]
    return _TOLD.get(heading.kind, str)(value)


def _amount(value: object) -> str:
    return won(value) if isinstance(value, int) else str(value)


def _trainings(value: object) -> str:
    return "; ".join(map(_training, value)) if isinstance(value, list) else str(value)


def _training(told: Mapping[str, object]) -> str:
    facts = [f"{told[key]}{unit}" for key, unit in (("year", "년"), ("people", "명"), ("hours", "시간")) if key in told]
    return f"{told['name']}({', '.join(facts)})" if facts else str(told["name"])


_TOLD: Mapping[str, Callable[[object], str]] = {
    "yes_no": lambda value: YES if value else NO,
    "amount": _amount,
    "trainings": _trainings,
    "notes": lambda value: "; ".join(map(str, value)) if isinstance(value, list) else str(value),
}
