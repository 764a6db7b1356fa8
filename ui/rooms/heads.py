"""Heads: the room and who is signed in flow in, the top of its page flows out."""

from __future__ import annotations

from html import escape

from ui.rooms.exposed import DESK, DIAGNOSIS
from ui.rooms.visitor import Welcome

NAMES = {DIAGNOSIS: "기업 진단", DESK: "자료 관리"}
"""What the rooms are called, by address."""


def head(room: str, welcome: Welcome | None) -> str:
    """HTML with every word of the visitor's escaped."""
    way_out = (
        f'<form method="post" action="/sign-out"><input type="hidden" name="csrf" value="{escape(welcome.csrf)}">'
        f'<span>{escape(welcome.person)}</span><button class="quiet">로그아웃</button></form>'
        if welcome
        else ""
    )
    return (
        f'<header class="head"><a class="brand" href="/">지원</a><h1><a href="{room}">{NAMES[room]}</a></h1>'
        f'{way_out}</header><div class="away"></div>'
    )
