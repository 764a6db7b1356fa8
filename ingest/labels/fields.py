"""Fields: a name, a line or a row flows in; the labels that it names, and the value beside them, flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise, product
from pathlib import Path

from ingest.labels.outline import unbulleted
from ingest.phrases import phrases
from rag.wordlists import word_lists

LONGEST = 30
"""Characters beyond which a phrase is a statement, not the name of a field."""
CORE = frozenset({"지원대상", "지원내용", "지원규모", "지원조건", "신청기간", "신청방법", "문의처"})
# These open a block of labelled lines; a bare one has no value of its own.
GROUPS = frozenset({"개요", "지원내용", "지원대상", "추진일정", "운영절차"})

_FILE = Path(__file__).with_name("fields.yaml")
NAMING = word_lists(_FILE)
"""Words beside names of fields: `before` their nouns, `goes_on` behind them, `roles` of bodies."""
SPELLINGS = word_lists(_FILE, "spellings")
"""Canonical label → its spellings without white space."""
SHORT = {word: label for label, words in word_lists(_FILE, "short").items() for word in words}
"""Words that are labels only before a colon, or in brackets, with a value behind them → label."""
ALONE = {word: label for label, words in word_lists(_FILE, "alone").items() for word in words}
"""Plain words that are labels before a colon, before a year or on a line of their own → label."""
_CANONICAL = {spelling: label for label, spellings in SPELLINGS.items() for spelling in spellings}
_GROUPS = ("heads", "said", "asked", "points", "leads", "columns", "groups")
_PHRASES = {group: phrases(_FILE, group) for group in _GROUPS}

# A word that ends so may be any ("과제당", "분야별").
_OPEN = "별당의"
_LONGEST_OPEN = 9
_NOT_NAMED = ("신청서", "계획서", "확인서", "동의서", "평가표", "증명서")
# A second conjunct takes what the first is about: 신청기간 및 방법.
_TAKES = {
    "기간": "신청기간",
    "기한": "신청기간",
    "방법": "신청방법",
    "절차": "신청방법",
    "장소": "신청방법",
    "처": "신청방법",
}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CONJUNCTS = re.compile(r"(?:(?<!\s)\s+및\s?|(?<!\s)\s*[·ㆍ,/&‧･∙]|(?<=[가-힣])[와과]\s)\s*")
_LEADING_YEAR = re.compile(r"^['’‘]?(?:20)?\d\d년(?:도)?")
_LONGEST_LEAD = 90
# How a line of a question sheet begins, or how it ends.
_SHEET = ("Q", "문", "질문")
_ASKING = ("나요", "까요", "가요", "니까")
_QUESTION_CHARACTERS = range(5, 90)
_OPENING, _CLOSING = "([【<〈《「", ")]】>〉》」"
_LONGEST_NAME = 40
_LONGEST_NUMBERED = 16
# A label may be written in up to four words ("신청 및 접수기간").
_MOST_WORDS = 4
# Plain words for these would else be taken for what is given of any sort.
_LENT = frozenset({"융자한도", "융자기간", "융자금리"})
_YEAR = re.compile(r"['’‘]?(?:20)?\d\d년(?:도)?\s*")
_INNER = re.compile(r"[(\[【]\s*(?:['’‘]?(?:20)?\d\d년(?:도)?\s*)?(?P<label>[가-힣][가-힣·\s]*?)\s*[)\]】]")
_ASIDE = re.compile(r"\([^():：]{1,14}\)")


class Column(StrEnum):
    """What a column of a table of offices or programmes holds."""

    FAX = "fax"
    PHONE = "phone"
    ASKED = "asked"
    EMAIL = "email"
    URL = "url"
    REGION = "region"
    PERSON = "person"
    ROLE = "role"
    DEPARTMENT = "department"
    ORGANISATION = "organisation"
    PROGRAM = "program"
    TRACK = "track"
    NUMBER = "number"
    LABEL = "label"
    OTHER = "other"


# Names that hold more than one sort of words.
_ALSO = {"phone and fax": Column.PHONE, "branch": Column.ORGANISATION}


def column_of(name: str) -> Column:
    """What the column of this name holds."""
    bare = _squashed(name)
    if bare and (found := _first("columns", bare.lower())):
        return _ALSO.get(found) or Column(found)
    return Column.LABEL if canonical(bare) else Column.OTHER


def canonical(label: str) -> str | None:
    """The canonical label for a name, by its spelling or its meaning; `None` for other words."""
    return next(iter(canonicals(label)), None)


@lru_cache(maxsize=4096)
def canonicals(label: str) -> tuple[str, ...]:
    """The canonical labels for a name, two for a joint one ("신청기간 및 방법"); a leading year counts not."""
    label = unbulleted(label)
    if exact := spelt(label):
        joint = meant(label)
        return joint if len(joint) > 1 and exact in joint else (exact,)
    return meant(label) or ((told,) if (told := said(label)) else ())


def spelt(label: str) -> str | None:
    """The canonical label of a name by its spelling alone."""
    return _CANONICAL.get(_LEADING_YEAR.sub("", _squashed(label.replace("*", ""))))


def meant(phrase: str) -> tuple[str, ...]:
    """The labels a formal name means, in order ("신청기간 및 방법" has two); empty for other words.

    A name is read by its last noun, and only where every word in it belongs to such names.
    """
    words = plain(phrase)
    name = _squashed(words)
    if not 2 <= len(name) <= LONGEST or any(map(_is_of_a_year, _BRACKETS.findall(phrase))) or not _is_name(name):
        return ()
    found: list[str] = []
    for part in map(_squashed, _CONJUNCTS.split(words)):
        label = (_TAKES.get(part) if found else None) or _head(part)
        if label and label not in found:
            found.append(label)
    return tuple(found)


def said(head: str) -> str | None:
    """The label that a head means ("이런 기업은 안 됩니다"); "" for another known matter, `None` for others."""
    words = plain(head)
    is_open = words.endswith((",", ";")) or any(word.endswith("원") for word in words.split())
    is_open = is_open or any(c in "@%" for c in words) or has_number(words)
    if not 2 <= len(words) <= LONGEST or is_open:
        return None
    return _first("said", _squashed(words))


def introduces(sentence: str) -> str | None:
    """The label of the list that a sentence opens ("다음에 해당하면 신청할 수 없습니다"); `None` for any other."""
    phrase = _squashed(sentence).strip(".:")
    points = len(sentence) <= _LONGEST_LEAD and ". " not in sentence and _first("points", phrase)
    return _first("leads", phrase) if points else None


def asked(line: str) -> str | None:
    """The label of the answer to a question of a question sheet; "" for a question on another matter."""
    question = line.strip().rstrip("*")
    words = question.rstrip(" ?")
    is_marked = words.lstrip(" (<[【*").startswith(_SHEET) or words[:1].isdigit()
    is_asking = question.endswith("?") and (is_marked or words.endswith(_ASKING))
    if not is_asking or len(words) not in _QUESTION_CHARACTERS:
        return None
    return canonical(unbulleted(line)) or _first("asked", _squashed(question)) or ""


def belongs(name: str, group: str) -> bool:
    """Whether the name of a row or column is one of a group of `fields.yaml`: `measure`, `property`, `figure` …"""
    return _PHRASES["groups"][group].is_in(_squashed(name))


def has_number(words: str) -> bool:
    """Whether words hold a number of two digits or more."""
    return any(left.isdigit() and right.isdigit() for left, right in pairwise(words))


def plain(phrase: str) -> str:
    """The words of a phrase alone, without brackets and what they hold, marks at its ends and a number behind it."""
    words = _BRACKETS.sub("", phrase.replace("*", "").strip(" :：[]【】<>《》「」|│?？!~")).split()
    if len(words) > 1 and words[-1].isdecimal() and len(words[-1]) <= 2:
        words.pop()
    return " ".join(words).strip(" ?？!")


def _is_name(name: str) -> bool:
    """Whether all words of a name, but the first that may be any, belong to names of fields."""
    if name == "내용" or name.endswith("현황") or any(paper in name for paper in _NOT_NAMED):
        return False
    opens = (place + 1 for place, letter in enumerate(name[:_LONGEST_OPEN]) if place and letter in _OPEN)
    begins = (place for place in opens if name[:place].replace("·", "").isalpha())
    return any(_is_made_of(name[begin:], _name_words()) for begin in (0, *begins))


def _first(group: str, phrase: str) -> str | None:
    """The first name of a group of which a phrase, written without spaces, holds one."""
    return next((name for name, told in _PHRASES[group].items() if told.is_in(phrase)), None)


def _head(name: str) -> str | None:
    """The label that the last noun of a name, written without spaces, means."""
    return next((label for label, nouns in _PHRASES["heads"].items() if nouns.ends(name)), None)


@cache
def _name_words() -> frozenset[str]:
    """Every word that names of fields are made of: what stands before their nouns, and the nouns in each spelling."""
    shared = word_lists(_FILE)
    spelt = (_spellings(noun, shared) for nouns in word_lists(_FILE, "heads").values() for noun in nouns)
    return frozenset(NAMING["before"]).union(*spelt)


def _spellings(noun: str, shared: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What a noun may be spelt as, and each word of its end, in brackets, alone."""
    parts = []
    for token in noun.split():
        words = [w for word in token.strip("[]").split("|") for w in shared.get(word, (word,))]
        is_end = token.startswith("[")
        yield from (word for word in words if is_end and len(word) > 1)
        parts.append(["", *words] if is_end else words)
    yield from map("".join, product(*parts))


