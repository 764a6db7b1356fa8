"""Difference: two catalogues flow in; which programmes come, go, are called off or change in what flows out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rag.domain import Dispute, Evidence, Program, ProgramKey
from rag.publishing.stating import Field, Statement, statements
from rag.trust import key_of


class Shift(StrEnum):
    """What becomes of a programme."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Told:
    """What a programme tells, as people say it, and the words it was read from."""

    text: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is told otherwise; `None` where it was not told, or is not any more."""

    field: Field
    part: str
    was: Told | None
    now: Told | None


@dataclass(frozen=True, slots=True)
class ProgramDifference:
    """What becomes of one programme; one that is called off may change in other fields, too.

    `disputes` are what documents of less authority say otherwise from now on.
    """

    key: ProgramKey
    shift: Shift
    was: Program | None
    now: Program | None
    changes: tuple[Change, ...] = ()
    disputes: tuple[Dispute, ...] = ()

    @property
    def program(self) -> Program:
        """The programme as it will be, or was last."""
        found = self.now or self.was
        assert found is not None
        return found


def difference(old: Sequence[Program], new: Sequence[Program]) -> tuple[ProgramDifference, ...]:
    """What becomes of each programme, of those that answers rest on (`rag.standing.editions.usable`).

    A programme is known by its key; of those left over, one of the same name and year is the same whose agency or place
    is told otherwise, and so is one of the same id. What is new comes last.
    """
    pairs = _pairs(old, new)
    found = [_between(was, now) for was, now in pairs]
    gone = {id(was) for was, _ in pairs}
    kept = {id(now) for _, now in pairs}
    found += [ProgramDifference(_key(p), Shift.REMOVED, p, None) for p in old if id(p) not in gone]
    found += [ProgramDifference(_key(p), Shift.ADDED, None, p, (), p.disputes) for p in new if id(p) not in kept]
    return tuple(one for one in found if one is not None)


def changes(was: Program, now: Program) -> tuple[Change, ...]:
    """What one programme tells otherwise than another, in the order of the fields."""
    if was == now:
        return ()
    before, after = statements(was), statements(now)
    own, other = ({(s.field, s.part, s.value) for s in told} for told in (before, after))
    lost = [s for s in before if (s.field, s.part, s.value) not in other]
    won = [s for s in after if (s.field, s.part, s.value) not in own]
    recorded = {s.field for s in (*lost, *won) if not s.repeats}
    left = [[s for s in told if not s.repeats or s.field not in recorded] for told in (lost, won)]
    return tuple(change for field in Field for change in _matched(field, *left))


def is_cancelled(program: Program) -> bool:
    """Whether a programme is called off wholly."""
    return bool(program.periods) and all(period.is_cancelled for period in program.periods)


def _between(was: Program, now: Program) -> ProgramDifference | None:
    found = changes(was, now)
    known = {(dispute.field, dispute.ours, dispute.theirs) for dispute in was.disputes}
    disputes = tuple(d for d in now.disputes if (d.field, d.ours, d.theirs) not in known)
    shift = Shift.CANCELLED if is_cancelled(now) and not is_cancelled(was) else Shift.CHANGED
    return ProgramDifference(_key(now), shift, was, now, found, disputes) if found or disputes else None


def _matched(field: Field, lost: Sequence[Statement], won: Sequence[Statement]) -> Iterator[Change]:
    """What is told in the place of what: of the same part first, the others in their order."""
    before, after = ([s for s in told if s.field is field] for told in (lost, won))
    for old in tuple(before):
        new = next((s for s in after if s.part == old.part), None)
        if new is not None:
            before.remove(old)
            after.remove(new)
            yield Change(field, new.part, _told(old), _told(new))
    for at in range(max(len(before), len(after))):
        old_one = before[at] if at < len(before) else None
        new_one = after[at] if at < len(after) else None
        part = (new_one or old_one or before[0]).part
        yield Change(field, part, _told(old_one), _told(new_one))


def _told(statement: Statement | None) -> Told | None:
    return Told(statement.said, statement.evidence) if statement else None


def _pairs(old: Sequence[Program], new: Sequence[Program]) -> list[tuple[Program, Program]]:
    """Each programme with itself in the other catalogue, in the order of the old one."""
    found: dict[int, Program] = {}
    for same in _SAME:
        left = [p for p in old if id(p) not in found]
        taken = {id(p) for p in found.values()}
        groups: dict[Hashable, list[Program]] = {}
        for program in new:
            if id(program) not in taken:
                groups.setdefault(same(program), []).append(program)
        wanted: dict[Hashable, list[Program]] = {}
        for program in left:
            wanted.setdefault(same(program), []).append(program)
        for key, asking in wanted.items():
            if len(asking) == len(groups.get(key, ())) == 1:
                found[id(asking[0])] = groups[key][0]
    return [(p, found[id(p)]) for p in old if id(p) in found]


def _key(program: Program) -> ProgramKey:
    return replace(key_of(program), name=program.name)


# Two of one key are of unknown years, and only their ids tell them apart.
_SAME: tuple[Callable[[Program], Hashable], ...] = (
    lambda program: (key_of(program), program.id),
    key_of,
    lambda program: (key_of(program).name, program.year),
    lambda program: program.id,
)
