"""Tradeparts: a line on a trade flows in; its parts flow out, each the words it is made of and what they say.

Words are matched whole: they begin and end where a morpheme does, the longest first, so that no word is found inside
another ("카페" in "카페인").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from rag.grammar.sentences import Sentences
from rag.grammar.tradebook import NOTHING, Word, book
from rag.korean import is_hangul
from rag.text import Word as Morpheme

_CODE = re.compile(r"(?<![0-9A-Za-z.-])([A-Ua-u])?(\d{2,5})(?![0-9A-Za-z-]|[.,]\d)")
# What follows a number that counts something; one of five digits is a whole code and may have its name behind it.
_COUNTED = {5: re.compile(r"[가-힣%]")}
_COUNTED_OR_NAMED = re.compile(r"\s?[가-힣%]")
# The longest word of the tradebook has no more morphemes than this.
_MOST = 16
_NOUNS = ("NNG", "NNP", "XR", "SL")


@dataclass(frozen=True, slots=True)
class Item:
    """Words at [start, end) and what they say; nothing where the tradebook does not know them. Or a code.

    `form` is the stem of a verb, else the words; `is_done` tells that it is said of someone ("유통만 해요").
    """

    start: int
    end: int
    form: str
    said: Word = NOTHING
    code: str = ""
    is_verb: bool = False
    is_done: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the tradebook knows the words, or they are a code."""
        return bool(self.code) or self.said is not NOTHING


@dataclass(slots=True)
class Part:
    """One of several trades told: its items in order, whether it is not done, and whether a column's name heads it."""

    items: list[Item] = field(default_factory=list)
    is_denied: bool = False
    is_headed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The parts of a text; whether something is said with them, and whether by more than 하다 and 이다."""

    parts: tuple[Part, ...]
    is_said: bool
    has_verb: bool


def read_line(text: str) -> Line:
    """The parts of a text, divided at marks, at words that join, at endings and at the names of columns."""
    morphemes = list(Sentences(text).between(0, len(text)))
    starts = [word.start for word in morphemes]
    known = (
        replace(item, is_done=_is_done(morphemes, bisect_left(starts, item.end))) for item in _known(text, morphemes)
    )
    # A number and the letter before it are not always one morpheme.
    found = {item.start: item for item in (*known, *_codes(text))}
    parts = [Part()]
    reached = 0
    for word in morphemes:
        item = found.get(word.start)
        if word.start < reached:
            continue
        if item is None:
            _take(word, parts)
        elif item.said.is_label:
            parts.append(Part(is_headed=True))
        else:
            parts[-1].items.append(item)
        reached = item.end if item else reached
    said = [word for word in morphemes if word.tag[0] in "VE" or word.tag in ("XSV", "XSA")]
    has_verb = any(word.tag in ("VV", "VA") and word.form not in book().light for word in said)
    return Line(tuple(part for part in parts if part.items), bool(said), has_verb)


def _is_done(morphemes: Sequence[Morpheme], at: int) -> bool:
    """Whether 하다 or 이다, a mark or the end of the text follows, particles and adverbs aside."""
    for word in morphemes[at : at + _MOST]:
        if word.tag[0] != "J" and word.tag != "MAG":
            is_mark = word.tag[0] == "S" and word.tag not in ("SL", "SN")
            return is_mark or word.tag == "VCP" or word.form in book().light
    return True


def _take(word: Morpheme, parts: list[Part]) -> None:
    """Put a morpheme that is no known noun where it belongs, or begin a new part with it."""
    part, words = parts[-1], book()
    if word.tag in _NOUNS:
        part.items.append(Item(word.start, word.end, word.form))
    elif word.tag[0] == "V":
        part.is_denied = part.is_denied or word.form in words.denying
        if word.form in words.verbs or word.form in words.using:
            part.items.append(Item(word.start, word.end, word.form, Word(act=words.verbs.get(word.form)), is_verb=True))
    elif word.tag == "MAG" and word.form in words.not_doing:
        part.is_denied = True
    elif word.tag[0] == "E" and part.items and part.items[-1].is_verb and part.items[-1].end >= word.start:
        # The ending of a verb belongs to its words ("빵 만드는").
        part.items[-1] = replace(part.items[-1], end=max(word.end, part.items[-1].end))
        parts += [Part()] * (word.tag in ("EC", "EF"))
    elif (
        word.tag in ("EC", "EF", "JC")
        or (word.tag == "ETM" and part.is_denied)
        or word.form in words.joins
        or (word.tag[0] == "S" and word.tag != "SN")
    ):
        parts.append(Part())


def _known(text: str, morphemes: Sequence[Morpheme]) -> Iterator[Item]:
    """The longest words of the tradebook from the left, each where morphemes begin and end."""
    reached = 0
    for at, word in enumerate(morphemes):
        if word.start < reached or word.end == word.start:
            continue
        item = _longest(text, morphemes, at) or _ending(text, word)
        if item:
            reached = item.end
            yield item


def _longest(text: str, morphemes: Sequence[Morpheme], at: int) -> Item | None:
    first, best = morphemes[at], None
    is_inside = first.start > 0 and is_hangul(text[first.start - 1])
    if is_inside and first.tag[0] in "JE":
        return None
    has_grammar = False
    for word, following in pairwise([*morphemes[at : at + _MOST], None]):
        if word is None or word.end - first.start > 2 * book().longest:
            break
        # A particle or an ending ends a word, but one in the midst of a single written word may be none ("유리가공").
        has_grammar = has_grammar or word.tag[0] in "JE"
        words = text[first.start : word.end]
        if has_grammar and (is_inside or len(words.split()) > 1):
            break
        said = book().words.get(_squashed(words))
        if said and not _is_changed(word, following):
            best = Item(first.start, word.end, _squashed(words), said)
    return best


def _is_changed(word: Morpheme, following: Morpheme | None) -> bool:
    """Whether a suffix makes another word of it ("학원생")."""
    if following is None or following.tag != "XSN" or following.start != word.end:
        return False
    return following.form not in book().endings


def _ending(text: str, word: Morpheme) -> Item | None:
    """The trade that a noun of no dictionary ends with: a compound means what its last part does."""
    if word.is_listed or word.tag not in ("NNG", "NNP"):
        return None
    for start in range(word.start + 1, word.end - 1):
        form = _squashed(text[start : word.end])
        said = book().words.get(form)
        if said and said.trade:
            return Item(word.start, word.end, form, said)
    return None


def _codes(text: str) -> Iterator[Item]:
    """Codes of the classification: "C25", "25929"; a number that counts something is none."""
    for match in _CODE.finditer(text):
        section = book().sections.get(match[2][:2])
        counted = _COUNTED.get(len(match[2]), _COUNTED_OR_NAMED).match(text, match.end())
        if section and (match[1] or not counted):
            yield Item(match.start(), match.end(), match[0], code=section[0] + match[2])


def _squashed(words: str) -> str:
    return "".join(words.split()).lower()
