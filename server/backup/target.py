"""The target: the folders and the database that settings name flow in; where each file of a backup goes flows out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.generation import GENERATIONS, POINTER
from server.backup.form import CORPUS, DATA, DATABASE
from server.backup.holdings import BESIDE_A_DATABASE, CACHE, of_corpus, of_data, of_generations
from server.backup.swapping import READY, Place
from server.store.engine import Database

ROWS = ".rows"
"""Where the rows of the database lie until they are in it, within what is made ready."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a backup goes: the folder of the data, that of the corpus, and the database, with its file if it is one."""

    data_dir: Path
    corpus_dir: Path
    database: Database
    file: Path | None

    def path(self, name: str) -> Path:
        """Where a file of a backup is made ready."""
        root, _, own = name.partition("/")
        if root == CORPUS:
            return self.corpus_dir / READY / own
        return self.data_dir / READY / (f"{ROWS}/{own}" if root == DATABASE else own)

    def places(self, names: Sequence[str], *, has_rows: bool, is_same: bool) -> list[Place]:
        """The folders with what leaves and comes, given what of a backup comes; a corpus that `is_same` stays."""
        coming = {root: _tops(name for name in names if name.startswith(f"{root}/")) for root in (DATA, CORPUS)}
        leaving = [*of_data(self.data_dir, self.file), *of_generations(self.data_dir)]
        arriving = sorted(coming[DATA], key=lambda name: name == POINTER)
        corpus = Place(self.corpus_dir, () if is_same else of_corpus(self.corpus_dir), tuple(coming[CORPUS]))
        if self.file is None:
            return [corpus, Place(self.data_dir, tuple(leaving), tuple(arriving))]
        beside = [f"{self.file.name}{end}" for end in BESIDE_A_DATABASE if Path(f"{self.file}{end}").exists()]
        own = [self.file.name] if has_rows else []
        if self.file.parent.resolve() == self.data_dir.resolve():
            return [corpus, Place(self.data_dir, (*leaving, *beside), (*arriving, *own))]
        data = Place(self.data_dir, tuple(leaving), tuple(arriving))
        return [corpus, data, Place(self.file.parent, tuple(beside), tuple(own))]


def _tops(names: Iterable[str]) -> list[str]:
    """What is renamed to bring files in: each generation, each file of the cache, and else what is at the top."""
    tops: dict[str, None] = {}
    for name in names:
        parts = name.split("/")[1:]
        deep = name.startswith((f"{DATA}/{GENERATIONS}/", f"{DATA}/{CACHE}/"))
        tops["/".join(parts[: 2 if deep else 1])] = None
    return list(tops)
