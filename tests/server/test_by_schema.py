"""Requests made from the description of the API, right and wrong ones, get what it says; with keys and without."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from server.app import create_app
from server.clock import now
from server.desks.service import Service
from server.logs import set_up as logs_set_up
from server.staff.foreman import Foreman
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from tests.server.by_schema import run
from tests.server.conftest import ShelfDesk, at_once, set_up
from tests.server.fakes import HERE

SEED = 20260320


@pytest.mark.parametrize(("is_open", "is_keyed"), [(False, True), (True, False)], ids=["with keys", "without"])
def test_every_request_made_from_the_description_gets_what_it_says(
    folders: Path, tmp_path: Path, page_env: None, monkeypatch: pytest.MonkeyPatch, is_open: bool, is_keyed: bool
) -> None:
    logs_set_up("CRITICAL")
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    desk = ShelfDesk()
    shutil.copytree(folders / "corpus", tmp_path / "corpus")
    settings = replace(set_up(folders), data_dir=tmp_path, corpus_dir=tmp_path / "corpus", open=is_open)
    monkeypatch.setattr(Foreman, "_hire", at_once)
    app = create_app(Service(tmp_path, lambda: desk), settings, lambda: date(2026, 3, 20))
    ring = Keyring(open_database("", tmp_path))
    names = {"AskKey": Scope.ASK, "APIKeyHeader": Scope.STAFF, "ConsultKey": Scope.CONSULT}
    keys = {name: ring.create((scope,), "시험 담당", None, None, now())[1] for name, scope in names.items()}
    with TestClient(app, client=HERE):
        told = run(app, keys if is_keyed else {}, examples=2, seed=SEED, client=HERE)
    logs_set_up("ERROR")
    assert told.requests > 2000
    assert not told.failures, "\n".join(told.failures)
