"""The whole product over its own corpus: synced, served, asked over HTTP and from the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rag.settings import Settings
from server.app import create_app
from server.clock import now
from server.desks.desk import opener
from server.desks.service import Service
from server.staff.refresh import refresh
from tests.server.fakes import HERE

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[2]
QUESTION = "가평에 있는 식품공장입니다. 능력개발전담주치의 상담은 어디로 전화하나요?"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, corpus_data: Path) -> Settings:
    """Settings whose data directory holds an index of the corpus, built with what an earlier sync of it kept."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    shutil.copytree(corpus_data / "cache", settings.data_dir / "cache", symlinks=True)
    assert not refresh(settings, settings.corpus_dir, now()).failed
    return settings


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[TestClient]:
    """The application over that index, on 20 March 2026."""
    service = Service(settings.data_dir, opener(settings))
    with TestClient(create_app(service, settings, lambda: date(2026, 3, 20)), client=HERE) as client:
        yield client


def run(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`jiwon` over that index."""
    return subprocess.run(
        [sys.executable, "-c", "from server.cli import main; main()", *arguments],
        cwd=ROOT,
        env={**os.environ, "JIWON_DATA_DIR": str(settings.data_dir)},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_index_is_ready(client: TestClient) -> None:
    assert client.get("/readyz").status_code == 200


def test_an_answer_names_whom_to_call_and_every_source_can_be_opened(client: TestClient) -> None:
    answer = client.post("/v1/ask", json={"question": QUESTION}).json()
    assert answer["status"] == "answered"
    assert answer["as_of"] == "2026-03-20"
    assert "033-248-8503" in {phone for contact in answer["contacts"] for phone in contact["phones"]}
    assert {contact["citation"] for contact in answer["contacts"]} <= {c["mark"] for c in answer["citations"]}
    for citation in answer["citations"]:
        assert client.get(f"/documents/{citation['document']['id']}").content.startswith(b"%PDF")


def test_a_place_nobody_knows_is_refused_and_a_known_one_filters(client: TestClient) -> None:
    assert client.get("/v1/programs?region=세상끝").status_code == 422
    every = client.get("/v1/programs?per_page=100").json()
    known = client.get("/v1/programs?per_page=100&region=경기도 화성시").json()
    assert 0 < known["total"] <= every["total"]


def test_every_programme_can_be_looked_up(client: TestClient) -> None:
    for program in client.get("/v1/programs?per_page=100").json()["programs"]:
        assert client.get(f"/v1/programs/{program['id']}").json()["name"] == program["name"]


def test_the_command_line_prints_the_very_response_of_http(client: TestClient, settings: Settings) -> None:
    printed = json.loads(run(settings, "ask", QUESTION, "--as-of", "2026-03-20", "--json").stdout)
    served = client.post("/v1/ask", json={"question": QUESTION}).json()
    own = {"id": None, "took_ms": None}
    assert {**printed, **own} == {**served, **own}


def test_how_a_question_is_read_is_the_plan_of_its_answer(client: TestClient, settings: Settings) -> None:
    printed = json.loads(run(settings, "ask", QUESTION, "--as-of", "2026-03-20", "--plan").stdout)
    assert printed == client.post("/v1/ask", json={"question": QUESTION}).json()["plan"]
    assert "contact" in printed["parts"][0]["asks"]


@pytest.mark.parametrize("question", ["?!", "ㅋㅋㅋㅋㅋ", "가" * 2000, "1111111"])
def test_a_question_without_a_word_is_asked_back(client: TestClient, question: str) -> None:
    answer = client.post("/v1/ask", json={"question": question}).json()
    assert (answer["status"], answer["programs"], answer["citations"]) == ("clarify", [], [])
    assert answer["answer"] == answer["clarifying_question"] != ""
    assert answer["card"]["lines"] == [answer["answer"]]


def test_syncing_again_changes_nothing(settings: Settings) -> None:
    done = run(settings, "sync", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["changed"] is False


def test_a_question_file_is_judged(settings: Settings, tmp_path: Path) -> None:
    case = {"id": "1", "question": QUESTION, "as_of": "2026-03-20", "kind": "contact", "answerable": True}
    lines = [{**case, "must_include": [["033-248-8503"]]}, {**case, "id": "2", "must_include": [["없는 말"]]}]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    report = json.loads(run(settings, "evaluate", str(file), "--json").stdout)
    (row,) = report["rows"]
    assert (row["kind"], row["asked"], row["passed"], row["served"]) == ("contact", 2, 1, 1)
    assert (report["asked"], report["passed"], report["served"]) == (2, 1, 1)
    assert ["빠진 사실", 1] in row["faults"]
    assert [failure["id"] for failure in report["failures"]] == ["2"]


@pytest.mark.parametrize("command", ["programs", "generations"])
def test_a_table_is_printed_whole(settings: Settings, command: str) -> None:
    done = run(settings, command)
    assert done.returncode == 0
    assert "…" not in done.stdout
    assert len(done.stdout.splitlines()) > 1
