"""Feeds: a company and a day flow in; what fits it flows out as an Atom feed (RFC 4287) or as a calendar.

A feed keeps no account of what was read: an entry is named by what it tells, so that a reader knows it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

from rag.domain import ChangeKind, CompanyProfile, Match, PeriodStatus
from server.alerts.records import Fact, Item, Kind, Window
from server.alerts.standings import fact_of, matching
from server.alerts.telling import STEPS
from server.alerts.wording import HEADS, event_of, lines_of, named
from server.clock import SEOUL
from server.desks.desks import Desk
from server.portal.calendar import calendar_of
from server.portal.deadlines import Days, of_matches

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
TITLE, AUTHOR = "지원사업 알림", "지원"
MOST = 100
"""Entries of a feed, best programmes first."""
AHEAD = timedelta(days=366)
CHANGES = {ChangeKind.EXTENDED: Kind.EXTENDED, ChangeKind.CORRECTED: Kind.CORRECTED}
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold, RFC 4287 by way of XML 1.0, section 2.2."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Of which subscription, since which day, and where it is read; `base` is the address of this server."""

    id: str
    since: date
    url: str
    base: str


@dataclass(frozen=True, slots=True)
class _Entry:
    item: Item
    name: str
    updated: date


def atom(desk: Desk, company: CompanyProfile, day: date, feed: Feed) -> bytes:
    """What fits the company on the day, what of it closes soon and what was changed, as a feed."""
    entries = [entry for match in matching(desk, company, day) for entry in _entries(desk, match, company, day, feed)]
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(_tag("feed"))
    _add(root, "id", f"urn:jiwon:subscription:{feed.id}")
    _add(root, "title", TITLE)
    _add(root, "updated", _moment(max((entry.updated for entry in entries), default=feed.since)))
    _add(_add(root, "author"), "name", AUTHOR)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=feed.url)
    for entry in entries[:MOST]:
        _write(_add(root, "entry"), entry, feed)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def calendar(desk: Desk, company: CompanyProfile, day: date, feed: Feed) -> bytes:
    """When what fits the company opens and closes within a year, as an iCalendar file."""
    days = Days(day, day + AHEAD, day, opens=True)
    return calendar_of(of_matches(matching(desk, company, day), days), desk, days, f"{feed.base}/")


def _entries(desk: Desk, match: Match, company: CompanyProfile, day: date, feed: Feed) -> Iterator[_Entry]:
    fact = fact_of(desk, match, company, day)
    source = desk.catalogue.source(match.program.source_id)
    published = _day(source.published_on) if source else None
    since = min(day, max(feed.since, published) if published else feed.since)
    if fact.status is PeriodStatus.CANCELLED:
        yield _Entry(Item(Kind.CANCELLED, fact), f"{fact.key}:{Kind.CANCELLED}", since)
        return
    yield _Entry(Item(Kind.NEW, fact), f"{fact.key}:{Kind.NEW}", since)
    kind = CHANGES.get(match.period.changed) if match.period and match.period.changed else None
    if kind and match.period:
        yield _Entry(Item(kind, fact), f"{fact.key}:{kind}:{match.period.closes_on}", since)
    yield from _closing(fact, day)


def _closing(fact: Fact, day: date) -> Iterator[_Entry]:
    for window in fact.windows:
        step = _step(window)
        if step is not None and window.closes_on:
            name = f"{fact.key}:{Kind.CLOSING}:{window.closes_on}:{step}"
            called = min(day, window.closes_on - timedelta(days=step))
            yield _Entry(Item(Kind.CLOSING, fact, window=window), name, called)


def _step(window: Window) -> int | None:
    left = window.days_left
    return next((step for step in STEPS if left is not None and left <= step and window.is_called), None)


def _write(element: ElementTree.Element, entry: _Entry, feed: Feed) -> None:
    event = event_of(entry.item, feed.base)
    _add(element, "id", f"urn:jiwon:{entry.name}")
    _add(element, "title", f"[{HEADS[event.kind]}] {named(event)}")
    _add(element, "updated", _moment(entry.updated))
    _add(element, "link", rel="alternate", href=event.url)
    _add(element, "content", "\n".join(lines_of(event)), type="text")


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    clean = {key: _FORBIDDEN.sub("", value) for key, value in attributes.items()}
    child = ElementTree.SubElement(parent, _tag(name), clean)
    child.text = None if text is None else _FORBIDDEN.sub("", text)
    return child


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _moment(day: date) -> str:
    return datetime.combine(day, time(), SEOUL).isoformat()


def _day(text: str) -> date | None:
    """The day a document was published, where it is known to the day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
