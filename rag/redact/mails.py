"""Mails: a plain text flows in; the e-mail addresses in it, in signs or words, flow out with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.redact.chains import WORDS
from rag.wordlists import word_lists

_LISTS = word_lists(WORDS, "mail")
_AT = re.compile("|".join(map(re.escape, _LISTS["at"])))
_DOTS = _LISTS["dot"]


def _by_first_letter(*names: str) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for word in sorted((word for name in names for word in _LISTS[name]), key=len, reverse=True):
        found.setdefault(word[0], []).append(word)
    return found


_NAMED, _DOTTED, _ENDED = _by_first_letter("providers", "endings"), _by_first_letter("dot"), _by_first_letter("endings")
_IN_NAMES = frozenset("._+-'%")
_AROUND = frozenset(" \t()[]{}<>\"'`*")
"""What people put around the words for the signs."""
_LONGEST = 64
"""Letters of a name or of a label, after RFC 5321."""
_MOST_LABELS = 6


@dataclass(frozen=True, slots=True)
class Mail:
    """An address, where it begins and ends in the text, and how it is written in signs."""

    begin: int
    end: int
    address: str


def mails(text: str) -> Iterator[Mail]:
    """The addresses of a plain text, in order."""
    last = 0
    for match in _AT.finditer(text):
        if match.start() < last or (match[0] == "at" and not _alone(text, match)):
            continue
        domain = _domain(text, match.end(), by_name=match[0] != "at")
        begin = _name(text, match.start(), last) if domain else match.start()
        if domain and begin < match.start():
            name = "".join(text[begin : match.start()].split()).rstrip("([{<")
            yield Mail(begin, domain[0], f"{name}@{domain[1]}")
            last = domain[0]


def _alone(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return not any(letter.isascii() and letter.isalnum() for letter in around)


def _name(text: str, end: int, first: int) -> int:
    """Where the name before the sign begins: a word, single letters with space between, or words joined by dots."""
    begin = _back(text, end, first, _AROUND)
    if begin and text[begin - 1] == "\n":
        return end
    least = max(first, end - _LONGEST)
    begin = _word_before(text, begin, least)
    while begin > least and begin < end:
        further = _back(text, begin, least, frozenset(" "))
        before = _word_before(text, further, least)
        word = text[before:further]
        single = len(word) == 1 and len(text[begin:end].split(maxsplit=1)[0]) == 1
        joins = word in _DOTS or text[begin:end].startswith(_DOTS)
        if further == begin or not word or not (single or joins):
            break
        begin = before
    return begin


def _back(text: str, at: int, least: int, letters: frozenset[str]) -> int:
    while at > least and text[at - 1] in letters:
        at -= 1
    return at


def _word_before(text: str, at: int, least: int) -> int:
    while at > least and (text[at - 1].isalnum() or text[at - 1] in _IN_NAMES):
        at -= 1
    return at


def _domain(text: str, at: int, by_name: bool) -> tuple[int, str] | None:
    """Where the domain after the sign ends, and the domain; `by_name` a provider known by name is one."""
    labels: list[str] = []
    at += len(text[at : at + 3]) - len(text[at : at + 3].lstrip("@"))
    end = at
    while len(labels) < _MOST_LABELS:
        at = _past(text, at)
        stop = at + len(_here(_NAMED, text, at))
        stop = _label_end(text, at) if stop == at else stop
        if stop == at:
            break
        labels.append("".join(text[at:stop].split()))
        end, at = stop, _past(text, stop)
        dot = _here(_DOTTED, text, at)
        # "at the office. Go": an English word, and a dot that ends a sentence.
        loose = not dot or (dot == "." and at == stop and text[at + 1 : at + 2].isspace())
        ending = _here(_ENDED, text, _past(text, at + len(dot)))
        if loose and not (ending and (by_name or labels[0] in _LISTS["providers"])):
            break
        at += len(dot)
    if not labels:
        return None
    last = labels[-1]
    known = labels[0] in _LISTS["providers"] and (by_name or len(labels) > 1)
    ended = len(labels) > 1 and (last in _LISTS["endings"] or (last.isascii() and last.isalpha() and len(last) > 1))
    return (end, ".".join(labels)) if known or ended else None


def _here(words: Mapping[str, Sequence[str]], text: str, at: int) -> str:
    """The longest of the words that stands there; one in Latin letters only as a whole word."""
    for word in words.get(text[at : at + 1], ()):
        after = text[at + len(word) : at + len(word) + 1]
        whole = not word.isalpha() or not word.isascii() or not (after.isascii() and (after.isalnum() or after == "-"))
        if whole and text.startswith(word, at):
            return word
    return ""


def _past(text: str, at: int) -> int:
    most = min(at + 6, len(text))
    while at < most and text[at] in _AROUND:
        at += 1
    return at


def _label_end(text: str, at: int) -> int:
    """Where a label ends: at what no name holds, or, in Hangul, before a word for a dot."""
    end, most = at, min(at + _LONGEST, len(text))
    latin = end < most and text[end].isascii()
    while end < most and (text[end].isalnum() or text[end] == "-") and text[end].isascii() == latin:
        if not latin and text.startswith(_DOTS, end) and end > at:
            return end
        end += 1
    while end < most and text[end] == " " and _is_single(text, end - 1) and _is_single(text, end + 1):
        end += 2
    return end


def _is_single(text: str, at: int) -> bool:
    """Whether a Latin letter or digit stands there by itself."""
    alone = not text[at + 1 : at + 2].isalnum() and not text[max(0, at - 1) : at].isalnum()
    return alone and text[at : at + 1].isascii() and text[at : at + 1].isalnum()
