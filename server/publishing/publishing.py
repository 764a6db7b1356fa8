"""Publishing: candidates and the decisions of staff flow in; one of them is served, or the one before is again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rag import generation
from rag.building import Writer, writing
from rag.disk import sole_holder
from rag.domain import Generation
from rag.errors import IndexBusy, IndexDamaged, IndexMissing
from rag.publishing.history import earlier
from rag.publishing.items import Check, Item
from rag.refusing import told
from server.publishing import refused
from server.publishing.refused import NoSuchGeneration, PublishRefused, ReasonMissing, Undecided
from server.store.checks import Checks, Decision

CHECKING = ".checking"


class GenerationState(StrEnum):
    """How a generation stands: served, checked against what is served, staged, served earlier, or built and left."""

    SERVED = "served"
    CHECKED = "checked"
    STAGED = "staged"
    EARLIER = "earlier"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Checked:
    """A check with what of it a person has accepted, by id."""

    check: Check
    at: str
    person: str
    accepted: frozenset[str]

    @property
    def left(self) -> int:
        """How much that blocks is not decided."""
        return sum(item.blocks and item.id not in self.accepted for item in self.check.items)


@dataclass(frozen=True, slots=True)
class Published:
    """What is served from now on, and what was before, "" where nothing was."""

    generation: str
    before: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A generation and how it stands; of one that is checked also how much blocks it, and what of that is left."""

    record: Generation
    state: GenerationState
    blocking: int | None = None
    left: int | None = None
    checked_at: str | None = None
    checked_by: str | None = None


@dataclass(frozen=True, slots=True)
class Publishing:
    """What staff do with candidates of a data directory. Methods raise PublishRefused, and StoreUnavailable.

    `writing_alone` gives the writer where more than this machine serves them.
    """

    data_dir: Path
    checks: Checks
    writing_alone: Callable[[], AbstractContextManager[Writer]] | None = None

    def check(self, candidate: str, look: Callable[[], Check], at: str, person: str) -> Checked:
        """Have a candidate looked at against what is served, one at a time, and keep what is found."""
        self._there(candidate)
        with told(self.data_dir), sole_holder(self.data_dir / generation.GENERATIONS / CHECKING) as alone:
            if not alone:
                raise PublishRefused(refused.BUSY)
            if generation.pointed(self.data_dir) == candidate:
                raise PublishRefused(refused.SERVED.format(id=candidate))
            try:
                found = look()
            except (IndexMissing, IndexDamaged) as error:
                raise PublishRefused(str(error)) from error
            self.checks.keep(found, at, person)
        return Checked(found, at, person, self.checks.decided(found.served))

    def publish(
        self, candidate: str, decision: Decision, accepted: Collection[str] = (), *, force: bool = False
    ) -> Published:
        """Serve a candidate where nothing that blocks is undecided; with `force` all that is left is accepted."""
        self._there(candidate)
        if (accepted or force) and not decision.reason:
            raise ReasonMissing(refused.NO_REASON)
        with self._alone() as writer:
            check = self._valid(candidate)
            unknown = set(accepted) - {item.id for item in check.items}
            if unknown:
                raise ReasonMissing(refused.UNKNOWN.format(ids=", ".join(sorted(unknown)), id=candidate))
            left = self._left(check)
            taken = [item for item in left if force or item.id in accepted]
            self.checks.decide(check, taken, decision)
            if len(taken) < len(left):
                raise Undecided([item for item in left if item not in taken])
            writer.activate(candidate, is_tried=True)
        return Published(candidate, check.served)

    def accept(self, candidate: str, decision: Decision, accepted: Collection[str]) -> None:
        """Keep that some of what blocks a candidate was accepted, without serving it yet."""
        self._there(candidate)
        if not decision.reason:
            raise ReasonMissing(refused.NO_REASON)
        with self._alone():
            check = self._valid(candidate)
            self.checks.decide(check, [item for item in self._left(check) if item.id in accepted], decision)

    def roll_back(self, wanted: str | None = None) -> Published:
        """Serve the one again that was served before, or another that ever was."""
        if wanted is not None:
            directory = self._there(wanted)
            if not generation.was_served(directory):
                raise PublishRefused(refused.NEVER_SERVED.format(id=wanted))
        with self._alone() as writer:
            here = generation.pointed(self.data_dir)
            served = generation.current(self.data_dir)
            if wanted is not None and served and wanted == here == served.id:
                raise PublishRefused(refused.SERVED.format(id=wanted))
            failed: IndexDamaged | None = None
            for id_ in (wanted,) if wanted is not None else earlier(self.data_dir):
                try:
                    writer.activate(id_, is_tried=True)
                    return Published(id_, here)
                except IndexDamaged as error:
                    failed = failed or error
            raise failed or PublishRefused(refused.NOTHING_BEFORE)

    def standings(self) -> tuple[Standing, ...]:
        """Every generation that is whole, oldest first, and how it stands."""
        served = generation.current(self.data_dir)
        checks = self.checks.all()
        here = served.id if served else ""
        decided = self.checks.decided(here)
        found = []
        for record in generation.generations(self.data_dir):
            check = checks.get(record.id)
            state = self._state(record.id, here)
            if state in (GenerationState.STAGED, GenerationState.LEFT) and check and check.served == here:
                left = sum(id_ not in decided for id_ in check.blocking)
                found.append(
                    Standing(record, GenerationState.CHECKED, len(check.blocking), left, check.at, check.person)
                )
            else:
                found.append(Standing(record, state))
        return tuple(found)

    def _state(self, id_: str, here: str) -> GenerationState:
        directory = generation.directory_of(self.data_dir, id_)
        if id_ == here:
            return GenerationState.SERVED
        if generation.was_served(directory):
            return GenerationState.EARLIER
        return GenerationState.STAGED if generation.was_staged(directory) else GenerationState.LEFT

    def _there(self, id_: str) -> Path:
        try:
            return generation.published(self.data_dir, id_)
        except IndexMissing as error:
            raise NoSuchGeneration(str(error)) from error

    def _left(self, check: Check) -> list[Item]:
        """What blocks and is not decided."""
        decided = self.checks.decided(check.served)
        return [item for item in check.items if item.blocks and item.id not in decided]

    def _valid(self, candidate: str) -> Check:
        """The check that a candidate may be served by."""
        check = self.checks.check(candidate)
        if check is None:
            raise PublishRefused(refused.UNCHECKED.format(id=candidate))
        here = generation.pointed(self.data_dir)
        if here == candidate:
            raise PublishRefused(refused.SERVED.format(id=candidate))
        if here != check.served:
            # Where CURRENT names none that is whole, another is served.
            standing = generation.current(self.data_dir)
            here = standing.id if standing else ""
        if here != check.served:
            raise PublishRefused(refused.OUTDATED.format(id=candidate))
        return check

    @contextmanager
    def _alone(self) -> Iterator[Writer]:
        """Be the only one who changes what is served."""
        try:
            with self.writing_alone() if self.writing_alone else writing(self.data_dir) as writer:
                yield writer
        except (IndexBusy, IndexDamaged) as error:
            raise PublishRefused(str(error)) from error
