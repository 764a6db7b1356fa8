"""The door to collecting: the name of a configured source flows in, what was collected of it flows out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from rag.outbound import Outbound
from rag.settings import Settings

if TYPE_CHECKING:
    from ingest.sources.collecting import Collected

Progress = Callable[[str, int, int], None]
TIMEOUT_S = 30.0
"""Seconds of one reply: portals take long for a page of a hundred notices, attachments for their size."""


def collect(
    settings: Settings, name: str, since: date | None, moment: str, progress: Progress | None = None
) -> Collected:
    """Collect from one source of `sources.yaml` into the corpus folder; `moment` is the ISO time of now.

    Where it `stopped` before its end, what came is kept and the next call goes on. Raises CorpusError where the source
    is not configured so that it can be used, CollectFailed where it is collected from already or its key is not set.
    """
    from ingest.sources.collecting import collect as run
    from ingest.sources.configured import source_named

    source = source_named(settings.corpus_dir, name)
    key = getattr(settings, source.key.lower()) if source.key else ""
    outbound = Outbound(settings.reachable, timeout_s=TIMEOUT_S)
    try:
        return run(source, settings.corpus_dir, settings.data_dir, outbound, key, moment, since, progress)
    finally:
        outbound.close()


def names(settings: Settings) -> tuple[str, ...]:
    """The names of the configured sources, in their order. Raises CorpusError."""
    from ingest.sources.configured import configured

    return tuple(configured(settings.corpus_dir))
