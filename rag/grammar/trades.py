"""Trades: a line on what a firm does flows in; its trades with their codes, and whether they lie in a field, flow out.

"식료품 제조 및 판매" is two trades, a maker of food and a seller of it. A trade that may be one of several has several
codes; one whose words nobody knows has none, and is never held against a firm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.grammar.tradebook import Field, Trade, book
from rag.grammar.tradeparts import read_line
from rag.grammar.tradereading import Reading
from rag.text import squash

__all__ = ["Trade", "is_in", "trades_in", "trades_of"]

_CODE = re.compile(r"(?P<section>[A-U])?(?P<digits>\d{2,5})", re.ASCII)

# The trade of a company is held against every programme, and the fields that programmes name are few.
_LINES_KEPT = 2048


@lru_cache(maxsize=_LINES_KEPT)
def trades_in(text: str) -> tuple[Trade, ...]:
    """The trades that a line tells, in order; of a sentence those alone that are named, done or sold in it.

    A trade with no code is a part of a line that could not be read.
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    return tuple(Reading(text, read_line(text)).trades())


@lru_cache(maxsize=_LINES_KEPT)
def trades_of(line: str | None, code: str | None) -> tuple[Trade, ...]:
    """The trades of a firm: the one that its code tells ("25924", "C25") with what its line tells of the same division.

    Without a code of the classification those that the line tells.
    """
    told = trades_in(line) if line else ()
    written = _CODE.fullmatch(squash(code or "").upper())
    section = book().sections.get(written["digits"][:2]) if written else None
    if section and written and written["section"] in (None, section[0]):
        whole = section[0] + written["digits"]
        themes = frozenset(theme for trade in told for theme in trade.themes)
        closer = [t for t in told if t.codes and all(one.startswith(whole[:3]) for one in t.codes)]
        return (Trade((whole,), line or whole, 0, len(line or whole), themes), *closer)
    return told


def is_in(trades: Sequence[Trade], wanted: Sequence[str]) -> bool | None:
    """Whether some trade lies in one of the wanted fields, by their names or codes; `None` where it cannot be told.

    "제조, 도소매" is in 제조업; "자동차부품 판매" is not; "떡집" may be; of words that nobody knows nothing is told.
    """
    told = [_lies_in(trade, name) for trade in trades for name in wanted]
    if True in told:
        return True
    return False if told and None not in told else None


def _lies_in(trade: Trade, wanted: str) -> bool | None:
    field = _field(wanted)
    if not trade.is_read:
        # What nobody knows is the field only where it is called so; a word of it tells nothing.
        return True if squash(trade.words) == squash(wanted) else None
    if field is None:
        return True if squash(wanted) in squash(trade.words) and trade.words else None
    if trade.themes & field.themes or squash(trade.words) in field.sure:
        return True
    told = {_code_in(code, field) for code in trade.codes}
    return told.pop() if len(told) == 1 else None


def _code_in(code: str, field: Field) -> bool | None:
    if code.startswith(field.outside or ("-",)):
        return False
    if code.startswith(field.inside or ("-",)):
        return True
    wider = any(other.startswith(code) for other in (*field.inside, *field.maybe))
    return None if wider or code.startswith(field.maybe or ("-",)) else False


def _field(wanted: str) -> Field | None:
    """The field that a name or a code means, else what its words read as a trade would."""
    name, words = squash(wanted), book()
    names = (name, f"{name}업", *(name.removesuffix(suffix) for suffix in words.field_suffixes))
    known = next((words.fields[one] for one in names if one in words.fields), None)
    if known:
        return known
    read = [trade for trade in trades_in(wanted) if trade.is_read]
    codes = tuple(code for trade in read for code in trade.codes)
    themes = frozenset(theme for trade in read for theme in trade.themes)
    return Field(codes, themes=themes) if read else None
