"""Checking: a candidate beside the served generation flows in; all that is to be decided on it flows out.

Both are asked one after the other, so that only one of them has what answers in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rag import generation
from rag.advisor import Advisor
from rag.catalogue import Catalogue
from rag.domain import Generation, Program, Question
from rag.generation import OpenGeneration, Serving
from rag.messages import publishing as said
from rag.ports import Embedder
from rag.publishing.asking import Progress, Reply, chosen, compared, questions_of, replies
from rag.publishing.difference import difference
from rag.publishing.finding import items_of, removals
from rag.publishing.golden import Golden, faults, turned
from rag.publishing.items import Check, Item, ItemKind, item
from rag.rehearsal import Answering, Asked
from rag.standing.editions import usable

EmbedderOf = Callable[[Generation], Embedder | None]
Opening = Callable[[], AbstractContextManager[Answering]]


def check(
    data_dir: Path,
    candidate: str,
    as_of: date,
    embedder_of: EmbedderOf,
    golden: Sequence[Golden] = (),
    progress: Progress | None = None,
    chroma_url: str = "",
) -> Check:
    """Hold a candidate against what is served, and ask both. `progress` is told step, done and total.

    Raises IndexMissing where there is no such candidate, IndexDamaged where it cannot be opened whole.
    """
    directory = generation.published(data_dir, candidate)
    new = Serving(generation.read_whole(directory), candidate, "")
    standing = generation.serving(data_dir)
    opening = _Opening(data_dir, embedder_of, chroma_url)
    with opening.opened(new) as opened:  # whoever publishes it need not open it again
        programs, sources = opened.catalogue.programs(), opened.catalogue.source
        now = usable(programs, sources)
    before: tuple[Program, ...] = ()
    old_sources = sources
    if standing:
        with closing(Catalogue(generation.directory_of(data_dir, standing.record.id) / generation.CATALOGUE)) as books:
            before, old_sources = usable(books.programs(), books.source), books.source
    found = difference(before, now)
    asked = chosen(found, before, now)
    asks = questions_of(asked, as_of)
    was = _answers(opening.of(standing), asks[0], golden, said.STEP_OLD, progress) if standing else _Answers({}, {})
    is_ = _answers(opening.of(new), asks[1], golden, said.STEP_NEW, progress)
    changing = sum(1 for one in found if one.now)
    items = [
        *turned(golden, was.golden, is_.golden),
        *removals(found, len(before)),
        *(each for one in found for each in items_of(one, old_sources, sources)),
        *compared(asked, as_of, was.standard, is_.standard),
        *_sampled(len(asked), changing),
    ]
    order = list(ItemKind)
    items.sort(key=lambda one: (not one.blocks, order.index(one.kind)))
    return Check(
        candidate=candidate,
        served=standing.record.id if standing else "",
        as_of=as_of,
        shifts=dict(Counter(one.shift.value for one in found)),
        programs=changing,
        asked=len(asked),
        questions=len(asks[1]),
        golden=len(golden),
        items=tuple({one.id: one for one in items}.values()),
    )


@dataclass(frozen=True, slots=True)
class _Answers:
    standard: Mapping[Question, Reply]
    golden: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Opening:
    """Opens generations of a data directory."""

    data_dir: Path
    embedder_of: EmbedderOf
    chroma_url: str

    def opened(self, chosen: Serving) -> closing[OpenGeneration]:
        directory = generation.directory_of(self.data_dir, chosen.record.id)
        embedder = self.embedder_of(chosen.record)
        return closing(generation.open_generation(directory, chosen, embedder, chroma_url=self.chroma_url))

    def of(self, chosen: Serving) -> Opening:
        @contextmanager
        def opening() -> Iterator[Answering]:
            with self.opened(chosen) as opened:
                yield Asked(Advisor(opened), opened.catalogue)

        return opening


def _answers(
    opening: Opening,
    questions: Sequence[Question],
    golden: Sequence[Golden],
    step: str,
    progress: Progress | None,
) -> _Answers:
    if not questions and not golden:
        return _Answers({}, {})
    with opening() as asked:
        return _Answers(replies(asked, questions, step, progress), faults(asked, golden))


def _sampled(asked: int, programs: int) -> Iterator[Item]:
    if asked < programs:
        told = said.SAMPLED.format(of=programs, count=asked)
        yield item(ItemKind.SAMPLED, told, blocks=False, was=str(programs), now=str(asked))
