"""Pages: what a link of a mail leads to; it only shows a button, for what follows links by itself must do nothing."""

from __future__ import annotations

from html import escape

from fastapi import Request
from fastapi.responses import HTMLResponse

ASK_CONFIRM = ("지원사업 알림", "등록한 기업 정보에 맞는 지원사업의 소식을 받으시겠습니까?", "받기")
CONFIRMED = ("지원사업 알림", "확인했습니다. 이제 소식이 있는 날에 알려 드립니다. 이 주소를 보관해 주세요.", "")
ASK_STOP = ("알림 그만 받기", "지원사업 알림을 그만 받고 등록한 기업 정보를 지우시겠습니까?", "그만 받기")
STOPPED = ("알림 그만 받기", "멈췄습니다. 등록한 기업 정보와 주소를 지웠습니다.", "")
# The address of such a page opens something: it is told nowhere and kept by nobody.
PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_PAGE = (
    '<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><style>body{{font-family:sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}}"
    "button{{font-size:1.1rem;padding:.6rem 1.4rem}}</style></head><body><main><h1>{title}</h1><p>{text}</p>{form}"
    "</main></body></html>"
)


def page(words: tuple[str, str, str]) -> HTMLResponse:
    """A title, a sentence and, where there is something to do, one button that posts to the same address."""
    title, text, button = map(escape, words)
    form = f'<form method="post"><button type="submit">{button}</button></form>' if button else ""
    headers = {**PRIVATE, "Content-Security-Policy": _POLICY}
    return HTMLResponse(_PAGE.format(title=title, text=text, form=form), headers=headers)


def wants_page(request: Request) -> bool:
    """Whether it is a browser that asks."""
    return "text/html" in request.headers.get("accept", "")
