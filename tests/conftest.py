"""What every test shares: a quiet log, the Kiwi vectors, and the bundled corpus, indexed once."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from ingest import pipeline
from ingest.files.isolation import Isolation
from ingest.files.making import Words
from ingest.pipeline import sync
from rag import generation
from rag.advisor import Advisor
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import OpenGeneration
from rag.settings import INSTALLATION
from server.logs import set_up


def pytest_configure() -> None:
    """Continuous integration tries the same examples every time; a developer's machine goes on searching."""
    settings.register_profile("ci", derandomize=True)
    if os.environ.get("CI"):
        settings.load_profile("ci")


@pytest.fixture(autouse=True, scope="session")
def _quiet() -> None:
    set_up("ERROR")


class SharedIsolation(Isolation):
    """Children that stay for the next sync with the same words, for each loads the analyser anew."""

    def __exit__(self, *_: object) -> None:
        """Keep them."""


@pytest.fixture(autouse=True, scope="session")
def _shared_children() -> Iterator[None]:
    """Syncs of one test process share the children that read files."""
    kept: dict[bytes, SharedIsolation] = {}

    def isolation(words: Words) -> SharedIsolation:
        key = pickle.dumps((words, os.environ.get("PATH")))  # where a child looks for a recogniser of letters
        if key not in kept:
            end()
            kept[key] = SharedIsolation(words)
        return kept[key]

    def end() -> None:
        for known in kept.values():
            known.close()
        kept.clear()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "Isolation", isolation)
        yield
    end()


@pytest.fixture(scope="session")
def kiwi_cache(request: pytest.FixtureRequest) -> Path:
    """Kept between runs of the tests, for the vectors take seconds to compute."""
    cache = request.config.cache
    assert cache is not None
    return cache.mkdir("kiwi")


@pytest.fixture(scope="session")
def kiwi(kiwi_cache: Path) -> KiwiEmbedder:
    return KiwiEmbedder(kiwi_cache)


@pytest.fixture(scope="session")
def corpus_data(tmp_path_factory: pytest.TempPathFactory, kiwi: KiwiEmbedder) -> Path:
    """A data directory in which the bundled corpus is served."""
    data_dir = tmp_path_factory.mktemp("corpus-data")
    sync(INSTALLATION / "corpus", data_dir, kiwi, built_at="2026-03-01T00:00:00")
    return data_dir


@pytest.fixture(scope="session")
def corpus_index(corpus_data: Path, kiwi: KiwiEmbedder) -> Iterator[OpenGeneration]:
    """The index of the bundled corpus, open for reading."""
    opened = generation.open_current(corpus_data, kiwi)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def adviser(corpus_index: OpenGeneration) -> Advisor:
    """An adviser over the bundled corpus."""
    return Advisor(corpus_index)
