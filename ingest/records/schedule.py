"""Schedule: a programme's statements flow in, the steps among them included; its application periods flow out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from pathlib import Path

from ingest.labels.details import track_of, without_wholes
from ingest.labels.fields import canonical
from ingest.labels.outline import PLAIN, mark_of
from ingest.phrases import phrases
from ingest.records.figures import named_cells
from ingest.records.rounds import NOT_APPLYING, from_sentences, led, periods_of, pieces, unnumbered
from ingest.values.days import days_in, plain
from ingest.values.when import Moments, closing_hour, ends_with_money, moments, parse_period, with_moments
from rag.domain import Detail, Period, PeriodKind

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
# "공고(2. 2.) → 접수(2. 9. ~ 2. 27.) → 평가(3월)": a step with its days in brackets.
_CHAINED = re.compile(
    r"(?P<step>[가-힣·\s]{2,20})\s?[(（](?P<when>[^()（）]{3,60}(?:\([^()]{1,4}\)[^()]{0,40}){0,4})[)）]"
)
_LONGEST_STEP = 25
# Under these stand days of rest and what counts of the post.
_RULES = frozenset({"신청기간", "신청방법"})
# Hours under these are those of an office, or of something that applicants take part in.
_NO_HOUR = NOT_APPLYING | {"문의처", "지원내용", "선정절차", "추진일정"}
_LONGEST_NAME = 16
_BRACKETS = str.maketrans("()", "\n\n")


@dataclass(frozen=True, slots=True)
class When:
    """Words on when to apply, and the name of a part or round beside them, if one stands there."""

    text: str
    beside: str | None = None


def periods(stated: Sequence[Detail], year: int | None, published: date | None = None) -> tuple[Period, ...]:
    """The periods under 신청기간; failing that, the dated statements on applying; failing that, one UNSTATED.

    An UNSTATED period keeps the words under 신청기간 where they do say something ("세부사업별 상이"). `published` is
    the day of the document, from which a press release counts ("다음 달 15일까지").
    """
    said = _below_titles(without_wholes([d for d in map(unnumbered, stated) if d.label == "신청기간"]))
    labelled = [p for d, track in _by_step(said) or _with_tracks(said) for p in periods_of(d, year, track)]
    found = _whole([p for p in labelled if p.kind is not PeriodKind.UNSTATED])
    found = _with_notice(found, stated, year) or _from_steps(stated, year) or from_sentences(stated, year, published)
    if not found:
        told = [p for p in labelled if len(p.text) <= 60 and _WORDS["says_when"].is_in(p.text)]
        return tuple(told[:1]) or (Period(PeriodKind.UNSTATED, ""),)
    return _distinct(_with_hour(_with_end_of_money(_with_rules(found, stated, year), stated), stated))


def _by_step(said: Sequence[Detail]) -> list[tuple[Detail, str | None]]:
    """Of rows of steps those on applying, in their words on when, each with its part where several have one.

    Statements that are no rows stay as they are; none where no row speaks of applying.
    """
    steps = [when_to_apply(detail) for detail in said]
    told = [when for step in steps for when in step or ()]
    if not told:
        return []
    several = len({when.beside for when in told}) > 1
    return [
        (detail, track_of(detail))
        if step is None
        else (replace(detail, text=when.text), when.beside if several else None)
        for detail, step in zip(said, steps, strict=True)
        for when in (step if step is not None else (When(detail.text),))
    ]


def _below_titles(said: Sequence[Detail]) -> list[Detail]:
    """The statements, those below the name of a part on a line of its own with that name before them."""
    found: list[Detail] = []
    title = ""
    own = PLAIN
    marks = [mark_of(detail.evidence.quote) for detail in said]
    named = Counter(
        mark.kind for detail, mark in zip(said, marks, strict=True) if _is_name(detail.text.partition(":")[0])
    )
    for detail, mark in zip(said, marks, strict=True):
        # A part has others beside it; one line alone may be any remark.
        if _is_part(detail.text) and mark is not PLAIN and named[mark.kind] > 1:
            title, own = detail.text, mark
        elif title and mark.rank > own.rank:
            track = title if not track_of(detail) else None
            section = f"{detail.evidence.section} > {track}"
            evidence = replace(detail.evidence, section=section) if track else detail.evidence
            found.append(replace(detail, text=f"{track}: {detail.text}", evidence=evidence) if track else detail)
        else:
            title = ""
            found.append(detail)
    return found


def _is_part(text: str) -> bool:
    return _is_name(text) and canonical(text) is None and parse_period(text, None).kind is PeriodKind.UNSTATED


def _is_name(text: str) -> bool:
    """Whether words are a short name without a figure, and no sentence: "시설자금" above its rounds."""
    name = text.strip()
    is_short = 1 < len(name) <= _LONGEST_NAME and name[0].isalpha()
    return is_short and all(c.isalpha() or c in "·() " for c in name) and not _WORDS["sentence"].ends(name)


def _whole(found: Sequence[Period]) -> list[Period]:
    """A first and a last day that stand apart as one period; money that may run out before a last day is no other."""
    opening = [p for p in found if p.kind is PeriodKind.FIXED and p.opens_on and not p.closes_on and not p.track]
    closing = [p for p in found if p.kind is PeriodKind.FIXED and p.closes_on and not p.opens_on and not p.track]
    if len(opening) == len(closing) == 1 and (opening[0].opens_on or date.max) <= (closing[0].closes_on or date.min):
        joined = replace(
            closing[0],
            opens_on=opening[0].opens_on,
            opens_at=opening[0].opens_at,
            text=f"{opening[0].text} · {closing[0].text}",
            confidence=min(opening[0].confidence, closing[0].confidence),
        )
        found = [joined if p is closing[0] else p for p in found if p is not opening[0]]
    is_bounded = any(p.kind is PeriodKind.FIXED and p.closes_on and not p.track for p in found)
    spent = [p for p in found if is_bounded and p.kind is PeriodKind.UNTIL_SPENT and not p.opens_on]
    ends_early = any(p.confidence == 1 for p in spent)
    return [replace(p, until_spent=p.until_spent or (ends_early and not p.track)) for p in found if p not in spent]


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


def _with_notice(found: list[Period], stated: Sequence[Detail], year: int | None) -> list[Period]:
    """Give "공고일로부터 30일 이내" the month in which the notice is expected, where another statement has it."""
    bare = [p for p in found if p.kind is PeriodKind.ANNOUNCED and p.expected_from is None]
    if not bare:
        return found
    dated = [p for p in found if p.kind is PeriodKind.ANNOUNCED and p.expected_from and p.track is None]
    dated += [
        period
        for detail in stated
        if detail.label != "신청기간" and detail.label not in NOT_APPLYING
        for said in _WORDS["notice_month"].all(detail.text)
        for period in (parse_period(said.words, year, detail.evidence),)
        if period.kind is PeriodKind.ANNOUNCED and period.expected_from
    ]
    if not dated:
        return found
    # The evidence is that of the month: it is the fact a reader acts on.
    joined = [replace(dated[0], text=f"{p.text} · {dated[0].text}", track=p.track) if p in bare else p for p in found]
    return [p for p in joined if p not in dated]


def _from_steps(stated: Sequence[Detail], year: int | None) -> list[Period]:
    """The periods of the step of applying, in a table or a chain of steps under any label."""
    rows = [d for d in stated if d.label not in NOT_APPLYING and when_to_apply(d)]
    return [p for d, track in _by_step(rows) for p in periods_of(d, year, track) if p.kind is not PeriodKind.UNSTATED]


def _with_rules(found: Sequence[Period], stated: Sequence[Detail], year: int | None) -> list[Period]:
    """The periods with the days of rest and the rule for the post that stand in statements of their own.

    So does the hour of every last day ("각 마감일 18:00"). Days of rest beside a way to apply are those of an office,
    not of the period.
    """
    rules: list[Moments] = []
    for detail in stated:
        if detail.label in _RULES and track_of(detail) is None:
            rule = moments(plain(detail.text), Period(PeriodKind.UNSTATED, ""), year)
            is_own = detail.label == "신청기간"
            rules.append(
                Moments(closed=rule.closed, closed_on_holidays=rule.closed_on_holidays) if is_own else Moments()
            )
            rules.append(Moments(arrival=rule.arrival))
    return [reduce(with_moments, rules, period) for period in found]


def _with_end_of_money(found: Sequence[Period], stated: Sequence[Detail]) -> list[Period]:
    """The periods of all tracks, where a statement beside them tells that the end of the money ends them."""
    if not any(ends_with_money(d.text) for d in stated if track_of(d) is None and d.label not in NOT_APPLYING):
        return list(found)
    return [_until_spent(period) for period in found]


def _until_spent(period: Period) -> Period:
    if period.kind is not PeriodKind.FIXED or period.until_spent:
        return period
    return replace(period, until_spent=True) if period.closes_on else replace(period, kind=PeriodKind.UNTIL_SPENT)


def _with_hour(found: Sequence[Period], stated: Sequence[Detail]) -> list[Period]:
    """The periods, a last day without an hour with the one that is told once for all of them."""
    told = {
        hour
        for detail in stated
        if detail.label not in _NO_HOUR and track_of(detail) is None
        for sentence in plain(detail.text).translate(_BRACKETS).split("\n")
        if (hour := closing_hour(sentence))
    }
    if len(told) != 1:
        return list(found)
    return [replace(p, closes_at=p.closes_at or min(told)) if p.closes_on or p.recurs else p for p in found]


def _distinct(found: Sequence[Period]) -> tuple[Period, ...]:
    kept: dict[tuple[object, ...], Period] = {}
    for period in found:
        kept.setdefault((period.kind, period.opens_on, period.closes_on, period.expected_from, period.track), period)
    return tuple(kept.values())


def when_to_apply(detail: Detail) -> tuple[When, ...] | None:
    """What a row of a schedule or a chain of steps says of applying; () for another step, `None` for no step."""
    named = named_cells(detail.text)
    cells = named or [("", cell) for cell in detail.text.split(" · ")]
    if len(cells) > 1:
        return _of_row(cells)
    if _WORDS["arrow"].is_in(detail.text):
        chained = [
            m["when"] for m in _CHAINED.finditer(detail.text) if _is_applying(m["step"]) and _is_dated(m["when"])
        ]
        return tuple(When(when) for when in chained[:1]) or None
    return None


def _of_row(cells: list[tuple[str, str]]) -> tuple[When, ...] | None:
    dated = [(head, cell) for head, cell in cells if _is_dated(cell)]
    names = [cell for _, cell in cells if not _is_dated(cell) and len(cell) <= _LONGEST_STEP][:2]
    step = next((name for name in names if _is_applying(name)), None)
    if step is None or not dated:
        return () if any(_WORDS["later"].is_in(name) for name in names) else None
    heads = {head for head, _ in dated}
    if len(dated) > 1 and len(heads) == len(dated) and "" not in heads:
        return tuple(When(cell, head) for head, cell in dated)
    bound = step if _WORDS["bound"].is_in(step) else ""
    beside = next((name for name in names if name != step and not _WORDS["figure"].is_in(name)), None)
    return (When(f"{bound} {dated[0][1]}".strip(), beside),)


def _is_applying(step: str) -> bool:
    return _WORDS["apply"].is_in(step) and not _WORDS["later"].is_in(step)


def _is_dated(cell: str) -> bool:
    if any(not day.weak for day in days_in(plain(cell))):
        return True
    return _WORDS["dated"].is_in(cell) and parse_period(cell, 2000).kind is not PeriodKind.UNSTATED
