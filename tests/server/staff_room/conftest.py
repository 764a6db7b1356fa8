"""An installation that is built once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.server.staff_room.installing import build


@pytest.fixture(scope="session")
def installed(made_once: Callable[..., Path]) -> Path:
    """A folder with a corpus of two notices and the data that is served of it."""
    return made_once("staffed", build)
