"""What is asked: the words of a question flow in, the things it asks for, each by its nouns and unit, flow out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rag.text import Word, tagged

_NOUNS = ("NNG", "NNP", "SL", "XR")
_SKIPPED = ("JKS", "JX", "JKO", "JKB", "MAG", "SP", "SS", "SF", "SO")
_QUESTION = {"뭐", "무엇", "뭔", "뭣", "누구", "얼마", "얼마나", "어떻", "어떻게", "어때"}
# Nouns that only set how much, how exactly or how far afield is asked.
_MANNER = {
    "최대",
    "최소",
    "보통",
    "총",
    "전체",
    "대략",
    "정확",
    "평균",
    "현재",
    "지금",
    "실제",
    "각각",
    "정확히",
    "대충",
    "전국",
    "국내",
    "우리나라",
    "전부",
    "모두",
    "합",
}
# How many there are of what was named before says no thing of its own.
_NUMBERS = {"개수", "갯수", "숫자", "가짓수"}
_SPANS = {"동안", "정도", "이상", "이하", "이내"}
# "시간당", "하나씩": how much for each.
_PER = {"당", "씩"}
_SUFFIXES = {"율", "률", "료", "비", "금", "도", "성", "권", "서", "표"}


class Noun(NamedTuple):
    """A noun of a phrase: whether it is written together with the head, and whether some dictionary has it."""

    form: str
    is_joined: bool = True
    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked for: its words as written, its nouns, the last being the head, and the unit of a count.

    `counted` are the nouns behind the unit: "몇 개 업체".
    """

    words: str
    nouns: tuple[Noun, ...]
    unit: str = ""
    counted: tuple[str, ...] = ()


@lru_cache(maxsize=512)
def asked_in(text: str, particulars: frozenset[str]) -> tuple[Asked, ...]:
    """The things that a question asks for: what is counted, what stands at an asking word, what is wished for.

    `particulars` are nouns that are only said to be asked for, wherever they stand ("명단", "주차").
    """
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    words = tagged(text)
    found: dict[str, Asked] = {}
    for asked in (*_counts(words, text), *_at_question_words(words, text), *_wishes(words, text, particulars)):
        if {noun.form for noun in asked.nouns} - _NUMBERS or not asked.nouns:
            found.setdefault(asked.words, asked)
    return tuple(found.values())


def _counts(words: Sequence[Word], text: str) -> Iterator[Asked]:
    """ "평가위원이 몇 명", "심사에 며칠": nouns before the count, and those behind its unit ("몇 개 업체")."""
    for at, word in enumerate(words):
        if word.form == "며칠" and _is_span(words, at, text):
            nouns, start = _phrase(words, at)
            yield Asked(_from_word(text, start, word.end, is_bare=not nouns), nouns, "일")
        elif word.form == "몇" and _is_number(words, at, text):
            continue
        elif word.form == "몇" and at + 1 < len(words) and words[at + 1].tag[0] == "N":
            unit = words[at + 1]
            nouns, start = _phrase(words, at)
            behind = _following(words, at + 2)
            end = behind[-1].end if behind else unit.end
            yield Asked(
                _from_word(text, start, end, is_bare=not nouns), nouns, unit.form, tuple(w.form for w in behind)
            )


def _from_word(text: str, start: int, end: int, *, is_bare: bool = False) -> str:
    """The words from the beginning of the one at `start`; of a bare count, with the two before it."""
    before = text[:start].split(" ")
    kept = before[-3:] if is_bare else before[-1:]
    return f"{' '.join(kept)}{text[start:end]}".strip(" ,.?!")


