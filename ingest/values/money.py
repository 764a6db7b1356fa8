"""Money: a statement flows in; its sums, the most that one applicant gets, and the shares of each side flow out.

What a sum or a share is, the grammar of values (`rag.grammar`) knows; here stands what documents add to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ingest.phrases import phrases, sentences
from rag.grammar.measures import NUMBER, SHARE
from rag.grammar.rulebook import VALUE, Node
from rag.grammar.values import ANY_DAY, chart, numbers_in

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_KRW = "KRW"
_UNITS = frozenset("원억만천조₩")
_SCALES = "십백천만억조"
_WHOLES = (10, 100)
_YEARLY = frozenset({"연", "연간", "매년"})
# How far before a sum words on whom it is for may stand.
_NEAR, _FAR, _BEHIND = 40, 60, 15
# How far from a percentage words may tell whose it is.
_NEARBY, _LATER, _GIVEN = 30, 40, 30


class Told(NamedTuple):
    """A sum in KRW or a share in percent at [start, end) of a text, without the words that bound it; of a range both
    ends, else the same twice."""

    start: int
    end: int
    low: float
    high: float


def sums_in(text: str) -> list[Told]:
    """The sums of money in a text, in order."""
    is_told = not _UNITS.isdisjoint(text) and ("만원" in text or any(letter.isdecimal() for letter in text))
    return list(_placed(text, _KRW)) if is_told else []


def shares_in(text: str) -> list[Told]:
    """The percentages in a text, in order; percentage points are none, nor are shares without a figure ("절반")."""
    told = _placed(text, SHARE) if _WORDS["percent"].is_in(text) else ()
    return [share for share in told if any(letter.isdecimal() for letter in text[share.start : share.end])]


def _placed(text: str, measure: str) -> Iterator[Told]:
    for node in _values(text):
        for one in _of_measure(node, measure):
            interval = one.value.interval
            # A unit alone ("백만원") is the name of one.
            if interval.high and text[one.start] not in _SCALES:
                yield Told(one.start, one.end, float(interval.low or 0), float(interval.high))


@lru_cache(maxsize=256)
def _values(text: str) -> tuple[Node, ...]:
    """What the grammar reads in a text; sums and shares of one statement are asked for one after the other."""
    return tuple(node for node in chart(text, ANY_DAY).read() if node.kind == VALUE)


def _of_measure(node: Node, measure: str) -> Iterator[Node]:
    """The parts of a value that state so much of a measure, the words that bound them left out."""
    # "2억 이상 5억 미만": the first half has its measure from the second.
    is_joint = node.kind == "quantity" and node.parts[0].value.measure == NUMBER
    if (is_joint or node.kind in ("core", "exact")) and node.value.measure == measure:
        yield node
    else:
        for part in node.parts:
            yield from _of_measure(part, measure)


def unit_in(text: str) -> str | None:
    """The unit that a caption or the name of a column gives to bare figures: "(단위: 천원)", "한도(만원)"."""
    found = _WORDS["caption"].first(text)
    return (
        "".join(found.words.strip("([<【「『)]>】」』").removeprefix("단위").strip(" :：").split()) if found else None
    )


def amounts(text: str) -> tuple[int, ...]:
    """All sums of money in the text, in KRW, in order; of a range ("1~3억원") its lower and its upper end."""
    return tuple(int(end) for told in sums_in(text) for end in dict.fromkeys((told.low, told.high)) if int(end))


def percents(text: str) -> tuple[float, ...]:
    """All percentages in the text, in order; percentage points (%p) are not percentages.

    A proportion counts where the parties stand before it in the same order ("국비:지방비 = 6:4") and make a whole;
    of a range ("50~70%") the upper end counts.
    """
    found = [(told.start, told.high) for told in shares_in(text)]
    found += [(start, share) for start, share, _ in proportions(text)]
    return tuple(share for _, share in sorted(found, key=lambda placed: placed[0]))


def proportions(text: str) -> list[tuple[int, float, str]]:
    """Parties and figures in one order ("국비:지방비 = 6:4"): where each figure stands, its percentage and whose."""
    found = []
    for hit in _WORDS["proportion"].all(text):
        at = next(place for place, letter in enumerate(hit.words) if letter.isdecimal())
        parts = [int(part) if part.strip().isdecimal() else 0 for part in hit.words[at:].replace("：", ":").split(":")]
        names = _WORDS["ratio"].without(hit.words[:at]).split(":")
        if sum(parts) in _WHOLES and _WORDS["shared"].is_in(hit.words[:at]) and text[hit.end : hit.end + 1] != "%":
            named = zip(parts, names, strict=False)
            # Each figure has a place of its own, as they stand one behind the other.
            found += [
                (hit.start + at + number, part * 100 / sum(parts), name) for number, (part, name) in enumerate(named)
            ]
    return found


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A sum in KRW, and `per` what one such sum is for ("1인당 월"); "" where it is all that an applicant gets."""

    krw: int
    per: str = ""

    @property
    def is_part(self) -> bool:
        """Whether an applicant may get several such sums a year: a sum a year is the whole of one."""
        return self.per not in ("", *_YEARLY)


