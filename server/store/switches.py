"""Switches: what an operator turns off flows in; whether it is on, and why not, flows out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import delete, insert, select

from server.store.engine import Database
from server.store.tables import SWITCHES


class Face(StrEnum):
    """What can be turned off: the page on which people ask, and the API under /v1 and /mcp."""

    CHAT = "chat"
    API = "api"


@dataclass(frozen=True, slots=True)
class Switches:
    """What is off in one database. Methods raise StoreUnavailable."""

    database: Database

    def off(self) -> dict[Face, str]:
        """What is off, with the reason that is told."""
        with self.database.reading() as connection:
            rows = connection.execute(select(SWITCHES.c.name, SWITCHES.c.reason))
            return {Face(name): reason for name, reason in rows}

    def turn_off(self, face: Face, reason: str, person: str, moment: str) -> None:
        """Turn one off; `reason` is told to whoever comes."""
        with self.database.writing() as connection:
            connection.execute(delete(SWITCHES).where(SWITCHES.c.name == face))
            connection.execute(insert(SWITCHES).values(name=face, at=moment, person=person, reason=reason))

    def turn_on(self, face: Face) -> None:
        """Turn it on again."""
        with self.database.writing() as connection:
            connection.execute(delete(SWITCHES).where(SWITCHES.c.name == face))
