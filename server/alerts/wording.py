"""Wording: what is to be told flows in as items and is kept as a body; the words of a mail flow out of it.

A body is what a webhook gets as JSON: `as_of`, `first` (whether it is the first message), `events` in the order of a
message, and `more`, how many of each kind are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from pydantic import BaseModel, Field

from rag.domain import PeriodStatus, Verdict
from rag.messages import VERDICT_BRIEF
from rag.periods import korean_date
from server.alerts.records import Item, Kind

MOST = 20
"""How many events of one kind a message tells; of the others it says how many there are."""
HEADS = {
    Kind.CANCELLED: "취소된 사업",
    Kind.EXTENDED: "접수가 연장된 사업",
    Kind.CORRECTED: "내용이 바뀐 사업",
    Kind.CLOSING: "곧 마감하는 사업",
    Kind.NEW: "새로 맞는 사업",
}
FITTING = "회사에 맞는 사업"
TITLE, COUNTED = "[지원사업 알림] {told}", "{head} {count}건"
GREETING = "등록하신 기업 정보에 맞는 소식입니다({day} 기준)."
OTHERS, MORE_AT = "외 {count}개", "외 {count}개는 {base}에서 보실 수 있습니다."
UNKNOWN_BEFORE = "확인되지 않음"
CHANGE, JUDGED, OPEN_QUESTION, WHERE = (
    "바뀐 것: {field} {was} → {now}",
    "판정: {verdict}",
    "확인할 것: {ask}",
    "자세히: {url}",
)
CONFIRM = "신청하기 전에 문의처에 한 번 더 확인해 주세요."
STOP = "알림을 그만 받으시려면 이 주소를 열어 주세요: {url}"


class ChangeOut(BaseModel):
    """What is told otherwise than before."""

    field: str = Field(description="무엇이 바뀌었는지", examples=["마감"])
    was: str = Field(description="전에 알려 드린 값. 모르던 것이면 빈 글", examples=["2026년 4월 20일"])
    now: str = Field(description="지금의 값", examples=["2026년 4월 30일"])


class EventOut(BaseModel):
    """One thing told of a programme."""

    kind: Kind = Field(description="무슨 소식인지", examples=["new"])
    program_id: str = Field(description="지원사업의 id. /programs/{program_id}에 씁니다.", examples=["p1"])
    name: str = Field(description="지원사업의 이름", examples=["가상 바우처"])
    year: int | None = Field(description="어느 해의 사업인지(연도)", examples=[2026])
    agency: str = Field(description="맡아 하는 기관", examples=["가나다센터"])
    verdict: Verdict | None = Field(description="이 기업의 판정", examples=["possible"])
    reason: str = Field(description="그렇게 판정한 까닭", examples=["소상공인이라 조건에 맞습니다."])
    ask: str | None = Field(
        description="판정에 더 필요한 것을 묻는 말. 없으면 null", examples=["설립한 해는 언제인가요?"]
    )
    status: PeriodStatus = Field(description="접수 상태", examples=["open"])
    standing: str = Field(description="접수 상태를 알리는 문장", examples=["4월 20일까지 접수 중입니다."])
    closes_on: date | None = Field(description="마감하는 날(YYYY-MM-DD). 모르면 null", examples=["2026-04-20"])
    days_left: int | None = Field(description="기준일부터 마감까지 남은 날 수", examples=[14])
    amount: str = Field(description="지원한도. 모르면 빈 글", examples=["최대 2,000만 원"])
    phones: list[str] = Field(description="문의 전화. 모르거나 지사마다 다르면 빈 목록", examples=[["02-000-0000"]])
    changes: list[ChangeOut] = Field(description="바뀐 것. 없으면 빈 목록")
    url: str = Field(description="자세히 볼 수 있는 주소", examples=["https://jiwon.example.kr/programs/p1"])


class Body(BaseModel):
    """What one message tells."""

    as_of: date = Field(description="기준일(YYYY-MM-DD)")
    first: bool = Field(description="이 알림의 첫 소식인지")
    events: list[EventOut] = Field(description="소식. 취소, 연장, 변경, 마감, 새 사업의 순서")
    more: dict[Kind, int] = Field(description="종류마다 여기에 없는 소식의 수")


def body_of(items: Sequence[Item], day: date, base: str, *, is_first: bool) -> Body:
    """A message of what is to be told, of each kind so many at most, best first."""
    events, more = [], {}
    for kind in Kind:
        own = [item for item in items if item.kind is kind]
        events += [event_of(item, base) for item in own[:MOST]]
        if len(own) > MOST:
            more[kind] = len(own) - MOST
    return Body(as_of=day, first=is_first, events=events, more=more)


def event_of(item: Item, base: str) -> EventOut:
    """One thing told, as callers get it; `base` is the address of this server."""
    fact = item.fact
    open_windows = [window for window in fact.windows if window.days_left is not None]
    window = item.window or min(open_windows, key=lambda one: one.days_left or 0, default=None)
    return EventOut(
        kind=item.kind,
        program_id=fact.program_id,
        name=fact.name,
        year=fact.year,
        agency=fact.agency,
        verdict=fact.verdict,
        reason=fact.reason,
        ask=fact.ask or None,
        status=fact.status,
        standing=fact.standing,
        closes_on=window.closes_on if window else None,
        days_left=window.days_left if window else None,
        amount=fact.amount,
        phones=list(fact.phones),
        changes=[ChangeOut(field=change.field, was=change.was, now=change.now) for change in item.changes],
        url=fact.url or f"{base}/programs/{fact.program_id}",
    )


def subject(body: Body) -> str:
    """The subject of a mail: how much of what it tells."""
    counts = {kind: sum(event.kind is kind for event in body.events) + body.more.get(kind, 0) for kind in Kind}
    told = [COUNTED.format(head=_head(body, kind), count=count) for kind, count in counts.items() if count]
    return TITLE.format(told=", ".join(told))


def plain(body: Body, base: str, stop_url: str) -> str:
    """The words of a mail."""
    lines = [GREETING.format(day=korean_date(body.as_of))]
    for kind, events in _grouped(body):
        lines += ["", f"■ {_head(body, kind)}"]
        for event in events:
            lines += [f"- {named(event)}", *(f"  {line}" for line in lines_of(event))]
        if count := body.more.get(kind):
            lines.append(MORE_AT.format(count=count, base=f"{base}/"))
    return "\n".join((*lines, "", CONFIRM, STOP.format(url=stop_url), ""))


def html(body: Body, base: str, stop_url: str) -> str:
    """The same with headings and links."""
    parts = [f"<p>{escape(GREETING.format(day=korean_date(body.as_of)))}</p>"]
    for kind, events in _grouped(body):
        parts.append(f"<h2>{escape(_head(body, kind))}</h2><ul>")
        for event in events:
            # An address of a document may be anything; only one that a browser opens as a page is a link.
            is_page = event.url.startswith(("http://", "https://"))
            name = escape(named(event))
            link = f'<a href="{escape(event.url)}">{name}</a>' if is_page else name
            told = "".join(f"<br>{escape(line)}" for line in lines_of(event, with_url=False))
            parts.append(f"<li><strong>{link}</strong>{told}</li>")
        parts.append("</ul>")
        if count := body.more.get(kind):
            parts.append(f"<p>{escape(MORE_AT.format(count=count, base=f'{base}/'))}</p>")
    stop = f'<a href="{escape(stop_url)}">알림 그만 받기</a>'
    return f'<!doctype html><html lang="ko"><body>{"".join(parts)}<p>{escape(CONFIRM)}</p><p>{stop}</p></body></html>'


def _grouped(body: Body) -> Iterator[tuple[Kind, list[EventOut]]]:
    for kind in Kind:
        if events := [event for event in body.events if event.kind is kind]:
            yield kind, events


def _head(body: Body, kind: Kind) -> str:
    return FITTING if body.first and kind is Kind.NEW else HEADS[kind]


def named(event: EventOut) -> str:
    """The name of a programme with its year and who runs it."""
    about = ", ".join(filter(None, (f"{event.year}년" if event.year else "", event.agency)))
    return f"{event.name} ({about})" if about else event.name


def lines_of(event: EventOut, *, with_url: bool = True) -> Iterator[str]:
    """What is said of a programme below its name."""
    for change in event.changes:
        yield CHANGE.format(field=change.field, was=change.was or UNKNOWN_BEFORE, now=change.now)
    yield event.standing
    if event.kind is not Kind.CANCELLED and event.verdict:
        verdict = JUDGED.format(verdict=VERDICT_BRIEF[event.verdict])
        yield f"{verdict}. {event.reason}" if event.reason else f"{verdict}."
        if event.ask:
            yield OPEN_QUESTION.format(ask=event.ask)
    yield from filter(None, (event.amount, ", ".join(event.phones)))
    if with_url:
        yield WHERE.format(url=event.url)
