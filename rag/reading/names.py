"""Names: a text flows in; where it names programmes, their parts and bodies, and whom words mean, flows out."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio

from rag.domain import Program
from rag.plan import Role
from rag.prepared import Arrays, texts_in, texts_of
from rag.reading.tokens import Hit
from rag.text import content_morphemes, squash
from rag.tracks import tracks_of
from rag.wordlists import word_lists

# One slip for every so many letters (jamo), and none in a spelling shorter than that.
_LETTERS_A_SLIP = 7
# A spelling this short says too little by itself ("AI", "센터").
_SHORTEST = 3
_ENOUGH = 2
_LETTERS_KEPT = 8192
_WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
# Of a hundred letters (jamo) so many are the same in a part of a name with slips ("솔류션").
_LIKE = 75
_MARKS = frozenset("·ㆍ.,~-()'\"‘’“”「」『』:/[]")
_SPOKEN = tuple(
    (word, sign) for sign, words in word_lists(Path(__file__).with_name("names.yaml")).items() for word in words
)
_TAILS = frozenset(word_lists(Path(__file__).with_name("titles.yaml"))["tails"])
# A name of such words alone ("지원사업") is what people call any programme.
_NO_NAME = re.compile(f"(?:{'|'.join(sorted(_TAILS, key=len, reverse=True))})+")
_SPOKEN_FROM = {word[:1]: tuple(pair for pair in _SPOKEN if pair[0][:1] == word[:1]) for word, _ in _SPOKEN}


@dataclass(frozen=True, slots=True)
class Named:
    """What a spelling stands for: programmes by name, the part of each, or a body; `role` says which."""

    role: Role
    programs: tuple[str, ...]
    name: str


class Names:
    """Every spelling of the programmes of one generation, their parts and bodies, prepared once; read-only."""

    def __init__(self, known: Mapping[str, tuple[Named, ...]], bares: Mapping[str, str]) -> None:
        self.known = known
        self.bares = bares
        # By their first letters: a text is gone through once, however many spellings there are.
        self._lengths: dict[str, set[int]] = {}
        for spelling in known:
            self._lengths.setdefault(spelling[:_SHORTEST], set()).add(len(spelling))
        self._letters: dict[int, list[tuple[int, str, str]]] = {}
        for at, (spelling, named) in enumerate(known.items()):
            if any(each.role is not Role.BODY for each in named):
                letters = unicodedata.normalize("NFD", spelling)
                self._letters.setdefault(len(letters), []).append((at, letters, spelling))

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Where the text spells names, the longest first, without overlaps; the kind is that of the role."""
        return tuple(Hit(start, end, str(self.known[spelling][0].role)) for start, end, spelling in self._spans(text))

    def meant(self, words: str, role: Role) -> tuple[Named, ...]:
        """What the words stand for as one spelling of that role, or with slips of the keys; none where nothing is near.

        Where the words hold a spelling among others, the longest is meant.
        """
        spelling = bare(words)
        exact = tuple(named for named in self.known.get(spelling, ()) if named.role is role)
        if exact:
            return exact
        within = [named for _, _, known in self._spans(words) for named in self.known[known] if named.role is role]
        if within:
            return tuple(dict.fromkeys(within))
        spellings = (spelling, *map(bare, words.split()))
        return next((n for s in spellings if (n := tuple(m for m in self._misspelled(s) if m.role is role))), ())

    def holding(self, words: str) -> tuple[Named, ...]:
        """The one programme whose name holds the words ("로봇" of 지능형로봇보급확산); none where it is not one."""
        spelling = bare(words)
        found = [name for name, own in self.bares.items() if spelling in own] if len(spelling) > 1 else []
        return (Named(Role.PROGRAM, (found[0],), found[0]),) if len(found) == 1 else ()

    def sharing(self, words: str) -> tuple[str, ...]:
        """The names of all programmes that hold every word of these, long enough to be more than a word of many names.

        Words that titles end in ("지원사업") tell none from another.
        """
        spelling = bare(words)
        if len(spelling) <= _SHORTEST:
            return ()
        own = tuple(form for form, _ in content_morphemes(words) if form not in _TAILS) or (spelling,)
        return tuple(n for n, held in self.bares.items() if spelling in held or all(form in held for form in own))

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
        spelt = (
            (-length, start)
            for start in range(len(letters) - _SHORTEST + 1)
            for length in self._lengths.get(letters[start : start + _SHORTEST], ())
            if start + length <= len(letters) and letters[start : start + length] in self.known
        )
        for minus, start in sorted(spelt):
            end = start - minus
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                found.append((places[start][0], places[end - 1][1], letters[start:end]))
        return sorted(found)

    def _misspelled(self, spelling: str) -> tuple[Named, ...]:
        """What is meant by the spelling nearest to this one within the slips allowed; none where two are as near."""
        letters = unicodedata.normalize("NFD", spelling)
        best: dict[str, int] = {}
        near = (length for length in self._letters if abs(length - len(letters)) <= length // _LETTERS_A_SLIP)
        for _, own, known in sorted(one for length in near for one in self._letters[length]):
            allowed = len(own) // _LETTERS_A_SLIP
            slips = Levenshtein.distance(own, letters, score_cutoff=allowed) if allowed else 1
            if slips <= allowed:
                best[known] = slips
        least = min(best.values(), default=0)
        nearest = tuple(dict.fromkeys(n for known, slips in best.items() if slips == least for n in self.known[known]))
        return nearest if len({named.programs for named in nearest}) == 1 else ()


def names_of(programs: Sequence[Program], bodies: Iterable[tuple[str, Sequence[str]]] = ()) -> Names:
    """The names of these programmes; `bodies` are names of bodies with other spellings of each."""
    spelled: dict[tuple[str, Role], dict[str, dict[str, None]]] = {}
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
    run: dict[str, dict[str, None]] = {}
    for program in programs:
        for body in (program.ministry, program.agency):
            run.setdefault(body, {})[program.name] = None
    for body, aliases in bodies:
        for spelling in (body, *aliases):
            for name in run.get(body, ("",)):
                _note(spelled, spelling, Role.BODY, body, name)
    known: dict[str, tuple[Named, ...]] = {}
    for (spelling, role), spelt in spelled.items():
        named = tuple(Named(role, tuple(filter(None, programs)), name) for name, programs in spelt.items())
        known[spelling] = (*known.get(spelling, ()), *named)
    return Names(known, {program.name: bare(program.name) for program in programs})


def packed_names(names: Names) -> Arrays:
    """The names as texts: of each spelling all that it stands for, a JSON list each."""
    told = [
        json.dumps((spelling, one.role, one.name, *one.programs), ensure_ascii=False)
        for spelling, own in names.known.items()
        for one in own
    ]
    return {"names.known": texts_in(told), "names.bare": texts_in([t for pair in names.bares.items() for t in pair])}


def read_names(arrays: Arrays) -> Names:
    """The names that were packed."""
    known: dict[str, tuple[Named, ...]] = {}
    for told in texts_of(arrays["names.known"]):
        spelling, role, name, *programs = json.loads(told)
        known[spelling] = (*known.get(spelling, ()), Named(Role(role), tuple(programs), name))
    bares = texts_of(arrays["names.bare"])
    return Names(known, dict(zip(bares[::2], bares[1::2], strict=True)))


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
        begins = _SPOKEN_FROM.get(lowered[at : at + 1], ())
        spoken = next(((word, sign) for word, sign in begins if lowered.startswith(word, at)), None)
        if spoken:
            word, sign = spoken
            letters.extend(sign)
            places.extend([(at, at + len(word))] * len(sign))
            at += len(word)
            continue
        for letter in _letter(text[at]):
            letters.append(letter)
            places.append((at, at + 1))
        at += 1
    return "".join(letters), places


@lru_cache(maxsize=_LETTERS_KEPT)
def _letter(letter: str) -> str:
    """A letter as it is compared; "" for one that people leave out."""
    return "".join(one for one in squash(letter) if one not in _MARKS)


def _parts_alone(programs: Sequence[Program]) -> Iterator[tuple[str, str]]:
    """The words of the names of programmes that no other programme speaks of: people call it by them."""
    told: dict[str, str] = {}
    for program in programs:
        words = " ".join((program.name, *program.aliases, *(f"{d.label}{d.text}" for d in program.details)))
        told[program.name] = told.get(program.name, "") + bare(words)
    own_words = {name: [word for word in _WORD.findall(name) if len(bare(word)) >= _SHORTEST] for name in told}
    speaking = _speaking({bare(word) for own in own_words.values() for word in own}, told)
    yield from ((word, name) for name, own in own_words.items() for word in own if speaking[bare(word)] <= {name})


def _speaking(spellings: Iterable[str], told: Mapping[str, str]) -> dict[str, set[str]]:
    """Which of these texts, by name, hold each spelling; two are enough. Every text is gone through once."""
    speaking: dict[str, set[str]] = {spelling: set() for spelling in spellings}
    heads: dict[str, list[str]] = {}
    for spelling in speaking:
        heads.setdefault(spelling[:_SHORTEST], []).append(spelling)
    for name, own in told.items():
        for at in range(len(own) - _SHORTEST + 1):
            for spelling in heads.get(own[at : at + _SHORTEST], ()):
                if len(speaking[spelling]) < _ENOUGH and own.startswith(spelling, at):
                    speaking[spelling].add(name)
    return speaking


def _note(
    spelled: dict[tuple[str, Role], dict[str, dict[str, None]]], spelling: str, role: Role, name: str, program: str
) -> None:
    known = bare(spelling)
    if len(known) >= _SHORTEST and not _NO_NAME.fullmatch(known):
        spelled.setdefault((known, role), {}).setdefault(name, {})[program] = None


def content(words: Iterable[str]) -> Iterator[str]:
    """The words that are not only a sign or one letter."""
    return (word for word in words if len(word) > 1)
