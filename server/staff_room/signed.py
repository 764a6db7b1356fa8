"""Signed: a visitor of the room flows in; who that is flows out, and what that person does goes into the audit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rag.errors import JiwonError
from server.clock import now
from server.http.keys import Holder
from server.logs import log
from server.pages.signing import Signing
from server.store.audit import Audit, Deed
from server.store.keyring import Scope
from ui.rooms.exposed import DESK
from ui.rooms.visitor import SignedAnew, SignedOut, Visitor, Welcome

DONE, REFUSED, BROKEN = "done", "refused", "broken"


@dataclass(frozen=True, slots=True)
class SignedStaff:
    """Who is signed in with a key of staff. Methods raise SignedOut and StoreUnavailable."""

    signing: Signing
    audit: Audit

    def welcome(self, visitor: Visitor) -> Welcome:
        """Who is signed in, and the token of the page."""
        signed = self.signing.who(visitor.session)
        if signed is None or Scope.STAFF not in signed.holder.scopes:
            raise SignedOut
        return Welcome(signed.holder.person, signed.session.csrf)

    def looking(self, visitor: Visitor) -> None:
        """Nothing, where somebody of staff looks."""
        self.welcome(visitor)

    def known(self, visitor: Visitor) -> Holder:
        """Whoever may do something from this page. Raises SignedAnew too."""
        csrf = self.welcome(visitor).csrf
        signed = self.signing.acting(visitor.session, visitor.csrf)
        if signed is None:
            raise SignedAnew(csrf)
        return signed.holder

    @contextmanager
    def acting(self, visitor: Visitor, action: str, reason: str = "") -> Iterator[Holder]:
        """Whoever does something, while it is done; what it came to is noted. Raises SignedAnew too.

        `action` says what is done to what ("publish g1"), `reason` why, where that was told.
        """
        holder = self.known(visitor)
        outcome = BROKEN
        try:
            yield holder
            outcome = DONE
        except JiwonError:
            outcome = REFUSED
            raise
        finally:
            self._note(holder, action, outcome, reason)

    def _note(self, holder: Holder, action: str, outcome: str, reason: str) -> None:
        deed = Deed(now(), holder.person, holder.id, f"{DESK} {action}"[:200], outcome, DESK, reason)
        try:
            self.audit.note(deed)
        except JiwonError:
            log().error("deed_not_noted", key=holder.id, action=action.partition(" ")[0], status=outcome)
