"""Remembered: a function of one record flows in; the same function, which works out each record once, flows out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

Record = TypeVar("Record")
Result = TypeVar("Result")


def remembered(function: Callable[[Record], Result]) -> Callable[[Record], Result]:
    """The function with what it gave kept for as long as its record lives.

    Records are told apart by identity: frozen ones give the same every time, and to hash one whole costs more than most
    of what is asked of it. Safe to use from several threads, of which two may work out one record.
    """
    known: dict[int, tuple[ref[Record], Result]] = {}

    @wraps(function)
    def told(record: Record) -> Result:
        at = id(record)
        kept = known.get(at)
        if kept is not None and kept[0]() is record:
            return kept[1]
        result = function(record)
        known[at] = (ref(record, lambda gone: _forget(known, at, gone)), result)
        return result

    return told


def _forget(known: dict[int, tuple[ref[Record], Result]], at: int, gone: ref[Record]) -> None:
    """Drop what was kept of a record that is gone, unless another one has taken its place in memory."""
    kept = known.get(at)
    if kept is not None and kept[0] is gone:
        known.pop(at, None)
