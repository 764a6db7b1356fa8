"""Originals by their digest: what is put into a store of any kind is had from it elsewhere, byte for byte."""

from __future__ import annotations

import hashlib
import sys
import uuid
from dataclasses import replace
from pathlib import Path

import fsspec  # type: ignore[import-untyped]
import pytest

from rag.domain import Source
from rag.errors import SettingsError, StorageUnavailable
from rag.store import Originals

BODY = bytes(range(256)) * 1000
DIGEST = hashlib.sha256(BODY).hexdigest()
SOURCE = Source("guide", "folder/Guide.PDF", "모의 안내서", "모의 기관", "2026-02", None, DIGEST)


@pytest.fixture(params=["file", "memory"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store of each kind."""
    if request.param == "file":
        return f"file://{tmp_path}/store"
    fsspec.filesystem("memory").store.clear()
    return "memory://bucket/originals"


@pytest.fixture
def here(url: str, tmp_path: Path) -> Originals:
    """Where the file was read."""
    (tmp_path / "corpus" / "folder").mkdir(parents=True)
    (tmp_path / "corpus" / "folder" / "Guide.PDF").write_bytes(BODY)
    return Originals(tmp_path / "corpus", url, tmp_path / "cache-here")


@pytest.fixture
def there(url: str, tmp_path: Path) -> Originals:
    """Where it never was."""
    (tmp_path / "empty").mkdir()
    return Originals(tmp_path / "empty", url, tmp_path / "cache-there")


def test_what_was_kept_is_found_where_it_never_was(here: Originals, there: Originals) -> None:
    assert there.found(SOURCE.path, DIGEST) is None
    assert here.keep([SOURCE]) == 1
    assert here.keep([SOURCE]) == 0
    found = there.found(SOURCE.path, DIGEST)
    assert found and found.read_bytes() == BODY and found.suffix == ".pdf"


def test_what_is_here_is_not_asked_for(here: Originals) -> None:
    broken = Originals(here.corpus_dir, "unknown://bucket", here.cache)
    assert broken.found(SOURCE.path, DIGEST) == here.corpus_dir / "folder" / "Guide.PDF"


def test_what_was_had_once_is_not_asked_for_again(here: Originals, there: Originals) -> None:
    here.keep([SOURCE])
    first = there.found(SOURCE.path, DIGEST)
    away = Originals(there.corpus_dir, "unknown://bucket", there.cache)
    assert away.found(SOURCE.path, DIGEST) == first


def test_another_file_of_that_name_is_not_told_for_it(here: Originals, there: Originals, url: str) -> None:
    here.keep([SOURCE])
    store, root = fsspec.core.url_to_fs(url)
    store.pipe_file(f"{root}/{DIGEST}.pdf", b"x" * len(BODY))
    assert there.found(SOURCE.path, DIGEST) is None
    assert not list(there.cache.iterdir())


def test_half_of_a_file_is_put_again(here: Originals, there: Originals, url: str) -> None:
    here.keep([SOURCE])
    store, root = fsspec.core.url_to_fs(url)
    store.pipe_file(f"{root}/{DIGEST}.pdf", BODY[:100])
    assert here.keep([SOURCE]) == 1
    assert there.found(SOURCE.path, DIGEST)


def test_a_digest_that_is_none_leads_nowhere(here: Originals, there: Originals) -> None:
    here.keep([SOURCE])
    assert there.found("../../etc/passwd", "../../../etc/passwd") is None


def test_a_store_that_refuses_is_away_and_its_address_is_not_told(
    here: Originals, there: Originals, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.keep([SOURCE])

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("secret-word")

    store = type(fsspec.core.url_to_fs(url)[0])
    with monkeypatch.context() as refusing:
        for name in ("get_file", "ls"):
            refusing.setattr(store, name, refuse)
        with pytest.raises(StorageUnavailable, match="저장소가 답하지 않거나") as refused:
            there.found(SOURCE.path, DIGEST)
        assert "secret-word" not in str(refused.value)
        with pytest.raises(StorageUnavailable):
            here.keep([SOURCE])
    assert there.found(SOURCE.path, DIGEST)


def test_an_unknown_kind_and_a_missing_package_are_said_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Originals(tmp_path).check()
    with pytest.raises(SettingsError, match="모르는 저장소"):
        Originals(tmp_path, "unknown://bucket").check()
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(SettingsError, match="pip install s3fs"):
        Originals(tmp_path, "s3://bucket/folder").check()


def test_a_bucket_keeps_them_too(here: Originals, there: Originals, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where both packages are there: a server of the tests on loopback that speaks the language of S3."""
    files = pytest.importorskip("s3fs").S3FileSystem
    files.clear_instance_cache()
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        for name, value in (("ACCESS_KEY_ID", "a"), ("SECRET_ACCESS_KEY", "b"), ("DEFAULT_REGION", "us-east-1")):
            monkeypatch.setenv(f"AWS_{name}", value)
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        bucket = f"bucket-{uuid.uuid4().hex}"
        files(use_listings_cache=False).mkdir(bucket)
        ours, theirs = (replace(one, url=f"s3://{bucket}/originals") for one in (here, there))
        assert theirs.found(SOURCE.path, DIGEST) is None
        assert (ours.keep([SOURCE]), ours.keep([SOURCE])) == (1, 0)
        found = theirs.found(SOURCE.path, DIGEST)
        assert found and found.read_bytes() == BODY
    finally:
        server.stop()
    found.unlink()
    with pytest.raises(StorageUnavailable):
        theirs.found(SOURCE.path, DIGEST)
