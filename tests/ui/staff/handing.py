"""Ports of 자료 관리 that hold nothing, for tests of the page around them."""

from __future__ import annotations

from collections.abc import Sequence

from ui.rooms.visitor import Visitor, Welcome
from ui.staff.keys_port import KeyLine
from ui.staff.ports import Ports


class Door:
    """Lets everybody in."""

    def welcome(self, visitor: Visitor) -> Welcome:
        return Welcome("자료 담당", "csrf")


class NoKeys:
    """An office without a key."""

    scopes = (("묻기", "ask"), ("자료 관리", "staff"))

    def all(self, visitor: Visitor) -> tuple[KeyLine, ...]:
        return ()

    def create(self, visitor: Visitor, person: str, scopes: Sequence[str], rate: str, last_day: str) -> str:
        return "jw_made"

    def revoke(self, visitor: Visitor, id_: str) -> None:
        return


def ports() -> Ports:
    """All of them."""
    return Ports(doorway=Door(), keys=NoKeys())
