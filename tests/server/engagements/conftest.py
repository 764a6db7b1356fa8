"""What tests of consulting files share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.engagements.sites import Site, sited


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An application and three consultants with keys."""
    with sited(tmp_path) as made:
        yield made
