"""The README: the commands it names exist, and its table of settings is the settings."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from rag.settings import INSTALLATION, PREFIX, Settings
from server.cli import app

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
ROW = re.compile(rf"^\|\s*`({PREFIX}[A-Z_]+)`\s*\|\s*([^|]*?)\s*\|", re.MULTILINE)


@pytest.fixture(scope="module")
def readme() -> str:
    """The words of the README."""
    return README.read_text("utf-8")


def shown(value: object) -> str:
    """A default as the README writes it; paths of the installation are relative to it, none is left empty."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return ""
    if isinstance(value, Path) and value.is_relative_to(INSTALLATION):
        return value.relative_to(INSTALLATION).as_posix()
    return str(value)


def code(readme: str) -> str:
    """Everything the README shows as code: blocks between fences and words between backticks."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    prose = re.sub(r"^```[^\n]*\n.*?^```", "", readme, flags=re.MULTILINE | re.DOTALL)
    return "\n".join((*blocks, *re.findall(r"`([^`\n]+)`", prose)))


def test_every_make_command_exists(readme: str) -> None:
    named = set(re.findall(r"\bmake ([a-z]+)", code(readme)))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"serve", "test"} <= named <= targets


def test_every_jiwon_command_exists(readme: str) -> None:
    known = {command.callback.__name__ for command in app.registered_commands if command.callback}
    known |= {group.name for group in app.registered_groups if group.name}
    named = set(re.findall(r"\bjiwon ([a-z]+)", code(readme)))
    assert {"sync", "ask"} <= named <= known


def test_the_table_of_settings_is_the_settings(readme: str) -> None:
    told = {name: default.strip("`").removeprefix("./").rstrip("/") for name, default in ROW.findall(readme)}
    assert told == {PREFIX + field.name.upper(): shown(field.default) for field in fields(Settings)}


def test_every_setting_named_is_a_setting(readme: str) -> None:
    assert set(re.findall(rf"\b{PREFIX}[A-Z_]*[A-Z]\b", readme)) <= {PREFIX + f.name.upper() for f in fields(Settings)}
