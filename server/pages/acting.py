"""Acting: a visitor of a room flows in; who that is flows out, and what that person does goes into the audit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rag.errors import JiwonError
from server.clock import now
from server.http.keys import Holder
from server.logs import log
from server.pages.signing import Signed, Signing
from server.store.audit import Audit, Deed
from server.store.keyring import Scope
from ui.rooms.visitor import SignedAnew, SignedOut, Visitor, Welcome

DONE, REFUSED, BROKEN = "done", "refused", "broken"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in with a key of `scope`, in that room. Methods raise SignedOut, StoreUnavailable."""

    signing: Signing
    audit: Audit
    scope: Scope
    room: str

    def welcome(self, visitor: Visitor) -> Welcome:
        """Who is signed in, and the token of the page."""
        signed = self._signed(visitor)
        return Welcome(signed.holder.person, signed.session.csrf)

    def looking(self, visitor: Visitor) -> Holder:
        """Whoever looks."""
        return self._signed(visitor).holder

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

    def _signed(self, visitor: Visitor) -> Signed:
        signed = self.signing.who(visitor.session)
        if signed is None or self.scope not in signed.holder.scopes:
            raise SignedOut
        return signed

    def _note(self, holder: Holder, action: str, outcome: str, reason: str) -> None:
        deed = Deed(now(), holder.person, holder.id, f"{self.room} {action}"[:200], outcome, self.room, reason)
        try:
            self.audit.note(deed)
        except JiwonError:
            log().error("deed_not_noted", key=holder.id, action=action.partition(" ")[0], status=outcome)
