"""What stands beside the code and is not code is part of the package."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("ingest", "rag", "server", "ui")
DATA = tuple(
    path
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*"))
    if path.is_file() and path.suffix not in (".py", ".pyc")
)


def packaged() -> dict[str, list[str]]:
    """The patterns of data files by package, as the build reads them; "*" is every package."""
    told: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    return told


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_data_file_is_packaged(path: Path) -> None:
    owners = [folder for folder in path.parents if folder != ROOT and ROOT in folder.parents]
    names = [(folder.relative_to(ROOT).as_posix().replace("/", "."), folder) for folder in owners]
    told = packaged()
    assert any(
        fnmatch(path.relative_to(folder).as_posix(), pattern)
        for name, folder in names
        if (folder / "__init__.py").exists()
        for pattern in (*told.get(name, ()), *told.get("*", ()))
    )
