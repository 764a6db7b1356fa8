"""What staff keep as YAML says each thing once: a key told twice would silently lose what the first one told."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path for folder in ("corpus", "ingest", "rag", "server", "ui") for path in (ROOT / folder).rglob("*.yaml")
)


class Once(yaml.SafeLoader):
    """A loader that refuses a mapping with one key twice."""


def _mapping(loader: Once, node: yaml.MappingNode) -> dict[object, object]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    twice = [key for key in keys if keys.count(key) > 1]
    assert not twice, f"{node.start_mark}: {twice}"
    return {key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value, strict=True)}


Once.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_key_is_told_twice(path: Path) -> None:
    yaml.load(path.read_text("utf-8"), Once)
