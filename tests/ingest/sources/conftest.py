"""A portal for each test, and nothing that waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ingest.sources.trying import Try, trying


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Try]:
    """The portal, and folders to collect into."""
    with trying(tmp_path) as made:
        yield made
