"""The room's steps: what a consultant typed flows in, what the room shows next flows out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.rooms.exposed import DIAGNOSIS
from ui.rooms.port import Draft, Line, Pair, Room
from ui.rooms.steps import Found, Step, told, tried
from ui.rooms.visitor import Visitor, Welcome

UNKNOWN = "모름"
NO_DRAFT = "먼저 회사 정보를 적고 진단하기를 눌러 주세요."
TWO = "비교할 진단을 둘만 골라 주세요."


def welcome(room: Room, visitor: Visitor) -> Step[Welcome]:
    """Who is signed in."""
    return _tried(lambda: room.welcome(visitor))


def search(
    room: Room, visitor: Visitor, words: str, is_issued: bool | None, most: int
) -> Step[tuple[int, tuple[Line, ...]]]:
    """The list."""
    return _tried(lambda: room.find(visitor, words.strip(), is_issued, most))


def reopen(room: Room, visitor: Visitor, name: str) -> Step[Draft]:
    """A diagnosis from the list, or from the address of the page."""
    return _tried(lambda: room.open(visitor, name))


def compare(room: Room, visitor: Visitor, names: tuple[str, ...]) -> Step[Pair]:
    """Two that were chosen in the list."""
    if len(names) != 2:
        return Step(notice=told(TWO))
    return _tried(lambda: room.compare(visitor, *names))


def save(room: Room, visitor: Visitor, name: str, values: Mapping[str, object]) -> Step[Draft]:
    """Diagnose what the form holds."""
    return _tried(lambda: room.save(visitor, name, {label: v for label, v in values.items() if not _is_unknown(v)}))


def write(room: Room, visitor: Visitor, name: str, texts: Mapping[str, str]) -> Step[Draft]:
    """Take over the texts of a draft."""
    return _with_draft(name, lambda: room.write(visitor, name, texts))


def issue(room: Room, visitor: Visitor, name: str, texts: Mapping[str, str]) -> Step[Draft]:
    """Take over the texts of a draft and freeze it."""

    def issued() -> Draft:
        room.write(visitor, name, texts)
        return room.issue(visitor, name)

    return _with_draft(name, issued)


def reissue(room: Room, visitor: Visitor, name: str) -> Step[Draft]:
    """Begin anew from an issued one."""
    return _with_draft(name, lambda: room.reissue(visitor, name))


def _with_draft(name: str, step: Callable[[], Draft]) -> Step[Draft]:
    return _tried(step) if name else Step(notice=told(NO_DRAFT))


def _tried(step: Callable[[], Found]) -> Step[Found]:
    return tried(DIAGNOSIS, step)


def _is_unknown(value: object) -> bool:
    return value is None or value in (UNKNOWN, "", []) or (isinstance(value, str) and not value.strip())
