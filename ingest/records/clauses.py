"""Clauses: a programme's statements flow in; sentences, what each does to applicants and of which tracks, flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from ingest.labels.details import track_of
from ingest.labels.fields import canonical
from ingest.labels.outline import mark_of, unbulleted
from ingest.phrases import asides, phrases
from rag.domain import Detail
from rag.korean import is_hangul

_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_MARKS = " -–—•·※*○◦●□■▪☞>"
_TWO = 2
_LONGEST, _LONGEST_ROW, _LONGEST_LEAD = 15, 20, 36
PART_HEAD = re.compile(
    r"(?:^|> )(?:지원내용\s*)?\d{1,2}(?:\.\d)?\s*[:.)]?\s+([^>(:]{2,40}?(?:\([A-Z]+\)[^>(]{2,30})?)(?:\s*\([^>]*)?$"
)
_SENTENCE_END = re.compile(
    r"(?<=[가-힣)\]]{2})[.。]\s+(?=\D|\d{1,9}[가-힣])|\n|\s[※*]\s*(?=\S)|(?<!\s)\s*(?=[①-⑳])|(?<!\s)\s+(?=\([가-하]\)\s)|(?<!\s)\s+(?=\d\.\d\s[가-힣])|(?<=[가-힣)])\s[-–•○◦]\s(?=[가-힣「])|;\s|(?<!\s)\s+(?=(?:다만|단)\s?,\s|다만\s|그러나\s)"
)
# Where one half of a sentence asks, the other may shut out.
_HALVES = re.compile(r"(?<=며)[,\s]+(?=[가-힣]+(?:[은는]|이|가)\s)|(?<=[하으]나),?\s+")


class Stance(Enum):
    """What a clause does to applicants."""

    ASKS = "asks"
    SHUTS_OUT = "shuts out"
    FAVOURS = "favours"
    LETS_IN = "lets in"
    TELLS = "tells"


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
        mark = mark_of(detail.evidence.quote).kind
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
        shuts, is_head = _WORDS["shuts"].is_in(last), _is_head(last)
        if detail.label in (*WHO, "제외대상") and shuts and is_head:
            head, marks = Stance.SHUTS_OUT, [mark]
        elif detail.label in WHO and _WORDS["favoured"].is_in(last) and is_head:
            head, marks = Stance.FAVOURS, [mark]
        elif detail.label in WHO and _WORDS["any_of"].is_in(last) and not shuts:
            is_choice, marks = True, [mark]


def _is_head(text: str) -> bool:
    """Whether a sentence begins a list of those whom it speaks of."""
    points = _WORDS["points"].first(text)
    return bool(points and _WORDS["cases"].is_in(text[points.end :])) or _WORDS["head"].is_all(text)


def _clauses(detail: Detail, head: Stance | None) -> Iterator[Clause]:
    for sentence in _sentences(detail):
        spoken = [] if detail.label == "제외대상" or head else [a for a in asides(sentence) if _speaks(a)]
        for aside in spoken:
            sentence = sentence.replace(f"({aside})", " ")
        for text in (sentence, *spoken):
            said = unbulleted(text).strip(" ./") if text.strip() else ""
            if said:
                yield Clause(said, _stance_of(said, detail.label, head), detail)


def _sentences(detail: Detail) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(_now(detail.text)):
        is_whole = detail.label == "제외대상" or not _WORDS["shuts"].is_in(sentence)
        yield from (sentence,) if is_whole else _HALVES.split(sentence)


def _now(text: str) -> str:
    """The words of a row of changes without what was before: "변경 전: … · 변경 후: …"."""
    before = _WORDS["before"].first(text)
    at = text.find("· ", before.end) if before else -1
    return text[: before.start] + text[at + 2 :] if before and at > 0 and _WORDS["next_cell"].begins(text, at) else text


def _speaks(aside: str) -> bool:
    """Whether words in brackets do something to applicants themselves, and not to those the sentence speaks of."""
    if _WORDS["of_sentence"].is_all(aside):
        return False
    is_said = any(_WORDS[name].is_in(aside) for name in ("shuts", "favoured", "lets_in", "also"))
    return is_said and not _WORDS["no_favoured"].is_in(aside)


def _stance_of(text: str, label: str, head: Stance | None) -> Stance:
    """What a sentence under a label does; `head` is what the list that it stands in does."""
    shuts, favoured = _WORDS["shuts"].is_in(text), _WORDS["favoured"].is_in(text)
    if text.rstrip().endswith("?") or _WORDS["question"].is_in(text) or _WORDS["address"].is_in(text):
        return Stance.TELLS
    if label == "우대사항":
        return Stance.TELLS if shuts or (_WORDS["lets_in"].is_in(text) and not favoured) else Stance.FAVOURS
    if head and not shuts and (head is Stance.FAVOURS or favoured):
        return Stance.FAVOURS
    if label == "제외대상" or head is Stance.SHUTS_OUT:
        return Stance.LETS_IN if _is_exception(text) else Stance.SHUTS_OUT
    if shuts and not _is_exception(text):
        return Stance.SHUTS_OUT if _shuts_applicants(text, label) else Stance.TELLS
    return Stance.FAVOURS if favoured else _asking(text, label)


def _shuts_applicants(text: str, label: str) -> bool:
    """Whether a sentence that shuts out speaks of those who apply."""
    if _WORDS["later"].is_in(text) or not (label in WHO or _WORDS["applicant"].is_in(text)):
        return False
    return label not in _OTHER or _WORDS["firm"].is_in(text)


def _asking(text: str, label: str) -> Stance:
    """Whether a sentence that neither shuts out nor favours asks something of applicants."""
    if label in WHO or _WORDS["property_row"].begins(text):
        is_all = _WORDS["but"].begins(text) or not any(map(is_hangul, widened(text)))
        return Stance.LETS_IN if is_all and _is_exception(text) else Stance.ASKS
    if label in _OTHER:
        return Stance.TELLS
    if _WORDS["aged"].is_in(text):
        return Stance.LETS_IN if _WORDS["let"].is_in(text) else Stance.ASKS
    return Stance.ASKS if _WORDS["asks"].is_in(text) else Stance.TELLS


def widened(text: str) -> str:
    """The text without the words that let further applicants in ("업종에 관계없이", "제조업이 아니어도 신청 가능")."""
    for name in ("lets_in", "also_in"):
        kept, end = "", 0
        for hit in _WORDS[name].all(text):
            start = max(end, *(text.rfind(mark, end, hit.start) + 1 for mark in ",.("))
            kept, end = f"{kept}{text[end:start]} ", hit.end + len(text[hit.end :].partition(" ")[0])
        text = kept + text[end:]
    return text


def _is_exception(text: str) -> bool:
    """Whether a sentence only takes back what another one shuts out or asks."""
    lets_in = _WORDS["lets_in"].is_in(text)
    if lets_in and _WORDS["takes_back"].is_in(text):
        return True
    is_more = _WORDS["but"].begins(text) or _WORDS["also"].is_in(text)
    return bool(is_more) and not _WORDS["shuts"].is_in(text) and (lets_in or _WORDS["may_also"].is_in(text))


def known_tracks(details: Sequence[Detail]) -> tuple[str, ...]:
    """The names of tracks that tables of the programme have as rows or columns, the longest first."""
    named = dict.fromkeys(filter(None, (track_of(detail) for detail in details)))
    return tuple(sorted((name for name in named if not _WORDS["no_track"].is_in(name)), key=len, reverse=True))


def tracks(text: str, detail: Detail, known: Sequence[str]) -> tuple[str | None, ...]:
    """The tracks that a clause holds for; `(None,)` where it holds for all."""
    own = detail.track or track_of(detail)
    if own:
        return (own,)
    if (row := _of_row(text)) is not None:
        return (row or None,)
    named = _of_lead(text) or _of_brackets(text, known)
    if named:
        return (named,)
    listed = _listed(text, known)
    if listed:
        return listed
    fund = _WORDS["fund"].first(text) or _WORDS["fund"].first(detail.evidence.section)
    part = PART_HEAD.search(detail.evidence.section)
    is_part = part and not _WORDS["no_track"].is_in(part[1]) and canonical(part[1]) is None
    return ((fund.words if fund else None) or _of_topic(text) or (part[1].strip() if part and is_part else None),)


def _of_row(text: str) -> str | None:
    """The track of a row under the name of its first column ("유형: 성장형 · …"), "" where it names none."""
    first, joint, _ = text.partition(" · ")
    head, colon, name = first.replace("：", ":").partition(":")
    if not (joint and colon and 0 < len(name.strip()) <= _LONGEST_ROW and _WORDS["row_head"].is_all(head)):
        return None
    return "" if _WORDS["no_track"].is_in(name) else name.strip()


def _of_lead(text: str) -> str | None:
    """The track that stands before a colon."""
    lead, colon, _ = text.replace("：", ":").partition(": ")
    bare, bracket, aside = lead.rpartition("(")
    name = _name(bare if bracket and aside[:1].isdecimal() else lead, _LONGEST_LEAD) if colon else None
    return name if name and canonical(name) is None else None


def _of_brackets(text: str, known: Sequence[str]) -> str | None:
    """The track in brackets that a clause begins with."""
    bare = text.lstrip(_MARKS)
    inner, _, behind = bare[1:].replace("]", ")").partition(")")
    name = inner.strip() if bare[:1] in ("(", "[") and behind[:1].isspace() else ""
    if name in known:
        return name or None
    return _name(name, _LONGEST) if name and _WORDS["ends_as_track"].ends(name) else None


def _of_topic(text: str) -> str | None:
    """The track that a sentence speaks of as its topic, where it is a type or is the only one that may apply."""
    topic = _WORDS["topic"].first(text)
    name = _name(text[: topic.start], _LONGEST + len("트랙")) if topic else None
    if topic is None or name is None:
        return None
    is_typed = name.endswith(("형", "트랙")) and len(name.split()) <= _TWO
    is_only = _WORDS["limits"].is_in(text[topic.end :]) and len(name) <= _LONGEST
    return name if is_typed or is_only else None


def _name(words: str, longest: int) -> str | None:
    """The words as the name of a track, if they can be one."""
    name = words.strip(_MARKS)
    is_name = name[:1].isalpha() and len(name) <= longest and all(c.isalnum() or c in "+&·() \n" for c in name)
    return name if is_name and not _WORDS["no_track"].is_in(name) else None


def _listed(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The known tracks that begin a clause as its topic, or that it names as those who apply."""
    topic = _WORDS["topic_of_known"].first(text) if known else None
    head, names = _ending(text[: topic.start], known) if topic else ("", ())
    if names and not head.strip(_MARKS):
        return names
    for hit in _WORDS["applies"].all(text) if known else ():
        head, names = _ending(text[: hit.start], known)
        if names and (not head or head[-1].isspace()):
            return names
    return ()


def _ending(text: str, known: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The known tracks joined to one another that a text ends in, and what stands before them."""
    head, names = text.rstrip(), list[str]()
    while name := next((name for name in known if head.endswith(name)), None):
        names.insert(0, name)
        head = head.removesuffix(name)
        joint = _WORDS["joint"].ends(head)
        if joint is None:
            break
        head = head[: joint.start].rstrip()
    return head, tuple(names)


WHO = frozenset({"지원대상", "도입기업"})
# What stands under these says nothing of who may apply, unless a sentence says so in full.
_OTHER = frozenset(
    {
        "제출서류",
        "문의처",
        "추진일정",
        "예산",
        "신청기간",
        "신청방법",
        "전산등록방법",
        "지원내용",
        "지원조건",
        "지원규모",
    }
    | {
        "사례",
        "추진배경",
        "기대효과",
        "지원기간",
        "사업기간",
        "훈련내용",
        "융자한도",
        "융자기간",
        "융자금리",
        "융자방식",
    }
    | {"운영절차", "선정절차"}
)
