"""Conflicts: the programmes of all documents flow in; where two documents contradict each other flows out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rag.domain import ChangeKind, Dispute, Disputed, Evidence, Program, ReviewCode, ReviewItem, Source
from rag.korean import with_particle
from rag.messages import review as said
from rag.patching import is_partial
from rag.standing.authority import is_hearsay
from rag.standing.differences import differences
from rag.standing.editions import Edition, Member, editions, folded, is_thin, without_nothings
from rag.trust import trusted


def conflicts(programs: Sequence[Program], sources: Mapping[str, Source]) -> Iterator[ReviewItem]:
    """What the documents on one edition say otherwise than those that count, what waits for staff, what changes unread.

    Of documents of equal authority one item for each field in which an earlier one differs from the latest; of one of
    less authority each dispute.
    """
    for edition in editions([trusted(program) for program in programs], sources.get):
        if len(edition.members) + len(edition.strays) > 1:
            yield from _of_edition(edition, sources)


def _of_edition(edition: Edition, sources: Mapping[str, Source]) -> Iterator[ReviewItem]:
    lesser = edition.lesser
    counting = [member.program for member in edition.members if member not in lesser]
    whole = [program for program in counting if not is_partial(program)][::-1]
    for notice in counting if whole else ():
        yield from _unread(notice, sources[notice.source_id])
    for program in whole[1:]:
        if program.source_id != whole[0].source_id:
            yield from _between(program, whole[0], sources)
    if len(whole) > 1 and whole[0].source_id != whole[1].source_id and is_thin(whole[0]) and not is_thin(whole[1]):
        other = sources[whole[1].source_id].path
        yield _item(
            whole[0], sources, "edition", said.THIN.format(other=other), said.LOOK_WHETHER_WHOLE, whole[0].evidence
        )
    yield from _disputed(edition, lesser, sources)
    for stray in edition.strays:
        numbers = ", ".join(stray.program.of_numbers)
        message = said.STRAY.format(numbers=numbers)
        yield _item(stray.program, sources, "number", message, said.ADD_THE_CALL, stray.program.evidence)


def _unread(notice: Program, source: Source) -> Iterator[ReviewItem]:
    """One item for a notice that changes something of a call of which nothing could be read."""
    for patch in notice.patches:
        if patch.kind is ChangeKind.UNREAD:
            sources = {source.id: source}
            yield _item(notice, sources, "period", said.CHANGE_UNREAD, said.WRITE_THE_CHANGE, patch.evidence)


def _between(earlier: Program, later: Program, sources: Mapping[str, Source]) -> Iterator[ReviewItem]:
    other = sources[later.source_id]
    for field, old, new in differences(earlier, without_nothings(later, earlier)):
        page = f" {new[1].pages[0]}쪽" if other.paged else ""
        name = with_particle(said.FIELDS[field], "이", "가")
        message = said.CONFLICTING.format(field=name, old=old[0], other=other.path, page=page, new=new[0])
        yield _item(earlier, sources, field, message, said.COMPARE_DOCUMENTS, old[1])


def _disputed(edition: Edition, lesser: Sequence[Member], sources: Mapping[str, Source]) -> Iterator[ReviewItem]:
    """What waits for staff of each document of less authority."""
    held = folded(edition)
    for member in lesser:
        own = [dispute for dispute in held.disputes if dispute.other.source_id == member.program.source_id]
        if is_hearsay(member.rank):
            body = held.agency or held.ministry or "기관 모름"
            message = said.SAME_NAME.format(name=held.name, body=body, rank=said.RANKS[member.rank])
            yield _item(member.program, sources, "name", message, said.ACCEPT_OR_REMOVE, member.program.evidence)
        for dispute in own:
            message = _message(dispute, sources[held.source_id])
            yield _item(member.program, sources, dispute.field, message, said.ACCEPT_OR_REMOVE, dispute.other)


def _message(dispute: Dispute, other: Source) -> str:
    form = said.DISPUTED if dispute.ours else said.WAITING
    form = said.DISPUTED_EVENT if dispute.field is Disputed.EVENT else form
    return form.format(
        field=with_particle(said.FIELDS[dispute.field], "이", "가"),
        rank=said.RANKS[dispute.rank],
        theirs=dispute.theirs,
        ours=dispute.ours,
        other=other.path,
    )


def _item(
    program: Program, sources: Mapping[str, Source], field: str, message: str, action: str, evidence: Evidence
) -> ReviewItem:
    source = sources[program.source_id]
    return ReviewItem(
        code=ReviewCode.CONFLICT,
        source_id=source.id,
        file=source.path,
        message=message,
        action=action,
        pages=evidence.pages,
        program=program.name,
        field=field,
        quote=evidence.quote,
    )
