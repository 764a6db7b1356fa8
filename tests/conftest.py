"""What every test shares: a quiet log."""

from __future__ import annotations

import pytest

from server.logs import set_up


@pytest.fixture(autouse=True, scope="session")
def _quiet() -> None:
    set_up("ERROR")
