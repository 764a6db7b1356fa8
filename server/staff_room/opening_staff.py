"""Opening: what the server holds flows in; what staff can do in their room flows out."""

from __future__ import annotations

from server.http.keys import Keys
from server.pages.signing import Signing
from server.staff_room.keys_office import KeysOffice
from server.staff_room.signed import SignedStaff
from server.store.audit import Audit
from ui.staff.ports import Ports


def open_staff(signing: Signing, keys: Keys, audit: Audit) -> Ports:
    """The ports of the room, each behind who is signed in as staff."""
    staff = SignedStaff(signing, audit)
    return Ports(doorway=staff, keys=KeysOffice(keys.ring, staff))
