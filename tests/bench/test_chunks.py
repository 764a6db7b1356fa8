"""Retrieval among more passages: what is done for a question, counted, is as much among ten times as many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chromadb.api.models.Collection import Collection

from rag import text
from rag.catalogue import CHUNKS, Catalogue
from rag.lexical import LexicalIndex
from rag.matrix_vectors import MatrixVectors
from rag.retrieve import retrieve
from tests.bench.cost import made_up
from tests.bench.known import Drawn
from tests.bench.peers.jiwon import generation, index
from tests.rag.kinds import KINDS

FEW, MANY, SHOWN = 200, 2000, 10
COUNTED = (
    (MatrixVectors, "nearest", "vectors asked"),
    (Collection, "query", "vectors asked"),
    (Collection, "count", "vectors counted"),
    (LexicalIndex, "search", "words asked"),
    (LexicalIndex, "covered", "words held against the best"),
    (Drawn, "embed_query", "questions embedded"),
    (text, "_kiwi", "analyses"),
    (Catalogue, "chunk", "passages looked up"),
    (CHUNKS, "validate_json", "passages read"),
)


def counted(folder: Path, question: str) -> Counter[str]:
    """How often each thing was done for a question of an open index that has been asked another."""
    opened = generation(folder, Drawn())
    retrieve(opened, "다른 질문입니다", SHOWN)
    done: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        for owner, name, told in COUNTED:
            plain: Callable[..., Any] = getattr(owner, name)

            def call(*args: Any, plain: Callable[..., Any] = plain, told: str = told, **kwargs: Any) -> Any:
                done[told] += 1
                return plain(*args, **kwargs)

            patch.setattr(owner, name, call)
        assert len(retrieve(opened, question, SHOWN)) == SHOWN
    opened.close()
    return done


@pytest.fixture(scope="module", params=KINDS)
def work(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Counter[str]]:
    """What a question takes among so many passages, in each kind of store."""
    found: dict[int, Counter[str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rag.vectors.LIMITS", KINDS[request.param])
        for count in (FEW, MANY):
            folder = tmp_path_factory.mktemp(f"chunks-{count}")
            texts, _ = made_up(count)
            index(texts, folder, Drawn())
            # What was analysed once is kept: each asks another.
            found[count] = counted(folder, f"간판 수리 비용 {count} {request.param}")
    return found


@pytest.mark.long
def test_a_question_is_embedded_once_analysed_once_in_each_reading_and_asks_each_index_once(
    work: dict[int, Counter[str]],
) -> None:
    for done in work.values():
        assert done["questions embedded"] == done["vectors asked"] == done["words asked"] == 1
        assert done["words held against the best"] == 1
        # A compound may be kept whole or split: both readings are looked for.
        assert done["analyses"] == 2
        assert done["vectors counted"] == 0


def test_only_passages_that_are_shown_are_looked_up_and_read(work: dict[int, Counter[str]]) -> None:
    assert all(done["passages looked up"] == SHOWN for done in work.values())
    assert all(done["passages read"] <= SHOWN for done in work.values())


def test_among_ten_times_as_many_passages_as_much_is_done(work: dict[int, Counter[str]]) -> None:
    assert work[FEW] == work[MANY]
