"""Figures: readings held out and what a model labels them as flow in; how often it is right flows out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from rag.domain import CompanyProfile
from rag.grammar.places import Gazetteer
from rag.messages import measuring as said
from rag.plan import Constraint, Polarity, Role, Span
from rag.ports import Embedder
from rag.reading.assemble import assemble
from rag.reading.known import finder
from rag.reading.labelling import Labelled, label
from rag.reading.model import ReaderModel
from rag.reading.rows import PartLabel, Reading
from rag.reading.tokens import tokens_of
from rag.reading.train import known_names

_OVERLAP = 0.5
_ANY_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """How often one thing was right: `right` of the `wanted`; `found` counts what was told, where too much may be."""

    name: str
    right: int
    wanted: int
    found: int | None = None

    @property
    def share(self) -> float:
        """The share (0–1) that was right: the F-measure where something may be told too much; 1 where nothing is."""
        total = self.wanted if self.found is None else (self.wanted + self.found) / 2
        return self.right / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What the reader makes of readings it has not learned from, each group with its whole first.

    `asks` by row, by micro-F and by ask; `stance` by stance; `parts` the shape, the selection and the count of parts;
    `polarity` spans set aside, wanted alone, and simply said that stay so; `spans` names found, and constraints.
    """

    rows: int
    asks: tuple[Figure, ...]
    stance: tuple[Figure, ...]
    parts: tuple[Figure, ...]
    polarity: tuple[Figure, ...]
    spans: tuple[Figure, ...]

    @property
    def groups(self) -> tuple[tuple[Figure, ...], ...]:
        """All groups, in the order they are told."""
        return self.asks, self.stance, self.parts, self.polarity, self.spans


Pair = tuple[Reading, Labelled]


def labelled(
    readings: Sequence[Reading], model: ReaderModel, sentences: Embedder, gazetteer: Gazetteer
) -> Iterator[Pair]:
    """Every reading with what the model labels it as; names are known to it as they were when it learned."""
    find = finder(gazetteer)
    for reading in readings:
        hits = (*find(reading.text), *known_names(reading))
        vector = sentences.embed_query(reading.text)
        yield reading, label(reading.text, vector, model, hits, bool(reading.history))


def figures(pairs: Iterable[Pair], gazetteer: Gazetteer) -> Figures:
    """How often the labels are those of the readings; what a stance leaves unexecuted counts for its stance alone."""
    every = list(pairs)
    executed = [(reading, told) for reading, told in every if reading.parts]
    return Figures(
        rows=len(every),
        asks=tuple(_asks(executed)),
        stance=tuple(_by(((r.stance, told.stance) for r, told in every), said.STANCE)),
        parts=tuple(_parts(executed)),
        polarity=tuple(_polarity(every)),
        spans=(*_spans(every), _constraints(executed, gazetteer)),
    )


def _asks(pairs: Sequence[Pair]) -> Iterator[Figure]:
    rows = [({a for p in r.parts for a in p.asks}, {a for p in told.parts for a in p.asks}) for r, told in pairs]
    yield Figure(said.ASKS_OF_ROW, sum(wanted == found for wanted, found in rows), len(rows))
    yield _told(said.ASKS_EACH, rows)
    for ask in sorted({ask for wanted, _ in rows for ask in wanted}):
        yield _told(ask, [(wanted & {ask}, found & {ask}) for wanted, found in rows])


def _parts(pairs: Sequence[Pair]) -> Iterator[Figure]:
    """Of every part the one told where it begins; and whether there are as many parts as there should be."""
    matched = [(part, _part_at(told.parts, part.start)) for r, told in pairs for part in r.parts]
    yield Figure(said.PARTS, sum(len(r.parts) == len(told.parts) for r, told in pairs), len(pairs))
    yield from _by(((part.shape, told.shape if told else None) for part, told in matched), said.SHAPE)
    yield from _by(((part.by, told.by if told else None) for part, told in matched), said.SELECTION)


def _part_at(parts: Sequence[PartLabel], start: int) -> PartLabel | None:
    return next((part for part in reversed(parts) if part.start <= start), None)


def _polarity(pairs: Sequence[Pair]) -> Iterator[Figure]:
    """Spans set aside and wanted alone that were told as such; spans simply said that were told as nothing else."""
    spans = [(span, told.spans) for r, told in pairs for span in r.spans if span.role is not Role.ASK]
    for name, polarity in ((said.SET_ASIDE, Polarity.OUT), (said.ONLY_WANTED, Polarity.MUST)):
        own = [(span, told) for span, told in spans if span.polarity is polarity]
        right = sum(any(one.polarity is polarity for one in _over(span, told)) for span, told in own)
        yield Figure(name, right, len(own))
    plain = [(span, told) for span, told in spans if span.polarity is Polarity.SAID]
    kept = sum(all(one.polarity is Polarity.SAID for one in _over(span, told)) for span, told in plain)
    yield Figure(said.SIMPLY_SAID, kept, len(plain))


def _over(span: Span, told: Iterable[Span]) -> list[Span]:
    """The spans told that lie over most of one."""
    return [one for one in told if one.role is not Role.ASK and _overlap(span, one) >= _OVERLAP]


def _overlap(one: Span, other: Span) -> float:
    """How much two spans share, as a share (0–1) of what they cover together."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start))


def _spans(pairs: Sequence[Pair]) -> Iterator[Figure]:
    for name, role in ((said.PROGRAM_NAMES, Role.PROGRAM), (said.TRACK_NAMES, Role.TRACK)):
        wanted = [(s, told.spans) for r, told in pairs for s in r.spans if s.role is role]
        right = sum(any(one.role is role and _overlap(s, one) >= _OVERLAP for one in told) for s, told in wanted)
        found = sum(one.role is role for _, told in pairs for one in told.spans)
        yield Figure(name, right, len(wanted), found)


def _constraints(pairs: Sequence[Pair], gazetteer: Gazetteer) -> Figure:
    """The conditions that the labels make up against those that the labels told make up."""
    rows = []
    for reading, told in pairs:
        meant = Labelled(
            reading.text, tokens_of(reading.text), reading.spans, reading.parts, reading.stance, confidence=1.0
        )
        day = reading.as_of or _ANY_DAY
        rows.append((_where(meant, day, gazetteer), _where(told, day, gazetteer)))
    return _told(said.CONSTRAINTS, rows)


def _where(told: Labelled, day: date, gazetteer: Gazetteer) -> set[tuple[str, str, str]]:
    plan = assemble(told, day, gazetteer, frozenset(), CompanyProfile())
    return {_bare(constraint) for part in plan.parts for constraint in part.where}


def _bare(constraint: Constraint) -> tuple[str, str, str]:
    """A constraint without the words it was read from, which may be told longer or shorter."""
    return constraint.field, constraint.op, "".join(constraint.value.split())


def _told(name: str, rows: Sequence[tuple[Set[Any], Set[Any]]]) -> Figure:
    right = sum(len(wanted & found) for wanted, found in rows)
    return Figure(name, right, sum(len(wanted) for wanted, _ in rows), sum(len(found) for _, found in rows))


def _by(pairs: Iterable[tuple[object, object]], whole: str) -> Iterator[Figure]:
    """The whole, then each value by itself."""
    every = list(pairs)
    yield Figure(whole, sum(wanted == found for wanted, found in every), len(every))
    for value in sorted({str(wanted) for wanted, _ in every}):
        own = [found for wanted, found in every if str(wanted) == value]
        yield Figure(value, sum(str(found) == value for found in own), len(own))
