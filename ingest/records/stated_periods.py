"""Statements: one statement on when to apply flows in, its periods by round or track flow out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ingest.values.rounds import Piece, pieces
from ingest.values.spans import TWO_READINGS
from ingest.values.when import parse_period
from rag.domain import Detail, Period, PeriodKind

_MONTH_LOST = re.compile(r"(?:1[0-2]|[1-9])\s?\.\s?$")
_END_WORD = re.compile(r"(?:마감|기한|(?P<first>시작|개시))\s?(?:일시?|일자)?[\s:：)\]】〉>|]*$")


def periods_of(detail: Detail, year: int | None, track: str | None = None) -> list[Period]:
    """The periods of one statement: one a round or track, or one; all of `track` where it is given."""
    found: list[Period] = []
    before: date | None = None
    text = detail.text.removeprefix(f"{track}: ") if track else detail.text
    for piece in pieces(text):
        period = replace(
            _of_piece(piece, before, detail, piece.year or year), round=(piece.track or "") if piece.is_round else ""
        )
        found.append(replace(period, track=track) if track else period)
        before = found[-1].opens_on or before
    if len(found) == 1 and found[0].kind is PeriodKind.UNSTATED and text:
        return [_deadline(found[0], detail, year)]
    return found


def _of_piece(piece: Piece, before: date | None, detail: Detail, year: int | None) -> Period:
    """The period of a round or track; a year that it lacks is that of `before`, when the one before it opens."""
    in_year = before.year if before else year
    period = parse_period(piece.text, in_year, detail.evidence, piece.track)
    if piece.track and period.kind is PeriodKind.ANNOUNCED and period.expected_from is None:
        # "상반기" and "2분기" name a round and the months of it.
        return replace(parse_period(piece.whole, in_year, detail.evidence), track=piece.track)
    if piece.is_round and before and period.opens_on and period.opens_on < before:
        # Rounds follow one another: one that would come before the last is in the next year.
        later = parse_period(piece.text, before.year + 1, detail.evidence, piece.track)
        if later.opens_on != period.opens_on:
            return replace(later, confidence=min(later.confidence, TWO_READINGS))
    return period


def _deadline(period: Period, detail: Detail, year: int | None) -> Period:
    """A lone day under a label that says "마감" or "기한" is the last one, under one that says "시작" the first."""
    before, found, _ = detail.evidence.quote.partition(detail.text[:12])
    said = _END_WORD.search(before[-20:]) if found else None
    if said is None:
        return period
    read = parse_period(f"{detail.text}부터" if said["first"] else f"~ {detail.text}", year, detail.evidence)
    return replace(read, text=period.text) if read.closes_on or (said["first"] and read.opens_on) else period


def unnumbered(detail: Detail) -> Detail:
    """The statement with the month before its first day that was taken for the number of an item: "2. 27.(금)"."""
    before, found, _ = detail.evidence.quote.partition(detail.text[:12] or "\n")
    month = _MONTH_LOST.search(before) if found and re.match(r"(?:[12]\d|3[01]|[1-9])\s?\.", detail.text) else None
    return replace(detail, text=f"{month[0]}{detail.text}") if month else detail
