"""Words: the evidence of an answer flows in; how much of a sentence is borne out by it flows out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rag.domain import Question
from rag.prompts import text_of
from rag.text import morphemes, squash
from rag.writing.brief import Brief
from rag.writing.counts import are_told, counts
from rag.writing.facts import MARK, Facts

_LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_WORD = re.compile(r"[^\W_]+")
_PARTICLE = re.compile(
    r"(?:이?라고|입니다|이에요|예요|으로|에서|까지|부터|을|를|이|가|은|는|로|만|도|와|과|의|에|요)(?:만|도|는|은)?$"
)
_SHORTEST = 2
_LONG = 4


class Words:
    """What the sentences of one answer may be made of; prepared once."""

    def __init__(self, brief: Brief, facts: Facts) -> None:
        answer = brief.answer
        lines = answer.text.split("\n")
        quotes = {c.mark: f"{brief.titles[c.evidence.source_id]} {c.evidence.quote}" for c in answer.citations}
        self._behind = {
            mark: "\n".join((quote, *(line for line in lines if f"[{mark}]" in line))) for mark, quote in quotes.items()
        }
        self.text = " ".join((answer.text, *quotes.values(), answer.as_of.isoformat()))
        self.bare = squash(self.text)
        self._counts = counts(answer.text) | {(str(answer.as_of.year), "")}
        self._behind_counts = {mark: counts(words) for mark, words in self._behind.items()}
        every = (*lines, *quotes.values(), *text_of("words").split("\n"))
        self._known = set().union(*map(_content, every))
        self._behind_words: dict[int, frozenset[str]] = {}
        self._latin = _latin(self.text) | set(text_of("words_en").split())
        strange = brief.unheld - self._known - self._latin
        self._tainted = {word for word in strange if word not in self.bare}

    def familiar(self, sentence: str, *, in_english: bool) -> float:
        """Which share (0–1) of the words that mean something is borne out; 1 where there is none."""
        words = _latin(sentence) if in_english else _content(sentence)
        known = self._latin if in_english else self._known
        return sum(word in known for word in words) / len(words) if words else 1.0

    def supports(self, mark: int, sentence: str) -> bool:
        """Whether the passage of a mark shares a word with the sentence."""
        if mark not in self._behind:
            return False
        if mark not in self._behind_words:
            self._behind_words[mark] = _content(self._behind[mark])
        said = _content(MARK.sub(" ", sentence))
        return bool(said & self._behind_words[mark]) or not said

    def strange_latin(self, sentence: str) -> bool:
        """Whether a word in Latin letters stands in the sentence and nowhere in the evidence."""
        return bool(_latin(sentence) - self._latin)

    def behind(self, marks: Iterable[int]) -> str:
        """The passages of the marks, with the lines of the grounded answer that cite them."""
        return "\n".join(self._behind[mark] for mark in sorted(marks) if mark in self._behind)

    def strange_count(self, sentence: str, marks: Iterable[int]) -> bool:
        """Whether the sentence holds a number that the passages of its marks do not hold, or hold of other things."""
        cited = [self._behind_counts[mark] for mark in marks if mark in self._behind_counts]
        return not are_told(counts(sentence), frozenset().union(*cited) if cited else self._counts)

    def echoes(self, sentence: str) -> bool:
        """Whether the sentence holds a word that only the asker used: no document has it, so no answer tells it."""
        joined = re.sub(r"[\W_]+", "", squash(sentence))
        eojeols = [squash(word) for word in sentence.split()]
        return any(
            word in joined if len(word) >= _LONG else any(word in eojeol for eojeol in eojeols)
            for word in self._tainted
        )


def asked_words(question: Question) -> set[str]:
    """The words of question, conversation and profile, with and without their particles."""
    profile = question.profile
    turns = (turn.content for turn in question.history)
    said = " ".join(filter(None, (question.text, *turns, profile.region, profile.industry, *profile.needs)))
    whole = {squash(word) for word in _WORD.findall(said)}
    bare = {_PARTICLE.sub("", word) for word in whole}
    return {word for word in (*whole, *bare, *morphemes(said)) if len(word) >= _SHORTEST and not word.isdigit()}


@lru_cache(maxsize=4096)
def _content(text: str) -> frozenset[str]:
    """The words of a line that mean something; lines of documents come again and again."""
    return frozenset(word for word in morphemes(text) if len(word) >= _SHORTEST)


def _latin(text: str) -> set[str]:
    return {re.sub(r"['’]s$", "", word.lower()) for word in _LATIN.findall(text)}
