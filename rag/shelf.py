"""The shelf: an open generation flows in; what answering looks things up in flows out, prepared once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache

from rag.answering.cards import Near
from rag.answering.preparing import are_of, digest, opened, prepare, vectors_of
from rag.domain import Chunk, CriterionField, Evidence, Hit, Program, ProgramKey, Result, Source, pieces
from rag.generation import OpenGeneration
from rag.grammar.places import read_regions
from rag.lexicon import read_lexicon
from rag.plan import Role
from rag.ports import Embedder, WordVectors
from rag.reading.foreign import Foreign
from rag.remembered import remembered
from rag.retrieve import CANDIDATES, retrieve
from rag.standing.editions import usable
from rag.statistics import Figure, read_statistics, standing
from rag.text import morphemes, squash
from rag.trust import family_of

_TEXTS_KEPT = 64
_DAYS_KEPT = 4


class Shelf:
    """The programmes, what they state, cards, names and places of one generation; read-only, shared between threads.

    `sentences` embeds questions and cards, `words` knows the sense of single words.
    """

    def __init__(self, generation: OpenGeneration, sentences: Embedder, words: WordVectors) -> None:
        self._generation = generation
        self.programs: tuple[Program, ...] = usable(generation.catalogue.programs(), self.source)
        self.lexicon = read_lexicon(generation.lexicon_path, generation.pack_path)
        self.gazetteer = read_regions(generation.regions_path)
        bodies = self.lexicon.organisations
        arrays = generation.prepared(digest(words, sentences))
        if arrays is None or not are_of(arrays, self.programs):
            known = vectors_of(generation.prepared(), sentences)
            arrays = prepare(self.programs, bodies, words, sentences, known)
        found = opened(self.programs, arrays, words, sentences)
        self.names, self.senses, self.picker, self.cards = found.names, found.senses, found.picker, found.cards
        self.foreign = Foreign(self.cards, self.senses)
        self.words = words
        self._name_of = {p.id: p.name for p in self.programs}
        # One question asks the same words of names, of the shortlist and of each wish.
        self._spoken = lru_cache(_TEXTS_KEPT)(self._best_passages)
        self._current = lru_cache(_DAYS_KEPT)(self._current_of)
        self._name_words: dict[str, frozenset[str]] = {}
        self._said: dict[str, frozenset[str]] = {}
        self._stated: dict[str, str] = {}
        self._families: dict[str, dict[ProgramKey, list[Program]]] = {}
        for program in self.programs:
            self._families.setdefault(program.name, {}).setdefault(family_of(program), []).append(program)

    @cached_property
    def statistics(self) -> tuple[Figure, ...]:
        """The figures of staff whose words stand in the documents that they name."""
        path = self._generation.statistics_path
        return standing(read_statistics(path), self._generation.catalogue.document)[0] if path else ()

    def named(self, name: str) -> tuple[Program, ...]:
        """Every edition of a programme, and of its siblings: those of other governments that share its name."""
        return tuple(program for family in self._families.get(name, {}).values() for program in family)

    def editions(
        self, name: str, as_of: date, years: Sequence[int] = (), places: Sequence[str] = ()
    ) -> tuple[Program, ...]:
        """The editions of a programme asked for: of the years named, else that of the day, else the nearest before.

        Of siblings that share the name, those that serve one of the places; none where none does.
        """
        families = self._families.get(name, {}).values()
        of_years = (program for family in families for program in family if program.year in years)
        wanted = tuple(sorted(of_years, key=lambda program: program.year or 0))
        found = wanted or tuple(program for family in families for program in _of_day(family, as_of))
        return self._serving(found, places, as_of) if places and len(families) > 1 else found

    def current(self, as_of: date, years: Sequence[int] = ()) -> tuple[Program, ...]:
        """One edition of every programme: the one that counts on the day, or those of the years named."""
        return self._current(as_of, tuple(years))

    def _current_of(self, as_of: date, years: tuple[int, ...]) -> tuple[Program, ...]:
        families = (family for families in self._families.values() for family in families.values())
        return tuple(
            edition
            for family in families
            for edition in ([p for p in family if p.year in years] or _of_day(family, as_of))
        )

    def is_of(self, name: str, bodies: Sequence[str], places: Sequence[str]) -> bool:
        """Whether a programme of that name is run by one of the bodies, if any are told, and for one of the places."""
        return any(
            (not bodies or any(squash(b) in squash(f"{p.ministry} {p.agency}") for b in map(self._body, bodies)))
            and (not places or any(self._serves(p, place, None) for place in places))
            for p in self.named(name)
        )

    def is_elsewhere(self, name: str, places: Sequence[str]) -> bool:
        """Whether every programme of that name is for places of its own, and for none of these."""
        return all(self.is_for_others(program, places) for program in self.named(name))

    def is_for_others(self, program: Program, places: Sequence[str]) -> bool:
        """Whether a programme is for places of its own, and for none of these."""
        return bool(home_of(program)) and not any(self._serves(program, place, None) for place in places)

    def _body(self, words: str) -> str:
        """The name that the records have for a body."""
        meant = self.names.meant(words, Role.BODY)
        return meant[0].name if meant else words

    def of_chunk(self, chunk: Chunk) -> tuple[Program, ...]:
        """The programmes of its own document that a chunk tells of; where that states none, those of the name."""
        named = self.named(chunk.program) if chunk.program else ()
        return tuple(p for p in named if p.source_id == chunk.source_id) or named

    def _serving(self, programs: Sequence[Program], places: Sequence[str], as_of: date) -> tuple[Program, ...]:
        """The programmes for one of the places; those for no place in particular where none is."""
        own = tuple(p for p in programs if any(self._serves(p, place, as_of) for place in places))
        return own or tuple(p for p in programs if not home_of(p))

    def is_for(self, program: Program, places: Sequence[str], as_of: date) -> Result:
        """Whether a programme is for one of the places (canonical): unknown where it names none of its own, or a part.

        That no place was read does not make it one for everywhere.
        """
        home = home_of(program)
        if any(self.gazetteer.inside(place, area, as_of) is Result.MET for place in places for area in home):
            return Result.MET
        served = not home or any(self._serves(program, place, as_of) for place in places)
        return Result.UNKNOWN if served else Result.UNMET

    def closeness(self, program: Program, places: Sequence[str]) -> int:
        """How particularly a programme is for one of the places: 2 for its own 시·군·구, 1 for its 시·도, else 0."""
        serving = (area for place in places for area in home_of(program) if self._lies_in(place, area))
        return max((len(area.split()) for area in serving), default=0)

    def is_named_for_another(self, program: Program, places: Sequence[str]) -> bool:
        """Whether the name of a programme tells a 시·군·구 that is none of the places, each a 시·군·구 itself."""
        told = [place for m in self.gazetteer.mentions(f"{program.name} ") for place in m.candidates if " " in place]
        local = [place for place in places if " " in place]
        return bool(told and local) and not any(self._lies_in(place, area) for place in local for area in told)

    def _lies_in(self, place: str, area: str) -> bool:
        return self.gazetteer.inside(place, area) is Result.MET

    def _serves(self, program: Program, place: str, as_of: date | None) -> bool:
        inside = self.gazetteer.inside
        return any(
            inside(place, area, as_of) is Result.MET or (" " not in place and inside(area, place, as_of) is Result.MET)
            for area in home_of(program)
        )

    def holds(self, words: str) -> bool:
        """Whether some passage holds the words, white space ignored."""
        return squash(words) in self._told

    @cached_property
    def _told(self) -> str:
        return squash(" ".join(chunk.indexed_text for chunk in self._generation.catalogue.chunks()))

    def says_all(self, program: Program, names: Sequence[str]) -> bool:
        """Whether the statements of a programme hold every word of these names, each in one piece."""
        told = self._told_by(program)
        return all(squash(word).casefold() in told for name in names for word in name.split())

    def says_any(self, program: Program, words: str) -> bool:
        """Whether the statements of a programme say one of these words, by all its parts; so they do of none."""
        said = [parts for word in words.split() if (parts := frozenset(morphemes(word))) and len(word) > 1]
        return not said or any(parts <= self._words_of(program) for parts in said)

    def says_each(self, program: Program, words: str) -> bool:
        """Whether the statements of a programme say every word of these, by all its parts."""
        return set(morphemes(words)) <= self._words_of(program)

    def _words_of(self, program: Program) -> frozenset[str]:
        """The words of all that a programme states, each found once."""
        if program.id not in self._said:
            told = " ".join(f"{s.heading} {s.words}" for s in self.picker.of(program))
            self._said[program.id] = frozenset(morphemes(told))
        return self._said[program.id]

    def _told_by(self, program: Program) -> str:
        """All that a programme states, white space and case ignored, put together once."""
        if program.id not in self._stated:
            told = " ".join(f"{s.heading} {s.words}" for s in self.picker.of(program))
            self._stated[program.id] = squash(told).casefold()
        return self._stated[program.id]

    def speaks_of(self, program: Program, year: int) -> bool:
        """Whether some statement of a programme speaks of a year, also in short ("'25년")."""
        forms = (f"{year}", f"'{year % 100}", f"’{year % 100}")
        return any(form in statement.text for statement in self.picker.of(program) for form in forms)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that documents speak of: those of programmes, of days to apply and of publication."""
        of_sources = (source.published_on[:4] for source in self._generation.catalogue.sources())
        periods = [period for program in self.programs for period in program.periods]
        days = (
            day for p in periods for day in (p.opens_on, p.closes_on, p.expected_from, p.expected_to) if day is not None
        )
        return frozenset(
            (
                *(program.year for program in self.programs if program.year),
                *(day.year for day in days),
                *(int(year) for year in of_sources if year.isdecimal()),
            )
        )

    def name_words(self, program: Program) -> frozenset[str]:
        """The words of a programme's names, which tell none of its statements from another."""
        if program.id not in self._name_words:
            self._name_words[program.id] = frozenset(morphemes(program.name))
        return self._name_words[program.id]

    def has_office(self, words: str) -> bool:
        """Whether the name of an office, its department or a person of some programme holds the words."""
        bare = squash(words)
        return any(bare in office for office in self._offices)

    @cached_property
    def _offices(self) -> frozenset[str]:
        contacts = (contact for program in self.programs for contact in program.contacts)
        return frozenset(squash(" ".join(filter(None, (c.organisation, c.department, c.person)))) for c in contacts)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of the documents that state a programme, by their ids, without white space."""
        sources = (self.source(id_) for id_ in dict.fromkeys(program.source_id for program in self.programs))
        return {source.id: squash(source.title) for source in sources if source}

    def source(self, source_id: str) -> Source | None:
        """The source with this id."""
        return self._generation.catalogue.source(source_id)

    def find(self, text: str, count: int) -> list[Hit]:
        """The chunks that suit the text best."""
        return retrieve(self._generation, text, count)

    def spoken_of(self, text: str) -> Mapping[str, float]:
        """How well (0–1) the best passage of each programme, by its id, suits a text; none where no passage does."""
        return self._spoken(text)

    def _best_passages(self, text: str) -> Mapping[str, float]:
        found: dict[str, float] = {}
        for hit in self.find(text, CANDIDATES):
            for program in self.of_chunk(hit.chunk):
                found[program.id] = max(found.get(program.id, 0.0), hit.score)
        return found

    def described(self, words: str) -> list[Near]:
        """The programmes by how well card and best passage suit a description, best first; none for no words."""
        spoken: dict[str, float] = {}
        for id_, score in self.spoken_of(words).items():
            name = self._name_of[id_]
            spoken[name] = max(spoken.get(name, 0.0), score)
        most = max(spoken.values(), default=1.0) or 1.0
        near = self.cards.nearest(words)
        found = [replace(one, suit=(one.suit + spoken.get(one.name, 0.0) / most) / 2) for one in near]
        return sorted(found, key=lambda one: -one.suit)

    def below(self, section: str) -> tuple[Chunk, ...]:
        """The chunks of a section and of those below it, in the order of the document."""
        chunks = self._generation.catalogue.chunks()
        return tuple(c for c in chunks if c.section == section or c.section.startswith(f"{section} > "))

    def pages_of(self, chunk: Chunk) -> str:
        """All words of the pages that a chunk stands on."""
        document = self._generation.catalogue.document(chunk.source_id)
        return document.text_on(*chunk.pages) if document else ""

    def evidence(self, chunk: Chunk, line: str) -> Evidence | None:
        """The words on the chunk's pages that one of its lines was made from; a table row is read with column names."""
        document = self._generation.catalogue.document(chunk.source_id)
        wanted = squash(line)
        first, last = chunk.pages
        for pages, text in (piece for block in document.blocks for piece in pieces(block)) if document else ():
            if not first <= pages[0] <= last:
                continue
            for words in text.split("\n"):
                parts = [squash(part) for part in words.split("\t") if part.strip()]
                if parts and (all(part in wanted for part in parts) or wanted in squash(words)):
                    return Evidence(chunk.source_id, pages, chunk.section, words.strip())
        return None


@remembered
def home_of(program: Program) -> tuple[str, ...]:
    """The places that a programme is for: those of its conditions, else the one that its government governs.

    Of a place and one that lies in it, which both must hold, the one that lies in the other.
    """
    allowed = tuple(place for c in program.criteria if c.field is CriterionField.REGION for place in c.allowed)
    allowed = tuple(place for place in allowed if not any(other.startswith(f"{place} ") for other in allowed))
    return allowed or ((program.key.region,) if program.key and program.key.region else ())


def _of_day(family: Sequence[Program], as_of: date) -> Iterator[Program]:
    """The edition of a programme that counts on a day: the latest up to its year, else the first."""
    ordered = sorted(family, key=lambda program: program.year or 0)
    past = [program for program in ordered if (program.year or 0) <= as_of.year]
    yield from past[-1:] or ordered[:1]
