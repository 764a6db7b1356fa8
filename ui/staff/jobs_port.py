"""The port of jobs: how each stands flows out; they are started and cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ui.rooms.visitor import Visitor


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job: what it is, how it stands (`state` of the store, in words), how far it is and what it came to.

    `done` of `total` things of the `step` are done, 0 where nobody knows of how many; `candidate` is what it built.
    """

    id: str
    name: str
    state: str
    words: str
    is_live: bool
    step: str
    done: int
    total: int
    began: str
    took: str
    person: str
    cancelled_by: str
    message: str
    result: str
    candidate: str
    log: tuple[str, ...]


class JobsOffice(Protocol):
    """Work of staff, one at a time."""

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """What can be started: in words, and as it is kept."""

    def all(self, visitor: Visitor) -> tuple[JobLine, ...]:
        """The last jobs, newest first; one that is not over comes first."""

    def start(self, visitor: Visitor, kind: str, *, allow_deletions: bool) -> None:
        """Begin one."""

    def cancel(self, visitor: Visitor) -> None:
        """End the one that is not over."""
