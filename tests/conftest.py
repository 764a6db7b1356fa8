"""What every test shares: a quiet log, the Kiwi vectors, and the bundled corpus, indexed once."""

from __future__ import annotations

import fcntl
import os
import pickle
import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from numpy.typing import NDArray
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from ingest import pipeline
from ingest.files.isolation import Isolation
from ingest.files.making import Words
from ingest.pipeline import sync
from rag import generation
from rag.advisor import Advisor
from rag.disk import replace_file
from rag.embedders import kiwi as kiwi_vectors
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import OpenGeneration
from rag.settings import INSTALLATION
from server.logs import set_up

EVALS = "tests/evals/"


class ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """Deals tests out to processes file by file, so that what a file has made is made once; questions by their file."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        if not file.startswith(EVALS):
            return file
        asked = test.partition("[")[2].rstrip("]")
        is_of_one = (Path(__file__).parent / "evals" / f"{asked}.jsonl").is_file()
        return f"{EVALS}{asked if is_of_one else 'questions'}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """In the order of collection: by the number of tests, as is usual, the longest would come last."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process more than there are cores where `-n auto` is told: a third of the time is waiting, for servers."""
    return (os.cpu_count() or 1) + 1 if config.option.numprocesses == "auto" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The questions first, for they take longest and no process should be left alone with them."""
    items.sort(key=lambda item: not item.nodeid.startswith(EVALS))


def pytest_configure() -> None:
    """Continuous integration tries the same examples every time; a developer's machine goes on searching.

    Nowhere does how long an example takes decide: the machine may be busy with something else.
    """
    settings.register_profile("ci", derandomize=True, deadline=None)
    settings.register_profile("searching", deadline=None)
    settings.load_profile("ci" if os.environ.get("CI") else "searching")


SET_BY_OTHERS = ("PYTEST_", "KMP_", "TORCHINDUCTOR_")
"""What pytest and, as it is loaded, torch write into the environment."""


def surroundings() -> dict[str, object]:
    """What the tests of one process share beyond Python, by name: its folder, its environment, its limits, and the
    corpus that is shipped.
    """
    limits = {name: getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")}
    return {
        "folder": Path.cwd(),
        "corpus": sorted((entry.name, entry.stat().st_mtime_ns) for entry in os.scandir(INSTALLATION / "corpus")),
        **{name: value for name, value in os.environ.items() if not name.startswith(SET_BY_OTHERS)},
        **{name: resource.getrlimit(limit) for name, limit in limits.items()},
    }


@pytest.fixture(autouse=True)
def _left_as_found() -> Iterator[None]:
    """No test changes folder, environment, limits or the shipped corpus for those that follow it."""
    before = surroundings()
    yield
    after = surroundings()
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    assert changed == set()


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


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Held by one test process at a time; the others wait."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def made_once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A folder by its name, filled by the first test process that asks for it and seen by all; nobody changes it."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if hasattr(request.config, "workerinput") else own

    def folder(name: str, fill: Callable[[Path], object]) -> Path:
        made, aside = shared / name, shared / f"{name}.making"
        with alone(shared / f"{name}.lock"):
            if not made.exists():
                shutil.rmtree(aside, ignore_errors=True)
                aside.mkdir()
                fill(aside)
                aside.rename(made)
        return made

    return folder


@pytest.fixture(scope="session")
def kiwi_cache(request: pytest.FixtureRequest) -> Path:
    """Kept between runs of the tests, for the vectors take seconds to compute."""
    cache = request.config.cache
    assert cache is not None
    return cache.mkdir("kiwi")


@pytest.fixture(autouse=True, scope="session")
def _kept_vectors(kiwi_cache: Path) -> Iterator[None]:
    """A data directory that has no vectors of words yet finds them kept: they are computed once for all of them."""
    read, recover = kiwi_vectors._read, kiwi_vectors._recover
    shared = kiwi_cache / f"{KiwiEmbedder(kiwi_cache).name}.npy"

    def kept(path: Path) -> NDArray[np.float16] | None:
        with alone(kiwi_cache.parent / "kiwi.lock"):
            if not shared.exists():
                replace_file(shared, kiwi_vectors._packed(recover()))
        if path.name == shared.name and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                path.symlink_to(shared)
        return read(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kiwi_vectors, "_read", kept)
        yield


@pytest.fixture(scope="session")
def kiwi(kiwi_cache: Path) -> KiwiEmbedder:
    return KiwiEmbedder(kiwi_cache)


@pytest.fixture
def page_env(monkeypatch: pytest.MonkeyPatch) -> None:
    """What drawing the page leaves in the environment, for tests that open an application of their own."""
    for name, value in {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_DISABLE_TELEMETRY": "True"}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def corpus_data(made_once: Callable[..., Path], kiwi: KiwiEmbedder, kiwi_cache: Path) -> Path:
    """A data directory in which the bundled corpus is served, with the vectors of words that a process needs."""

    def fill(data_dir: Path) -> None:
        sync(INSTALLATION / "corpus", data_dir, kiwi, built_at="2026-03-01T00:00:00")
        KiwiEmbedder(data_dir / "cache").embed_query("지원")

    return made_once("corpus-data", fill)


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
