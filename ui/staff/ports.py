"""The ports of 자료 관리 together: what the server hands to the room, one for each tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ui.rooms.visitor import Visitor, Welcome
from ui.staff.documents_port import DocumentOffice
from ui.staff.jobs_port import JobsOffice
from ui.staff.keys_port import KeyOffice
from ui.staff.notices_port import NoticeBoard
from ui.staff.publishing_port import PublishingOffice
from ui.staff.questions_port import QuestionsOffice
from ui.staff.todo_port import TodoOffice
from ui.staff.trying_port import TryingOffice
from ui.staff.usage_port import UsageOffice


class Doorway(Protocol):
    """Who comes in."""

    def welcome(self, visitor: Visitor) -> Welcome:
        """Who is signed in. Raises SignedOut, StoreUnavailable."""


@dataclass(frozen=True, slots=True)
class Ports:
    """What staff can do here, by tab. Every method that takes a visitor raises SignedOut or JiwonError, those that
    change something SignedAnew too.
    """

    doorway: Doorway
    todo: TodoOffice
    documents: DocumentOffice
    notices: NoticeBoard
    publishing: PublishingOffice
    jobs: JobsOffice
    questions: QuestionsOffice
    usage: UsageOffice
    keys: KeyOffice
    trying: TryingOffice
