"""Knowledge: an open generation flows in; what the adviser looks things up in flows out, prepared once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.domain import Hit, Program, Source
from rag.generation import OpenGeneration
from rag.lexicon import read_lexicon
from rag.places import read_regions
from rag.retrieve import retrieve
from rag.statements import StatementIndex


class Knowledge:
    """The programmes, words and places of one generation; read-only, safe to use from several threads."""

    def __init__(self, generation: OpenGeneration) -> None:
        self._generation = generation
        self.programs: tuple[Program, ...] = generation.catalogue.programs()
        self.lexicon = read_lexicon(generation.lexicon_path)
        self.gazetteer = read_regions(generation.regions_path, self.lexicon.homographs)
        self.statements = StatementIndex(self.programs, self.lexicon)

    def editions(self, name: str, as_of: date, years: Sequence[int] = ()) -> tuple[Program, ...]:
        """The editions of a programme asked for: of the years named, else that of the day, else the nearest before."""
        found = sorted((p for p in self.programs if p.name == name), key=lambda p: p.year or 0)
        wanted = tuple(p for p in found if p.year in years)
        if wanted:
            return wanted
        past = [p for p in found if (p.year or 0) <= as_of.year]
        return (past[-1],) if past else tuple(found[:1])

    def current(self, as_of: date) -> tuple[Program, ...]:
        """One edition of every programme: the one that counts on the day."""
        names = dict.fromkeys(p.name for p in self.programs)
        return tuple(edition for name in names for edition in self.editions(name, as_of))

    def source(self, source_id: str) -> Source | None:
        """The source with this id."""
        return self._generation.catalogue.source(source_id)

    def find(self, text: str, count: int) -> list[Hit]:
        """The chunks that suit the text best."""
        return retrieve(self._generation, text, count)
