"""What is restored answers as what was saved, made while it was served; both from the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag import generation
from rag.advisor import Advisor
from rag.domain import Answer
from rag.embedders.kiwi import KiwiEmbedder
from rag.settings import INSTALLATION, Settings
from server.app import create_app
from server.backup.making import back_up
from server.backup.restoring import restore
from server.desks.desk import opener
from server.desks.service import Service
from server.store.audit import Audit
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope
from tests.evals.questions import questions_of
from tests.server.fakes import HERE

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[3]
NOW = "2026-03-20T10:00:00+09:00"
QUESTIONS = [q for _, q in questions_of(ROOT / "tests" / "evals" / "questions.jsonl")][::40]


@pytest.fixture
def settings(corpus_data: Path, tmp_path: Path) -> Settings:
    """The bundled corpus, served from a folder of its own."""
    data = shutil.copytree(corpus_data, tmp_path / "data", symlinks=True)
    own = ("readings", "answers", "choices", "wishes", "src", "examples", "__pycache__")
    corpus = shutil.copytree(INSTALLATION / "corpus", tmp_path / "corpus", ignore=shutil.ignore_patterns(*own))
    return Settings(data_dir=Path(data), corpus_dir=Path(corpus), embedder="kiwi")


def answers(data_dir: Path, kiwi: KiwiEmbedder) -> list[Answer]:
    opened = generation.open_current(data_dir, kiwi)
    try:
        return [Advisor(opened).answer(question) for question in QUESTIONS]
    finally:
        opened.close()


def run(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`jiwon` over these folders."""
    there = {"JIWON_DATA_DIR": str(settings.data_dir), "JIWON_CORPUS_DIR": str(settings.corpus_dir)}
    return subprocess.run(
        [sys.executable, "-c", "from server.cli import main; main()", *arguments],
        cwd=ROOT,
        env={**os.environ, **there, "JIWON_EMBEDDER": "kiwi"},
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_what_is_restored_answers_as_what_was_saved(settings: Settings, kiwi: KiwiEmbedder, tmp_path: Path) -> None:
    assert len(QUESTIONS) >= 19
    back_up(settings, tmp_path / "all.jiwon", NOW)
    there = replace(settings, data_dir=tmp_path / "new" / "data", corpus_dir=tmp_path / "new" / "corpus")
    restore(there, tmp_path / "all.jiwon", NOW)
    assert answers(there.data_dir, kiwi) == answers(settings.data_dir, kiwi)


def test_a_backup_is_made_while_a_server_answers(settings: Settings, tmp_path: Path) -> None:
    service = Service(settings.data_dir, opener(settings))
    ended, statuses = threading.Event(), []
    with TestClient(create_app(service, settings, lambda: date(2026, 3, 20)), client=HERE) as client:

        def ask() -> None:
            while not ended.is_set():
                reply = client.post("/v1/ask", json={"question": "강원지사 전화번호"})
                statuses.append(reply.status_code)
                kept = client.post("/v1/feedback", json={"answer_id": reply.json()["id"], "useful": True})
                statuses.append(kept.status_code)

        asking = threading.Thread(target=ask)
        asking.start()
        try:
            rows = [back_up(settings, tmp_path / f"{n}.jiwon", NOW).rows for n in range(3)]
        finally:
            ended.set()
            asking.join()
    service.close()
    assert set(statuses) == {200, 201}
    there = replace(settings, data_dir=tmp_path / "new" / "data", corpus_dir=tmp_path / "new" / "corpus")
    restore(there, tmp_path / "2.jiwon", NOW)
    database = open_database("", there.data_dir)
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM answers").scalar() == rows[2]["answers"]
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_the_commands_say_what_was_saved_and_brought_back(settings: Settings, tmp_path: Path) -> None:
    database = open_database("", settings.data_dir)
    _, key = Keyring(database).create((Scope.STAFF,), "시험 담당", None, None, NOW)
    file = str(tmp_path / "all.jiwon")
    done = run(settings, "backup", file)
    assert done.returncode == 0 and "백업했습니다" in done.stdout and "색인 판 1개" in done.stdout, done.stderr
    there = replace(settings, data_dir=tmp_path / "new" / "data", corpus_dir=tmp_path / "new" / "corpus")
    done = run(settings, "restore", file, "--into", str(there.data_dir), "--corpus", str(there.corpus_dir))
    assert done.returncode == 0 and str(there.data_dir) in done.stdout, done.stderr
    restored = open_database("", there.data_dir)
    assert Keyring(restored).found(key, NOW)
    assert Audit(restored).last(1)[0].action.startswith("restore")
    for arguments in (("restore", file), ("restore", str(tmp_path / "none")), ("backup", str(tmp_path))):
        done = run(there, *arguments)
        assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert run(there, "restore").returncode == 2
    done = run(there, "restore", file, "--replace")
    assert done.returncode == 0 and "전에 있던 것" in done.stdout, done.stderr
    done = run(there, "sync", "--json")
    assert done.returncode == 0 and '"changed": false' in done.stdout, done.stderr


def test_doctor_repairs_and_says_so(settings: Settings) -> None:
    (record,) = generation.generations(settings.data_dir)
    shutil.rmtree(generation.directory_of(settings.data_dir, record.id) / "vectors")
    assert run(settings, "ask", "강원지사 전화번호").returncode == 1
    done = run(settings, "doctor", "--repair")
    assert done.returncode == 0 and "다시 만들어 검사한 뒤" in done.stdout, done.stderr
    assert "033-" in run(settings, "ask", "강원지사 전화번호").stdout
    done = run(settings, "doctor", "--repair")
    assert done.returncode == 0 and "고칠 것이 없습니다" in done.stdout
