"""Notices on the wire: what staff announced flows in, what callers see of it flows out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, Field

from rag.announced import Announcement, Effect, posted
from rag.messages.of_staff import CHECKED


class AnnouncementOut(BaseModel):
    """What staff announced; days are both within, null for good, and of `effect` null where it has none."""

    id: str = Field(description="알림의 id", examples=["5f0c7a1e-6d1b-4c39-9a53-0e9f1c2b7d44"])
    text: str = Field(description="알리는 글", examples=["3월 20일부터 접수 중단"])
    posted_on: date = Field(description="알린 날(YYYY-MM-DD)", examples=["2026-03-18"])
    program: str | None = Field(description="한 사업의 것이면 그 이름", examples=["가상 바우처"])
    year: int | None = Field(description="그 사업의 한 해만이면 그해(연도)", examples=[2026])
    authority: str | None = Field(description="한 부처나 기관의 사업 모두의 것이면 그 이름", examples=[None])
    since: date = Field(description="알리기 시작하는 날(YYYY-MM-DD)", examples=["2026-03-18"])
    until: date | None = Field(description="알리는 마지막 날(YYYY-MM-DD). 계속 알리면 null", examples=["2026-04-30"])
    effect: Effect = Field(description="접수에 미치는 것", examples=["suspended"])
    effect_since: date | None = Field(description="그 첫날(YYYY-MM-DD). 없으면 null", examples=["2026-03-20"])
    effect_until: date | None = Field(description="그 마지막 날(YYYY-MM-DD). 정해지지 않았으면 null", examples=[None])


# What is told is made while the work is done under what is announced.
Checked = Field(default_factory=lambda: posted().is_read, description=CHECKED, examples=[True])


def announcement_out(notice: Announcement) -> AnnouncementOut:
    """One notice as callers see it."""
    has_effect = notice.effect is not Effect.NONE
    return AnnouncementOut(
        id=notice.id,
        text=notice.text,
        posted_on=notice.posted_on,
        program=notice.program or None,
        year=notice.year,
        authority=notice.authority or None,
        since=notice.since,
        until=notice.until,
        effect=notice.effect,
        effect_since=(notice.effect_since or notice.since) if has_effect else None,
        effect_until=(notice.effect_until or notice.until) if has_effect else None,
    )


def announcements_out(notices: Iterable[Announcement]) -> list[AnnouncementOut]:
    """All of them, in their order."""
    return [announcement_out(notice) for notice in notices]
