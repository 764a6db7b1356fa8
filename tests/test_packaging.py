"""What is installed is whole: every data file beside the code is packed with it."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch

from rag.settings import INSTALLATION

DATA = (".yaml", ".txt", ".css", ".typ")


def test_every_data_file_beside_the_code_is_packed() -> None:
    told = tomllib.loads((INSTALLATION / "pyproject.toml").read_text("utf-8"))
    patterns: dict[str, list[str]] = told["tool"]["setuptools"]["package-data"]
    packed = [f"{package.replace('.', '/')}/{pattern}" for package, own in patterns.items() for pattern in own]
    roots = ("ingest", "rag", "server", "ui")
    files = [file for root in roots for file in (INSTALLATION / root).rglob("*") if file.suffix in DATA]
    assert files
    left = [
        name for file in files if (name := file.relative_to(INSTALLATION).as_posix()) and not is_packed(name, packed)
    ]
    assert left == []


def is_packed(name: str, patterns: list[str]) -> bool:
    """Whether a pattern takes the file; a star stops at a slash, as setuptools has it."""
    return any(fnmatch(name, pattern) and name.count("/") == pattern.count("/") for pattern in patterns)
