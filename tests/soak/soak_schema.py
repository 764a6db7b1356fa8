"""Many requests made from the description of the API, over the bundled corpus and its programmes."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.settings import INSTALLATION, Settings
from server.app import create_app
from server.clock import now
from server.desks.desk import opener
from server.desks.service import Service
from server.logs import set_up
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from tests.server.by_schema import run
from tests.server.fakes import HERE

EXAMPLES, SEED = int(os.environ.get("SOAK_EXAMPLES", "20")), 2


@pytest.mark.parametrize(("is_open", "is_keyed"), [(False, True), (True, True), (True, False)])
def test_nothing_made_from_the_description_is_answered_otherwise(
    corpus_data: Path, tmp_path: Path, is_open: bool, is_keyed: bool
) -> None:
    set_up("CRITICAL")
    # Staff send files and refresh: copies of the corpus and of what is served of it.
    data, corpus = tmp_path / "data", tmp_path / "corpus"
    shutil.copytree(corpus_data, data)
    shutil.copytree(INSTALLATION / "corpus", corpus)
    settings = Settings(data_dir=data, corpus_dir=corpus, open=is_open)
    app = create_app(Service(data, opener(settings)), settings, lambda: date(2026, 3, 20))
    ring = Keyring(open_database(settings.database_url, data))
    names = {"AskKey": Scope.ASK, "APIKeyHeader": Scope.STAFF, "ConsultKey": Scope.CONSULT}
    keys = {name: ring.create((scope,), "시험 담당", None, None, now())[1] for name, scope in names.items()}
    with TestClient(app, client=HERE):
        told = run(app, keys if is_keyed else {}, examples=EXAMPLES, seed=SEED, client=HERE)
    print(f"{told.requests} requests, {told.checks} checks")
    assert not told.failures, "\n".join(told.failures)
