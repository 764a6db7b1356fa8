"""Spelling: a text as it was typed flows in, the text that was most likely meant flows out.

A slip of a key, white space left out and white space within a word are mended where Kiwi's language model finds the
mended text far likelier than the typed one; a text that is likely as it stands is left alone. Places, numbers and the
words of the documents are never changed, and nothing is ever changed into a place or a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise

from rag.domain import Question
from rag.keystrokes import composed, is_near, keys
from rag.places import Gazetteer
from rag.text import Morpheme, breaks, common_words, likelihood, reading

# How much likelier (in natural logarithms) the mended text must be: for a word that people ask with, for one of the
# documents, for one of everybody's, for two halves put together.
_GAIN_ASKED = 4.0
_GAIN_SEEN = 4.0
_GAIN_COMMON = 7.0
_GAIN_JOINED = 4.5
# How much likelier a text must be without any white space before its words are looked at for halves.
_TORN = 6.0
# What it must gain besides where the typed word may have been meant, and where the keys lie far apart.
_GAIN_LISTED = 3.0
_GAIN_LISTED_SEEN = 5.0
_GAIN_FAR = 3.0
# A word that costs less where it stands cannot gain as much.
_UNLIKELY = 13.0
# A longer text is left as typed; it says enough without what is wrong in it.
_LONGEST = 400
# So many syllables without white space may be several words.
_RUN_TOGETHER = 5
_LONG = 8
_WORD = re.compile(r"[가-힣]{2,}")
# An office or body that is called by its place: "인천캠퍼스".
_OF_PLACE = re.compile(
    r"[가-힣]{0,4}?(?:[시군구도]?청|특례시|산단|공단|단지|캠퍼스|지사|지점|지부|본부|센터|협회|은행|진흥원|테크노파크|상공회의소)"
)
_COMMON = 9000
_SYLLABLES = 7
_KEYS = 4
_SLIPS = 2


class Speller:
    """The words that a text may mean, prepared once; read-only, safe to use from several threads."""

    def __init__(
        self,
        asked: Iterable[str],
        seen: Iterable[str],
        right: Iterable[str],
        names: Iterable[str],
        gazetteer: Gazetteer,
    ) -> None:
        """`asked` are words people ask with, `seen` those of the documents, `right` others that are no slips.

        `names` are written as one in any case.
        """
        self._asked = frozenset(filter(_WORD.fullmatch, asked))
        seen = frozenset(filter(_WORD.fullmatch, seen))
        whole = self._asked | seen
        self._known = whole | {word[:end] for word in whole for end in range(2, len(word))} | frozenset(right)
        self._names = frozenset(name for name in names if len(name) >= 3)
        self._gazetteer = gazetteer
        self._near = _slips_of(whole)
        self.mend = lru_cache(maxsize=512)(self._mend)

    def mended(self, question: Question) -> Question:
        """The question with its own words, and the asker's earlier ones, as they were meant."""
        history = tuple(
            replace(turn, content=self.mend(turn.content)) if turn.role == "user" else turn for turn in question.history
        )
        return replace(question, text=self.mend(question.text), history=history)

    def _mend(self, text: str) -> str:
        if len(text) > _LONGEST or not re.search("[가-힣ㄱ-ㅣ]", text):
            return text
        plain = composed(unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8")))
        typed = plain.split()
        score, morphemes = reading(" ".join(typed))
        words = " ".join(map(self._spaced, _joined(typed, score))).split()
        if words != typed:
            _, morphemes = reading(" ".join(words))
        for at, (is_listed, cost) in enumerate(list(_read(words, morphemes))):
            for _ in range(_SLIPS if cost >= _UNLIKELY or not is_listed else 0):
                before, after = " ".join(words[max(at - 1, 0) : at]), " ".join(words[at + 1 : at + 2])
                mended = self._slip_mended(words[at], before, after, is_listed)
                if mended == words[at]:
                    break
                words[at] = mended
        return " ".join(words)

    def _spaced(self, word: str) -> str:
        """A word with white space put into it where several were typed together; compounds stay whole."""
        if not re.search(rf"[가-힣]{{{_RUN_TOGETHER}}}", word):
            return word
        names = [
            (m.start(), m.end()) for name in self._names if name in word for m in re.finditer(re.escape(name), word)
        ]
        edges = {edge for span in names for edge in span}
        is_long = bool(re.search(rf"[가-힣]{{{_LONG}}}", _blanked(word, names)))
        _, read = reading(word)
        starts = {r.start: r for r in read}
        ends = {r.end: r for r in read}
        out = ""
        last = 0
        for at in breaks(word):
            if any(start < at < end for start, end in names):
                continue
            joint = is_long and (at in edges or not _is_compound(ends.get(at), starts.get(at)))
            if joint or (self._is_place(word[last:at]) and not _OF_PLACE.match(word[at:])):
                out, last = f"{out}{word[last:at]} ", at
        return out + word[last:]

    def _slip_mended(self, word: str, before: str, after: str, is_listed: bool) -> str:
        """The word with its likeliest slip undone, where that makes it far likelier between its neighbours."""
        if not _WORD.search(word) or re.search(r"\d", word) or self._is_place(word):
            return word
        candidates = dict(self._candidates(word, is_listed))
        if not candidates:
            return word
        typed = likelihood(f"{before} {word} {after}")
        gains = {
            candidate: likelihood(f"{before} {candidate} {after}") - typed - least
            for candidate, least in candidates.items()
        }
        likeliest = sorted((c for c in gains if gains[c] > 0), key=lambda candidate: -gains[candidate])
        # The office of another place may answer, so no slip is mended into a place.
        return next((c for c in likeliest if self._places(c) == self._places(word)), word)

    def _places(self, words: str) -> tuple[str, ...]:
        return tuple(found.words for found in self._gazetteer.mentions(f"{words} "))

    def _is_place(self, words: str) -> bool:
        """Whether the whole of a text names a place: "서초동" is found as "서초", "나주서" as "나주"."""
        return any(words[:-1] in (found, found[:-1]) for found in self._places(words))

    def _candidates(self, word: str, is_listed: bool) -> Iterator[tuple[str, float]]:
        """The word with some of its syllables made a known word that one slip may have spoilt, and the gain asked.

        What the word begins with, where that is known, stays; so does a syllable behind what people ask with.
        """
        for run in _WORD.finditer(word):
            known = next((end for end in range(len(run[0]), 1, -1) if run[0][:end] in self._known), 0)
            kept, right = run[0][:known], run.start() + known
            if kept in self._asked and right >= run.end() - 1:
                continue
            for start in (run.start(), right) if is_listed else range(run.start(), run.end()):
                for end in range(max(start, right) + 1, min(run.end(), start + _SYLLABLES) + 1):
                    for meant, gain in self._meant(keys(word[start:end]), is_listed):
                        mended = word[:start] + meant + word[end:]
                        if mended != word and mended[run.start() :].startswith(kept):
                            yield mended, gain

    def _meant(self, letters: str, is_listed: bool) -> Iterator[tuple[str, float]]:
        """The known words a slip away from these letters, and the gain asked of each."""
        if len(letters) < _KEYS:
            return
        for meant in () if is_listed else _nearest(letters, _common()):
            yield meant, _GAIN_COMMON + _GAIN_FAR * (not is_near(letters, keys(meant)))
        for meant in _nearest(letters, self._near):
            is_asked = meant in self._asked
            gain = _GAIN_ASKED if is_asked else _GAIN_SEEN
            gain += (_GAIN_LISTED if is_asked else _GAIN_LISTED_SEEN) * is_listed
            yield meant, gain + _GAIN_FAR * (not is_near(letters, keys(meant)))


def _read(words: list[str], morphemes: Sequence[Morpheme]) -> Iterator[tuple[bool, float]]:
    """Of each word whether Kiwi lists all its morphemes, and how unlikely it is where it stands."""
    at = 0
    for word in words:
        own = [m for m in morphemes if at <= m.start < at + len(word)]
        yield all(m.is_listed for m in own), sum(m.cost for m in own)
        at += len(word) + 1


def _joined(words: list[str], score: float) -> list[str]:
    """The words with those put together that white space has torn apart."""
    torn = likelihood("".join(words)) - score
    if torn < _TORN:
        return words
    out = words[:1]
    for before, word in pairwise(words):
        is_inside = _is_hangul(before[-1:]) and _is_hangul(word[:1])
        gain = _gain_joined(out[-1], word) if is_inside else 0.0
        if gain >= _GAIN_JOINED:
            out[-1] += word
        else:
            out.append(word)
    return out


def _gain_joined(left: str, right: str) -> float:
    """How much likelier two words are as one; nothing where that one is unheard of."""
    joined, morphemes = reading(left + right)
    return joined - likelihood(f"{left} {right}") if all(m.is_listed for m in morphemes) else 0.0


def _is_hangul(letter: str) -> bool:
    return "가" <= letter <= "힣"


def _blanked(word: str, spans: list[tuple[int, int]]) -> str:
    return "".join(" " if any(start <= at < end for start, end in spans) else letter for at, letter in enumerate(word))


def _is_compound(left: Morpheme | None, right: Morpheme | None) -> bool:
    """Whether two nouns meet, which are as well written as one, or the place lies within a morpheme."""
    return left is None or right is None or (left.is_noun and right.is_noun)


@cache
def _common() -> dict[str, tuple[str, ...]]:
    return _slips_of(common_words(_COMMON))


def _slips_of(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The words by what is left of their letters when one is missing: two words a slip apart share such a rest."""
    near: dict[str, list[str]] = {}
    for word in words:
        letters = keys(word)
        if len(letters) >= _KEYS:
            for rest in _rests(letters):
                near.setdefault(rest, []).append(word)
    return {rest: tuple(found) for rest, found in near.items()}


def _nearest(letters: str, near: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """The words that one letter changed, missing, doubled or swapped makes of these letters."""
    for rest in _rests(letters):
        yield from near.get(rest, ())


def _rests(letters: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters))))))
