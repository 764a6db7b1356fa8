"""A view holds what its folder holds, and what is done in it is not done to the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import StorageUnavailable
from rag.seals import broken, sealed
from rag.views import View


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.bin", "b.sqlite3", "c.lock", "deep/d.bin"):
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_text(name, "utf-8")
    return tmp_path / "folder"


def test_it_holds_what_the_folder_holds_but_what_is_left_out(folder: Path) -> None:
    view = View(folder, copied="*.sqlite3", left_out="*.lock")
    held = {path.relative_to(view.path).as_posix(): path.read_text("utf-8") for path in view.path.rglob("*.*")}
    assert held == {name: name for name in ("a.bin", "b.sqlite3", "deep/d.bin")}
    view.close()
    assert not view.path.exists() and (folder / "a.bin").exists()


def test_what_is_written_to_copies_stays_in_it(folder: Path) -> None:
    seals = sealed(folder)
    view = View(folder, copied="*")
    for path in view.path.rglob("*.*"):
        path.write_text("changed", "utf-8")
    view.close()
    assert broken(folder, seals) is None


def test_it_goes_with_whoever_made_it(folder: Path) -> None:
    view = View(folder)
    path = view.path
    del view
    assert not path.exists()


def test_without_room_for_it_the_place_and_the_remedy_are_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.views._MARGIN", 1 << 60)
    with pytest.raises(StorageUnavailable, match="공간을 비운"):
        View(folder)


def test_what_was_sealed_and_changed_is_named(folder: Path) -> None:
    seals = sealed(folder)
    assert list(seals) == ["a.bin", "b.sqlite3", "c.lock", "deep/d.bin"]
    (folder / "new").write_text("what was not sealed does not count", "utf-8")
    assert broken(folder, seals) is None
    (folder / "deep" / "d.bin").write_text("other", "utf-8")
    assert broken(folder, seals) == "deep/d.bin"
    (folder / "a.bin").unlink()
    with pytest.raises(FileNotFoundError):
        broken(folder, seals)
