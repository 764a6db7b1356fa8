"""Claims: a model's sentence flows in; what it claims against the rules, or beyond any document, flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.domain import Answer, Match, PeriodStatus, Verdict
from rag.text import squash
from rag.wordlists import patterns
from rag.writing.numerals import in_digits

_PATTERNS = patterns(Path(__file__).with_name("claims.yaml"))
_CLAIMS, _DENIALS, _NAMES = _PATTERNS["claims"], _PATTERNS["denials"], _PATTERNS["names"]
UNCONFIRMED = _PATTERNS["kept"]["unconfirmed"]
KEPT = tuple(_PATTERNS["kept"].values())
"""What no answer may leave out where the rules said it."""


@dataclass(frozen=True, slots=True)
class Borne:
    """What bears a sentence out, without white space: all the evidence, and what is behind its own marks."""

    whole: str
    behind: str


def says_otherwise(text: str) -> bool:
    """Whether the text takes back one value for another."""
    return bool(_DENIALS["instead"].search(text))


def false_claims(sentence: str, answer: Answer, about: frozenset[str], evidence: Borne) -> Iterator[str]:
    """Why the sentence must not be told: a word for each claim; `about` are the programmes it may speak of.

    The rules' verdicts and standings win always.
    """
    yield from _against_the_rules(sentence, answer, about, evidence)
    for name, pattern in (("promise", _CLAIMS["promise"]), ("figure in words", _CLAIMS["in_words"])):
        if _says_new(pattern, in_digits(sentence), evidence.whole):
            yield name
    if any(squash(match[0]) not in evidence.whole for match in _NAMES["person"].finditer(sentence)):
        yield "person"
    if any(_is_foreign_body(match[1], evidence.whole) for match in _NAMES["body"].finditer(sentence)):
        yield "body"


def _against_the_rules(sentence: str, answer: Answer, about: frozenset[str], evidence: Borne) -> Iterator[str]:
    named = [m for m in answer.matches if m.program.name in about]
    matches = named or list(answer.matches)
    # What is said of one programme is no excuse for saying it of another.
    excuse = evidence.behind if named and len(answer.matches) > 1 else evidence.whole
    if not matches:
        return
    if _DENIALS["no"].search(sentence):
        is_barred = any(m.verdict is Verdict.INELIGIBLE for m in matches)
        refuses = _says_new(_CLAIMS["may_not"], sentence, excuse)
        if refuses and not is_barred and not _DENIALS["negated"].search(evidence.behind):
            yield "verdict"
        return
    if _all(matches, Verdict.INELIGIBLE) and _says_new(_CLAIMS["may"], sentence, excuse):
        yield "verdict"
    is_fit = any(m.verdict is Verdict.ELIGIBLE for m in matches)
    if not is_fit and any(_says_new(pattern, sentence, excuse) for pattern in (_CLAIMS["all_met"], _CLAIMS["surely"])):
        yield "verdict"
    standings = {m.status for m in matches}
    if _says_new(_CLAIMS["open"], sentence, excuse) and not standings & {PeriodStatus.OPEN, PeriodStatus.ALWAYS}:
        yield "standing"
    if _says_new(_CLAIMS["over"], sentence, excuse) and PeriodStatus.CLOSED not in standings:
        yield "standing"


def _all(matches: list[Match], verdict: Verdict) -> bool:
    return all(match.verdict is verdict for match in matches)


def _says_new(pattern: re.Pattern[str], sentence: str, evidence: str) -> bool:
    return any(squash(match[0]) not in evidence for match in pattern.finditer(sentence))


def _is_foreign_body(name: str, evidence: str) -> bool:
    return not _NAMES["any_body"].fullmatch(name) and squash(name) not in evidence
