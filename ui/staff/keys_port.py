"""The port of the keys: who holds which key flows out, keys are made and revoked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ui.rooms.visitor import Visitor


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key: its id, whose it is, what it opens and how it stands in words, and whether it opens anything now.

    `organisation` is empty where none was told.
    """

    id: str
    person: str
    organisation: str
    opens: str
    rate: str
    state: str
    made: str
    holds: bool


class KeyOffice(Protocol):
    """Keys of people and programs."""

    @property
    def scopes(self) -> tuple[tuple[str, str], ...]:
        """What a key may open: in words, and as it is kept."""

    def all(self, visitor: Visitor) -> tuple[KeyLine, ...]:
        """Every key there ever was, newest first."""

    def create(
        self, visitor: Visitor, person: str, organisation: str, scopes: Sequence[str], rate: str, last_day: str
    ) -> str:
        """A new key, told now and never again; it holds through its last day (YYYY-MM-DD), or for good without one."""

    def revoke(self, visitor: Visitor, id_: str) -> None:
        """Have a key open nothing any more."""
