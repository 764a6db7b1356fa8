"""Schedule: a programme's statements flow in, its application periods flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest.programs.days import last_of_month, year_of
from ingest.programs.details import track_of
from ingest.programs.periods import parse_period
from ingest.programs.rounds import Piece, led, pieces
from ingest.programs.spans import TWO_READINGS
from rag.domain import Detail, Period, PeriodKind

_APPLYING = re.compile(r"접수|신청|제출|모집|공모")
_NAMES_APPLYING = re.compile(r"까지|마감|접수|제출")
_EXPECTS = re.compile(r"예정|공고|공모|모집")
_MONTH_WORD = re.compile(r"\d\s?월")
# Statements under these labels speak of the programme, of money or of others, never of applying.
_NOT_APPLYING = frozenset({"사업기간", "지원기간", "융자기간", "훈련내용", "사례", "추진배경", "추진근거", "기대효과"})
_DEADLINE_WORD = re.compile(r"(?:마감|기한)\s?(?:일시?|일자)?[\s:：)\]】〉>|]*$")
_SAYS_WHEN = re.compile(r"상이|참조|문의|별도|추후|전까지|이내|익월|시부터|날부터|일별|한시")
_NOTICE_MONTH = re.compile(
    r"공고[^\n→>]{0,20}?\d{1,2}\s?월(?:\s?[초중말])?\s?\)?"
    r"|(?:['’‘]?(?:20)?\d\d\s?[.년]\s?)?\d{1,2}\s?월[^.\n→>]{0,12}?공고"
)
_YEAR_RUN = re.compile(
    r"['’]?(20\d\d|\d\d)\s?[년.]\s?(1[0-2]|0?[1-9])\s?월?\s?[~∼～-]"
    r"\s?(?:['’]?(20\d\d|\d\d)\s?[년.]\s?)?(1[0-2]|0?[1-9])\s?월"
)


def periods(stated: Sequence[Detail], year: int | None) -> tuple[Period, ...]:
    """The periods under 신청기간; failing that, the dated statements on applying; failing that, one UNSTATED.

    An UNSTATED period keeps the words under 신청기간 where they do say something ("세부사업별 상이").
    """
    said = _with_tracks([d for d in stated if d.label == "신청기간"])
    labelled = [p for d, track in said for p in _of(d, year, track)]
    found = [p for p in labelled if p.kind is not PeriodKind.UNSTATED]
    found = _with_notice(found, stated, year) or _from_sentences(stated, year)
    if not found:
        told = [p for p in labelled if len(p.text) <= 60 and _SAYS_WHEN.search(p.text)]
        return tuple(told[:1]) or (Period(PeriodKind.UNSTATED, ""),)
    return _distinct(found)


def _with_tracks(said: Sequence[Detail]) -> list[tuple[Detail, str | None]]:
    """The statements with the track each is for, where several begin with a name or stand under one.

    A round that follows a named one without a name of its own belongs to the same name.
    """
    named = [led(detail.text) for detail in said]
    if len({name[0] for name in named if name}) < 2:
        return [(detail, track_of(detail)) for detail in said]
    found: list[tuple[Detail, str | None]] = []
    track: str | None = None
    for detail, name in zip(said, named, strict=True):
        goes_on = name is None and track is not None and any(piece.is_round for piece in pieces(detail.text))
        track = name[0] if name else track if goes_on else None
        found.append((replace(detail, text=name[1]) if name else detail, track))
    return found


def _of(detail: Detail, year: int | None, track: str | None = None) -> list[Period]:
    """The periods of one statement: one a round or track, or one; all of `track` where it is given."""
    found: list[Period] = []
    before: date | None = None
    text = detail.text.removeprefix(f"{track}: ") if track else detail.text
    for piece in pieces(text):
        period = _of_piece(piece, before, detail, piece.year or year)
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
    """A lone day under a label that says "마감" or "기한" is the last one."""
    before, found, _ = detail.evidence.quote.partition(detail.text[:12])
    if not (found and _DEADLINE_WORD.search(before[-20:])):
        return period
    read = parse_period(f"~ {detail.text}", year, detail.evidence)
    return replace(read, text=period.text) if read.closes_on else period


def _with_notice(found: list[Period], stated: Sequence[Detail], year: int | None) -> list[Period]:
    """Give "공고일로부터 30일 이내" the month in which the notice is expected, where another statement has it."""
    bare = [p for p in found if p.kind is PeriodKind.ANNOUNCED and p.expected_from is None]
    if not bare:
        return found
    dated = [p for p in found if p.kind is PeriodKind.ANNOUNCED and p.expected_from and p.track is None]
    dated += [
        period
        for detail in stated
        if detail.label != "신청기간" and detail.label not in _NOT_APPLYING
        for said in _NOTICE_MONTH.finditer(detail.text)
        for period in (parse_period(said[0], year, detail.evidence),)
        if period.kind is PeriodKind.ANNOUNCED and period.expected_from
    ]
    if not dated:
        return found
    # The evidence is that of the month: it is the fact a reader acts on.
    joined = [replace(dated[0], text=f"{p.text} · {dated[0].text}", track=p.track) if p in bare else p for p in found]
    return [p for p in joined if p not in dated]


def _from_sentences(stated: Sequence[Detail], year: int | None) -> list[Period]:
    """Deadlines told in running text ("3월 10일까지 접수된 …"); of several, the one that says most."""
    found = []
    for detail in stated:
        if detail.label in _NOT_APPLYING:
            continue
        for sentence in re.split(r"(?<=[다요])\.\s+|\n", detail.text):
            if len(sentence) > 400 or not _APPLYING.search(sentence) or not _NAMES_APPLYING.search(sentence):
                continue
            period = parse_period(sentence, year, detail.evidence)
            if period.kind is PeriodKind.FIXED or (period.kind is PeriodKind.ANNOUNCED and _announces(sentence)):
                found.append(period)
    fixed = [p for p in found if p.kind is PeriodKind.FIXED]
    return fixed[:1] or _bounded_by_run(found[:1], stated)


def _announces(sentence: str) -> bool:
    return bool(_MONTH_WORD.search(sentence) or _EXPECTS.search(sentence))


def _bounded_by_run(found: list[Period], stated: Sequence[Detail]) -> list[Period]:
    """Announced months keep no later day than the end of the programme itself, where that is stated."""
    for detail in stated:
        match = _YEAR_RUN.search(detail.text) if detail.label == "사업기간" else None
        if match and found:
            end = last_of_month(year_of(match[3] or match[1]) or date.max.year, int(match[4]))
            return [replace(p, expected_to=min(p.expected_to, end) if p.expected_to else end) for p in found]
    return found


def _distinct(found: Sequence[Period]) -> tuple[Period, ...]:
    kept: dict[tuple[object, ...], Period] = {}
    for period in found:
        kept.setdefault((period.kind, period.opens_on, period.closes_on, period.expected_from, period.track), period)
    return tuple(kept.values())
