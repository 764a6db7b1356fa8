"""Signed: a visitor of the room 자료 관리 flows in; who of staff that is, and what that person does, flows out."""

from __future__ import annotations

from dataclasses import dataclass

from server.pages.acting import SignedIn
from server.store.keyring import Scope
from ui.rooms.exposed import DESK


@dataclass(frozen=True, slots=True)
class SignedStaff(SignedIn):
    """Who is signed in with a key of staff."""

    scope: Scope = Scope.STAFF
    room: str = DESK
