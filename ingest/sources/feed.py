"""Feeds: RSS 2.0, RSS 1.0 or Atom flows in, a notice for each entry flows out.

lxml reads the three forms in one page of code; feedparser would bring repairs of broken feeds and an SGML parser that
nobody keeps up any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin

from ingest.sources import xml
from ingest.sources.configured import Configured
from ingest.sources.days import day_of
from ingest.sources.listed import Attachment, Listed, Page
from ingest.sources.polite import Passing, Polite
from ingest.sources.rows import plain
from rag.messages import collecting as said
from rag.outbound import Reply

_ROOTS = frozenset({"rss", "feed", "RDF"})
_BODY = ("encoded", "content", "description", "summary")
_DAYS = ("pubDate", "published", "date", "updated")


class Feed:
    """A feed: one page, which tells what is new and seldom all there is."""

    def __init__(self, source: Configured, polite: Polite) -> None:
        self._source, self._polite = source, polite

    def page(self, cursor: str, since: date | None) -> Page:
        """The entries of the feed."""
        root = self._polite.asked(self._source.address, self._root)
        found = [self._notice(entry) for entry in xml.named(root, "item", "entry")]
        notices = [notice for notice, _ in found if notice]
        faults = [sentence for _, sentences in found for sentence in sentences]
        # That an entry has left a feed says nothing, for the oldest always do.
        return Page(tuple(notices), faults=tuple(faults), lost=len(found) - len(notices), is_some=True)

    def _root(self, reply: Reply) -> xml.Element:
        root = xml.tree(reply.body.strip(), self._source.name)
        if xml.local(root) not in _ROOTS:
            raise Passing(said.NOT_XML.format(name=self._source.name, what=f"<{xml.local(root)}>"))
        return root

    def _notice(self, entry: xml.Element) -> tuple[Listed | None, tuple[str, ...]]:
        told = xml.words_of(entry)
        link = told.get("link") or next((node.attrib.get("href", "") for node in xml.named(entry, "link")), "")
        url = urljoin(self._source.address, link)
        id_ = told.get("guid") or told.get("id") or url
        title = plain(told.get("title", ""))
        if not title:
            return None, (said.NO_TITLE.format(id=id_),)
        when = next((told[name] for name in _DAYS if name in told), "")
        published = day_of(when)
        wrong = (said.NO_SUCH_DAY.format(id=id_, label="발행일", words=when),) if when and not published else ()
        body = next((told[name] for name in _BODY if name in told), "")
        notice = Listed(
            id=id_,
            title=title,
            url=url,
            ministry=self._source.publisher,
            published_on=published,
            body=body,
            is_html=True,
            attachments=tuple(_files(entry, url)),
        )
        return notice, wrong


def _files(entry: xml.Element, url: str) -> Iterator[Attachment]:
    for node in xml.named(entry, "enclosure", "link"):
        if xml.local(node) == "enclosure" or node.attrib.get("rel") == "enclosure":
            way = node.attrib.get("url") or node.attrib.get("href") or ""
            if way:
                yield Attachment(node.attrib.get("title") or way.rpartition("/")[2] or "첨부", urljoin(url, way))
