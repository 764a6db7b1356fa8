"""Settings are refused with a sentence when unsafe, and never show a key."""

from __future__ import annotations

import pytest

from rag.errors import SettingsError
from rag.settings import SHORTEST_KEY, Settings, from_environment

KEY = "k3y-of-the-staff-office"


def test_a_key_is_read_and_never_shown() -> None:
    settings = from_environment({"JIWON_ADMIN_KEY": KEY})
    assert settings.admin_key == KEY
    assert KEY not in repr(settings) and KEY not in str(settings)
    assert Settings().admin_key == ""


@pytest.mark.parametrize("key", ["short", "x" * (SHORTEST_KEY - 1), "열" * SHORTEST_KEY, "with a blank inside it"])
def test_an_unsafe_key_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(SettingsError, match="JIWON_ADMIN_KEY") as refused:
        from_environment({"JIWON_ADMIN_KEY": key})
    assert key not in str(refused.value)
