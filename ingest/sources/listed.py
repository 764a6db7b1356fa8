"""Notices: what every source of notices gives, a page at a time, in one form."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Attachment:
    """첨부: a file that a notice names, and where it stands."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Listed:
    """공고: one notice as a source lists it; what it does not tell is "".

    `id` is the source's own. `period` and `region` are its words; `published_on` is a day ("2026-02-04"). `cells` are
    further labelled statements, `body` is HTML where it `is_html`, else text. Where there is a `file`, that is the
    whole notice, named by `suffix`; it is read, from the web or a folder, only where the listing tells that it is new
    or changed, by `mark` and whatever else it says.
    """

    id: str
    title: str
    url: str = ""
    ministry: str = ""
    agency: str = ""
    region: str = ""
    period: str = ""
    published_on: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    body: str = ""
    is_html: bool = False
    attachments: tuple[Attachment, ...] = ()
    file: Callable[[], bytes] | None = None
    suffix: str = ".html"
    mark: str = ""

    @property
    def digest(self) -> str:
        """What tells whether a source says the same of it as before."""
        told = (
            *(self.title, self.url, self.ministry, self.agency, self.region, self.period, self.published_on),
            *(self.cells, self.body, self.attachments, self.suffix, self.mark),
        )
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing: its notices, the cursor of the next page ("" for none) and how many there are in all.

    `total` is `None` where the source does not say; `faults` are sentences on rows and values that could not be used,
    `lost` how many rows are no notice here though the source counts them. One that `is_some` never lists all there is.
    """

    notices: tuple[Listed, ...]
    next: str = ""
    total: int | None = None
    faults: tuple[str, ...] = ()
    lost: int = 0
    is_some: bool = False


class Connector(Protocol):
    """A source of notices, newest first where it has an order; pages are found by cursors, so that a run can go on."""

    def page(self, cursor: str, since: date | None) -> Page:
        """The page of a cursor, "" for the first; pages that hold nothing published since a day may be left out.

        Raises CollectFailed.
        """
