"""Examples: files of questions with what answers them flow in; frozen rows flow out, or the line that is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from rag.domain import CompanyProfile, Question, SizeClass, Turn
from rag.errors import ReadingsError
from rag.messages.files import NO_ROW
from rag.settings import INSTALLATION

ANSWERS, WISHES = INSTALLATION / "corpus" / "answers", INSTALLATION / "corpus" / "wishes"
_KEYS = {ANSWERS.name: "question, as_of, program, holds, split", WISHES.name: "question, as_of, good, split"}

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A question on one programme; `holds` are, for each thing asked, spellings that only its answer holds.

    A question whose row holds nothing has no answer in the documents.
    """

    question: Question
    program: str
    holds: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class WishRow:
    """A wish and the programmes that meet it, by name, best first; none where none of the corpus does."""

    question: Question
    good: tuple[str, ...]


def read_answers(folder: Path, splits: Sequence[str]) -> tuple[AnswerRow, ...]:
    """The rows of these splits. Raises ReadingsError naming file and line where one cannot be read."""
    return tuple(_read(folder, splits, "answers", _answer))


def read_wishes(folder: Path, splits: Sequence[str]) -> tuple[WishRow, ...]:
    """The rows of these splits. Raises ReadingsError naming file and line where one cannot be read."""
    return tuple(_read(folder, splits, "wishes", _wish))


def _read(folder: Path, splits: Sequence[str], sort: str, made: Callable[[dict[str, Any]], Row]) -> Iterator[Row]:
    for path in sorted(folder.glob("*.jsonl")):
        for at, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                told = json.loads(line)
                if told["split"] in splits:
                    yield made(told)
            except (ValueError, KeyError, TypeError) as error:
                told = NO_ROW.format(file=path.name, line=at, keys=_KEYS[sort], error=error)
                raise ReadingsError(told) from error


def _answer(told: dict[str, Any]) -> AnswerRow:
    return AnswerRow(_question(told), told["program"], tuple(tuple(group) for group in told["holds"]))


def _wish(told: dict[str, Any]) -> WishRow:
    return WishRow(_question(told), tuple(told["good"]))


def _question(told: dict[str, Any]) -> Question:
    profile = dict(told.get("profile") or {})
    size = profile.pop("size", None)
    company = CompanyProfile(**profile, size=SizeClass(size) if size else None)
    history = tuple(Turn(turn["role"], turn["content"]) for turn in told.get("history", ()))
    return Question(told["question"], date.fromisoformat(told["as_of"]), company, history)