def _is_made_of(phrase: str, words: frozenset[str]) -> bool:
    """Whether a phrase without spaces is these words and nothing else."""
    longest = max(map(len, words), default=0)
    ends = {0}
    for end in range(1, len(phrase) + 1):
        if any(begin in ends and phrase[begin:end] in words for begin in range(max(0, end - longest), end)):
            ends.add(end)
    return len(phrase) in ends


def _is_of_a_year(aside: str) -> bool:
    """Whether brackets tell what was, not what is given now: "지원규모(2025년 기준)"."""
    told = _squashed(aside).strip("()[]'’‘")
    return told.endswith(("기준", "실적", "현황")) and told[:-2].rstrip("도년").isdecimal()


def _squashed(words: str) -> str:
    return "".join(words.split())


def labelled(line: str) -> tuple[str, str] | None:
    """Split a line into canonical label and value ("" when the label stands alone); `None` when it has no label."""
    found = all_labelled(line)
    return (found[0][0], found[1]) if found else None


def is_lead(words: str, rest: str) -> bool:
    """Whether emphasised words at the head of a line name the field whose value the rest is: "**누가** 상인회원"."""
    goes_on = rest[:1].isspace() and bool(rest.strip(" :：")) and rest.lstrip()[:1] not in ":："
    return goes_on and (said(words) is not None or all_labelled(f"{words}: {rest}") is not None)


