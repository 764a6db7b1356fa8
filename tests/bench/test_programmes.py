"""Programmes named and passages shown, on cases made up here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.domain import Chunk, Program, Question
from tests.bench.programmes import Plain, precisions, scored
from tests.rag.many import chunk_of, program_of

CHUNKS = {f"c{at}": chunk_of(at) for at in range(8)}
PROGRAMS = {program_of(at).name: program_of(at) for at in range(8)}
FIRST, SECOND, THIRD, FOURTH = list(PROGRAMS.values())[:4]


def plain(*ids: str) -> Plain:
    """One that finds these whatever is asked."""

    def pages_of(chunk: Chunk) -> str:
        return chunk.text

    return Plain(lambda _, count: ids[:count], CHUNKS, PROGRAMS, pages_of)


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """Three questions: one wants a programme, one wants two, one wants none."""
    cases: Sequence[dict[str, object]] = (
        {"programs_any": [FIRST.name], "must_include": [["02-000-0000"]]},
        {"programs_all": [FIRST.name, SECOND.name]},
        {"must_not_include": ["없는 말"]},
    )
    path = tmp_path / "asked.jsonl"
    lines = (
        json.dumps({"id": str(at), "kind": "fit", "question": "무엇인가요", "as_of": "2026-03-20", **case})
        for at, case in enumerate(cases)
    )
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_the_first_counts_alone_and_three_as_a_share_of_what_is_wanted(asked: Path) -> None:
    found: list[Program] = [SECOND, THIRD, FIRST, FOURTH]
    first, three = precisions(asked, lambda _: found)
    assert first.tolist() == [0.0, 1.0]
    assert three.tolist() == [1.0, 1.0]
    first, three = precisions(asked, lambda _: [THIRD, FOURTH, SECOND])
    assert (first.tolist(), three.tolist()) == ([0.0, 0.0], [0.0, 0.5])
    first, three = precisions(asked, lambda _: [])
    assert (first.tolist(), three.tolist()) == ([0.0, 0.0], [0.0, 0.0])


def test_editions_of_one_name_count_once_and_no_share_is_above_all(asked: Path) -> None:
    _, three = precisions(asked, lambda _: [FIRST, replace(FIRST, id="other", year=2025), SECOND])
    assert three.tolist() == [1.0, 1.0]


def test_five_passages_are_shown_cited_and_their_programmes_named() -> None:
    answer = plain(*CHUNKS).answer(Question("무엇인가요", date(2026, 3, 20)))
    assert [match.program.id for match in answer.matches] == ["p0", "p1", "p2", "p3", "p4"]
    assert [citation.evidence.source_id for citation in answer.citations] == ["s0", "s1", "s2", "s3", "s4"]
    assert all(CHUNKS[f"c{at}"].text in answer.text for at in range(5)) and CHUNKS["c5"].text not in answer.text


def test_passages_pass_by_what_they_hold_and_serve_only_where_short(asked: Path) -> None:
    passed, served = scored(asked, plain("c0", "c1"))
    assert passed.tolist() == [1.0, 1.0, 1.0]
    assert served.tolist() == [1.0, 1.0, 1.0]
    passed, served = scored(asked, plain(*list(CHUNKS)[::-1]))
    assert passed.tolist() == [0.0, 0.0, 1.0]
    assert served.tolist()[:2] == [0.0, 0.0]
