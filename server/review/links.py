"""Links: the addresses of a catalogue flow in; they are asked politely, and what leads nowhere flows out for review."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from rag.domain import Program, ReviewCode, ReviewItem, Source
from rag.errors import OutboundFailed, OutboundRefused
from rag.messages import review as said
from rag.outbound import Reply
from server.store.links import Link

EVERY_S = 1.0
"""Seconds between two questions to one host."""
MOST = 1000
"""Addresses asked at a time, those first that were asked longest ago."""
ENOUGH = 2**20
"""Bytes of a page that are read where only asking for all of it tells whether it is there."""
GONE = (404, 410)
UNSURE = (403, 405, 429, 501)
"""What a host says that does not answer HEAD; some of these it says to machines alone, so that nothing is told."""

Progress = Callable[[str, int, int], None]


class Asker(Protocol):
    """Who asks other hosts, as `rag.outbound.Outbound` does."""

    def head(self, url: str, /) -> Reply:
        """What is said of an address."""

    def get(self, url: str, /, *, most: int) -> Reply:
        """What stands there."""


def addresses(programs: Iterable[Program], sources: Iterable[Source]) -> Mapping[str, tuple[str, str]]:
    """Every address that readers are sent to, with the document and the programme ("" for none) that tell it."""
    found: dict[str, tuple[str, str]] = {}
    for source in sources:
        if source.url:
            found.setdefault(source.url, (source.id, ""))
    for program in programs:
        for url in (url for contact in program.contacts for url in contact.urls):
            found.setdefault(url if "://" in url else f"https://{url}", (program.source_id, program.name))
    return {url: place for url, place in found.items() if urlsplit(url).scheme in ("http", "https")}


def due(urls: Iterable[str], known: Mapping[str, Link], most: int = MOST) -> list[str]:
    """Which to ask now: what never was, then what was longest ago."""
    return sorted(urls, key=lambda url: known[url].checked_at if url in known else "")[:most]


def check(
    urls: Sequence[str],
    asker: Asker,
    now: Callable[[], str],
    *,
    wait: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    progress: Progress | None = None,
) -> Iterator[Link]:
    """What comes of each address, each host asked once a second at most."""
    asked_at: dict[str, float] = {}
    for number, url in enumerate(urls, 1):
        host = urlsplit(url).netloc
        yield _checked(url, asker, now(), partial(_pause, host, asked_at, wait, clock))
        if progress:
            progress("링크 확인", number, len(urls))


def _pause(host: str, asked_at: dict[str, float], wait: Callable[[float], None], clock: Callable[[], float]) -> None:
    left = asked_at.get(host, float("-inf")) + EVERY_S - clock()
    if left > 0:
        wait(left)
    asked_at[host] = clock()


def _checked(url: str, asker: Asker, at: str, pause: Callable[[], None]) -> Link:
    try:
        pause()
        reply = asker.head(url)
        if reply.status in UNSURE or reply.status in GONE:  # not every host tells the truth to HEAD
            pause()
            reply = asker.get(url, most=ENOUGH)
    except (OutboundFailed, OutboundRefused) as error:
        return Link(url, None, "", str(error), at)
    moved = reply.url if _is_elsewhere(url, reply.url) else ""
    return Link(url, reply.status, moved, "", at)


def _is_elsewhere(url: str, other: str) -> bool:
    """Whether an address leads to another page: neither the scheme, nor "www.", nor a slash at its end makes one."""
    return _bare(url) != _bare(other)


def _bare(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query


def broken(programs: Sequence[Program], sources: Sequence[Source], known: Mapping[str, Link]) -> Iterator[ReviewItem]:
    """An item for each address of the catalogue that led nowhere or elsewhere when it was last asked."""
    if not known:
        return
    paths = {source.id: source.path for source in sources}
    for url, (source_id, program) in addresses(programs, sources).items():
        field, message = _fault(known[url]) if url in known else ("", "")
        if field:
            yield ReviewItem(
                code=ReviewCode.LINK,
                source_id=source_id,
                file=paths.get(source_id, ""),
                message=message,
                action=said.LOOK_AT_LINK,
                program=program,
                field=field,
                quote=url,
            )


def _fault(link: Link) -> tuple[str, str]:
    """What is wrong with an address, in a word and in a sentence; "" where nothing is, or nobody can tell."""
    day = link.checked_at[:10]
    if link.status is None:
        return "unreachable", said.LINK_UNREACHABLE.format(url=link.url, day=day, why=link.fault)
    if link.status in GONE:
        return "gone", said.LINK_GONE.format(url=link.url, day=day, status=link.status)
    if link.status in UNSURE:
        return "", ""
    if link.status >= 400:
        return "unreachable", said.LINK_FAULTY.format(url=link.url, day=day, status=link.status)
    return ("moved", said.LINK_MOVED.format(url=link.url, day=day, to=link.moved_to)) if link.moved_to else ("", "")
