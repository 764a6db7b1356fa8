"""Who is signed in, for tests of what the room 자료 관리 asks of the server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from server.clock import moment
from server.http.keys import Keys
from server.pages.signing import Signing
from server.staff_room.signed import SignedStaff
from server.store.audit import Audit
from server.store.engine import Database, open_database
from server.store.keyring import Keyring
from server.store.sessions import Sessions
from ui.rooms.visitor import Visitor

ADMIN = "a" * 20


@dataclass(frozen=True, slots=True)
class Staffed:
    """A database with a key of staff, and whoever has signed in with it."""

    database: Database
    keys: Keys
    signing: Signing
    staff: SignedStaff
    visitor: Visitor

    def deeds(self) -> list[tuple[str, str]]:
        """What the audit holds, newest first: what was done, and what it came to."""
        return [(deed.action, deed.outcome) for deed in self.staff.audit.last(100)]


def staffed(folder: Path) -> Staffed:
    """Somebody of staff, signed in."""
    database = open_database("", folder)
    keys = Keys(Keyring(database), ADMIN)
    signing = Signing(keys, Sessions(database), moment)
    staff = SignedStaff(signing, Audit(database))
    begun = signing.begin(ADMIN)
    assert begun
    csrf = staff.welcome(Visitor(begun[1])).csrf
    return Staffed(database, keys, signing, staff, Visitor(begun[1], csrf))
