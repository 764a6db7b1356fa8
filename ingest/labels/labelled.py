"""Labels: a line of a notice flows in; the field it names and the value beside it flow out."""

from __future__ import annotations

import re
from functools import lru_cache

from ingest.labels.field_names import meant
from ingest.labels.field_talk import said
from ingest.labels.spellings import SHORT, SPELLINGS

CORE = frozenset({"지원대상", "지원내용", "지원규모", "지원조건", "신청기간", "신청방법", "문의처"})
# These open a block of labelled lines; a bare one has no value of its own.
GROUPS = frozenset({"개요", "지원내용", "지원대상", "추진일정", "운영절차"})
_CANONICAL = {spelling: label for label, spellings in SPELLINGS.items() for spelling in spellings.split()}
_BULLET = (
    r"[\s『|│□■◇◆▣◈○◦●▪▫▶▷►▲△☞★✓✔※*\-–—•∙·ㅇ❍❏󰊱-󰊿]*"
    r"(?:[①-⑳❶-❿ⓐ-ⓩ⑴-⒇㉠-㉻]|제\s?\d{1,2}\s?[장절](?=\s)|\(?\d{1,2}[.)]|\d{1,2}[-.]\d{1,2}[.)]?(?=\s)|\(?[가-하][.)]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\.?)?\s*"
)
_YEARS = r"(?:['’‘]?(?:20)?\d\d년(?:도)?\s*)?"
_LABEL = rf"{_YEARS}(?P<label>[가-힣](?:[가-힣·]|\s(?=[가-힣]))*)"
# In front of a colon a name may hold a remark or a stroke: "한도(기업당)", "주최/주관".
_WIDE_LABEL = (
    rf"{_YEARS}(?P<label>[가-힣R](?:[가-힣·ㆍ&R/D]|\s(?=[가-힣/&(])|(?<=/)\s|\([^():：]{{1,14}}\))"
    r"{0,28})"
)
_BRACKETED = re.compile(
    rf"^{_BULLET}\*{{0,2}}[(\[【<〈《「]\s*{_LABEL}\s*[)\]】>〉》」]\*{{0,2}}\s*[:：]?\s*(?P<value>.*)$", re.S
)
_COLON = re.compile(rf"^{_BULLET}\*{{0,2}}{_WIDE_LABEL}\*{{0,2}}\s*[:：]\s*(?P<value>.*)$", re.S)
_BARE = re.compile(rf"^{_BULLET}\*{{0,2}}(?P<rest>['’‘]?(?:20)?\d?\d?년?(?:도)?\s*[가-힣].*)$", re.S)
_NUMBERED = re.compile(r"^\s*\d{1,2}\s+(?P<title>[가-힣][가-힣·\s]{1,15})$")
_INNER = re.compile(rf"[(\[【]\s*{_LABEL}\s*[)\]】]")
_ROLE = re.compile(r"\(\s?(?:소관|주최|주무|주관|운영|수행|전담|시행|집행)(?:\s?(?:기관|부처))?\s?\)")
_LEAD = re.compile(rf"^{_BULLET}")


def canonical(label: str) -> str | None:
    """The canonical label for a name, by its spelling or its meaning; `None` for other words."""
    return next(iter(canonicals(label)), None)


@lru_cache(maxsize=4096)
def canonicals(label: str) -> tuple[str, ...]:
    """The canonical labels for a name, two for a joint one ("신청기간 및 방법"); a leading year counts not."""
    label = unbulleted(label)
    if exact := _spelt(label):
        joint = meant(label)
        return joint if len(joint) > 1 and exact in joint else (exact,)
    return meant(label) or ((told,) if (told := said(label)) else ())


def labelled(line: str) -> tuple[str, str] | None:
    """Split a line into canonical label and value ("" when the label stands alone); `None` when it has no label."""
    found = all_labelled(line)
    return (found[0][0], found[1]) if found else None


def all_labelled(line: str) -> tuple[tuple[str, ...], str] | None:
    """Split a line like `labelled`, with every label of a joint name."""
    for pattern in (_BRACKETED, _COLON):
        match = pattern.match(line)
        if match:
            value = match["value"].strip()
            short = SHORT.get(match["label"].strip()) if value else None
            labels = canonicals(match["label"]) or ((short,) if short else ())
            return (labels, value) if labels else None
    titled = _NUMBERED.match(line)
    if titled and (labels := canonicals(titled["title"])):
        return labels, ""
    match = _BARE.match(line)
    if not match:
        return None
    # A name coined afresh is taken for one where it stands alone.
    if coined := meant(unbulleted(line)):
        return canonicals(unbulleted(line)) or coined, ""
    words = match["rest"].replace("*", " ").split()
    # A label may be written in up to three words ("신청 및 접수기간"); the longest reading wins.
    for count in range(min(4, len(words)), 0, -1):
        label = _spelt("".join(words[:count]))
        if label and (count == len(words) or _is_value_start(words[count])):
            return (label,), " ".join(words[count:])
    labels = canonicals(unbulleted(line))
    return (labels, "") if labels else None


def _spelt(label: str) -> str | None:
    return _CANONICAL.get(re.sub(r"^['’‘]?(?:20)?\d\d년(?:도)?", "", re.sub(r"[\s*]", "", label)))


def unbulleted(line: str) -> str:
    """The line without its bullet or number."""
    return _LEAD.sub("", line, count=1).strip()


def _is_value_start(word: str) -> bool:
    """Whether a word may begin a value: a particle or a joined noun means that the label is part of a sentence.

    So does a word that makes the label itself the subject: "예산 소진시까지", "예산 범위 내".
    """
    return not re.match(
        r"^(?:(?:및|등|에|을|를|이|가|은|는|의|도|확인|안내|문의|참조|중|내|외|후|시|별|상|결과|현황|표|보고|협의)$|소진|범위)",
        word,
    )


def split_labels(line: str) -> list[str]:
    """The line cut before every further bracketed label: "(예산) 47억원, (지원대상) 우선지원대상기업" gives two."""
    cuts = [m.start() for m in _INNER.finditer(line) if m.start() > 0 and _heads(m["label"], m[0])]
    # "가람시(소관), 나래원(운영)": right behind a name brackets tell what it does.
    cuts = [cut for cut in cuts if not (line[cut] == "(" and _ROLE.match(line, cut) and line[cut - 1 : cut].isalpha())]
    return [line[a:b].strip(" ,") for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]


def _heads(name: str, marked: str) -> bool:
    return bool(canonical(name)) or (marked[0] != "(" and name.strip() in SHORT)


def label_and_value(cells: tuple[str, ...]) -> tuple[str, str] | None:
    """The canonical label and the value of a table row that holds just these, a group name before them left out."""
    last = max((place for place, cell in enumerate(cells) if cell), default=0)
    cells = tuple(cell for cell, before in zip(cells[: last + 1], ("", *cells), strict=False) if cell != before)
    if len(cells) == 3 and canonical(cells[0]) is None and canonical(cells[2]) is None:
        cells = cells[1:]
    label = canonical(cells[0]) if len(cells) == 2 else None
    return (label, cells[1]) if label else None
