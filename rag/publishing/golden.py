"""Golden questions: the file in which staff keep questions that must stay right flows in; which of them turn flows out.

`golden.jsonl` of the corpus folder holds one JSON object a line, in the form of the question files of `rag.evaluate`:
question, as_of, and what the answer must hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rag.domain import Question
from rag.errors import CorpusError
from rag.evaluate import question_of
from rag.expectations import LISTS, missing
from rag.messages import publishing as said
from rag.publishing.items import Item, ItemKind, item
from rag.rehearsal import Answering, tried

NAME = "golden.jsonl"
LONGEST = 2000
"""Letters of a question, as anywhere else."""
_TOLD = ("id", "question", "as_of", "kind", "profile", "history", "answer_status", "status", "answerable")
KEYS = (*_TOLD, *LISTS)
_GROUPED = "must_include"


@dataclass(frozen=True, slots=True)
class Golden:
    """One question that must stay right, and what its answer must hold."""

    question: Question
    case: Mapping[str, Any]


def read_golden(corpus_dir: Path) -> tuple[Golden, ...]:
    """The questions of a corpus folder; none where it has no such file. Raises CorpusError naming line and fault."""
    path = corpus_dir / NAME
    if not path.exists():
        return ()
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(said.UNREAD_GOLDEN.format(file=NAME)) from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_golden(line))
            except ValueError as error:
                raise CorpusError(said.GOLDEN_LINE.format(file=NAME, line=number, why=error)) from error
    return tuple(found)


def faults(asked: Answering, golden: Sequence[Golden]) -> dict[str, str]:
    """What is wrong with the answer to each question, by its text and day; "" where nothing is."""
    return {_id(one): _fault(asked, one) for one in golden}


def turned(golden: Sequence[Golden], old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Item]:
    """An item for each question that is wrong; it blocks where it was right, or nobody had asked it yet."""
    for one in golden:
        before, now = old.get(_id(one), ""), new[_id(one)]
        if now:
            form = said.GOLDEN_FAILS if before else said.GOLDEN_TURNED
            told = form.format(question=one.question.text, why=now)
            yield item(ItemKind.GOLDEN, told, blocks=not before, question=_id(one), was=before, now=now)


def _fault(asked: Answering, one: Golden) -> str:
    answer, fault = tried(asked, one.question)
    if answer is None or fault:
        return fault
    return ", ".join(words for _, words in missing(one.case, answer))


def _id(one: Golden) -> str:
    return f"{one.question.text} ({one.question.as_of})"


def _golden(line: str) -> Golden:
    """One line. Raises ValueError saying what is wrong."""
    case = _object(line)
    if unknown := [key for key in case if key not in KEYS]:
        raise ValueError(said.UNKNOWN_KEY.format(names=", ".join(unknown), known=", ".join(KEYS)))
    text = case.get("question")
    if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST:
        raise ValueError(said.NO_TEXT)
    try:
        date.fromisoformat(case.get("as_of", ""))
    except (ValueError, TypeError):
        raise ValueError(said.NO_DAY) from None
    for key in LISTS:
        _check(case, key)
    # A word alone is a group of one.
    case[_GROUPED] = [[group] if isinstance(group, str) else group for group in case.get(_GROUPED, ())]
    if not any(case.get(key) for key in (*LISTS, "answer_status", "status")):
        raise ValueError(said.NOTHING_WANTED)
    try:
        return Golden(question_of(case), case)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(said.NO_PROFILE.format(error=error)) from error


def _object(line: str) -> dict[str, Any]:
    try:
        case = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(said.NO_JSON.format(error=error)) from error
    if not isinstance(case, dict):
        raise ValueError(said.NO_OBJECT)
    return case


def _check(case: Mapping[str, Any], key: str) -> None:
    value = case.get(key, [])
    inner = (list, str) if key == _GROUPED else (list,) if key == "binds" else (str,)
    if not isinstance(value, list) or not all(isinstance(one, inner) for one in value):
        raise ValueError(said.NO_WORDS.format(key=key))
    groups = [one for one in value if isinstance(one, list)]
    if not all(isinstance(word, str) for group in groups for word in group):
        raise ValueError(said.NO_WORDS.format(key=key))
    if any(not group or (key == "binds" and len(group) != 2) for group in groups):
        raise ValueError(said.NO_WORDS.format(key=key))
