"""LangChain users get our passages as Documents, and the README's example of it works as written."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import OpenGeneration, open_current
from rag.langchain_retriever import JiwonRetriever
from rag.rerank import Reranking
from rag.rerankers.words import WordsReranker
from rag.retrieve import retrieve

QUESTION = "강원지사 전화번호"
README = Path(__file__).parents[2] / "README.md"


def test_documents_are_the_hits_with_where_they_stand(corpus_index: OpenGeneration) -> None:
    documents = JiwonRetriever(generation=corpus_index, count=7).invoke(QUESTION)
    hits = retrieve(corpus_index, QUESTION, 7)
    assert [document.id for document in documents] == [hit.chunk.id for hit in hits]
    for document, hit in zip(documents, hits, strict=True):
        source = corpus_index.catalogue.source(hit.chunk.source_id)
        assert source is not None
        assert document.page_content == hit.chunk.text
        assert document.metadata == {
            "document": source.id,
            "title": source.title,
            "publisher": source.publisher,
            "published_on": source.published_on,
            "url": source.url,
            "pages": list(hit.chunk.pages),
            "section": hit.chunk.section,
            "program": hit.chunk.program,
            "score": hit.score,
            "recognised": False,
            "generation": corpus_index.record.id,
        }
    assert len(JiwonRetriever(generation=corpus_index).invoke(QUESTION)) == 5


def test_it_answers_alike_when_awaited_and_in_batches(corpus_index: OpenGeneration) -> None:
    retriever = JiwonRetriever(generation=corpus_index)
    told = retriever.invoke(QUESTION)
    assert asyncio.run(retriever.ainvoke(QUESTION)) == told
    assert retriever.batch([QUESTION, "정책자금 대출", QUESTION])[::2] == [told, told]


def test_it_takes_its_place_in_a_chain(corpus_index: OpenGeneration) -> None:
    chain = JiwonRetriever(generation=corpus_index) | (lambda found: [document.metadata["title"] for document in found])
    assert all(chain.invoke(QUESTION))


def test_a_reranking_of_the_generation_counts_here_too(corpus_data: Path, kiwi: KiwiEmbedder) -> None:
    opened = open_current(corpus_data, kiwi, Reranking(WordsReranker(), 10))
    found = JiwonRetriever(generation=opened, count=3).invoke(QUESTION)
    assert [document.id for document in found] == [hit.chunk.id for hit in retrieve(opened, QUESTION, 3)]
    opened.close()


def test_a_question_without_words_finds_nothing(corpus_index: OpenGeneration) -> None:
    assert JiwonRetriever(generation=corpus_index).invoke("🙂") == []


@pytest.mark.parametrize("wrong", [{"count": 0}, {"generation": None}])
def test_what_cannot_work_is_refused_when_it_is_made(corpus_index: OpenGeneration, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"count|generation"):
        JiwonRetriever(**{"generation": corpus_index, **wrong})  # type: ignore[arg-type]


def test_the_example_of_the_readme_works_as_written(
    tmp_path: Path,
    corpus_data: Path,
    kiwi_cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    examples = re.findall(r"^```python\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    (example,) = (text for text in examples if "JiwonRetriever" in text)
    data = tmp_path / "data"
    data.mkdir()
    for name in ("generations", "CURRENT"):
        (data / name).symlink_to(corpus_data / name)
    (data / "cache").symlink_to(kiwi_cache)
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "033-248-8503" in printed and "[6, 6]" in printed