def _is_span(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether "며칠" asks how long, not which day."""
    return bool(re.match(r"며칠\s*(?:씩|동안|간|안|만에|내|이나|정도|쯤|걸|하|짜리|이내)", text[words[at].start :]))


def _is_number(words: Sequence[Word], at: int, text: str) -> bool:
    """Whether "몇 번" asks for a phone number, not how many times."""
    rest = text[words[at].start :]
    return bool(re.match(r"몇\s*번(?!\s*(?:까지|이나|씩|정도|방문|받|오|가|하|쯤|동안|나))", rest))


def _at_question_words(words: Sequence[Word], text: str) -> Iterator[Asked]:
    """ "수강료가 얼마", "채널 아이디가 뭐", "강사로 누가"."""
    for at, word in enumerate(words):
        if word.form in _QUESTION:
            nouns, start = _phrase(words, at)
            if nouns:
                yield Asked(_from_word(text, start, words[_last_noun(words, at)].end), nouns)


def _wishes(words: Sequence[Word], text: str, particulars: frozenset[str]) -> Iterator[Asked]:
    """ "명단 좀 뽑아 주세요", "주차 되나요": the phrases that end in a particular."""
    for at in range(1, len(words) + 1):
        is_inside = at < len(words) and words[at].tag in (*_NOUNS, "XSN")
        if words[at - 1].tag not in (*_NOUNS, "XSN") or is_inside:
            continue
        nouns, start = _phrase(words, at)
        last = max((place for place, noun in enumerate(nouns) if noun.form in particulars), default=-1)
        if last >= 0:
            yield Asked(_from_word(text, start, words[at - 1].end), nouns[: last + 1])


def _last_noun(words: Sequence[Word], at: int) -> int:
    """The place of the noun before `at`, over particles and adverbs; -1 where another word comes first."""
    place = at - 1
    while place >= 0:
        if words[place].tag == "XSN" and words[place].form in _PER:
            place -= 2
        elif words[place].tag in _SKIPPED or words[place].form in _MANNER:
            place -= 1
        else:
            break
    is_noun = place >= 0 and (words[place].tag in _NOUNS or words[place].tag == "XSN")
    return place if is_noun else -1


def _phrase(words: Sequence[Word], at: int) -> tuple[tuple[Noun, ...], int]:
    """The nouns of the phrase before `at`, and where it begins; suffixes stay with their noun."""
    place = _last_noun(words, at)
    if place < 0:
        return (), words[at].start if at < len(words) else 0
    nouns: list[Noun] = []
    tail = ""
    is_joined = True
    start = words[place].start
    while place >= 0 and (words[place].tag in _NOUNS or words[place].tag == "XSN"):
        word = words[place]
        if word.tag == "XSN" and word.form in _PER:
            break
        is_joined = is_joined and (not nouns or word.end == start)
        # Kiwi takes some suffixes for nouns: "강사료".
        if word.tag == "XSN" or (word.form in _SUFFIXES and place > 0 and words[place - 1].end == word.start):
            tail = word.form if word.form in _SUFFIXES else ""
        else:
            nouns.append(Noun(word.form + tail, is_joined, word.is_listed))
            tail = ""
        start = word.start
        place -= 1
    described = _described_by(words, place + 1)
    if described >= 0:
        nouns.append(Noun(words[described].form, is_joined=False, is_listed=words[described].is_listed))
        start = words[described].start
    return tuple(reversed(nouns)), start


def _following(words: Sequence[Word], at: int) -> list[Word]:
    """The nouns right behind a unit ("몇 개 업체"), but for one that is said of them ("몇 개 지원하나")."""
    found = []
    while at < len(words) and words[at].tag in _NOUNS and len(words[at].form) > 1:
        found.append(words[at])
        at += 1
    is_said = at < len(words) and words[at].tag in ("XSV", "XSA", "VCP")
    return [] if is_said or any(word.form in _SPANS for word in found) else found


def _described_by(words: Sequence[Word], at: int) -> int:
    """The place of the noun whose verb describes the phrase that begins at `at`: "부결된 비율"; -1 where none."""
    is_verb = at >= 3 and words[at - 1].tag == "ETM" and words[at - 2].tag in ("XSV", "XSA")
    return at - 3 if is_verb and words[at - 3].tag in _NOUNS else -1
