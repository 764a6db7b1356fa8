"""The port of notices: what staff announce above answers flows out; notices are posted and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ui.rooms.visitor import Visitor


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice: what it says, what it is about, when it is told, what it does to the intake, and who posted it."""

    id: str
    text: str
    about: str
    days: str
    effect: str
    posted: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """What is to be announced, as it was typed: days are YYYY-MM-DD or empty; `effect` is one of `effects`."""

    text: str
    program: str
    authority: str
    since: str
    until: str
    effect: str
    effect_since: str
    effect_until: str


class NoticeBoard(Protocol):
    """Notices of staff. Methods raise JiwonError with a sentence for whoever reads it."""

    @property
    def effects(self) -> tuple[tuple[str, str], ...]:
        """What a notice may do to the intake: in words, and as it is kept."""

    def all(self, visitor: Visitor) -> tuple[NoticeLine, ...]:
        """All that stand, the newest first."""

    def post(self, visitor: Visitor, form: NoticeForm) -> None:
        """Announce something: it stands above answers at once."""

    def withdraw(self, visitor: Visitor, id_: str) -> None:
        """Take a notice back."""
