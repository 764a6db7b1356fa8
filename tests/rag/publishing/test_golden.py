"""Golden questions: a file of staff is read or refused by line and fault; only what turns blocks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from rag.domain import Answer, AnswerStatus, Question, Source
from rag.errors import CorpusError
from rag.publishing.golden import NAME, faults, read_golden, turned

RIGHT = {"question": "가상 사업 전화번호", "as_of": "2026-03-20", "must_include": ["02-000-0000"]}


def write(folder: Path, *lines: object) -> Path:
    """A folder with such a file; what is no text is written as JSON."""
    told = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / NAME).write_text("\n".join(told), "utf-8")
    return folder


@dataclass
class Parrot:
    """Answers everything with the same words."""

    text: str
    asked: list[Question] = field(default_factory=list)

    @property
    def catalogue(self) -> Parrot:
        return self

    def source(self, id_: str, /) -> Source | None:
        return None

    def answer(self, question: Question) -> Answer:
        self.asked.append(question)
        if not self.text:
            raise RuntimeError
        return Answer(AnswerStatus.ANSWERED, self.text, question.as_of)


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    assert read_golden(tmp_path) == ()


def test_words_stand_alone_or_in_groups_and_empty_lines_count_for_nothing(tmp_path: Path) -> None:
    grouped = {**RIGHT, "must_include": [["02-000-0000", "02 000 0000"]], "must_not_include": ["02-999-9999"]}
    one, two = read_golden(write(tmp_path, RIGHT, "", grouped))
    assert one.question == Question("가상 사업 전화번호", date(2026, 3, 20))
    assert one.case["must_include"] == [["02-000-0000"]]
    assert two.case["must_include"] == [["02-000-0000", "02 000 0000"]]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{not json", "JSON"),
        ("[1]", "JSON 하나"),
        ({"as_of": "2026-03-20", "must_include": ["a"]}, "question"),
        ({**RIGHT, "question": " "}, "question"),
        ({**RIGHT, "question": "가" * 2001}, "question"),
        ({**RIGHT, "question": 3}, "question"),
        ({**RIGHT, "as_of": "2026-02-30"}, "as_of"),
        ({**RIGHT, "as_of": None}, "as_of"),
        ({**RIGHT, "as_of": 20260320}, "as_of"),
        ({**RIGHT, "must_contain": ["a"]}, "must_contain"),
        ({**RIGHT, "must_include": "02"}, "must_include"),
        ({**RIGHT, "must_include": [3]}, "must_include"),
        ({**RIGHT, "must_include": [[]]}, "must_include"),
        ({**RIGHT, "must_not_include": [["a"]]}, "must_not_include"),
        ({**RIGHT, "binds": [["a"]]}, "binds"),
        ({**RIGHT, "profile": {"size": "아주 큰 곳"}}, "profile"),
        ({**RIGHT, "profile": 3}, "profile"),
        ({"question": "가상", "as_of": "2026-03-20"}, "must_include"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_wrong(tmp_path: Path, line: object, why: str) -> None:
    with pytest.raises(CorpusError) as refused:
        read_golden(write(tmp_path, RIGHT, line))
    assert str(refused.value).startswith(f"{NAME} 2번째 줄: ") and why in str(refused.value)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CorpusError, match="UTF-8"):
        read_golden(tmp_path)
    (tmp_path / NAME).unlink()
    (tmp_path / NAME).mkdir()
    with pytest.raises(CorpusError, match=NAME):
        read_golden(tmp_path)


def test_only_what_was_right_and_is_wrong_blocks(tmp_path: Path) -> None:
    golden = read_golden(write(tmp_path, RIGHT))
    right, wrong, broken = (faults(Parrot(text), golden) for text in ("전화 02-000-0000", "모릅니다", ""))
    assert list(turned(golden, right, right)) == list(turned(golden, wrong, right)) == []
    (item,) = turned(golden, right, wrong)
    assert item.blocks and "02-000-0000" in item.sentence
    (item,) = turned(golden, wrong, wrong)
    assert not item.blocks
    (item,) = turned(golden, right, broken)
    assert item.blocks
    (item,) = turned(golden, {}, wrong)  # nothing was served yet
    assert item.blocks
