"""The room's steps: what a consultant typed flows in, what the room shows next flows out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Generic, TypeVar

from rag.errors import JiwonError
from ui.rooms.port import Draft, Line, Pair, Room, Welcome
from ui.rooms.visitor import SignedAnew, SignedOut, Visitor

UNKNOWN = "모름"
BROKEN = "처리하지 못했습니다. 잠시 뒤 다시 시도해 주세요."
NO_DRAFT = "먼저 회사 정보를 적고 진단하기를 눌러 주세요."
TWO = "비교할 진단을 둘만 골라 주세요."
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Step(Generic[Found]):
    """What came of a step, or else HTML that says why nothing did; a new token where the page needs one."""

    found: Found | None = None
    notice: str = ""
    csrf: str = ""


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


def told(*sentences: str) -> str:
    """Sentences that ask for attention."""
    return _alert("".join(f"<p>{escape(sentence)}</p>" for sentence in sentences))


def _with_draft(name: str, step: Callable[[], Draft]) -> Step[Draft]:
    return _tried(step) if name else Step(notice=told(NO_DRAFT))


def _tried(step: Callable[[], Found]) -> Step[Found]:
    try:
        return Step(step())
    except SignedOut:
        return Step(notice=SIGNED_OUT)
    except SignedAnew as error:
        return Step(notice=told(str(error)), csrf=error.csrf)
    except JiwonError as error:
        return Step(notice=told(*(getattr(error, "sentences", None) or (str(error),))))
    except Exception:
        logging.getLogger(__name__).exception("step failed")
        return Step(notice=told(BROKEN))


def _alert(html: str) -> str:
    return f'<div class="told" role="alert">{html}</div>'


SIGNED_OUT = _alert(
    '<p>로그인이 끝났습니다. 적은 내용은 그대로 있습니다. <a href="/sign-in?next=/diagnosis" target="_blank" '
    'rel="noopener">새 창에서 로그인</a>한 뒤 이 화면으로 돌아와 단추를 다시 눌러 주세요.</p>'
)
"""What is said where nobody is signed in any more."""


def _is_unknown(value: object) -> bool:
    return value is None or value in (UNKNOWN, "", []) or (isinstance(value, str) and not value.strip())
