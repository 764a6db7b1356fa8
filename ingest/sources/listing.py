"""Listings: a list page by CSS selectors, or a sitemap, flows in, a notice for each page that it names flows out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import urljoin, urlsplit

from ingest.sources import markup, xml
from ingest.sources.configured import Configured
from ingest.sources.days import day_of
from ingest.sources.listed import Listed, Page
from ingest.sources.polite import Passing, Polite
from rag.messages import collecting as said
from rag.outbound import Reply

LARGEST_PAGE = 2**23
"""Bytes of one page of the web."""
_MAPS = 50
"""Sitemaps that an index may name."""


class Listing:
    """List pages, each named by the link to the next; a notice is the page that its link leads to, as it is."""

    def __init__(self, source: Configured, polite: Polite) -> None:
        self._source, self._polite = source, polite

    def page(self, cursor: str, since: date | None) -> Page:
        """The list page at an address, the first at that of the source."""
        here = cursor or self._source.address
        items, following = self._polite.asked(here, self._items, most=LARGEST_PAGE)
        notices = [self._notice(item) for item in items if item.title]
        days = [notice.published_on for notice in notices]
        is_past = since is not None and bool(days) and all(day and day < since.isoformat() for day in days)
        beyond = urlsplit(following).netloc != urlsplit(here).netloc or following == here
        lost = tuple(said.NO_TITLE.format(id=item.url) for item in items if not item.title)
        return Page(tuple(notices), "" if is_past or beyond else following, None, lost, len(lost))

    def _items(self, reply: Reply) -> tuple[tuple[markup.Item, ...], str]:
        found, following = markup.items(reply.body, reply.url, self._source.selectors, self._source.name)
        if not found:  # a page of an error looks so as well
            raise Passing(said.NO_ROWS.format(name=self._source.name))
        return found, following

    def _notice(self, item: markup.Item) -> Listed:
        return Listed(
            id=item.url,
            title=item.title,
            url=item.url,
            ministry=self._source.publisher,
            published_on=day_of(item.date),
            file=_of_web(self._polite, item.url),
            mark=item.date,
        )


class Sitemap:
    """A sitemap, or the maps of an index one after another; the title of a notice is that of its page."""

    def __init__(self, source: Configured, polite: Polite) -> None:
        self._source, self._polite = source, polite

    def page(self, cursor: str, since: date | None) -> Page:
        """The pages that a map names, those left out that were last changed before `since`."""
        maps = cursor.split() or [self._source.address]
        root = self._polite.asked(maps[0], self._root)
        further = [found for node in xml.named(root, "sitemap") if (found := xml.words_of(node).get("loc", ""))]
        left = [*maps[1:], *(urljoin(self._source.address, way) for way in further[:_MAPS])]
        notices = []
        for node in xml.named(root, "url"):
            told = xml.words_of(node)
            changed = day_of(told.get("lastmod", ""))
            if (url := told.get("loc", "")) and not (since and changed and changed < since.isoformat()):
                notices.append(
                    Listed(
                        id=url,
                        title="",
                        url=url,
                        ministry=self._source.publisher,
                        file=_of_web(self._polite, url),
                        mark=told.get("lastmod", ""),
                    )
                )
        return Page(tuple(notices), " ".join(left))

    def _root(self, reply: Reply) -> xml.Element:
        root = xml.tree(reply.body.strip(), self._source.name)
        if xml.local(root) not in ("urlset", "sitemapindex"):
            raise Passing(said.NOT_XML.format(name=self._source.name, what=f"<{xml.local(root)}>"))
        return root


def _of_web(polite: Polite, url: str) -> Callable[[], bytes]:
    return lambda: polite.asked(url, lambda reply: reply.body, most=LARGEST_PAGE)
