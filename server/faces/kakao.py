"""The KakaoTalk skill: what a user of a chatbot said flows in; its answer flows out in bubbles, within five seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from fastapi import APIRouter

from rag.domain import PeriodStatus, Question
from rag.errors import JiwonError
from rag.messages import STANDING
from server.asking.ask import Asking
from server.asking.records import ProgramOut
from server.asking.reply import AskResponse
from server.asking.sources import HEADING, asked_back, cited
from server.faces.kakao_wire import (
    MOST_BUTTONS,
    MOST_BUTTONS_OF_LIST,
    MOST_IN_CARD,
    MOST_IN_HEADER,
    MOST_IN_LABEL,
    MOST_IN_LINE,
    MOST_IN_TEXT,
    MOST_IN_TITLE,
    MOST_ITEMS,
    MOST_REPLIES,
    Button,
    ListCard,
    ListHeader,
    ListItem,
    Output,
    QuickReply,
    SimpleText,
    SkillRequest,
    SkillResponse,
    Template,
    TextCard,
)
from server.logs import log

WITHIN_S = 4.5
"""Seconds for an answer: the platform waits five, and the way to it and back takes some of them."""

MOST_LETTERS = 2000
MOST_SENT = 300
"""Letters of a question, and of a message that a tap sends."""

MOST_SOURCES, MOST_OF_TITLE = 3, 40
"""Marks told of behind an answer, and letters of the title of a document."""

LATE = "답을 찾는 데 시간이 걸리고 있습니다. 잠시 뒤 다시 물어봐 주세요."
OUT = "지금은 답을 드릴 수 없습니다. 잠시 뒤 다시 물어봐 주세요."
EMPTY = "궁금한 지원사업을 물어봐 주세요. 예: 지금 신청할 수 있는 사업이 있나요?"
TOO_LONG = "물음이 너무 깁니다. 2,000자까지로 줄여서 다시 물어봐 주세요."
CALLABLE, LISTED = "문의와 신청", "지원사업 {count}개"
CALL = "전화하기"
CLOSES, LEFT, LAST = "{0.month}월 {0.day}일 마감", "{days}일 남음", "오늘까지"


def kakao_routes(asking: Asking, today: Callable[[], date], within_s: float = WITHIN_S) -> APIRouter:
    """`/v1/kakao/skill`; an answer that takes longer than `within_s` seconds is given up."""
    router = APIRouter(prefix="/v1/kakao", tags=["다른 프로그램"])
    # A language model seldom ends within five seconds, and nobody could be told later.
    by_rules = replace(asking, model=None)

    @router.post(
        "/skill", summary="카카오톡 챗봇의 스킬", response_model=SkillResponse, response_model_exclude_none=True
    )
    async def skill(request: SkillRequest) -> SkillResponse:
        """Whatever a user meets, waiting and outage too, is a bubble; only a request of another form is refused.

        No talk is kept: each message is a question by itself. An address to call back is not called.
        """
        words = request.user_request.utterance.strip()
        if not words or len(words) > MOST_LETTERS:
            return _said(TOO_LONG if words else EMPTY)
        work = asyncio.ensure_future(by_rules.answer(Question(words, today())))
        try:
            done, _ = await asyncio.wait({work}, timeout=within_s)
        finally:
            # Given up, not waited for: work in a thread ends only when it is done.
            work.cancel()
        if not done:
            log().warning("skill_late", seconds=within_s)
            return _said(LATE)
        try:
            answer = work.result()
        except JiwonError as error:
            log().error("unavailable", reason=str(error))
            return _said(OUT)
        except Exception:  # noqa: BLE001 - whatever broke, the user is told in a bubble and nothing of the inside
            log().exception("skill_failed")
            return _said(OUT)
        return bubbles(words, answer.response())

    return router


def bubbles(question: str, told: AskResponse) -> SkillResponse:
    """An answer as bubbles: its text with the source, then programmes where there are several, and what to tap."""
    buttons = list(_buttons(told))
    text = _text(told)
    programs = sorted(told.programs, key=_urgency)
    outputs: list[Output] = []
    if len(programs) > 1:
        outputs = [_simple(text), Output(list_card=_list(programs, buttons[:MOST_BUTTONS_OF_LIST]))]
    elif buttons and len(text) <= MOST_IN_CARD:
        outputs = [Output(text_card=TextCard(description=text, buttons=buttons))]
    elif buttons:
        outputs = [_simple(text), Output(text_card=TextCard(description=CALLABLE, buttons=buttons))]
    else:
        outputs = [_simple(text)]
    return SkillResponse(template=Template(outputs=outputs, quick_replies=list(_replies(question, told)) or None))


def plain(text: str) -> str:
    """An answer's Markdown, which is bold names and lists only, as plain text."""
    lines = (f"· {line[2:]}" if line.startswith("- ") else line for line in text.replace("**", "").splitlines())
    return "\n".join(lines)


