"""Steps: what somebody does in a room flows in, what came of it, or the words that say why nothing did, flow out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Generic, TypeVar

from rag.errors import JiwonError
from ui.rooms.visitor import SignedAnew, SignedOut

BROKEN = "처리하지 못했습니다. 잠시 뒤 다시 시도해 주세요."
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Step(Generic[Found]):
    """What came of a step, or else HTML that says why nothing did; a new token where the page needs one."""

    found: Found | None = None
    notice: str = ""
    csrf: str = ""


def tried(room: str, step: Callable[[], Found]) -> Step[Found]:
    """Take a step in the room at this address; whatever goes wrong is said, and nothing that was typed is lost."""
    try:
        return Step(step())
    except SignedOut:
        return Step(notice=signed_out(room))
    except SignedAnew as error:
        return Step(notice=told(str(error)), csrf=error.csrf)
    except JiwonError as error:
        return Step(notice=told(*(getattr(error, "sentences", None) or (str(error),))))
    except Exception:
        logging.getLogger(__name__).exception("step failed")
        return Step(notice=told(BROKEN))


def told(*sentences: str) -> str:
    """Sentences that ask for attention."""
    return _alert("".join(f"<p>{escape(sentence)}</p>" for sentence in sentences))


def signed_out(room: str) -> str:
    """What is said where nobody is signed in any more."""
    return _alert(
        f'<p>로그인이 끝났습니다. 적은 내용은 그대로 있습니다. <a href="/sign-in?next={room}" target="_blank" '
        'rel="noopener">새 창에서 로그인</a>한 뒤 이 화면으로 돌아와 단추를 다시 눌러 주세요.</p>'
    )


def _alert(html: str) -> str:
    return f'<div class="told" role="alert">{html}</div>'
