"""A backup that is not as it was made, or holds anything but plain files of ours, is refused and nothing touched."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.settings import Settings
from server.backup.form import NAME, SEAL_LENGTH
from server.backup.making import back_up
from server.backup.reading import is_safe, opened
from server.backup.refusals import BackupRefused
from server.backup.restoring import restore
from tests.server.backup.holding import NOW, elsewhere, installed, state_of

Told = dict[str, Any]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Path]:
    folder = tmp_path_factory.mktemp("saved")
    made = installed(folder, rows=False)
    back_up(made, folder / "all.jiwon", NOW)
    return made, folder / "all.jiwon"


def refused(file: Path, folder: Path) -> str:
    """The sentence with which a file is refused; nothing is made of it."""
    there = elsewhere(Settings(), folder / "there")
    with pytest.raises(BackupRefused) as found:
        restore(there, file, NOW, replace=True)
    assert not (folder / "there").exists()
    return str(found.value)


def test_any_tar_lists_it_and_its_description_is_its_first_member(saved: tuple[Settings, Path]) -> None:
    _, file = saved
    with tarfile.open(file) as tar:
        members = tar.getmembers()
        first = tar.extractfile(members[0])
        assert first and members[0].name == NAME
        told = json.load(first)
        assert told["format"] == 1 and told["made_at"] == NOW and told["generation"] in told["generations"]
        assert [(m["name"], m["size"]) for m in told["members"]] == [(m.name, m.size) for m in members[1:]]
        for member, said in zip(members[1:], told["members"], strict=True):
            content = tar.extractfile(member)
            assert content and hashlib.sha256(content.read()).hexdigest() == said["sha256"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_one_bit_that_changed_anywhere_is_noticed(
    saved: tuple[Settings, Path], tmp_path: Path, where: float, bit: int
) -> None:
    content = bytearray(saved[1].read_bytes())
    content[int(where * len(content))] ^= 1 << bit
    (tmp_path / "harmed.jiwon").write_bytes(content)
    with pytest.raises(BackupRefused), opened(tmp_path / "harmed.jiwon"):
        pass


@pytest.mark.parametrize("at", [*range(10), -1, -2, -12, -20, -80, -SEAL_LENGTH, -SEAL_LENGTH - 1])
def test_a_byte_of_head_or_end_that_changed_is_noticed(saved: tuple[Settings, Path], tmp_path: Path, at: int) -> None:
    content = bytearray(saved[1].read_bytes())
    content[at] ^= 1
    (tmp_path / "harmed.jiwon").write_bytes(content)
    assert "다시 복사하거나 다른 백업" in refused(tmp_path / "harmed.jiwon", tmp_path)


@pytest.mark.parametrize("left", [0, 1, 50, SEAL_LENGTH, 1000, 200_000, -1, -SEAL_LENGTH, -5000])
def test_one_that_is_cut_off_is_refused(saved: tuple[Settings, Path], tmp_path: Path, left: int) -> None:
    (tmp_path / "cut.jiwon").write_bytes(saved[1].read_bytes()[:left])
    assert "끝이 잘렸거나" in refused(tmp_path / "cut.jiwon", tmp_path)


@pytest.mark.parametrize("more", [b"\0", b"\n", bytes(512), gzip.compress(b"more", mtime=0)])
def test_one_with_something_behind_it_is_refused(saved: tuple[Settings, Path], tmp_path: Path, more: bytes) -> None:
    (tmp_path / "more.jiwon").write_bytes(saved[1].read_bytes() + more)
    assert "뒤에 다른 것" in refused(tmp_path / "more.jiwon", tmp_path)


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.jiwon").write_bytes(b"a letter " * 100)
    assert "백업 파일이 아니거나" in refused(tmp_path / "letter.jiwon", tmp_path)
    assert "없습니다" in refused(tmp_path / "none.jiwon", tmp_path)
    assert "없습니다" in refused(tmp_path, tmp_path)


def forged(path: Path, told: Told, tar: bytes) -> Path:
    """A backup with a true digest of whatever it holds."""
    head = json.dumps(told).encode()
    info = tarfile.TarInfo(NAME)
    info.size = len(head)
    block = info.tobuf(tarfile.GNU_FORMAT) + head + bytes(-len(head) % 512)
    whole = gzip.compress(block) + gzip.compress(tar)
    seal = b"\x1f\x8b\x08\x10\0\0\0\0\0\xffjiwon sha256 " + hashlib.sha256(whole).hexdigest().encode()
    path.write_bytes(whole + seal + b"\0\x03\0" + bytes(8))
    return path


def described(*names: str, **changes: object) -> Told:
    members = [{"name": name, "size": 1, "sha256": hashlib.sha256(b"x").hexdigest(), "changed": 0} for name in names]
    told: dict[str, object] = {
        "product": "0.1.0",
        "made_at": NOW,
        "generation": None,
        "generations": [],
        "documents": 0,
    }
    return {**told, "revision": None, "rows": {}, "members": members, "notes": [], "format": 1, **changes}


def tarred(*members: tarfile.TarInfo, content: bytes = b"x", form: int = tarfile.GNU_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w|", format=form, bufsize=512) as tar:
        for member in members:
            member.size = len(content) if member.isreg() else 0
            tar.addfile(member, io.BytesIO(content) if member.isreg() else None)
    members_alone = file.getvalue().rstrip(b"\0")
    return members_alone + bytes(-len(members_alone) % 512 + 1024)


def plain(name: str) -> tarfile.TarInfo:
    return tarfile.TarInfo(name)


def of_type(kind: bytes) -> Callable[[str], tarfile.TarInfo]:
    def made(name: str) -> tarfile.TarInfo:
        info = tarfile.TarInfo(name)
        info.type, info.linkname = kind, "/etc/passwd"
        return info

    return made


def test_a_forged_one_of_the_right_form_is_read(tmp_path: Path) -> None:
    file = forged(tmp_path / "f.jiwon", described("corpus/a.txt"), tarred(plain("corpus/a.txt")))
    there = elsewhere(Settings(), tmp_path / "there")
    restore(there, file, NOW)
    assert state_of(there.corpus_dir) == {"a.txt": hashlib.sha256(b"x").hexdigest()}


@pytest.mark.parametrize(
    "name",
    [
        *("../evil", "/etc/evil", "corpus/../../evil", "corpus/./a", "corpus//a", "corpus/", "corpus", "", "other/a"),
        *("data/../evil", "data/.lock", "data/.restoring/a", "data/generations/.lock", "data/generations/.x/a"),
        *("data/generations/a", "data/cache/vectors/a", "data/jiwon.sqlite", "data/jiwon.sqlite-journal"),
        *("database/keys", "database/a/keys.jsonl", "database/../keys.jsonl", "corpus/.git/config", "corpus/a\0b"),
        *("corpus/" + "가" * 100, "corpus/\ud800", "..\\evil", "C:/evil", NAME),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    assert not is_safe(name)
    file = forged(tmp_path / "evil.jiwon", described(name), tarred(plain("corpus/a")))
    assert "쓸 수 없는 이름" in refused(file, tmp_path)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
def test_what_is_no_plain_file_is_refused(tmp_path: Path, kind: bytes) -> None:
    file = forged(tmp_path / "evil.jiwon", described("corpus/a"), tarred(of_type(kind)("corpus/a")))
    assert "보통 파일이 아닌" in refused(file, tmp_path)


@pytest.mark.parametrize(
    "tar",
    [
        tarred(plain("corpus/b")),
        tarred(plain("../a")),
        tarred(plain("corpus/a"), content=b"xx"),
        tarred(plain("corpus/a"), content=b"y"),
        tarred(plain("corpus/a"), plain("corpus/b")),
        tarred(plain("corpus/a"), form=tarfile.PAX_FORMAT)[:512],
        tarred(),
        b"",
        bytes(100),
        b"\xff" * 1024,
        tarred(plain("corpus/a")) + bytes(1 << 20) + b"more",
        tarred(plain("corpus/" + "가" * 3000)),
    ],
)
def test_what_is_not_as_it_is_described_is_refused(tmp_path: Path, tar: bytes) -> None:
    file = forged(tmp_path / "evil.jiwon", described("corpus/a"), tar)
    assert "설명과 다릅니다" in refused(file, tmp_path)


@pytest.mark.parametrize(
    "told",
    [
        *([], "x", {}, {"format": True}, described(format="1"), described("corpus/a", "corpus/a")),
        *(described("corpus/a", "corpus/a/b"), described(members=[{"name": "corpus/a"}]), described(rows=[])),
        described(members=[{"name": "corpus/a", "size": -1, "sha256": "", "changed": 0}]),
        described(members=[{"name": "corpus/a", "size": 1, "sha256": "", "changed": 1 << 60}]),
    ],
)
def test_a_description_that_cannot_be_read_is_refused(tmp_path: Path, told: Any) -> None:
    file = forged(tmp_path / "evil.jiwon", told, tarred(plain("corpus/a")))
    assert "설명과 다릅니다" in refused(file, tmp_path)


def test_another_version_is_named(tmp_path: Path) -> None:
    told = described("corpus/a", format=2, product="9.0.0", more=1)
    assert "9.0.0" in refused(forged(tmp_path / "a.jiwon", told, b""), tmp_path)
    told = described("corpus/a", revision="9001", product="9.0.0")
    assert "9.0.0" in refused(forged(tmp_path / "b.jiwon", told, b""), tmp_path)


def test_what_unpacks_to_more_than_it_says_is_never_unpacked(tmp_path: Path) -> None:
    info = tarfile.TarInfo("corpus/a")
    info.size = 1 << 40
    bomb = forged(tmp_path / "bomb.jiwon", described("corpus/a"), info.tobuf(tarfile.GNU_FORMAT) + bytes(1 << 26))
    assert bomb.stat().st_size < 1 << 20
    assert "이름이나 크기" in refused(bomb, tmp_path)
    large = described(members=[{"name": "corpus/a", "size": 1 << 40, "sha256": "0" * 64, "changed": 0}])
    bomb = forged(tmp_path / "bomb.jiwon", large, info.tobuf(tarfile.GNU_FORMAT) + bytes(1 << 26))
    assert "끊김" in refused(bomb, tmp_path)


def test_a_generation_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    name = "data/generations/g-1/generation.json"
    file = forged(tmp_path / "a.jiwon", described(name, generation="g-1", generations=["g-1"]), tarred(plain(name)))
    there = elsewhere(Settings(), tmp_path / "there")
    with pytest.raises(BackupRefused, match="색인 판을 쓸 수 없습니다"):
        restore(there, file, NOW)
    assert not (there.data_dir / "generations" / "g-1").exists()
