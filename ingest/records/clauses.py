"""Clauses: the statements of a programme flow in, sentences with what each does to applicants flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.labels.labelled import unbulleted
from ingest.records.stances import ALSO, ANY_OF, FAVOURED, HEADS, LETS_IN, NO_FAVOUR, SHUTS, WHO, Stance, stance_of
from rag.domain import Detail

# What a change table says of the time before the change.
_BEFORE = re.compile(r"(?:당초(?:\s공고)?|변경\s?전|정정\s?전|기존)\s?[:：][^·]*·\s(?=\S+(?:\s\S+)?[:：])")
_SENTENCE_END = re.compile(
    r"(?<=[가-힣)\]]{2})[.。]\s+(?=\D)|\n|\s[※*]\s*(?=\S)|\s*(?=[①-⑳])|\s+(?=\([가-하]\)\s)|\s+(?=\d\.\d\s[가-힣])|(?<=[가-힣)])\s[-–•○◦]\s(?=[가-힣「])|;\s|\s+(?=(?:다만|단)\s?,\s|다만\s|그러나\s)"
)
_ASIDE = re.compile(r"\(([^()]*)\)")
_MARK = re.compile(r"\s*(?:\(?([가-하])[.)]|\(?(\d{1,2})[.)]|([①-⑳])|([^\w\s'\"‘’“”「『]))")
# Where one half of a sentence asks, the other may shut out.
_HALVES = re.compile(r"(?<=며)[,\s]+(?=[가-힣]+(?:[은는]|이|가)\s)|(?<=[하으]나),?\s+")


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a statement, its asides in brackets standing as clauses of their own."""

    text: str
    stance: Stance
    detail: Detail
    is_alternative: bool = False


def clauses(details: Sequence[Detail]) -> Iterator[Clause]:
    """Every sentence; those below "다음에 해당하면 제외" shut out, those below "하나에 해당" are choices."""
    head: Stance | None = None
    label = ""
    marks: list[str] = []
    is_choice = False
    for detail in details:
        mark = _mark(detail)
        # A list ends where the mark of its head comes again; its head may have been given a label of its own.
        is_first = len(marks) == 1 and detail.label in WHO and mark != marks[0]
        if (detail.label != label and not is_first) or (len(marks) == 2 and mark == marks[0] != marks[1]):
            head, marks, is_choice = None, [], False
        label = detail.label
        if len(marks) == 1:
            marks.append(mark)
        found = list(_clauses(detail, head))
        yield from (replace(c, is_alternative=is_choice) for c in found)
        last = found[-1].text if found else ""
        if detail.label in (*WHO, "제외대상") and SHUTS.search(last) and HEADS.search(last):
            head, marks = Stance.SHUTS_OUT, [mark]
        elif detail.label in WHO and FAVOURED.search(last) and HEADS.search(last):
            head, marks = Stance.FAVOURS, [mark]
        elif detail.label in WHO and ANY_OF.search(last) and not SHUTS.search(last):
            is_choice, marks = True, [mark]


def _mark(detail: Detail) -> str:
    """The kind of bullet or number that a statement stands behind on the page."""
    found = _MARK.match(detail.evidence.quote)
    if not found:
        return ""
    return next((kind for kind, said in zip("가1①", found.groups()[:3], strict=True) if said), found[4] or "")


def _clauses(detail: Detail, head: Stance | None) -> Iterator[Clause]:
    for sentence in _sentences(detail):
        asides = [] if detail.label == "제외대상" or head else [a for a in _ASIDE.findall(sentence) if _speaks(a)]
        for aside in asides:
            sentence = sentence.replace(f"({aside})", " ")
        for text in (sentence, *asides):
            said = unbulleted(text).strip(" ./") if text.strip() else ""
            if said:
                yield Clause(said, stance_of(said, detail.label, head), detail)


def _sentences(detail: Detail) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(_BEFORE.sub("", detail.text)):
        yield from _HALVES.split(sentence) if detail.label != "제외대상" and SHUTS.search(sentence) else (sentence,)


def _speaks(aside: str) -> bool:
    """Whether words in brackets do something to applicants themselves."""
    is_said = SHUTS.search(aside) or FAVOURED.search(aside) or LETS_IN.search(aside) or ALSO.search(aside)
    return bool(is_said) and not NO_FAVOUR.search(aside)
