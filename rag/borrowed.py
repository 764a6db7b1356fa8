"""Borrowed words: a text with words in English letters or sounds flows in, the documents' words flow out."""

from __future__ import annotations

import re
from functools import lru_cache

# An address is no word: the "voucher" of "ai-voucher@nipa.kr" stays.
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w.-]+|[\w-]+(?:\.[\w-]+)*\.(?:kr|com|net|org)\b", re.ASCII)

_ENGLISH_SENTENCE = re.compile(
    r"\b(?:the|an?|is|are|was|do|does|did|can|could|should|would|will|may|how|what|when|where|which|who|why|any|we|our|us|my|me|i"
    r"|for|to|of|in|on|at|by|with|from|about|please|tell|show|give|need|want|have|has|there|ignore|you|your)\b",
    re.IGNORECASE,
)

Loanwords = tuple[tuple[str, tuple[str, ...]], ...]


def in_document_words(text: str, loanwords: Loanwords) -> str:
    """The text with every borrowed spelling replaced by the word that documents use; addresses are left alone."""
    pattern, words = _compiled(loanwords)
    if pattern is None:
        return text
    parts, end = [], 0
    for address in _ADDRESS.finditer(text):
        parts += [pattern.sub(lambda m: words[_key(m[0])], text[end : address.start()]), address[0]]
        end = address.end()
    return "".join((*parts, pattern.sub(lambda m: words[_key(m[0])], text[end:])))


def is_put_in_english(text: str) -> bool:
    """Whether a question is put in English; Korean names inside it do not count against it.

    English nouns alone ("AX sprint loan limit 얼마") make no English question.
    """
    is_korean = bool(re.search(r"[가-힣]", text))
    return (
        bool(_ENGLISH_SENTENCE.search(text))
        and (not is_korean or len(re.findall(r"\b[a-z]{2,}\b", text)) >= 3)
        and len(re.findall(r"[a-zA-Z]", text)) > len(re.findall(r"[가-힣]", text))
    )


@lru_cache(maxsize=8)
def _compiled(loanwords: Loanwords) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """One pattern of all spellings, longest first, and the word for each; a word inside a longer one is none."""
    words = {_key(spelling): word for word, spellings in loanwords for spelling in spellings}
    ordered = sorted({s for _, spellings in loanwords for s in spellings}, key=len, reverse=True)
    pattern = re.compile("|".join(map(_spelled, ordered)), re.IGNORECASE) if ordered else None
    return pattern, words


def _spelled(spelling: str) -> str:
    """The spelling with any white space inside; Latin letters must not go on at either end."""
    loose = r"[\s-]*".join(re.escape(part) for part in spelling.split())
    return rf"(?<![A-Za-z]){loose}(?![A-Za-z])" if spelling.isascii() else loose


def _key(spelling: str) -> str:
    return re.sub(r"[\s-]", "", spelling).lower()
