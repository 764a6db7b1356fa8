"""Operators: a text and its spans flow in; by which closed-class words one is set aside or wanted alone flows out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from rag.plan import Role, Span
from rag.wordlists import word_lists

LISTS = Path(__file__).with_name("operators.yaml")
"""The closed-class words that set aside or ask for one thing alone; the trained reader's features come of them too."""

_TAGS = Path(__file__).with_name("tags.yaml")

SETS_BESIDE = frozenset(("고", "며", "으며", "구", "이며"))
"""Connecting endings that set one thing beside another; grammar, not vocabulary."""
_REACH_AFTER, _REACH_BEFORE = 24, 20
_CLOSING = ".?!"


def operators(text: str, spans: Sequence[Span]) -> dict[Span, str]:
    """The spans that an operator sets aside ("A 말고", "except A"), with it; of several joined ("A랑 B 말고") each."""
    said = sorted((span for span in spans if span.role is not Role.ASK), key=lambda span: span.start)
    found = {span: _after(text, said, span) or _before(text, span.start) for span in said}
    for span, following in reversed(list(pairwise(said))):
        joined = text[span.end : following.start].strip()
        # Places stand beside one another without a word ("A B 쪽은 빼고").
        is_joined = joined in word_lists(LISTS)["joins"] or (not joined and span.role is following.role is Role.PLACE)
        if found[following] and not found[span] and is_joined:
            found[span] = found[following]
    return {span: operator for span, operator in found.items() if operator}


def beside_rest(text: str, spans: Sequence[Span]) -> frozenset[Span]:
    """The spans beside which what is left is wanted ("A와 B는 알아봤으니 나머지 부처"): those of the sort that it
    names which the same sentence tells before it.
    """
    for word in word_lists(_TAGS)["rest"]:
        at = text.find(word)
        if at < 0:
            continue
        behind = text[at + len(word) :].lstrip()
        for role, name in _RESTS.items():
            if behind.startswith(word_lists(_TAGS)[name]):
                begun = max((text.rfind(mark, 0, at) for mark in _CLOSING), default=-1)
                return frozenset(span for span in spans if span.role is role and begun < span.start < at)
    return frozenset()


def asks_by(word: str) -> bool:
    """Whether a morpheme is one that asks by itself ("언제", "어디")."""
    return word in word_lists(_TAGS)["interrogatives"]


def all_wanted(text: str) -> bool:
    """Whether a text asks for all there are ("번호 전부"), so that none of them is to be picked first."""
    words = (word.strip(".,!?요~") for word in text.split())
    return any(word in word_lists(_TAGS)["all_wanted"] for word in words)


def is_asked_of(behind: str) -> bool:
    """Whether the words behind something say that somebody is to be asked about it ("물어볼 데")."""
    return behind.startswith(word_lists(_TAGS)["asked_of"])


def is_located(behind: str) -> bool:
    """Whether the words behind the name of a place say that something lies there ("에 있는")."""
    return behind.lstrip().startswith(word_lists(_TAGS)["located"])


def all_of_it(words: Iterable[str]) -> bool:
    """Whether all the words only say that the whole of something is wanted ("나머지 다")."""
    return all(word in word_lists(_TAGS)["all_of_it"] for word in words)


_RESTS = {
    Role.BODY: "rest_of_bodies",
    Role.PLACE: "rest_of_places",
    Role.PROGRAM: "rest_of_programmes",
    Role.TRACK: "rest_of_tracks",
}


def ends_in_tag(text: str, span: Span) -> bool:
    """Whether what seems to set a span aside only asks, at the end, whether it is so ("마감된 거 아닌가요?")."""
    rest = text[span.end : span.end + _REACH_AFTER]
    for word in word_lists(_TAGS)["tags"]:
        at = rest.find(word)
        if at >= 0 and _means_nothing(rest[:at], "between"):
            behind = rest[at + len(word) :].lstrip()
            return behind[:1] in ("", "?")
    return False


def limits(text: str, spans: Sequence[Span]) -> dict[Span, str]:
    """The spans that stand beside a word which wants them alone ("A만", "only A"), with it."""
    said = [span for span in spans if span.role is not Role.ASK]
    found = {span: _after(text, said, span, "only_") or _before(text, span.start, "only_") for span in said}
    return {span: word for span, word in found.items() if word}


def wanted_alone(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans that something is to admit alone ("A만 받는"), and not merely be ("A에만 있어요")."""
    for span, word in limits(text, spans).items():
        at = text.find(word.strip(), span.end)
        behind = text[at + len(word.strip()) :].lstrip() if at >= 0 else ""
        if behind.startswith(word_lists(_TAGS)["admitting"]):
            yield span


def included(text: str, spans: Sequence[Span]) -> frozenset[Span]:
    """The spans that are to be told as well ("A도 포함해서", "A까지 쳐서"), and bound nothing."""
    said = [span for span in spans if span.role is not Role.ASK]
    return frozenset(span for span in said if _after(text, said, span, "included_"))


def _after(text: str, spans: Sequence[Span], span: Span, sort: str = "") -> str:
    """The operator after a span, with no other span between."""
    following = min((other.start for other in spans if other.start >= span.end), default=len(text))
    return _from(text, span.end, following, sort)


def _from(text: str, end: int, until: int, sort: str) -> str:
    """The operator after `end`, with nothing between but particles and words that mean nothing by themselves."""
    for at in range(end, min(end + _REACH_AFTER, until, len(text))):
        if text[at] in _CLOSING:
            return ""
        begun = _by_first_letter(f"{sort}after").get(text[at], ())
        operator = next((word for word in begun if text.startswith(word, at)), "")
        if operator and _means_nothing(text[end:at], f"{sort}between"):
            return operator
    return ""


def pointed(text: str, start: int, end: int) -> Iterator[str]:
    """Whether the words at [start, end) are set aside ("aside") or wanted alone ("alone"), whatever they are."""
    for name, sort in (("aside", ""), ("alone", "only_")):
        if _from(text, end, len(text), sort) or _before(text, start, sort):
            yield name


def _before(text: str, start: int, sort: str = "") -> str:
    """The operator right before `start`, a word of its own."""
    head = text[max(0, start - _REACH_BEFORE) : start].lower().rstrip()
    for word in _longest_first(f"{sort}before"):
        if head.endswith(word) and not (word.isascii() and head[: -len(word)][-1:].isalpha()):
            return word
    return ""


@lru_cache(maxsize=4096)
def _means_nothing(words: str, between: str) -> bool:
    bare = words.strip(" ,")
    return not bare or any(
        bare.startswith(word) and _means_nothing(bare[len(word) :], between) for word in _longest_first(between)
    )


@lru_cache(maxsize=8)
def _by_first_letter(name: str) -> dict[str, tuple[str, ...]]:
    words = _longest_first(name)
    return {word[0]: tuple(other for other in words if other[0] == word[0]) for word in words}


@lru_cache(maxsize=16)
def _longest_first(name: str) -> tuple[str, ...]:
    return tuple(sorted({**word_lists(LISTS), **word_lists(_TAGS)}[name], key=lambda word: -len(word)))
