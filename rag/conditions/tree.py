"""Trees: the criteria of a programme and the clauses that none covers flow in, the condition they make up flows out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rag.conditions.words import WORDS, speaks_of
from rag.domain import Condition, Criterion, CriterionField, Program, Unread, Way

# What may be asked in several ways at once: bounds that no company could meet together.
_BOUNDED = (CriterionField.AGE, CriterionField.EMPLOYEES)


def grown(criteria: Sequence[Criterion], unread: Sequence[Unread] = ()) -> Condition:
    """The condition that all of these make up: what is asked of all, and a branch of its own for each track.

    Criteria of one list of choices, and bounds that shut each other out, are alternatives; what takes a criterion or a
    clause back makes it an UNLESS. Preferences ask nothing, unless they tell an exception to a bound.
    """
    asking: tuple[Criterion | Unread, ...] = (*(c for c in criteria if c.strict), *unread)
    tracks = dict.fromkeys(leaf.track for leaf in asking if leaf.track)
    if len(tracks) == 1:
        # A part that alone is told of leaves no other way in.
        return grown([replace(c, track=None) for c in criteria], [replace(u, track=None) for u in unread])
    branches = [replace(_asked(criteria, unread, track), track=track) for track in tracks]
    whole = _asked(criteria, unread, None)
    if not branches:
        return whole
    return replace(whole, parts=(*whole.parts, Condition(Way.ANY, parts=tuple(branches))))


def regrown(program: Program) -> Program:
    """The programme with the condition that its criteria, as they are now, and its unread clauses make up."""
    return replace(program, condition=grown(program.criteria, unread_of(program)))


def unread_of(program: Program) -> tuple[Unread, ...]:
    """Every clause on who may apply that no criterion covers, as the document tells them."""
    return tuple(_unread_in(program.condition)) if program.condition else ()


def asked_of(condition: Condition, track: str | None) -> Iterator[Condition]:
    """What one track asks, each condition for itself: what is asked of all, and what stands in its own branch.

    Without a track, what is asked of all, and that one of the branches is open.
    """
    yield from _apart(condition)
    for part in condition.parts:
        if _is_of_tracks(part):
            own = (one for branch in part.parts if branch.track == track for one in _apart(branch))
            yield from own if track else (part,)


def _apart(condition: Condition) -> Iterator[Condition]:
    """The parts of an ALL, every leaf a condition of its own."""
    yield from (Condition(criteria=(criterion,), track=condition.track) for criterion in condition.criteria)
    yield from (replace(part, track=condition.track) for part in condition.parts if not _is_of_tracks(part))
    yield from (Condition(unread=(clause,), track=condition.track) for clause in condition.unread)


def _is_of_tracks(part: Condition) -> bool:
    return part.way is Way.ANY and bool(part.parts) and all(branch.track for branch in part.parts)


def _unread_in(condition: Condition) -> Iterator[Unread]:
    yield from condition.unread
    for part in condition.parts:
        yield from _unread_in(part)


def _asked(criteria: Sequence[Criterion], unread: Sequence[Unread], track: str | None) -> Condition:
    own = [c for c in criteria if c.track == track]
    strict = [c for c in own if c.strict]
    clauses = [u for u in unread if u.track == track and not u.excepts]
    exceptions = [u for u in unread if u.track == track and u.excepts]
    leaves: list[Condition] = []
    for criterion in strict:
        if criterion.choice is None:
            leaves.append(_unless(criterion, [c for c in own if _is_exception(c, criterion)], exceptions))
    plain = [u for u in clauses if u.choice is None]
    leaves += [_unless_told(clause, exceptions) for clause in plain]
    leaves += _choices([c for c in strict if c.choice], [u for u in clauses if u.choice])
    leaves = _ways_in(leaves)
    return Condition(
        criteria=tuple(c for leaf in leaves if _is_leaf(leaf) for c in leaf.criteria),
        parts=tuple(leaf for leaf in leaves if not _is_leaf(leaf)),
        unread=tuple(u for leaf in leaves if _is_leaf(leaf) for u in leaf.unread),
    )


def _is_leaf(condition: Condition) -> bool:
    return condition.way is Way.ALL and not condition.parts


def _unless(criterion: Criterion, opened: Sequence[Criterion], exceptions: Sequence[Unread]) -> Condition:
    """A criterion, beside it what takes it back."""
    told = [u for u in exceptions if u.excepts == criterion.text and criterion.field is CriterionField.EXCLUSION]
    if not opened and not told:
        return Condition(criteria=(criterion,))
    parts = (*(Condition(criteria=(c,)) for c in opened), *(Condition(unread=(u,)) for u in told))
    return Condition(Way.UNLESS, parts=(Condition(criteria=(criterion,)), *parts))


def _unless_told(clause: Unread, exceptions: Sequence[Unread]) -> Condition:
    told = [u for u in exceptions if u.excepts == clause.text]
    if not told:
        return Condition(unread=(clause,))
    parts = tuple(Condition(unread=(u,)) for u in told)
    return Condition(Way.UNLESS, parts=(Condition(unread=(clause,)), *parts))


def _is_exception(criterion: Criterion, rule: Criterion) -> bool:
    """Whether a criterion only tells whom a bound does not hold for, below the same heading."""
    is_beside = criterion.evidence.section == rule.evidence.section and criterion.field is rule.field
    is_case = criterion.field in _BOUNDED and speaks_of(criterion.text, WORDS["exception"])
    return is_beside and not criterion.strict and is_case


def _choices(criteria: Sequence[Criterion], unread: Sequence[Unread]) -> list[Condition]:
    """For each list of choices an ANY, its options in their order."""
    leaves: list[Criterion | Unread] = sorted((*criteria, *unread), key=lambda leaf: leaf.choice or (0, 0))
    found = []
    for _, of_list in groupby(leaves, key=lambda leaf: (leaf.choice or (0, 0))[0]):
        options = [
            Condition(
                criteria=tuple(leaf for leaf in option if isinstance(leaf, Criterion)),
                unread=tuple(leaf for leaf in option if isinstance(leaf, Unread)),
            )
            for _, same in groupby(of_list, key=lambda leaf: leaf.choice)
            for option in [list(same)]
        ]
        found.append(options[0] if len(options) == 1 else Condition(Way.ANY, parts=tuple(options)))
    return found


def _ways_in(leaves: Sequence[Condition]) -> list[Condition]:
    """The leaves, bounds that no company could meet together as one ANY: they are those of two ways in."""
    found: list[Condition] = []
    for leaf in leaves:
        rival = next((at for at, other in enumerate(found) if _are_apart(leaf, other)), None)
        if rival is None:
            found.append(leaf)
        else:
            other = found[rival]
            parts = other.parts if other.way is Way.ANY else (other,)
            found[rival] = Condition(Way.ANY, parts=(*parts, leaf))
    return found


def _are_apart(one: Condition, other: Condition) -> bool:
    """Whether what one bounds shuts out all that the other lets in."""
    return (
        bool(_bounds(one))
        and bool(_bounds(other))
        and all(_excludes(a, b) for a in _bounds(one) for b in _bounds(other))
    )


def _bounds(condition: Condition) -> Sequence[Criterion]:
    """The bounds that a leaf, an UNLESS or an ANY of such is about."""
    if condition.way is Way.UNLESS:
        return _bounds(condition.parts[0])
    if condition.way is Way.ANY:
        return [bound for part in condition.parts for bound in _bounds(part)]
    return [c for c in condition.criteria if c.field in _BOUNDED] if not condition.parts else ()


def _excludes(one: Criterion, other: Criterion) -> bool:
    if one.field is not other.field:
        return False
    bounds = ((one.maximum, other.minimum), (other.maximum, one.minimum))
    return any(high is not None and low is not None and high < low for high, low in bounds)
