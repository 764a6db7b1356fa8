"""Opening: what the server holds flows in; what staff can do in their room flows out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rag.publishing.items import Check
from rag.settings import Settings
from server.desks.announcing_desks import Announcing
from server.http.keys import Keys
from server.pages.signing import Signing
from server.publishing.publishing import Publishing
from server.staff.foreman import Foreman
from server.staff_room.jobs_office import JobsDesk
from server.staff_room.keys_office import KeysOffice
from server.staff_room.publishing_office import PublishingDesk
from server.staff_room.questions_office import QuestionsDesk
from server.staff_room.signed import SignedStaff
from server.staff_room.tried_apart import Apart
from server.staff_room.trying_office import TryingDesk
from server.staff_room.usage_office import UsageDesk
from server.store.audit import Audit
from server.store.engine import Database
from server.store.usage import Usage
from ui.staff.ports import Ports


@dataclass(frozen=True, slots=True)
class Held:
    """What the server holds that staff work with; `look` checks a candidate on a day, `apart` asks any generation."""

    settings: Settings
    database: Database
    desks: Announcing
    publishing: Publishing
    look: Callable[[str, date], Check]
    foreman: Foreman
    apart: Apart
    today: Callable[[], date]


def open_staff(signing: Signing, keys: Keys, audit: Audit, held: Held) -> Ports:
    """The ports of the room, each behind who is signed in as staff."""
    staff = SignedStaff(signing, audit)
    usage = Usage(held.database)
    return Ports(
        doorway=staff,
        publishing=PublishingDesk(held.publishing, held.look, staff, audit, held.today),
        jobs=JobsDesk(held.foreman, staff),
        questions=QuestionsDesk(usage, held.settings.answer_days, staff, held.today),
        usage=UsageDesk(usage, held.desks, held.settings.data_dir, staff, held.today),
        keys=KeysOffice(keys.ring, staff),
        trying=TryingDesk(held.publishing, held.apart, held.desks.board, staff, held.today),
    )
