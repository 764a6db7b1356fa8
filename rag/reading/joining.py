"""Joining: the parts of a question flow in; those that only say more of one another flow out as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.plan import Ask, Field, Part, SelectBy, Selection, Shape
from rag.reading.ordering import LISTS


def as_one(parts: Sequence[Part]) -> list[Part]:
    """The parts, one that only asks more of the list before it ("예산도 옆에 적어줘") as part of that; one that asks of
    nothing in particular as part of the next, which names what is meant ("얼마예요? 그 바우처요").
    """
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if before and _asks_of_nothing(before) and part.select.words and set(part.asks) <= {*before.asks, Ask.WHAT}:
            joined[-1] = replace(
                part,
                asks=before.asks,
                points=before.points,
                about=f"{before.about} {part.about}".strip(),
                words=f"{before.words} {part.words}",
                at=part.at or before.at,
            )
            continue
        picks = [c for c in part.where if c.field is not Field.YEAR]
        is_more = part.select == Selection(SelectBy.ALL) and not (picks or part.at or part.if_not)
        if before is None or before.select.by not in LISTS or before.if_not or not is_more or not before.where:
            joined.append(part)
            continue
        joined[-1] = replace(
            before,
            asks=tuple(dict.fromkeys((*before.asks, *part.asks))),
            where=(*before.where, *part.where),
            points=(*before.points, *part.points),
            about=f"{before.about} {part.about}".strip(),
            words=f"{before.words} {part.words}",
        )
    return joined


def _asks_of_nothing(part: Part) -> bool:
    """Whether a part asks for facts and tells of no programme, no bound and no order."""
    is_bare = part.select == Selection(SelectBy.ALL) and not (part.where or part.order or part.if_not)
    return is_bare and part.shape is Shape.ONE and not {Ask.WHAT, Ask.THING} & set(part.asks)
