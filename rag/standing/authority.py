"""Authority: a source and the bodies that run a programme flow in; how far that source may be believed flows out.

A wrong number is worse than none, and whoever can add a file can add a newer one: so authority comes before date.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rag.domain import Rank, Source
from rag.text import squash
from rag.wordlists import word_lists

_PRESS = word_lists(Path(__file__).with_name("authority.yaml"))["press"]


def rank_of(source: Source | None, bodies: Iterable[str] = ()) -> Rank:
    """The rank that staff gave a source, else what its publisher is to a programme that these bodies run."""
    if source is None:
        return Rank.GOVERNMENT
    if source.rank is not None:
        return source.rank
    publisher = squash(source.publisher)
    # Who reports on a programme runs none, whatever the report seems to say of who does.
    if publisher.endswith(_PRESS):
        return Rank.PRESS
    named = (squash(body) for body in bodies if body)
    is_runner = bool(publisher) and any(body in publisher or publisher in body for body in named)
    return Rank.RUNNER if is_runner else Rank.GOVERNMENT


def is_hearsay(rank: Rank) -> bool:
    """Whether neither staff nor any government vouches for a source of this rank."""
    return rank < Rank.GOVERNMENT
