"""Settling: the names found in a text flow in; those that are places flow out, with their candidates narrowed.

A name of another meaning is held against the words around it, and against the places it is listed with; a name of
several places against the 시·도 and areas told nearby, and against the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from rag.grammar import gazetteer
from rag.grammar.attached import lists
from rag.grammar.beside import Setting, is_evident, is_headed, is_modified, is_ruled_out
from rag.grammar.finding import Finder, Name
from rag.grammar.regions import Regions
from rag.grammar.sentences import Sentences

# Letters: how far a noun behind a name is looked for, how far a place set aside stands before the one put for it, and
# how far a "말고" between two names is looked for.
_AHEAD, _NEAR, _FAR = 12, 8, 200
# So many 시·도 and areas before a name may settle it, the nearest first.
_GOVERNORS = 6
_MARKS = (",", "·", "ㆍ", "/", "&")


class Settler:
    """The names of one text and how they bear on one another."""

    def __init__(self, text: str, names: list[Name], sentences: Sentences, finder: Finder, regions: Regions) -> None:
        self._text, self._names, self._sentences = text, names, sentences
        self._finder, self._regions = finder, regions

    def places(self, as_of: date | None, *, is_address: bool) -> Iterator[Name]:
        """The names that are places, in order; every name in an address is one."""
        if is_address:
            return self._narrowed(self._names, as_of)
        told = [name for name in self._names if self._is_place(name)]
        told += self._listed({name.start for name in told})
        return self._narrowed(sorted(told, key=lambda name: name.start), as_of)

    def _is_place(self, name: Name) -> bool:
        """Whether the name is a place by itself or by the words around it."""
        spelling = name.spelling
        if not (spelling.is_doubtful or spelling.unless or spelling.is_governed):
            return True
        setting = self._setting(name)
        if is_ruled_out(setting, spelling.unless):
            return False
        if name.is_joined or not (spelling.is_doubtful or spelling.is_governed):
            return True
        if spelling.is_governed or is_modified(setting):
            return False
        return (name.is_province and is_headed(setting)) or is_evident(setting)

    def _setting(self, name: Name) -> Setting:
        end = name.end + name.tail.length
        before, _, after = self._sentences.around(name.start, name.end)
        following = self._text[end : end + _AHEAD].lstrip()
        return Setting(before, [w for w in after if w.start >= end], name.tail, following)

    def _listed(self, known: set[int]) -> Iterator[Name]:
        """Doubtful names listed with a place, or set aside for one: "예산이랑 홍성", "서울, 인천, 경기"."""
        for left, right in (*pairwise(self._names), *reversed([*pairwise(self._names)])):
            name, other = (right, left) if left.start in known else (left, right)
            if other.start not in known or name.start in known or name.spelling.is_governed:
                continue
            setting = self._setting(name)
            if is_ruled_out(setting, name.spelling.unless) or (name is left and is_modified(setting)):
                continue
            if self._are_listed(left, right):
                known.add(name.start)
                yield name

    def _are_listed(self, left: Name, right: Name) -> bool:
        """Whether two names are joined by a mark or a word that joins, or one is put for the other."""
        joins = lists()["joins"]
        gap = self._text[left.end + left.tail.length : right.start][: _NEAR + 1].strip()
        if gap in _MARKS or gap in joins or (not gap and {*left.tail.forms[-1:]} & joins):
            return True
        return len(gap) <= _NEAR and self._is_contrasted(left, right)

    def _narrowed(self, told: list[Name], as_of: date | None) -> Iterator[Name]:
        """The names with their candidates settled by the nearest 시·도 or area before, or by the name right behind."""
        governors: list[Name] = []
        for at, name in enumerate(told):
            candidates = name.candidates
            if len(candidates) > 1 and not name.is_area:
                near = (*reversed(governors), *told[at + 1 : at + 2])
                candidates = next(filter(None, (self._within(name, other) for other in near)), candidates)
            if name.is_province:
                governors = [*governors[1 - _GOVERNORS :], name]
            yield replace(name, candidates=gazetteer.current(candidates, self._regions, as_of))

    def _within(self, name: Name, other: Name) -> tuple[str, ...]:
        """The candidates of a name that lie in another place told, unless the two are set against each other."""
        inner = tuple(p for p in self._finder.inner(name, other.candidates) if p in name.candidates)
        inner = tuple(p for p in inner if p not in other.candidates)
        return () if inner and self._is_contrasted(name, other) else inner

    def _is_contrasted(self, one: Name, other: Name) -> bool:
        first, last = sorted((one, other), key=lambda name: name.start)
        if last.start - first.end > _FAR:
            return False
        return any(w.form in lists()["contrast"] for w in self._sentences.between(first.end, last.start))
