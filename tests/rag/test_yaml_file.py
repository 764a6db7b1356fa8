"""Laws of the door to YAML: what is plain comes in, what is anything else is refused by an error that callers know."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.yaml_file import read_yaml


def test_a_file_comes_in_as_plain_values(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("가: [1, 2.5, '02']\n나: {다: true, 라: }\n", "utf-8")
    assert read_yaml(file) == {"가": [1, 2.5, "02"], "나": {"다": True, "라": None}}


@pytest.mark.parametrize("content", [b"\xff\xfe", "가: [1".encode(), b"!!python/object/apply:os.getcwd []", b"a: b: c"])
def test_what_is_no_plain_yaml_in_utf_8_is_a_wrong_value(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(content)
    with pytest.raises(ValueError):
        read_yaml(file)


def test_a_file_that_is_not_there_is_told_by_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_yaml(tmp_path / "a.yaml")
