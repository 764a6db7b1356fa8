"""Opening: what the server holds flows in; what staff can do in their room flows out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rag.publishing.items import Check
from rag.settings import Settings
from server.desks.announcing_desks import Announcing
from server.desks.desks import Desks
from server.http.keys import Keys
from server.publishing.publishing import Publishing
from server.staff.foreman import Foreman
from server.staff_room.documents_office import CorpusOffice
from server.staff_room.jobs_office import JobsDesk
from server.staff_room.keys_office import KeysOffice
from server.staff_room.notices_office import Announcer
from server.staff_room.publishing_office import PublishingDesk
from server.staff_room.questions_office import QuestionsDesk
from server.staff_room.signed import SignedStaff
from server.staff_room.todo_office import ReviewOffice
from server.staff_room.tried_apart import Apart
from server.staff_room.trying_office import TryingDesk
from server.staff_room.usage_office import UsageDesk
from server.store.engine import Database
from server.store.usage import Usage
from ui.staff.ports import Ports


@dataclass(frozen=True, slots=True)
class Held:
    """What the server holds that staff work with; `look` checks a candidate on a day, `apart` asks any generation.

    `desks` are those of what is served, `announcing` the same under what staff announced.
    """

    settings: Settings
    database: Database
    keys: Keys
    desks: Desks
    announcing: Announcing
    publishing: Publishing
    look: Callable[[str, date], Check]
    foreman: Foreman
    apart: Apart
    today: Callable[[], date]


def open_staff(held: Held, staff: SignedStaff) -> Ports:
    """The ports of the room, each behind who is signed in as staff."""
    settings, database, board = held.settings, held.database, held.announcing.board
    usage = Usage(database)
    return Ports(
        doorway=staff,
        todo=ReviewOffice(held.desks, settings, database, staff, held.today),
        documents=CorpusOffice(held.desks, settings, database, held.foreman, staff, held.today),
        notices=Announcer(held.desks, board, staff, held.today),
        publishing=PublishingDesk(held.publishing, held.look, staff, staff.audit, held.today),
        jobs=JobsDesk(held.foreman, staff),
        questions=QuestionsDesk(usage, settings.answer_days, staff, held.today),
        usage=UsageDesk(usage, held.announcing, settings.data_dir, staff, held.today),
        keys=KeysOffice(held.keys.ring, staff),
        trying=TryingDesk(held.publishing, held.apart, board, staff, held.today),
    )
