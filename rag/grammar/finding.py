"""Finding: a text flows in; the spellings of places that stand in it flow out, those that belong together as one.

A name is found where a word may begin, as the longest spelling behind which nothing but particles, a copula or a noun
of place is attached. Time grows with the length of the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.grammar import gazetteer
from rag.grammar.attached import Tail, tail_of
from rag.grammar.beside import is_misread
from rag.grammar.gazetteer import Spelling
from rag.grammar.regions import Regions
from rag.grammar.sentences import Sentences

_RUN = re.compile(r"[0-9가-힣]+")
_HANGUL = re.compile(r"[가-힣]*")
_BRACKETED = re.compile(r"\s?\(\s?([가-힣]{2,8})\s?\)")


@dataclass(frozen=True, slots=True)
class Name:
    """A spelling at [start, end) with what is attached to it; names joined to one keep the last one's spelling."""

    start: int
    end: int
    spelling: Spelling
    tail: Tail
    candidates: tuple[str, ...]
    is_area: bool
    is_joined: bool = False

    @property
    def is_province(self) -> bool:
        """Whether it means nothing smaller than a 시·도."""
        return all(" " not in place for place in self.candidates)


class Finder:
    """Every spelling by its words, prepared once; read-only, safe to use from several threads."""

    def __init__(self, spellings: tuple[Spelling, ...], regions: Regions) -> None:
        self._known = {spelling.words: spelling for spelling in spellings}
        self._lengths = tuple(sorted({len(words) for words in self._known}, reverse=True))
        self._regions = regions

    def names(self, text: str, sentences: Sentences) -> list[Name]:
        """The names in the text, in order, whether or not the words around them show a place."""
        return self._with_brackets(text, self._joined(text, self._spelled(text, sentences)))

    def inner(self, name: Name, outer: tuple[str, ...]) -> tuple[str, ...]:
        """The candidates of a name, those it had formerly included, that lie in one of the outer places."""
        return self._inner(name.spelling, outer)

    def _spelled(self, text: str, sentences: Sentences) -> Iterator[Name]:
        for run in _RUN.finditer(text):
            best = self._best(text, run.start(), run.end())
            at = run.start()
            while best and at < run.end():
                name = best.get(at)
                if name is None or not (_begins_word(text, name, run.start()) or _begins(name, sentences)):
                    at += 1
                    continue
                while name:
                    if not _is_misread(name, sentences):
                        yield name
                    at = name.end
                    name = best.get(at)

    def _best(self, text: str, start: int, end: int) -> dict[int, Name]:
        """For each place of a run of syllables the longest name there that may be one, read from the right."""
        best: dict[int, Name] = {}
        for at in range(end - 2, start - 1, -1):
            for length in self._lengths:
                spelling = self._known.get(text[at : at + length]) if at + length <= end else None
                tail = self._tail(text, spelling, at + length, best) if spelling else None
                if spelling and tail:
                    best[at] = Name(at, at + length, spelling, tail, _meant(spelling), spelling.is_area)
                    break
        return best

    def _tail(self, text: str, spelling: Spelling, at: int, best: dict[int, Name]) -> Tail | None:
        """What is attached at a place, which may be another name: one that lies in it, or two 시·도 side by side."""
        behind = best.get(at)
        if behind:
            are_provinces = all(" " not in place for place in (*spelling.candidates, *behind.candidates))
            if are_provinces or self._inner(behind.spelling, _meant(spelling)):
                return Tail()
        attached = _HANGUL.match(text, at)
        return tail_of(attached[0], spelling.words[-1]) if attached else None

    def _inner(self, spelling: Spelling, outer: tuple[str, ...]) -> tuple[str, ...]:
        own = dict.fromkeys((*spelling.candidates, *spelling.former))
        return tuple(p for p in own if any(gazetteer.belongs(p, area, self._regions) for area in outer))

    def _joined(self, text: str, names: Iterator[Name]) -> list[Name]:
        """Names side by side, each lying in the one before it, made one."""
        made: list[Name] = []
        for name in names:
            last = made[-1] if made else None
            inner: tuple[str, ...] = ()
            if last and last.tail.is_bare and not text[last.end : name.start].strip():
                inner = self._inner(name.spelling, last.candidates)
            if last and inner:
                made[-1] = replace(name, start=last.start, candidates=inner, is_joined=True, is_area=False)
            else:
                made.append(name)
        return made

    def _with_brackets(self, text: str, names: list[Name]) -> list[Name]:
        """A 시·도 in brackets behind a name belongs to it: "고성(강원)"."""
        made: list[Name] = []
        for name in names:
            if made and name.start < made[-1].end:
                continue
            match = _BRACKETED.match(text, name.end) if name.tail.is_bare else None
            outer = self._known.get(match[1]) if match else None
            inner = self._inner(name.spelling, outer.candidates) if outer else ()
            if match and inner:
                name = replace(name, end=match.end(), candidates=inner, is_joined=True)
            made.append(name)
        return made


def _meant(spelling: Spelling) -> tuple[str, ...]:
    return spelling.candidates or spelling.former


def _begins_word(text: str, name: Name, start: int) -> bool:
    return name.start == start or text[name.start - 1].isdigit()


def _begins(name: Name, sentences: Sentences) -> bool:
    """Whether a name in the midst of a run is a word of its own ("저는대구예요")."""
    if name.spelling.is_doubtful or name.spelling.is_governed:
        return False
    before, across, _ = sentences.around(name.start, name.end)
    begins = any(w.start == name.start and w.tag in ("NNP", "NNG") for w in across)
    return begins and bool(before) and (before[-1].tag[0] in "JE" or before[-1].tag in ("MAG", "IC", "MAJ"))


def _is_misread(name: Name, sentences: Sentences) -> bool:
    if name.spelling.is_area:
        return False
    _, across, _ = sentences.around(name.start, name.end)
    return is_misread(across, name.start, name.end, name.tail)
