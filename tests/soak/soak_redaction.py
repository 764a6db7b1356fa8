"""Ten thousand texts of made-up data in odd forms, none of which survives, and as many of notices, which all do."""

from __future__ import annotations

import pytest

from tests.rag.redact.laws import no_address_survives, no_number_survives, what_is_public_stays
from tests.rag.redact.persons import NUMBERS

TEXTS = 10_000


@pytest.mark.parametrize("kind", NUMBERS)
def test_no_number_of_ten_thousand_survives(kind: str) -> None:
    no_number_survives(kind, TEXTS // 5)


def test_no_address_of_ten_thousand_survives() -> None:
    no_address_survives(TEXTS // 5)


def test_what_notices_tell_stays() -> None:
    what_is_public_stays(TEXTS)
