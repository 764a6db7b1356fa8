"""The labelled readings: whole, divided by author, and nothing that measures the product stands in what made it."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from rag.fitting.examples import ANSWERS, WISHES, AnswerRow, WishRow, read_answers, read_wishes
from rag.lexicon import read_lexicon
from rag.plan import Role, SelectBy
from rag.reading.marking import unmarked
from rag.reading.rows import DEV, HELD, TRAIN, Reading, read_rows
from rag.settings import INSTALLATION

CORPUS = INSTALLATION / "corpus"
READINGS = CORPUS / "readings"
SHARED = INSTALLATION.parent / "shared"
EVALS = INSTALLATION / "tests" / "evals"
RUN = 28
"""Letters of Latin script that are the same by no accident; a syllable of Hangul counts as two of them."""
# Everybody who attacks a machine by words writes this one.
FORMULAS = ("ignore all previous instructions and",)

rows_of_file = pytest.mark.parametrize("file", sorted(READINGS.glob("*.jsonl")), ids=lambda file: file.stem)


@cache
def readings() -> tuple[Reading, ...]:
    return read_rows(READINGS)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def letters(text: str) -> str:
    """Letters and digits of a text in small letters, a syllable of Hangul twice."""
    bare = unicodedata.normalize("NFC", text).lower()
    return "".join(c * 2 if "가" <= c <= "힣" else c for c in bare if c.isalnum())


@cache
def names() -> tuple[str, ...]:
    """Names of bundled programmes and bodies, longest first: anybody who asks for one writes the same letters."""
    lexicon = read_lexicon(CORPUS / "lexicon.yaml", CORPUS / "pack.yaml")
    spellings = (s for name, aliases in (*lexicon.programs, *lexicon.organisations) for s in (name, *aliases))
    return tuple(sorted({letters(s) for s in (*spellings, *FORMULAS)}, key=len, reverse=True))


def runs(text: str) -> Iterator[str]:
    """Every run of a text without names."""
    bare = letters(text)
    for name in names():
        bare = bare.replace(name, " ")
    for piece in bare.split():
        yield from (piece[at : at + RUN] for at in range(len(piece) - RUN + 1))


@cache
def made_of() -> dict[str, str]:
    """Every run of the code, the lexicons and the rows that teach, with where it stands."""
    files = [p for stage in ("rag", "ingest") for p in sorted((INSTALLATION / stage).rglob("*"))]
    texts = [(p.name, p.read_text("utf-8")) for p in files if p.suffix in (".py", ".yaml", ".txt")]
    texts += [(p.name, p.read_text("utf-8")) for p in sorted(CORPUS.glob("*.yaml"))]
    texts += [(row.text, row.text) for row in readings() if row.split in (TRAIN, DEV)]
    texts += [(row.question.text, row.question.text) for row in learned_from()]
    return {run: where for where, text in texts for run in runs(text)}


def learned_from() -> tuple[AnswerRow | WishRow, ...]:
    """The rows that teach which statement answers and which programme suits."""
    return (*read_answers(ANSWERS, (TRAIN,)), *read_wishes(WISHES, (TRAIN,)))


def leaks(texts: Iterable[str]) -> dict[str, str]:
    """The texts a run of which stands in what the product is made of, and where."""
    return {text: made_of()[run] for text in texts for run in runs(text) if run in made_of()}


def without_names(row: Reading) -> str:
    """The text of a row with the names in it, of programmes outside the corpus too, set apart."""
    text = row.text
    if any(part.by is SelectBy.DESCRIBED for part in row.parts):
        return text
    for span in sorted(row.spans, key=lambda span: -span.start):
        if span.role in (Role.PROGRAM, Role.TRACK, Role.BODY):
            text = f"{text[: span.start]}\n{text[span.end :]}"
    return text


@rows_of_file
def test_a_row_says_its_text_as_it_is_marked(file: Path) -> None:
    rows = lines(file)
    assert rows
    assert [row["text"] for row in rows if unmarked(row["marked"])[0] != row["text"]] == []


@rows_of_file
def test_a_file_is_of_one_author_and_one_split(file: Path) -> None:
    assert len({(row["author"], row["split"]) for row in lines(file)}) == 1


def test_no_author_writes_for_two_splits() -> None:
    authors: dict[str, set[str]] = {}
    for row in readings():
        authors.setdefault(row.author, set()).add(row.split)
    assert [author for author, splits in authors.items() if len(splits) > 1] == []


def test_what_is_generated_is_never_held_out() -> None:
    assert all(row.made == "written" for row in readings() if row.split == HELD)


def test_no_talk_stands_in_two_splits() -> None:
    splits: dict[str, set[str]] = {}
    for row in readings():
        told = letters("".join((*(turn.content for turn in row.history), row.text)))
        if len(told) >= RUN:
            splits.setdefault(told, set()).add(row.split)
    assert [told for told, found in splits.items() if len(found) > 1] == []


def test_no_question_held_out_is_learned_however_short() -> None:
    texts = {split: {letters(row.text) for row in readings() if row.split == split} for split in (TRAIN, DEV, HELD)}
    assert texts[HELD] & (texts[TRAIN] | texts[DEV]) == set()


def test_there_are_enough_rows_to_learn_from_and_to_measure_by() -> None:
    counts = Counter(row.split for row in readings())
    assert sum(counts.values()) >= 2500
    assert counts[HELD] >= 300
    assert counts[DEV] >= 300
    assert counts[TRAIN] >= 1500


def is_bundled(words: str) -> bool:
    """Whether words may name a bundled programme, in full, in part or within a description."""
    bare = letters(words)
    return any(bare in name or name in bare for name in names())


def test_half_of_the_programmes_named_are_not_of_the_bundled_guides() -> None:
    named = [[span.words for span in row.spans if span.role is Role.PROGRAM] for row in readings()]
    told = [any(map(is_bundled, words)) for words in named if words]
    assert len(told) > 1000
    assert sum(told) <= len(told) / 2


@pytest.mark.long
def test_what_is_held_out_stands_in_nothing_the_product_is_made_of() -> None:
    texts = {without_names(row): row.text for row in readings() if row.split == HELD}
    assert {texts[text]: where for text, where in leaks(texts).items()} == {}


def test_what_is_answered_unseen_stands_in_nothing_the_product_is_made_of() -> None:
    asked = [str(row["question"]) for file in sorted(EVALS.glob("unseen*.jsonl")) for row in lines(file)]
    assert len(asked) >= 200
    assert leaks(asked) == {}


@pytest.mark.parametrize("sort", ["answers", "wishes"])
def test_no_row_on_answers_is_held_out_and_learned(sort: str) -> None:
    rows = {DEV: set[str](), TRAIN: set[str]()}
    for split, texts in rows.items():
        found = read_answers(ANSWERS, (split,)) if sort == "answers" else read_wishes(WISHES, (split,))
        texts |= {letters(row.question.text) for row in found}
    held, taught = rows[DEV], rows[TRAIN]
    assert held
    assert taught
    assert held & taught == set()


@pytest.mark.parametrize("folder", ["questions", "cases"])
def test_no_question_that_measures_stands_in_what_the_product_is_made_of(folder: str) -> None:
    files = sorted((SHARED / folder).glob("*.jsonl"))
    if not files:
        pytest.skip("the questions lie beside the repository only where it is developed")
    assert leaks(str(row["question"]) for file in files for row in lines(file)) == {}