def ceilings(text: str, heading: str = "", *, is_giving: bool = True) -> tuple[Ceiling, ...]:
    """What one applicant gets at most: the general ceiling first, then each higher one for special cases.

    `heading` is the label or name of the column that the statement stands under. `is_giving` says that the statement
    is known to speak of what is given: otherwise only a sum that the words tie to one applicant counts.
    """
    found: list[Ceiling] = []
    for sentence in sentences(text):
        end = 0
        # "다만 …": an exception to the ceiling told before it.
        gives = is_giving or bool(found and _WORDS["exception"].begins(sentence))
        for told in sums_in(sentence):
            before, after = sentence[end : told.start], sentence[told.end :]
            if _WORDS["range"].begins(after):
                # "최소 1백만원 ~ 최대 5백만원": the upper end is the ceiling.
                continue
            end = told.end
            if _is_ceiling(sentence[: told.start], before, after, heading, is_giving=gives):
                found.append(Ceiling(int(told.high), _per(sentence[: told.start], before, heading)))
    return _general_first(found)


def _per(said: str, before: str, heading: str) -> str:
    """What one sum is for, by the words before it in the sentence or by the name of its column."""
    # A firm that is named behind a person takes the sum to itself.
    near = _WORDS["one_each"].parts(_WORDS["wide_end"].parts(said)[-1])
    head = _WORDS["head"].last(near[-1]) or (_WORDS["head"].last(heading) if len(near) == 1 else None)
    timed = _WORDS["timed"].ends(before)
    time = _WORDS["time"].begins(timed.words) if timed else _WORDS["times_named"].first(heading)
    return " ".join(hit.words.strip() for hit in (head, time) if hit)


def _is_ceiling(said: str, before: str, after: str, heading: str, *, is_giving: bool) -> bool:
    clause = _WORDS["clause_end"].parts(before)[-1]
    if _is_of_other(before, after, clause):
        return False
    is_headed = bool(_WORDS["headed"].is_in(heading) or _WORDS["voucher"].ends(heading))
    is_bound = bool(_WORDS["up_to"].ends(before) or _WORDS["at_most"].begins(after))
    is_one = any(_WORDS["per"].is_in(place) for place in (clause, heading, said[-_NEAR:]))
    if _WORDS["years_total"].ends(before) or (_WORDS["total"].ends(before) and not is_one and not is_headed):
        return False
    if after.lstrip().startswith("상당"):
        # Worth so much in kind: what one gets of it, not what something must be worth.
        return is_giving and is_one
    if not is_giving:
        return _WORDS["per"].is_in(said[-_FAR:]) and is_bound and _WORDS["gives"].is_in(said + after)
    # "50만원 지원": a sum that is all of the statement.
    is_all = not said.strip(" -·○◦☞") and _WORDS["given_whole"].begins(after) is not None
    is_gift = bool(_WORDS["named_gift"].ends(before) or (_WORDS["total"].ends(before) and is_one))
    is_given = _WORDS["per"].is_in(clause) and _WORDS["gives"].is_in(after[:_BEHIND])
    return is_bound or is_gift or is_all or is_headed or is_given


def _is_of_other(before: str, after: str, clause: str) -> bool:
    """Whether a sum measures something else than what is given, or was given at another time."""
    if _WORDS["measures_other"].ends(before) or (
        _WORDS["measures_cost"].ends(before) and not _WORDS["paid"].begins(after)
    ):
        return True
    return bool(_WORDS["not_now"].is_in(clause) or _WORDS["was"].begins(after) or _WORDS["threshold"].begins(after))


def _general_first(found: Sequence[Ceiling]) -> tuple[Ceiling, ...]:
    """The first sum, and after it every one that is higher than all before; a part of a sum gives way to a whole."""
    wholes = [one for one in found if not one.is_part] or found
    kept: list[Ceiling] = []
    for one in wholes:
        if not kept or one.krw > kept[-1].krw:
            kept.append(one)
    return tuple(kept)


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
        for share, party in _owned(clause, heading, is_giving=is_giving):
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


def _owned(clause: str, heading: str, *, is_giving: bool) -> Iterator[tuple[float, _Party]]:
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
    near = before[-_NEARBY:]
    near = near[max((hit.end for hit in _WORDS["gave"].all(near)), default=0) :]
    if _WORDS["other_after"].begins(after):
        return None
    taker, giver, other = _last_taker(near), _last("giver", near), _last("other_share", near)
    of_cost = _WORDS["of_cost"].ends(near)
    if (
        (other > max(taker, giver) and not of_cost)
        or _WORDS["of_share"].ends(near)
        or _WORDS["beside_share"].ends(near)
    ):
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