def cut(text: str, most: int) -> str:
    """A text of at most so many letters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _said(text: str) -> SkillResponse:
    return SkillResponse(template=Template(outputs=[_simple(text)]))


def _simple(text: str) -> Output:
    return Output(simple_text=SimpleText(text=cut(text, MOST_IN_TEXT)))


def _text(told: AskResponse) -> str:
    """The day it closes, where the one programme told is open until a day that the text does not tell; text; source."""
    first = _deadline(told.programs[0]) if len(told.programs) == 1 else ""
    body = plain("\n\n".join(filter(None, (told.answer, asked_back(told)))))
    head = f"{first}\n" if first and first.partition(" 마감")[0] not in body else ""
    source = _source(told)
    return f"{cut(head + body, MOST_IN_TEXT - len(source))}{source}"


def _source(told: AskResponse) -> str:
    """The documents, each with the pages of its first marks; how many places more there are is told."""
    places: dict[str, list[str]] = {}
    marks = cited(told)
    for one in marks[:MOST_SOURCES]:
        places.setdefault(cut(one.document.title, MOST_OF_TITLE), []).append(f"[{one.mark}] {one.place}")
    if not places:
        return ""
    told_of = ", ".join(" ".join((title, *pages)) for title, pages in places.items())
    more = f" 외 {len(marks) - MOST_SOURCES}곳" if len(marks) > MOST_SOURCES else ""
    return f"\n\n{HEADING} {told_of}{more}"


def _deadline(program: ProgramOut) -> str:
    """The last day and how far it is, of what is open until a day; else nothing."""
    period = program.period
    if period.closes_on is None or period.days_left is None:
        return ""
    left = LEFT.format(days=period.days_left) if period.days_left else LAST
    return f"{CLOSES.format(period.closes_on)}, {left}"


def _urgency(program: ProgramOut) -> tuple[bool, date]:
    """What closes soonest comes first, then what is open without a day, in the order of the answer."""
    period = program.period
    is_over = period.status in (PeriodStatus.CLOSED, PeriodStatus.CANCELLED)
    return is_over, period.closes_on if period.closes_on and not is_over else date.max


def _list(programs: Sequence[ProgramOut], buttons: list[Button]) -> ListCard:
    items = [
        ListItem(
            title=cut(program.name, MOST_IN_TITLE),
            description=cut(_deadline(program) or STANDING[program.period.status], MOST_IN_LINE),
            message_text=program.name,
        )
        for program in programs[:MOST_ITEMS]
    ]
    title = cut(LISTED.format(count=len(programs)), MOST_IN_HEADER)
    return ListCard(header=ListHeader(title=title), items=items, buttons=buttons or None)


def _buttons(told: AskResponse) -> Iterator[Button]:
    """Calls to the first two numbers told, and the first page that one may go on to."""
    numbers = dict.fromkeys(phone for contact in told.contacts for phone in contact.phones)
    for number in list(numbers)[: MOST_BUTTONS - 1]:
        yield Button(action="phone", label=number if len(number) <= MOST_IN_LABEL else CALL, phone_number=number)
    actions = told.card.actions if told.card else []
    pages = (action for action in actions if action.href.startswith(("https://", "http://")))
    for action in list(pages)[:1]:
        yield Button(action="webLink", label=cut(action.label, MOST_IN_LABEL), web_link_url=action.href)


def _replies(question: str, told: AskResponse) -> Iterator[QuickReply]:
    """What may be tapped, as messages that can be understood by themselves, since no talk is kept."""
    name = told.programs[0].name if told.programs else ""
    replies = {reply: f"{question} {reply}" for reply in (told.card.replies if told.card else ())}
    replies |= {one: one if name in one else f"{name} {one}" for one in told.follow_ups}
    sent = [(label, message) for label, message in replies.items() if len(message) <= MOST_SENT]
    for label, message in sent[:MOST_REPLIES]:
        yield QuickReply(label=cut(label, MOST_IN_LABEL), message_text=message)
