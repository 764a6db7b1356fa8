"""Finding: the difference of two catalogues flows in; items that say it, and what of it blocks, flow out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rag.domain import Dispute, Disputed, Evidence, Program, Rank, Source
from rag.korean import with_particle
from rag.messages import publishing as said
from rag.messages.review import RANKS
from rag.publishing.difference import Change, ProgramDifference, Shift
from rag.publishing.items import Item, ItemKind, item
from rag.publishing.must import unread
from rag.publishing.stating import Field, statements
from rag.standing.authority import rank_of

SourceOf = Callable[[str], Source | None]

FEWEST_REMOVED, MOST_REMOVED = 20, 0.05
"""More programmes gone than so many, and than this share of the served ones, are a damaged corpus until a person
says otherwise."""
_OF_DISPUTE = {
    Disputed.PERIOD: Field.PERIOD,
    Disputed.CONTACT: Field.CONTACT,
    Disputed.AMOUNT: Field.BENEFIT,
    Disputed.CONDITION: Field.CRITERION,
    Disputed.IDENTITY: Field.AGENCY,
    Disputed.EVENT: Field.PERIOD,
}


def cap(served: int) -> int:
    """How many programmes may go, of so many served, before a person is asked."""
    return max(FEWEST_REMOVED, int(served * MOST_REMOVED))


def removals(found: Sequence[ProgramDifference], served: int) -> Iterator[Item]:
    """One item that blocks where more programmes go than may."""
    gone = [one for one in found if one.shift is Shift.REMOVED]
    if len(gone) > cap(served):
        told = said.REMOVALS.format(count=len(gone), served=served, most=cap(served))
        names = ", ".join(sorted(one.key.name for one in gone))
        yield item(ItemKind.REMOVALS, told, blocks=True, was=names)


def items_of(one: ProgramDifference, old: SourceOf, new: SourceOf) -> Iterator[Item]:
    """What becomes of one programme, each value that changes, and what of it a person has to decide."""
    name = one.key.name
    match one.shift:
        case Shift.ADDED:
            yield item(ItemKind.ADDED, said.ADDED.format(program=name), blocks=False, key=one.key)
        case Shift.REMOVED:
            yield item(ItemKind.REMOVED, said.REMOVED.format(program=name), blocks=False, key=one.key)
        case Shift.CANCELLED:
            yield item(ItemKind.CANCELLED, said.CANCELLED_NOW.format(program=name), blocks=False, key=one.key)
    # Whoever is served as running it does, whatever the new document says of that.
    runners = one.was or one.program
    ranks = (_ranking(runners, old), _ranking(runners, new))
    for change in one.changes:
        yield _changed(one, change, *ranks)
    for dispute in one.disputes:
        yield _disputed(one, dispute)
    for field in unread(one.now) if one.now else ():
        words = with_particle(said.FIELDS[field], "을", "를")
        told = said.UNREAD.format(program=name, field=words)
        yield item(ItemKind.UNREAD, told, blocks=True, key=one.key, field=field)


_Ranking = Callable[[Evidence | None], Rank | None]


def _ranking(program: Program, source_of: SourceOf) -> _Ranking:
    """How far the source of a statement of this programme is believed; `None` where nothing was read."""
    bodies = (program.ministry, program.agency)
    return lambda evidence: rank_of(source_of(evidence.source_id), bodies) if evidence else None


def _changed(one: ProgramDifference, change: Change, old: _Ranking, new: _Ranking) -> Item:
    was, now = change.was.text if change.was else "", change.now.text if change.now else ""
    field = with_particle(said.FIELDS[change.field], "이", "가")
    was_at = change.was.evidence if change.was else None
    now_at = change.now.evidence if change.now else None
    ours, theirs = _held(one, change, old), new(now_at)
    is_lower = ours is not None and theirs is not None and theirs < ours
    if is_lower and ours is not None and theirs is not None:
        form = said.LOWER.format(
            program=one.key.name, field=field, was=was, now=now, ours=RANKS[ours], theirs=RANKS[theirs]
        )
    else:
        words = said.CHANGED if was and now else said.GAINED if now else said.LOST_VALUE
        form = words.format(program=one.key.name, field=field, was=was, now=now)
    return item(
        ItemKind.LOWER_RANK if is_lower else ItemKind.CHANGED,
        form,
        blocks=is_lower,
        key=one.key,
        field=change.field,
        part=change.part,
        was=was,
        now=now,
        was_at=was_at,
        now_at=now_at,
    )


def _held(one: ProgramDifference, change: Change, rank: _Ranking) -> Rank | None:
    """The rank of what is served: of the value that changes, else of the best that is served of that field."""
    if change.was:
        return rank(change.was.evidence)
    served = statements(one.was) if one.was else ()
    others = (statement.evidence for statement in served if statement.field is change.field)
    return max((found for found in map(rank, others) if found is not None), default=None)


def _disputed(one: ProgramDifference, dispute: Dispute) -> Item:
    field = _OF_DISPUTE[dispute.field]
    told = said.DISPUTED.format(
        program=one.key.name,
        field=with_particle(said.FIELDS[field], "을", "를"),
        theirs=RANKS[dispute.rank],
        was=dispute.ours,
        now=dispute.theirs,
    )
    return item(
        ItemKind.LOWER_RANK,
        told,
        blocks=True,
        key=one.key,
        field=field,
        part=dispute.title,
        was=dispute.ours,
        now=dispute.theirs,
        was_at=dispute.evidence,
        now_at=dispute.other,
    )
