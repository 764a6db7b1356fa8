"""The visitor: the cookie of a browser and the token of its page flow in, who acts in a room flows to its port."""

from __future__ import annotations

from dataclasses import dataclass, field

from rag.errors import JiwonError

COOKIE = "jiwon_session"
"""Which cookie says who is signed in."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who acts: `session` is what the cookie holds, `csrf` the token that the page got when it was loaded."""

    session: str = field(repr=False)
    csrf: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Welcome:
    """Who is signed in, and the token that the page sends along with whatever it asks."""

    person: str
    csrf: str


class SignedOut(JiwonError):
    """Nobody is signed in, or not for this room."""

    def __init__(self) -> None:
        super().__init__("로그인이 끝났습니다.")


class SignedAnew(JiwonError):
    """Somebody has signed in since the page was loaded; `csrf` is the token with which the page goes on."""

    def __init__(self, csrf: str) -> None:
        super().__init__("다시 로그인하셨습니다. 단추를 한 번 더 눌러 주세요.")
        self.csrf = csrf
