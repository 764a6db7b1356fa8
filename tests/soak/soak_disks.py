"""A disk that fills or can no longer be written while a server serves costs what is stored, and no answer."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import httpx2
import pytest

from rag.chroma_vectors import DATABASE
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import GENERATIONS, VECTORS
from rag.repairing import repair
from rag.settings import INSTALLATION
from tests.rag.disks import disk
from tests.rag.kinds import KINDS
from tests.soak.serving import Running, serving

QUESTION = {"question": "AI통합 바우처는 얼마까지 지원되나요", "as_of": "2026-03-20"}


@pytest.fixture(scope="module", params=["exact", "chroma"])
def stored(
    request: pytest.FixtureRequest, corpus_data: Path, kiwi: KiwiEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The bundled corpus, served; its vectors are held against every question, or found by Chroma."""
    if request.param == "exact":
        return corpus_data
    data = Path(shutil.copytree(corpus_data, tmp_path_factory.mktemp("chroma") / "data", symlinks=True))
    (folder,) = (data / GENERATIONS).glob("[!.]*")
    shutil.rmtree(folder / VECTORS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rag.vectors.LIMITS", KINDS["chroma"])
        repair(data, INSTALLATION / "corpus", lambda _: kiwi)
    shutil.rmtree(folder)
    assert list(data.glob(f"{GENERATIONS}/*/{VECTORS}/{DATABASE}"))
    return data


def answers(server: Running) -> str:
    """The id of an answer, which must come."""
    reply = httpx2.post(f"{server.url}/v1/ask", json=QUESTION, timeout=60, trust_env=False)
    assert reply.status_code == 200, reply.text
    assert reply.json()["status"] in ("answered", "partial")
    return str(reply.json()["id"])


def judged(server: Running, answer: str) -> httpx2.Response:
    """The reply to feedback on an answer."""
    sent = {"answer_id": answer, "useful": True}
    return httpx2.post(f"{server.url}/v1/feedback", json=sent, timeout=90, trust_env=False)


def test_while_the_disk_is_full_questions_are_answered_and_feedback_refused(stored: Path, tmp_path: Path) -> None:
    with disk(tmp_path / "disk", 400) as small:
        data = Path(shutil.copytree(stored, small.path / "data", symlinks=False))
        with serving(data) as server:
            kept = answers(server)
            assert judged(server, kept).status_code == 201
            small.fill()
            lost = answers(server)
            refused = judged(server, kept)
            assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
            assert "Retry-After" in refused.headers
            assert httpx2.get(f"{server.url}/readyz", timeout=60, trust_env=False).status_code == 200
            small.free()
            time.sleep(1)
            assert judged(server, answers(server)).status_code == 201
            assert judged(server, lost).status_code in (201, 404)


def test_a_server_starts_and_answers_on_a_disk_that_is_full_or_read_only(stored: Path, tmp_path: Path) -> None:
    for state in ("full", "read_only"):
        with disk(tmp_path / state, 400) as small:
            data = Path(shutil.copytree(stored, small.path / "data", symlinks=False))
            small.fill() if state == "full" else small.read_only()
            with serving(data, settings={"EMBEDDER": "kiwi"}) as server:
                assert judged(server, answers(server)).status_code in (404, 503)
