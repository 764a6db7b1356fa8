"""Patterns: packages flow in, every regular expression of their modules flows out, with what tires it.

Python's matcher counts no steps, so the work is told by the ratio of the time that two lengths of one text take: four
times the text takes four times as long where the work grows with the length, sixteen times where with its square.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

parser = importlib.import_module("re._parser")
"""The parser of the standard library, which no stub of every type checker knows."""

SCANS = frozenset({"search", "findall", "finditer", "sub", "subn", "split"})
ANCHORED = frozenset({"match", "fullmatch"})
SHORT = 300
TIMES = 4
"""A text is tried in two lengths, SHORT and so many times as long."""
LARGEST_RATIO = 9.0
"""Between 4, of work that grows with the length, and 16, of work that grows with its square."""
TRIES = 10
"""A ratio that another process spoilt does not come up so often."""
LEAST = 0.0006
"""Seconds below which a text costs too little for its work to be told."""


@dataclass(frozen=True)
class Used:
    """A pattern, the module it stands in, and whether it is sought anywhere in a text, not at its beginning alone."""

    module: str
    pattern: re.Pattern[Any]
    scans: bool


def every_pattern(packages: Iterable[str]) -> list[Used]:
    """The patterns that modules hold, however deep in their data, and those written where they are used."""
    modules = [*modules_of(packages)]
    trees = {module.__name__: ast.parse(source(module)) for module in modules}
    abroad = names_used(trees.values())
    found: dict[tuple[str, int, bool], Used] = {}
    for module in modules:
        here = names_used([trees[module.__name__]])
        for name, value in vars(module).items():
            if name.startswith("__") or isinstance(value, ModuleType):
                continue
            alone = isinstance(value, re.Pattern)
            scanned, anchored = here if name.startswith("_") else abroad
            scans = not (alone and name in anchored and name not in scanned)
            for pattern in held(value, 0):
                found.setdefault((repr(pattern.pattern), pattern.flags, scans), Used(module.__name__, pattern, scans))
        for pattern, scans in written(trees[module.__name__], vars(module)):
            found.setdefault((repr(pattern.pattern), pattern.flags, scans), Used(module.__name__, pattern, scans))
    return list(found.values())


def modules_of(packages: Iterable[str]) -> Iterator[ModuleType]:
    for package in packages:
        root = importlib.import_module(package)
        for known in pkgutil.walk_packages(root.__path__, f"{package}."):
            yield importlib.import_module(known.name)


def source(module: ModuleType) -> str:
    return Path(str(module.__file__)).read_text("utf-8")


def names_used(trees: Iterable[ast.AST]) -> tuple[set[str], set[str]]:
    """The names of patterns that are sought anywhere, and of those that are held against the beginning; a name that is
    handed on may be used either way."""
    scanned: set[str] = set()
    anchored: set[str] = set()
    for tree in trees:
        called: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in SCANS | ANCHORED:
                called.add(id(node.value))
                (scanned if node.attr in SCANS else anchored).add(node.value.id)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in called:
                scanned.add(node.id)
    return scanned, anchored


def held(value: object, depth: int) -> Iterator[re.Pattern[Any]]:
    """The patterns within a value, in tuples, mappings and records, at most eight deep."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 8 and isinstance(value, Mapping):
        for key, inner in value.items():
            yield from held(key, depth + 1)
            yield from held(inner, depth + 1)
    elif depth < 8 and isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from held(inner, depth + 1)
    elif depth < 8 and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from held(getattr(value, field.name, None), depth + 1)


def written(tree: ast.AST, names: Mapping[str, object]) -> Iterator[tuple[re.Pattern[Any], bool]]:
    """The patterns written in calls of `re`; what is made up of values of the moment is tried with nothing in it."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        if node.func.attr not in SCANS | ANCHORED:
            continue
        try:
            code = compile(ast.Expression(node.args[0]), "<pattern>", "eval")
            pattern = re.compile(eval(code, dict(names)))
        except (NameError, TypeError, AttributeError, re.error):
            continue
        yield pattern, node.func.attr not in ANCHORED


def tiring(used: Used) -> str | None:
    """The text that costs more than its length when it is repeated; `None` where none was found."""
    for piece in pieces(used.pattern):
        if all(_ratio(used, piece) > LARGEST_RATIO for _ in range(TRIES)):
            return piece
    return None


def _ratio(used: Used, piece: str) -> float:
    long = _cost(used, piece, SHORT * TIMES)
    return long / max(_cost(used, piece, SHORT), 1e-7) if long > LEAST else 0.0


def _cost(used: Used, piece: str, length: int) -> float:
    """Seconds of this thread that the pattern takes over a piece repeated."""
    text: Any = (piece * length)[:length]
    if isinstance(used.pattern.pattern, bytes):
        text = text.encode()
    began = time.thread_time()
    if used.scans:
        for _ in used.pattern.finditer(text):
            pass
    else:
        used.pattern.fullmatch(text)
        used.pattern.match(text)
    return time.thread_time() - began


def pieces(pattern: re.Pattern[Any]) -> list[str]:
    """What the pattern may be tired with: letters that it knows, and the beginnings of a text that it matches."""
    parts = list(parser.parse(pattern.pattern, pattern.flags))
    begun = ["".join(map(_example, parts[:count])) for count in range(1, min(len(parts), 8) + 1)]
    whole = "".join(map(_example, parts))
    letters = list(dict.fromkeys(whole))[:8]
    return [piece for piece in dict.fromkeys([*letters, *" 1가a", *begun, whole[:-1]]) if piece]


def _example(part: tuple[Any, Any]) -> str:
    """The shortest text that one part of a pattern matches, one round of what may be left out included."""
    kind, value = str(part[0]), part[1]
    if kind == "LITERAL":
        return chr(value)
    if kind == "IN":
        return next((letter for letter in _letters(value) if _is_in(letter, value)), "x")
    if kind in ("ANY", "NOT_LITERAL"):
        return "x" if value is None or chr(value) != "x" else "y"
    inner: dict[str, Callable[[], Any]] = {
        "BRANCH": lambda: value[1][0],
        "SUBPATTERN": lambda: value[3],
        "ATOMIC_GROUP": lambda: value,
    }
    if kind in inner:
        return "".join(map(_example, inner[kind]()))
    return "".join(map(_example, value[2])) * max(1, value[0]) if kind.endswith("_REPEAT") else ""


def _letters(members: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    yield from "가1 a-.(,A\t:~%"
    for kind, value in members:
        if str(kind) in ("LITERAL", "RANGE"):
            yield chr(value if str(kind) == "LITERAL" else value[0])


def _is_in(letter: str, members: Iterable[tuple[Any, Any]]) -> bool:
    held, wanted = False, True
    for kind, value in ((str(kind), value) for kind, value in members):
        if kind == "NEGATE":
            wanted = False
        elif kind == "LITERAL":
            held |= ord(letter) == value
        elif kind == "RANGE":
            held |= value[0] <= ord(letter) <= value[1]
        elif kind == "CATEGORY":
            name = str(value).removeprefix("CATEGORY_")
            test: dict[str, Callable[[str], bool]] = {
                "DIGIT": str.isdigit,
                "SPACE": str.isspace,
                "WORD": lambda c: c.isalnum() or c == "_",
            }
            held |= test[name.removeprefix("NOT_")](letter) is not name.startswith("NOT_")
    return held is wanted
