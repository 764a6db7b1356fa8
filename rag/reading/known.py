"""Knowing: a text flows in; the places, values and trades that stand in it flow out as hits for the reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rag.grammar.places import Gazetteer
from rag.grammar.trades import trades_in
from rag.grammar.values import read_values
from rag.reading.tokens import Hit

# What a value is does not depend on the day, only what it comes to.
_ANY_DAY = date(2026, 1, 1)


def finder(gazetteer: Gazetteer) -> Callable[[str], tuple[Hit, ...]]:
    """What finds places, values and trades in a text, on whatever day."""

    def find(text: str) -> tuple[Hit, ...]:
        places = (Hit(place.start, place.end, "place") for place in gazetteer.spans(text))
        values = (Hit(value.start, value.end, f"value.{value.kind}") for value in read_values(text, _ANY_DAY))
        trades = (Hit(trade.start, trade.end, "trade") for trade in trades_in(text) if trade.is_read)
        return (*places, *values, *trades)

    return find
