"""Dating: what was read and what is served flow in; each source with the day on which its file came flows out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ingest.files.reading import Reading
from ingest.files.served import Served
from rag.domain import Source


def dated(readings: Iterable[Reading], before: Served, day: str) -> list[Reading]:
    """The readings with `collected_on` of every file whose manifest tells none: the day of the first sync that saw
    these bytes, which is `day` (ISO) where the generation before does not know them.
    """
    built_on = before.record.built_at[:10] if before.record else day
    known = {document.source.digest: document.source.collected_on or built_on for document in before.documents.values()}

    def of(source: Source) -> Source:
        return source if source.collected_on else replace(source, collected_on=known.get(source.digest, day))

    return [
        replace(one, source=of(one.source), document=replace(one.document, source=of(one.document.source)))
        if one.document
        else one
        for one in readings
    ]
