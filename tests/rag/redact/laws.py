"""The two laws of redaction, over so many texts as whoever calls them wants."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from rag.redact import redacted
from tests.rag.redact.persons import NUMBERS, around, email, plain_digits
from tests.rag.redact.public import sentences


def no_number_survives(kind: str, texts: int) -> None:
    """Not a digit is left of numbers of a kind."""

    @settings(max_examples=texts, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(around(NUMBERS[kind]))
    def holds(made: tuple[str, str]) -> None:
        text, number = made
        shown = redacted(text)
        assert number not in shown
        assert not plain_digits(shown)

    holds()


def no_address_survives(texts: int) -> None:
    """Neither the address nor its name nor its host is left."""

    @settings(max_examples=texts, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(around(email()))
    def holds(made: tuple[str, str]) -> None:
        text, address = made
        shown = redacted(text)
        assert address not in shown
        assert not any(part in shown for part in ("naver", "네이버", "지메일", "gildong", "홍길동", "sales", "company"))
        assert "[전자우편]" in shown

    holds()


def what_is_public_stays(texts: int) -> None:
    """A text without personal data is the same after as before."""

    @settings(max_examples=texts, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(sentences())
    def holds(text: str) -> None:
        assert redacted(text) == text

    holds()
