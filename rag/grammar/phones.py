"""Phones: groups of digits flow in, phones flow out, with what looks like one; and the addresses of mails and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from rag.grammar.rulebook import VALUE, Action, Node, registering
from rag.grammar.typed import Link, Mail, Phone, Registration

ACTIONS: dict[str, Action] = {}

_rule = registering(ACTIONS)
# Numbering plan of the ministry of science (전기통신번호관리세칙): area codes, mobile, internet and safety numbers.
_AREAS = frozenset(
    (
        "02",
        "031",
        "032",
        "033",
        "041",
        "042",
        "043",
        "044",
        "051",
        "052",
        "053",
        "054",
        "055",
        "061",
        "062",
        "063",
        "064",
    )
) | {"010", "011", "016", "017", "018", "019", "070", "080", "060", "030", "050"}
_NATIONAL = tuple(f"1{second}" for second in "568")
_MOST_LINES = 12
_ADDRESS = re.compile(r"[A-Za-z0-9@:/?=&#%~_.+\-]{4,}")
_ENDINGS = frozenset(("kr", "com", "net", "org", "io", "gov", "edu", "info", "biz", "me", "ai"))


def addresses(text: str) -> Iterator[Node]:
    """The e-mail and page addresses of a text."""
    for match in _ADDRESS.finditer(text):
        words = match[0].rstrip(".:/?~-_+%#&=") if match[0].count("/") < 3 else match[0].rstrip(".:?~-_+%#&=")
        start = match.start()
        if "@" in words:
            before, _, after = words.rpartition("@")
            name = re.split(r"[:/?=&#%~@]", before)[-1].lstrip(".-+")
            start += len(before) - len(name)
            if name and after.rpartition(".")[0] and after.rpartition(".")[2].isalpha():
                yield _known(start, f"{name}@{after}", Mail(f"{name}@{after}".lower()))
        elif "." in words:
            begin = max(words.find("http"), 0) if "://" in words else 0
            words, start = words[begin:], start + begin
            host = words.partition("://")[2] or words
            if _is_host(re.split(r"[/:?#]", host)[0]):
                yield _known(start, words, Link(words))


def _known(start: int, words: str, value: Mail | Link) -> Node:
    return Node(VALUE, start, start + len(words), value, "phone", 5)


def _is_host(name: str) -> bool:
    parts = name.lower().split(".")
    return len(parts) > 1 and all(parts) and (parts[-1] in _ENDINGS or parts[0] == "www")


@_rule
def line(as_of: date, parts: tuple[Node, ...]) -> str | None:
    """One number of digits in groups, with hyphens; None where its shape is none of the numbering plan."""
    groups = [part.value for part in parts if part.kind == "digits"]
    if len(groups) == 1:
        return whole(groups[0])
    if len(groups) == 2:
        if groups[0][:2] in _NATIONAL and [len(group) for group in groups] == [4, 4]:
            return "-".join(groups)
        return f"{groups[0]}-{split}" if _is_area(groups[0]) and (split := _halves(groups[1])) else None
    fits = _is_area(groups[0]) and len(groups[1]) in (3, 4) and len(groups[2]) == 4
    return "-".join(groups) if fits else None


def _is_area(group: str) -> bool:
    return group in _AREAS or (len(group) == 4 and group[:3] in ("050", "030"))


def _halves(digits: str) -> str:
    return f"{digits[:-4]}-{digits[-4:]}" if len(digits) in (7, 8) else ""


def whole(digits: str) -> str | None:
    """A number written without a sign between its groups, with hyphens; None where it is none of the numbering plan."""
    for area in (2, 3, 4):
        if _is_area(digits[:area]) and (rest := _halves(digits[area:])) and not (area == 3 and len(digits) < 10):
            return f"{digits[:area]}-{rest}"
    return None


@_rule
def abroad(as_of: date, parts: tuple[Node, ...]) -> str | None:
    """+82-2-123-4567."""
    country, area, *rest = (part.value for part in parts if part.kind == "digits")
    area = area if area.startswith("0") else f"0{area}"
    fits = country == "82" and _is_area(area) and len(rest[0]) in (3, 4) and len(rest[1]) == 4
    return f"{area}-{rest[0]}-{rest[1]}" if fits else None


@_rule
def short(as_of: date, parts: tuple[Node, ...]) -> str | None:
    """국번없이 1357."""
    digits = parts[1].value
    return digits if len(digits) in (3, 4) and digits[0] == "1" else None


@_rule
def more(as_of: date, parts: tuple[Node, ...]) -> tuple[tuple[str, str], ...] | None:
    """How each following number is joined, and its digits."""
    rest = parts[2].value if len(parts) > 2 else ()
    digits = parts[1].value
    if len(rest) >= _MOST_LINES or len(digits) > 4 or (parts[0].value == "list" and len(digits) != 4):
        return None
    return ((parts[0].value, digits), *rest)


@_rule
def lines(as_of: date, parts: tuple[Node, ...]) -> tuple[str, ...] | None:
    """044-300-0957~9, 053-210-9513, 9515: each following number ends as told and begins like the one before."""
    numbers = [parts[0].value]
    for join, digits in parts[1].value if len(parts) > 1 else ():
        last = numbers[-1]
        following = last[: -len(digits)] + digits
        if "-" not in last or following <= last:
            return None
        if join == "range":
            between = range(int(last[-4:]) + 1, int(following[-4:]))
            if len(between) > _MOST_LINES:
                return None
            numbers += [f"{last[:-4]}{each:04d}" for each in between]
        numbers.append(following)
    return tuple(numbers)


@_rule
def phone(as_of: date, parts: tuple[Node, ...]) -> Phone | None:
    """The numbers, with an extension where one is told."""
    extension = next((part.value for part in parts if part.kind == "digits"), "")
    return Phone(parts[0].value, extension) if len(extension) <= 5 else None


@_rule
def registration(as_of: date, parts: tuple[Node, ...]) -> Registration | None:
    """123-45-67890, 110111-1234567."""
    groups = [part.value for part in parts if part.kind == "digits"]
    shape = [len(group) for group in groups]
    touching = all(one.end == other.start for one, other in pairwise(parts))
    return Registration("-".join(groups)) if touching and shape in ([3, 2, 5], [6, 7]) else None
