"""Ceilings: a statement on what is given flows in, the sums that bound it, with what each is for, flow out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.phrases import phrases, sentences
from ingest.values.sums import sums_in

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_YEARLY = frozenset({"연", "연간", "매년"})
# How far before a sum words on whom it is for may stand.
_NEAR, _FAR, _BEHIND = 40, 60, 15


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
