"""Redaction: a text flows in, the same text with a name in place of each thing that tells of a person flows out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator

from rag.messages.prompts import EMAIL
from rag.redact.chains import chains
from rag.redact.letters import Plain, plain
from rag.redact.mails import mails
from rag.redact.shapes import personal

__all__ = ("redacted",)

_LINK = re.compile(r"(?:[a-z]://|www\.)\S+")
_OPENING = "+("


def redacted(text: str, keep: Collection[str] = ()) -> str:
    """The text, otherwise untouched, with what tells of a person or a firm replaced by what it was.

    Resident numbers, mobile phones, e-mail addresses, business, account and card numbers, in whatever digits, spacing
    or words they are written. Phones and e-mail addresses of `keep`, as records hold them, stay.
    """
    form = plain(text)
    kept = frozenset(map(_kept, keep))
    shown: list[str] = []
    last = 0
    for begin, end, name in sorted(_found(form, kept), key=lambda each: (each[0], -each[1])):
        if begin >= last:
            shown += (text[last:begin], text[begin:end] if name is None else name)
            last = end
    return "".join((*shown, text[last:]))


def _kept(words: str) -> str:
    form = plain(words).text
    return "".join(form.split()) if "@" in form else "".join(filter(str.isdigit, form))


def _found(form: Plain, kept: frozenset[str]) -> Iterator[tuple[int, int, str | None]]:
    """Begin and end in the original text of what is taken out, with its name; without one of what is kept whole."""
    for mail in mails(form.text):
        yield form.begins[mail.begin], form.ends[mail.end - 1], None if mail.address in kept else EMAIL
    links = [match.span() for match in _LINK.finditer(form.text)]
    for chain in chains(form):
        within = bisect_right(links, (chain.begins[0], len(form.text)))
        in_link = bool(within) and chain.begins[0] < links[within - 1][1]
        for place, count, name in personal(chain, in_link):
            begin = chain.begins[place]
            while begin and form.text[begin - 1] in _OPENING:
                begin -= 1
            if chain.digits[place : place + count] not in kept:
                yield form.begins[begin], form.ends[chain.ends[place + count - 1] - 1], name
