"""The portal over the bundled corpus, on 20 March 2026."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.settings import Settings
from server.app import create_app
from server.desks.desk import opener
from server.desks.service import Service
from tests.server.fakes import HERE

TODAY = date(2026, 3, 20)


@pytest.fixture(scope="package")
def portal(corpus_data: Path) -> Iterator[TestClient]:
    """The application over the bundled corpus."""
    settings = Settings(data_dir=corpus_data)
    with TestClient(create_app(Service(corpus_data, opener(settings)), settings, lambda: TODAY), client=HERE) as client:
        yield client
