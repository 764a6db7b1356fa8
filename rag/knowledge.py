"""Knowledge: an open generation flows in; what the adviser looks things up in flows out, prepared once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from rag.domain import Chunk, Evidence, Hit, Program, ReviewCode, Source, pieces
from rag.generation import OpenGeneration
from rag.lexicon import read_lexicon
from rag.naming import ProgramNames
from rag.places import read_regions
from rag.retrieve import fused, retrieve
from rag.spelling import Speller
from rag.statements import StatementIndex
from rag.text import morphemes, squash
from rag.trust import usable

# A word of the documents with more syllables than this is written as one.
_LONG_NAME = 4


class Knowledge:
    """The programmes, words and places of one generation; read-only, safe to use from several threads."""

    def __init__(self, generation: OpenGeneration) -> None:
        self._generation = generation
        self.programs: tuple[Program, ...] = usable(generation.catalogue.programs(), self._published_on)
        self.lexicon = read_lexicon(generation.lexicon_path)
        words = self.lexicon
        self.gazetteer = read_regions(generation.regions_path, words.homographs, words.neighbourhoods, words.areas)
        self.names = ProgramNames(self.programs)
        self.statements = StatementIndex(self.programs, self.lexicon)
        self.contradictions = tuple(i for i in generation.catalogue.review() if i.code is ReviewCode.CONFLICT)
        self.chunks = chunks = generation.catalogue.chunks()
        self._words = squash(" ".join(chunk.indexed_text for chunk in chunks))
        self.speller = _speller(self)
        self._told: dict[tuple[Program, ...], str] = {}
        self._next = {a.id: b for a, b in pairwise(chunks) if (a.source_id, a.section) == (b.source_id, b.section)}

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

    def holds(self, words: str) -> bool:
        """Whether some passage holds the words, white space ignored."""
        return squash(words) in self._words

    def spelled_out(self, short: str) -> tuple[str, Evidence] | None:
        """What a short form ("PBL") stands for, where some passage gives both: "문제해결형(PBL)", "AX(AI 전환)"."""
        name = re.escape(short)
        pattern = re.compile(
            rf"(?P<before>[가-힣][가-힣A-Za-z ·]{{1,20}}?)\(\s*{name}\s*[,)]"
            rf"|(?<![A-Za-z]){name}\s?\((?P<after>[^()]{{2,30}})\)"
        )
        for chunk in self.chunks:
            for line in chunk.text.split("\n"):
                match = pattern.search(line)
                evidence = self.evidence(chunk, line.strip()) if match else None
                if match and evidence:
                    return (match["before"] or match["after"]).strip(), evidence
        return self._spelled_in_titles(pattern)

    def _spelled_in_titles(self, pattern: re.Pattern[str]) -> tuple[str, Evidence] | None:
        """The same from the titles and headings of the documents, which are no text of a chunk."""
        for source_id in dict.fromkeys(chunk.source_id for chunk in self.chunks):
            document = self._generation.catalogue.document(source_id)
            for pages, text in (piece for block in document.blocks for piece in pieces(block)) if document else ():
                match = pattern.search(text)
                if match:
                    said = (match["before"] or match["after"]).strip()
                    return said, Evidence(source_id, pages, "", " ".join(text.split()))
        return None

    def words_of(self, program: Program) -> str:
        """All that the passages and records of a programme say, those of its other editions included."""
        editions = tuple({p.id: p for p in (*self.programs, program) if p.name == program.name}.values())
        if editions not in self._told:
            parts = [chunk.indexed_text for chunk in self.chunks if chunk.program == program.name]
            for edition in editions:
                parts.extend(f"{d.evidence.section} {d.label} {d.text}" for d in edition.details)
                parts.extend(f"{c.organisation} {c.department} {c.person} {c.track}" for c in edition.contacts)
            self._told[editions] = " ".join(parts)
        return self._told[editions]

    def speaks_of(self, pattern: re.Pattern[str]) -> bool:
        """Whether some passage matches the pattern; white space is gone from what it is held against."""
        return bool(pattern.search(self._words))

    def source(self, source_id: str) -> Source | None:
        """The source with this id."""
        return self._generation.catalogue.source(source_id)

    def find(self, text: str, count: int) -> list[Hit]:
        """The chunks that suit the text best."""
        return retrieve(self._generation, text, count)

    def scored(self, text: str, count: int) -> list[Hit]:
        """The chunks of the highest fused scores, for whoever reckons with the scores and not with the order."""
        return fused(self._generation, text, count)

    def pages_of(self, chunk: Chunk) -> str:
        """All words of the pages that a chunk stands on."""
        document = self._generation.catalogue.document(chunk.source_id)
        first, last = chunk.pages
        return "\n".join(document.page_text(page) for page in range(first, last + 1)) if document else ""

    def after(self, chunk: Chunk) -> Chunk | None:
        """The chunk that goes on with the section of this one."""
        return self._next.get(chunk.id)

    def _published_on(self, source_id: str) -> str:
        source = self.source(source_id)
        return source.published_on if source else ""

    def evidence(self, chunk: Chunk, line: str) -> Evidence | None:
        """The words on the chunk's pages that one of its lines was made from; a table row is read with column names."""
        document = self._generation.catalogue.document(chunk.source_id)
        wanted = squash(line)
        first, last = chunk.pages
        placed = (piece for block in document.blocks for piece in pieces(block)) if document else ()
        for pages, text in placed:
            if not first <= pages[0] <= last:
                continue
            for words in text.split("\n"):
                parts = [squash(part) for part in words.split("\t") if part.strip()]
                if parts and (all(part in wanted for part in parts) or wanted in squash(words)):
                    return Evidence(chunk.source_id, pages, chunk.section, words.strip())
        return None


def _speller(knowledge: Knowledge) -> Speller:
    """What puts slips right, from the words of the documents and of the lexicon."""
    lexicon, gazetteer = knowledge.lexicon, knowledge.gazetteer
    spellings = [s for p in knowledge.programs for s in (p.name, *p.aliases)]
    offices = [c.organisation for p in knowledge.programs for c in p.contacts]
    said = " ".join((*spellings, *offices, *(chunk.indexed_text for chunk in knowledge.chunks)))
    told = dict.fromkeys((*morphemes(said), *re.findall("[가-힣]+", said)))
    bodies = [spelling for name, aliases in lexicon.organisations for spelling in (name, *aliases)]
    names = (*map(squash, spellings), *map(squash, offices), *bodies, *(p.name for p in gazetteer.provinces))
    whole = (*names, *(word for word in told if len(word) > _LONG_NAME))

    places = (spelling.words for spelling in gazetteer.spellings)
    asked = (*lexicon.words(), *(part for spelling in spellings for part in (*spelling.split(), squash(spelling))))
    return Speller(asked, told, (*lexicon.spellings, *places), whole, gazetteer)
