"""Statements: a programme flows in; each thing it states flows out, with its label, its track and its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.answering import figures
from rag.domain import Detail, Evidence, Program
from rag.plan import Ask
from rag.remembered import remembered
from rag.text import squash
from rag.tracks import tracks_of
from rag.wordlists import word_lists

# A label further down its list fits an ask less, one that only holds the word less again.
_LABEL, _STEP, _HOLDS, _LEAST = 0.6, 0.02, 0.2, 0.1
SO_CALLED = 0.5
"""A label that fits an ask so well names it."""
# Labels are few, and each is held against every ask.
_LABELS_KEPT = 16384
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
    def full_label(self) -> str:
        """The label with the track that it is told of, so that no figure loses its row; one that names it is enough."""
        return (
            f"{self.track} {self.label}" if self.track and squash(self.track) not in squash(self.label) else self.label
        )

    @property
    def words(self) -> str:
        """All words it can be found by, its heading aside."""
        return f"{self.label} {self.text}"


@lru_cache(maxsize=_LABELS_KEPT)
def label_weight(ask: Ask, label: str) -> float:
    """How well a label fits an ask (0–0.6): the earlier it stands in the list of labels, the better."""
    bare = squash(label)
    for place, word in enumerate(map(squash, word_lists(_LISTS).get(ask, ()))):
        if word in bare:
            least = 0.0 if len(word) * 2 >= len(bare) else _HOLDS
            return max(_LABEL - least - place * _STEP, _LEAST)
    return 0.0


@remembered
def statements_of(program: Program) -> tuple[Statement, ...]:
    """What a programme states, a row of a table as what its first cell names; each text once for each track that it is
    of, no note that nothing is known.
    """
    found: dict[tuple[str, str | None], Statement] = {}
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
        said = squash(f"{label}{text}")
        if not figures.says_unknown(text) and (said, None) not in found:
            found.setdefault((said, detail.track), statement)
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
    *before, last = (f"{column} {value}" for column, value in rest)
    # A cell that is a sentence loses its full stop where others follow it.
    return head[1], ", ".join((*(cell.removesuffix(".") for cell in before), last))
