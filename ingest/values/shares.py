"""Shares: a statement on who pays flows in, the percentages of the giver and of the applicant flow out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from ingest.phrases import phrases, sentences
from ingest.values.sums import proportions, shares_in
from rag.grammar.values import numbers_in

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_WHOLES = (10, 100)
# How far from a percentage words may tell whose it is.
_NEAR, _LATER, _GIVEN = 30, 40, 30


class _Party(Enum):
    GIVER = auto()
    TAKER = auto()


@dataclass(frozen=True, slots=True)
class Shares:
    """Percent of the cost: `rate` is what is given, `own` what the applicant pays; `None` where not stated."""

    rate: float | None = None
    own: float | None = None


def shares(text: str, heading: str = "", *, is_giving: bool = True) -> Shares:
    """The shares that a statement tells; `heading` is the label or name of the column that it stands under.

    `is_giving` says that the statement is known to speak of what is given: otherwise only a percentage whose party is
    named counts. Of several shares of one party the first is the general one.
    """
    given: list[float] = []
    own: list[float] = [0.0] if _bears_nothing(text, heading) else []
    for clause in sentences(text):
        for share, party in _told(clause, heading, is_giving=is_giving):
            (given if party is _Party.GIVER else own).append(share)
    if not own and len(given) > 1 and sum(given) == 100:
        # "도비 30%, 시비 70%" divides the budget between givers.
        return Shares()
    if own and len(given) > 1 and abs(sum(given) + own[0] - 100) < 0.01:
        return Shares(sum(given), own[0])
    return Shares(given[0] if given else None, own[0] if own else None)


def _bears_nothing(text: str, heading: str) -> bool:
    """Whether a statement says that the applicant pays none of the cost: "자부담: 없음", "없음" under 기업부담금."""
    if next(iter(shares_in(text)), None):
        return False
    return _WORDS["bears_nothing"].is_in(text) or bool(_WORDS["nothing"].begins(text) and _heads_taker(heading))


def _told(clause: str, heading: str, *, is_giving: bool) -> Iterator[tuple[float, _Party]]:
    """Each percentage of a clause that belongs to one of the two parties."""
    marks = {told.start: (told.end, told.high) for told in shares_in(clause)}
    for _, share, name in proportions(clause):
        yield share, _Party.TAKER if _is_taker(name) else _Party.GIVER
    for listed in _WORDS["listed"].all(clause):
        bare = [
            (listed.start + one.start, listed.start + one.end, float(one.number)) for one in numbers_in(listed.words)
        ]
        whole = sum(number for _, _, number in bare)
        if whole in _WHOLES:
            marks |= {start: (end, number * 100 / whole) for start, end, number in bare}
    placed = [(start, *marks[start]) for start in sorted(marks)]
    for index, (start, end, share) in enumerate(placed):
        since = placed[index - 1][1] if index else 0
        until = placed[index + 1][0] if index + 1 < len(placed) else len(clause)
        is_last = index + 1 == len(placed)
        party = _party(clause[since:start], clause[end:until], heading, is_giving=is_giving, is_last=is_last)
        if party and share <= 100:
            yield share, party


def _party(before: str, after: str, heading: str, *, is_giving: bool, is_last: bool) -> _Party | None:
    """Whose share a percentage is, by the nearest word that tells; `is_last` says that no other one follows."""
    # What was given so far ends where a new clause begins: "60%를 보조하고 40%는 업체 부담".
    near = before[-_NEAR:]
    near = near[max((hit.end for hit in _WORDS["gave"].all(near)), default=0) :]
    if _WORDS["other_after"].begins(after):
        return None
    taker, giver, other = _last_taker(near), _last("giver", near), _last("other", near)
    of_cost = _WORDS["of_cost"].ends(near)
    if (other > max(taker, giver) and not of_cost) or _WORDS["of_share"].ends(near) or _WORDS["aside"].ends(near):
        return None
    is_named = _WORDS["funds"].is_in(near)
    if _is_left_to_taker(near, after, is_named=is_named, is_last=is_last):
        return _Party.TAKER
    is_borne = _WORDS["borne"].begins(after) and not _WORDS["governs"].ends(near)
    if is_borne or taker > giver:
        return _Party.TAKER
    if giver >= 0 or of_cost:
        # A heading that only names a party does not turn what the words say is given.
        is_own = _last("own", heading) >= 0 if giver >= 0 else _heads_taker(heading)
        return _Party.TAKER if is_own and not is_named else _Party.GIVER
    if _heads_taker(heading):
        return _Party.TAKER
    return _Party.GIVER if _last("giver", heading) >= 0 or (is_giving and _is_given(after)) else None


def _is_left_to_taker(near: str, after: str, *, is_named: bool, is_last: bool) -> bool:
    """Whether the words behind a percentage say that the applicant bears it."""
    if _WORDS["breaks"].begins(after) or _WORDS["given_right"].begins(after):
        return False
    left = _WORDS["borne_later"].first(after)
    if left is None or _WORDS["stop"].is_in(after[: left.start]) or left.start > _LATER:
        return False
    # Who is named right before the next percentage bears that one: "80% 지원, 자부담 20%".
    is_left = is_last or left.end < len(after.rstrip(" :：("))
    return is_left and (not is_named or _WORDS["rest_of"].is_in(near))


def _is_given(after: str) -> bool:
    """Whether the words behind a percentage say that it is given."""
    if not after.strip(" )") or _WORDS["given_here"].begins(after):
        return True
    later = _WORDS["given_later"].first(after)
    return later is not None and later.start <= _GIVEN and not _WORDS["end"].is_in(after[: later.start])


def _heads_taker(heading: str) -> bool:
    """Whether what stands under a heading is borne by the applicant; "수요기업" only says of whom it speaks."""
    named = _WORDS["named_taker"].ends(heading)
    return _last("own", heading) >= 0 or (named is not None and named.start == 0)


def _is_taker(text: str) -> bool:
    return _last_taker(text) >= 0


def _last_taker(text: str) -> int:
    named = _WORDS["named_taker"].ends(text)
    return named.end if named else _last("own", text)


def _last(name: str, text: str) -> int:
    hit = _WORDS[name].last(text)
    return hit.end if hit else -1
