"""Announcements: what staff announced flows in for the time of one piece of work; what it tells and stops flows out.

An announcement needs no sync: whoever serves reads it and hands it to the desk with each piece of work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any, TypeVar

from rag.domain import Answer, AnswerStatus, Period, Program
from rag.messages import of_staff as said
from rag.text import squash

R = TypeVar("R")

PARAGRAPH = "\n\n"
MOST_TOLD = 3
"""Notices that are told above one answer; the others are counted."""
HELD = said.HELD
_SILENT = (AnswerStatus.OUT_OF_SCOPE, AnswerStatus.REFUSED)
"""What is no word on any programme needs no notice of one."""


class Effect(StrEnum):
    """What a notice does to the intake of the programmes that it is about."""

    NONE = "none"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Announcement:
    """알림: what staff announced, shown from `since` to `until`, both within; `None` is for good.

    It is about one programme (by its name, of one `year` or of all), about all of an authority, or, where both are "",
    about everything. Its effect holds from `effect_since` to `effect_until`.
    """

    id: str
    text: str
    posted_on: date
    since: date
    until: date | None = None
    program: str = ""
    year: int | None = None
    authority: str = ""
    effect: Effect = Effect.NONE
    effect_since: date | None = None
    effect_until: date | None = None

    def is_shown(self, day: date) -> bool:
        """Whether it is told on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def is_about(self, program: Program) -> bool:
        """Whether it touches a programme."""
        if self.program:
            named = squash(self.program) in map(squash, (program.name, *program.aliases))
            return named and self.year in (None, program.year)
        own = (program.ministry, program.agency, program.key.authority if program.key else "")
        return not self.authority or squash(self.authority) in map(squash, filter(None, own))

    def stops(self, day: date) -> bool:
        """Whether nothing is received on a day."""
        first, last = self.effect_since or self.since, self.effect_until or self.until
        return self.effect is not Effect.NONE and first <= day and (last is None or day <= last)


@dataclass(frozen=True, slots=True)
class Posted:
    """What is announced at a moment; where it could not be read nothing is known of it."""

    notices: tuple[Announcement, ...] = ()
    is_read: bool = True

    @property
    def stamp(self) -> str:
        """A name for what is announced; "" where nothing is."""
        return sha256(repr(self).encode()).hexdigest()[:12] if self.notices or not self.is_read else ""

    def of(self, program: Program, day: date) -> tuple[Announcement, ...]:
        """What is told of a programme on a day."""
        return tuple(notice for notice in self.notices if notice.is_shown(day) and notice.is_about(program))

    def touching(self, programs: Iterable[Program], day: date) -> tuple[Announcement, ...]:
        """What is told on a day of any of these programmes, or of everything."""
        known = tuple(programs)
        shown = (notice for notice in self.notices if notice.is_shown(day))
        return tuple(n for n in shown if not (n.program or n.authority) or any(map(n.is_about, known)))


_POSTED: ContextVar[Posted] = ContextVar("posted", default=Posted())  # noqa: B039 - it is frozen


def posted() -> Posted:
    """What is announced while this work is done."""
    return _POSTED.get()


@contextmanager
def announced(now: Posted) -> Iterator[None]:
    """Have what is announced hold meanwhile, in this thread alone."""
    token = _POSTED.set(now)
    try:
        yield
    finally:
        _POSTED.reset(token)


def under(desk: Any, now: Posted, work: Callable[..., R], /, *args: Any, **kwargs: Any) -> R:
    """What the work gives at a desk while this is announced; it travels to where the desk is."""
    with announced(now):
        return work(desk, *args, **kwargs)


def held(period: Period, program: Program, as_of: date) -> Period:
    """The period as staff announced it for a day: called off, or of unknown standing while nothing is received."""
    effects = {n.effect for n in posted().notices if n.stops(as_of) and n.is_about(program)}
    if Effect.CANCELLED in effects:
        return replace(period, is_cancelled=True)
    return replace(period, unread=HELD) if Effect.SUSPENDED in effects else period


def heading(answer: Answer) -> tuple[str, ...]:
    """The lines above an answer: what staff announced of what it is about, or that this could not be read."""
    if answer.status in _SILENT:
        return ()
    in_english = answer.plan is not None and answer.plan.language == "en"
    if not posted().is_read:
        return (said.UNREAD[in_english],)
    found = posted().touching((match.program for match in answer.matches), answer.as_of)
    lines = [
        said.LINE[in_english].format(
            day=notice.posted_on,
            about=f", {name}" if (name := notice.program or notice.authority) else "",
            text=notice.text,
        )
        for notice in found[:MOST_TOLD]
    ]
    more = len(found) - MOST_TOLD
    return (*lines, *((said.MORE[in_english].format(count=more),) if more > 0 else ()))


def headed(answer: Answer, lines: tuple[str, ...]) -> Answer:
    """The answer with these lines above its text, and on its card."""
    if not lines:
        return answer
    card = replace(answer.card, lines=(*lines, *answer.card.lines)) if answer.card else None
    return replace(answer, text=PARAGRAPH.join((*lines, answer.text)), card=card)
