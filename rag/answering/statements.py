"""Statements: the details of programmes flow in; those that answer an ask in some words flow out, best first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.answering import figures
from rag.answering.meanings import Meanings, Terms
from rag.domain import Detail, Evidence, Program
from rag.plan import Ask
from rag.ports import WordVectors
from rag.text import squash
from rag.tracks import tracks_of
from rag.wordlists import word_lists

# How much a label that fits the ask counts beside words that are all found (1), a label further down the list less.
_LABEL = 0.6
_STEP = 0.02
# Words of the heading above count less than those of the statement itself.
_HEAD = 0.4
_COLUMN = ": "
_CELL = " · "
_LISTS = Path(__file__).with_name("labels.yaml")


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a programme states: `label` as people would ask for it, `text` as it is told, the heading above it."""

    program: str
    label: str
    text: str
    heading: str
    evidence: Evidence
    track: str | None = None
    is_row: bool = False

    @property
    def words(self) -> str:
        """All words it can be found by, its heading aside."""
        return f"{self.label} {self.text}"


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement with how well it answers: `score` in all, `coverage` (0–1) by words, `label` (0–0.6) by its label."""

    statement: Statement
    score: float
    coverage: float
    label: float = 0.0


class Statements:
    """The statements of all programmes of a generation, prepared once; read-only."""

    def __init__(self, programs: Sequence[Program], vectors: WordVectors) -> None:
        self._all = tuple(s for program in programs for s in statements_of(program) if not figures.says_unknown(s.text))
        self._place = {statement: at for at, statement in enumerate(self._all)}
        self._of: dict[str, list[int]] = {}
        for at, statement in enumerate(self._all):
            self._of.setdefault(statement.program, []).append(at)
        self._meanings = Meanings([statement.words for statement in self._all], vectors)
        self._headings = Meanings([statement.heading for statement in self._all], vectors)

    def of(self, program: Program) -> tuple[Statement, ...]:
        """The statements of a programme, in the order of its document."""
        return tuple(self._all[at] for at in self._of.get(program.id, ()))

    def terms(self, text: str, without: Iterable[str] = ()) -> Terms:
        """The words of a text worth looking for."""
        return self._meanings.terms(text, without)

    def says(self, statement: Statement, terms: Terms) -> float:
        """The share (0–1) of the terms that a statement says, with its heading."""
        at = self._place[statement]
        own = float(self._meanings.coverage(terms, [at])[0])
        return max(own, min(own + _HEAD * float(self._headings.coverage(terms, [at])[0]), 1.0))

    def heads(self, statement: Statement, terms: Terms) -> float:
        """The share (0–1) of the terms that the heading above a statement says."""
        return float(self._headings.coverage(terms, [self._place[statement]])[0])

    def best(self, programs: Sequence[Program], ask: Ask, terms: Terms, tracks: Sequence[str] = ()) -> list[Scored]:
        """The statements of some programmes that answer an ask in these words, best first; all of some score.

        Where tracks are named, statements of other tracks do not count.
        """
        at = [at for program in programs for at in self._of.get(program.id, ()) if self._counts(at, tracks)]
        own = self._meanings.coverage(terms, at)
        above = self._headings.coverage(terms, at)
        found = []
        for index, said, headed in zip(at, own, above, strict=True):
            statement = self._all[index]
            coverage = float(max(said, min(said + _HEAD * headed, 1.0)))
            label = label_weight(ask, statement.label)
            favour = 0.3 if tracks and statement.track in tracks else 0.0
            found.append(Scored(statement, coverage + label + favour, coverage, label))
        order = {id(scored): place for place, scored in enumerate(found)}
        return sorted((s for s in found if s.score > 0), key=lambda s: (-s.score, order[id(s)]))

    def _counts(self, at: int, tracks: Sequence[str]) -> bool:
        track = self._all[at].track
        return not tracks or track is None or track in tracks


def label_weight(ask: Ask, label: str) -> float:
    """How well a label fits an ask (0–0.6): the earlier it stands in the list of labels, the better."""
    bare = squash(label)
    for place, word in enumerate(map(squash, word_lists(_LISTS).get(ask, ()))):
        if word in bare:
            return (
                max(_LABEL - place * _STEP, 0.1)
                if len(word) * 2 >= len(bare)
                else max(_LABEL - 0.2 - place * _STEP, 0.1)
            )
    return 0.0


def statements_of(program: Program) -> tuple[Statement, ...]:
    """What a programme states, a row of a table as what its first cell names; each text once."""
    found: dict[str, Statement] = {}
    of_tracks = (detail for track in tracks_of(program) for detail in track.details)
    for detail in (*program.details, *program.steps, *of_tracks):
        label, text = _told(detail)
        statement = Statement(
            program.id,
            label,
            text,
            detail.evidence.section.rpartition(" > ")[2],
            detail.evidence,
            detail.track,
            is_row=_CELL in detail.text,
        )
        found.setdefault(squash(f"{label}{text}"), statement)
    return tuple(found.values())


def _told(detail: Detail) -> tuple[str, str]:
    """Label and text of a statement: of a row "구분: 훈련비 · 내용: 단가 300%" the cells, "훈련비" and "단가 300%"."""
    cells = [cell.split(_COLUMN, 1) for cell in detail.text.split(_CELL)]
    label = f"{detail.label}({detail.item})" if detail.item else detail.label
    if len(cells) < 2 or any(len(cell) < 2 for cell in cells):
        return label, detail.text
    head, *rest = cells
    if len(rest) == 1:
        return head[1], rest[0][1]
    return head[1], ", ".join(f"{column} {value}" for column, value in rest)
