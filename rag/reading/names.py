"""Names: a text flows in; where it names programmes, their parts and bodies, and whom words mean, flows out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio

from rag.domain import Program
from rag.plan import Role
from rag.reading.tokens import Hit
from rag.text import squash
from rag.tracks import tracks_of
from rag.wordlists import word_lists

# One slip for every so many letters (jamo), and none in a spelling shorter than that.
_LETTERS_A_SLIP = 7
# A spelling this short says too little by itself ("AI", "센터").
_SHORTEST = 3
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
# Of a hundred letters (jamo) so many are the same in a part of a name with slips ("솔류션").
_LIKE = 75
_MARKS = frozenset("·ㆍ.,~-()'\"‘’“”「」『』:/[]")
_SPOKEN = tuple(
    (word, sign) for sign, words in word_lists(Path(__file__).with_name("names.yaml")).items() for word in words
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a spelling stands for: programmes by name, the part of each, or a body; `role` says which."""

    role: Role
    programs: tuple[str, ...]
    name: str


class Names:
    """Every spelling of the programmes of one generation, their parts and bodies, prepared once; read-only."""

    def __init__(self, programs: Sequence[Program], bodies: Iterable[tuple[str, Sequence[str]]] = ()) -> None:
        spelled: dict[tuple[str, Role], dict[str, dict[str, None]]] = {}
        self._programs = tuple(dict.fromkeys(program.name for program in programs))
        for spelling, name in _parts_alone(programs):
            _note(spelled, spelling, Role.PROGRAM, name, name)
        for program in programs:
            for spelling in (program.name, *program.aliases):
                _note(spelled, spelling, Role.PROGRAM, program.name, program.name)
            for track in tracks_of(program):
                for spelling in (track.name, *track.aliases):
                    _note(spelled, spelling, Role.TRACK, track.name, program.name)
            for body in (program.ministry, program.agency, *(c.organisation for c in program.contacts)):
                _note(spelled, body, Role.BODY, body, program.name)
        for body, aliases in bodies:
            of = [p.name for p in programs if body in (p.ministry, p.agency)]
            for spelling in (body, *aliases):
                for name in of or ("",):
                    _note(spelled, spelling, Role.BODY, body, name)
        self._known: dict[str, tuple[Named, ...]] = {}
        for (spelling, role), meant in spelled.items():
            named = tuple(Named(role, tuple(filter(None, programs)), name) for name, programs in meant.items())
            self._known[spelling] = (*self._known.get(spelling, ()), *named)
        self._lengths = sorted({len(spelling) for spelling in self._known}, reverse=True)
        self._letters = [
            (unicodedata.normalize("NFD", spelling), spelling)
            for spelling, named in self._known.items()
            if any(each.role is not Role.BODY for each in named)
        ]

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Where the text spells names, the longest first, without overlaps; the kind is that of the role."""
        return tuple(Hit(start, end, str(self._known[spelling][0].role)) for start, end, spelling in self._spans(text))

    def meant(self, words: str, role: Role) -> tuple[Named, ...]:
        """What the words stand for as one spelling of that role, or with slips of the keys; none where nothing is near.

        Where the words hold a spelling among others, the longest is meant.
        """
        spelling = bare(words)
        exact = tuple(named for named in self._known.get(spelling, ()) if named.role is role)
        if exact:
            return exact
        within = [named for _, _, known in self._spans(words) for named in self._known[known] if named.role is role]
        if within:
            return tuple(dict.fromkeys(within))
        spellings = (spelling, *map(bare, words.split()))
        return next((n for s in spellings if (n := tuple(m for m in self._misspelled(s) if m.role is role))), ())

    def holding(self, words: str) -> tuple[Named, ...]:
        """The one programme whose name holds the words ("로봇" of 지능형로봇보급확산); none where it is not one."""
        spelling = bare(words)
        found = [name for name in self._programs if len(spelling) > 1 and spelling in bare(name)]
        return (Named(Role.PROGRAM, (found[0],), found[0]),) if len(found) == 1 else ()

    def sharing(self, words: str) -> tuple[str, ...]:
        """The names of all programmes that hold the words, long enough to be more than a word of many names."""
        spelling = bare(words)
        return tuple(n for n in self._programs if spelling in bare(n)) if len(spelling) > _SHORTEST else ()

    def beyond(self, words: str) -> str:
        """What the words say beside the spellings in them: "수출" of "수출바우처" where 바우처 is one; "" for none."""
        left, at = [], 0
        spans = self._spans(words)
        for start, end, _ in spans:
            left.append(words[at:start])
            at = end
        return " ".join((*left, words[at:])).strip() if spans else ""

    def _spans(self, text: str) -> list[tuple[int, int, str]]:
        letters, places = _bared(text)
        taken = [False] * len(letters)
        found: list[tuple[int, int, str]] = []
        for length in self._lengths:
            for start in range(len(letters) - length + 1):
                spelling = letters[start : start + length]
                if spelling in self._known and not any(taken[start : start + length]):
                    taken[start : start + length] = [True] * length
                    found.append((places[start][0], places[start + length - 1][1], spelling))
        return sorted(found)

    def _misspelled(self, spelling: str) -> tuple[Named, ...]:
        """What is meant by the spelling nearest to this one within the slips allowed; none where two are as near."""
        letters = unicodedata.normalize("NFD", spelling)
        best: dict[str, int] = {}
        for own, known in self._letters:
            allowed = len(own) // _LETTERS_A_SLIP
            if allowed and abs(len(own) - len(letters)) <= allowed:
                slips = Levenshtein.distance(own, letters, score_cutoff=allowed)
                if slips <= allowed:
                    best[known] = slips
        least = min(best.values(), default=0)
        nearest = tuple(dict.fromkeys(n for known, slips in best.items() if slips == least for n in self._known[known]))
        return nearest if len({named.programs for named in nearest}) == 1 else ()


def is_like(words: str, name: str) -> bool:
    """Whether words are a part of a name, but for slips of the keys."""
    own, other = (unicodedata.normalize("NFD", bare(text)) for text in (words, name))
    return partial_ratio(own, other) >= _LIKE


def bare(text: str) -> str:
    """The text for finding names: without white space and the marks that people leave out, spoken signs as signs."""
    return _bared(text)[0]


def _bared(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without white space and marks, in small letters, and where each letter of it stands in the text."""
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    lowered = text.lower()
    while at < len(text):
        spoken = next(((word, sign) for word, sign in _SPOKEN if lowered.startswith(word, at)), None)
        if spoken:
            word, sign = spoken
            letters.extend(sign)
            places.extend([(at, at + len(word))] * len(sign))
            at += len(word)
            continue
        for letter in squash(text[at]):
            if letter not in _MARKS:
                letters.append(letter)
                places.append((at, at + 1))
        at += 1
    return "".join(letters), places


def _parts_alone(programs: Sequence[Program]) -> Iterator[tuple[str, str]]:
    """The words of the names of programmes that no other programme speaks of: people call it by them."""
    told: dict[str, str] = {}
    for program in programs:
        words = " ".join((program.name, *program.aliases, *(f"{d.label}{d.text}" for d in program.details)))
        told[program.name] = told.get(program.name, "") + bare(words)
    for name in told:
        for word in _WORD.findall(name):
            spelling = bare(word)
            if len(spelling) >= _SHORTEST and not any(spelling in own for other, own in told.items() if other != name):
                yield word, name


def _note(
    spelled: dict[tuple[str, Role], dict[str, dict[str, None]]], spelling: str, role: Role, name: str, program: str
) -> None:
    known = bare(spelling)
    if len(known) >= _SHORTEST:
        spelled.setdefault((known, role), {}).setdefault(name, {})[program] = None


def content(words: Iterable[str]) -> Iterator[str]:
    """The words that are not only a sign or one letter."""
    return (word for word in words if len(word) > 1)
