"""YAML: a file that people edit flows in, its plain values flow out; most come in by this door."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def read_yaml(path: Path) -> Any:
    """The values of a file in UTF-8, read by libyaml: Python's own parser takes ten times as long.

    Raises OSError where it cannot be read, ValueError where it is not UTF-8 or not YAML.
    """
    try:
        return yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
