"""Two servers with a data folder each, over one PostgreSQL and one Chroma server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.settings import Settings
from tests.chroma import ChromaServer, chroma_server
from tests.server.postgres import Postgres


@pytest.fixture(scope="package")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    """A Chroma server."""
    with chroma_server(tmp_path_factory.mktemp("chroma")) as running:
        yield running


@pytest.fixture
def here(tmp_path: Path, postgres_server: Postgres, chroma: ChromaServer) -> Settings:
    """One server of two."""
    return Settings(data_dir=tmp_path / "here", database_url=postgres_server.emptied(), chroma_url=chroma.url)


@pytest.fixture
def there(here: Settings, tmp_path: Path) -> Settings:
    """The other, whose folder is empty."""
    return replace(here, data_dir=tmp_path / "there")
