"""Prepared arrays: they come back as they were made, of the same maker only, and never half."""

from pathlib import Path

import numpy as np
import pytest

from rag import prepared

ARRAYS: prepared.Arrays = {
    prepared.MADE_BY: prepared.texts_in(["somebody"]),
    "table": np.arange(40_000, dtype=np.float32).reshape(-1, 4),
    "none": np.zeros((0, 3)),
    "texts": prepared.texts_in(["가나", "", "두\n줄"]),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    prepared.write(tmp_path / "prepared", ARRAYS)
    return tmp_path / "prepared"


def test_arrays_come_back_as_they_were_made(folder: Path) -> None:
    found = prepared.read(folder, "somebody")
    assert found is not None
    assert all(
        np.array_equal(found[name], array) and found[name].dtype == array.dtype for name, array in ARRAYS.items()
    )
    assert prepared.texts_of(found["texts"]) == ["가나", "", "두\n줄"]


def test_arrays_of_another_maker_count_for_nothing(folder: Path, tmp_path: Path) -> None:
    assert prepared.read(folder, "somebody else") is None
    assert prepared.read(tmp_path / "nowhere", "somebody") is None


def test_an_array_cut_short_leaves_none(folder: Path) -> None:
    path = folder / "table.npy"
    path.write_bytes(path.read_bytes()[:1000])
    assert prepared.read(folder, "somebody") is None


def test_what_arrays_follow_from_is_there() -> None:
    assert all(path.is_file() for path in prepared.shaping_files())
