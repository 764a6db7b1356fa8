"""Labelled lines: a line or a row of a notice flows in; the fields it names and the value beside them flow out."""

from __future__ import annotations

import re

from ingest.labels.fields import ALONE, NAMING, SHORT, canonical, canonicals, meant, said, spelt
from ingest.labels.outline import unbulleted

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
    return (name, rest[end + 1 :].lstrip("* \t").lstrip(":：").strip()) if _is_name(name, "·") else None


def _before_colon(line: str) -> tuple[str, str] | None:
    """The name before the first colon of a line, and what stands behind it.

    In front of a colon a name may hold a remark or a stroke: "한도(기업당)", "주최/주관".
    """
    rest = unbulleted(line).lstrip("*")
    end = rest.replace("：", ":").find(":")
    name = _YEAR.sub("", rest[: max(end, 0)].strip(" *"), count=1)
    is_name = len(name) <= _LONGEST_NAME and _is_name(_ASIDE.sub("", name), "·ㆍ&/RD")
    return (name, rest[end + 1 :].strip()) if is_name else None


def _is_name(words: str, marks: str) -> bool:
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