def all_labelled(line: str) -> tuple[tuple[str, ...], str] | None:
    """Split a line like `labelled`, with every label of a joint name."""
    if parted := _bracketed(line) or _before_colon(line):
        name, value = parted
        short = _short(name, value)
        labels = (short,) if short in _LENT else canonicals(name) or ((short,) if short else ())
        return (labels, value) if labels else None
    number, _, title = line.strip().partition(" ")
    if number.isdecimal() and len(title) <= _LONGEST_NUMBERED and (labels := canonicals(title)):
        return labels, ""
    return _bare(unbulleted(line))


def _bracketed(line: str) -> tuple[str, str] | None:
    """The name in the brackets that a line begins with, and what stands behind them."""
    rest = unbulleted(line).lstrip("*")
    end = min((place for mark in _CLOSING if (place := rest.find(mark)) > 0), default=0)
    name = _YEAR.sub("", rest[1:end].strip(), count=1) if rest[:1] in _OPENING else ""
    return (name, rest[end + 1 :].lstrip("* \t").lstrip(":：").strip()) if _is_written(name, "·") else None


def _before_colon(line: str) -> tuple[str, str] | None:
    """The name before the first colon of a line, and what stands behind it.

    In front of a colon a name may hold a remark or a stroke: "한도(기업당)", "주최/주관".
    """
    rest = unbulleted(line).lstrip("*")
    end = rest.replace("：", ":").find(":")
    name = _YEAR.sub("", rest[: max(end, 0)].strip(" *"), count=1)
    is_name = len(name) <= _LONGEST_NAME and _is_written(_ASIDE.sub("", name), "·ㆍ&/RD")
    return (name, rest[end + 1 :].strip()) if is_name else None


def _is_written(words: str, marks: str) -> bool:
    """Whether words are of syllables, white space and these marks alone."""
    return bool(words) and words[0] not in "·ㆍ&/D" and all("가" <= c <= "힣" or c in marks or c == " " for c in words)


def _bare(line: str) -> tuple[tuple[str, ...], str] | None:
    """The labels of a name that stands alone or before its value without a mark between them."""
    if line[:1].isascii() and not line[:1].isdigit() and line[:1] != "'":
        return None
    # A name coined afresh is taken for one where it stands alone.
    if coined := meant(line):
        return canonicals(line) or coined, ""
    words = line.replace("*", " ").split()
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        bare = "".join(words[:count])
        label = spelt(bare) or (ALONE.get(bare) if words[count:] and _is_year(words[count]) else None)
        if label and (count == len(words) or _is_value_start(words[count])):
            return (label,), " ".join(words[count:])
    labels = canonicals(line) or tuple(filter(None, [_short(line, "")]))
    return (labels, "") if labels else None


def _is_year(word: str) -> bool:
    """ "2026년", "2026.5.4.": a day follows."""
    return word[:4].isdecimal() and word.startswith("20") and word[4:5] in ("년", ".")


def _short(name: str, value: str) -> str | None:
    """The label of a word that is one only before a value, or on a line of its own."""
    return (SHORT.get(name.strip()) if value else None) or ALONE.get("".join(name.split()))


def _is_value_start(word: str) -> bool:
    """Whether a word may begin a value: a particle or a joined noun means that the label is part of a sentence.

    So does a word that makes the label itself the subject: "예산 소진시까지", "예산 범위 내".
    """
    return word not in NAMING["goes_on"] and not word.startswith(NAMING["bounds"])


def split_labels(line: str) -> list[str]:
    """The line cut before every further bracketed label: "(예산) 47억원, (지원대상) 우선지원대상기업" gives two."""
    cuts = [match.start() for match in _INNER.finditer(line) if match.start() > 0 and _heads(match, line)]
    return [line[a:b].strip(" ,") for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]


def _heads(match: re.Match[str], line: str) -> bool:
    """Whether a bracketed name heads a value; right behind a name brackets tell what it does: "가람시(소관)"."""
    name = match["label"].strip()
    if match[0][0] != "(":
        return bool(canonical(name)) or name in SHORT
    is_role = "".join(name.split()) in NAMING["roles"] and line[match.start() - 1].isalpha()
    return bool(canonical(name)) and not is_role


def label_and_value(cells: tuple[str, ...]) -> tuple[str, str] | None:
    """The canonical label and the value of a table row that holds just these, a group name before them left out.

    The inner one of two labels tells more than the one over its group: 제외 of "융자대상 | 제외 | …".
    """
    last = max((place for place, cell in enumerate(cells) if cell), default=0)
    cells = tuple(cell for cell, before in zip(cells[: last + 1], ("", *cells), strict=False) if cell != before)
    outer = canonical(cells[0])
    is_inner = outer is None or (len(cells) == 3 and (spelt(cells[1]) or (outer != "지원대상" and canonical(cells[1]))))
    if len(cells) == 3 and is_inner and canonical(cells[2]) is None:
        cells = cells[1:]
    label = canonical(cells[0]) if len(cells) == 2 else None
    return (label, cells[1]) if label else None
