"""Any cross-encoder keeps the contract; one that cannot be had, or is none, is a sentence."""

from pathlib import Path

import pytest

from rag.errors import ModelUnavailable
from rag.rerankers import open_reranker
from rag.rerankers.cross_encoder import CrossEncoderReranker
from tests.contracts.reranker import QUESTION, TEXTS, RerankerContract
from tests.rag.tiny_models import needs_models, spoilt, tiny_cross_encoder, tiny_model

pytestmark = needs_models


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_cross_encoder(tmp_path_factory.mktemp("tiny"))


class TestCrossEncoderReranker(RerankerContract):
    @pytest.fixture(scope="class")
    def reranker(self, model: Path) -> CrossEncoderReranker:
        return CrossEncoderReranker(str(model))


def test_a_model_saved_by_its_own_library_is_loaded_too(model: Path, tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder

    CrossEncoder(str(model), local_files_only=True).save(str(tmp_path / "saved"))
    one, other = open_reranker(str(model)), open_reranker(str(tmp_path / "saved"))
    assert one.scores(QUESTION, TEXTS) == pytest.approx(other.scores(QUESTION, TEXTS), abs=1e-5)


def test_a_bi_encoder_would_score_by_chance_and_is_refused(tmp_path: Path) -> None:
    model = tiny_model(tmp_path)
    for path in (model, tmp_path / "bert"):
        with pytest.raises(ModelUnavailable, match="점수를 매기는 모델이 아닙니다"):
            CrossEncoderReranker(str(path))


def test_a_model_of_several_labels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="점수를 매기는 모델이 아닙니다"):
        CrossEncoderReranker(str(tiny_cross_encoder(tmp_path, labels=3)))


def test_a_model_of_scores_that_are_no_numbers_is_refused(tmp_path: Path) -> None:
    model = tiny_cross_encoder(tmp_path)
    spoilt(model)
    with pytest.raises(ModelUnavailable, match="점수로 쓸 수 없는"):
        CrossEncoderReranker(str(model))


def test_a_model_that_fails_while_scoring_is_a_sentence(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reranker = CrossEncoderReranker(str(model))
    monkeypatch.setattr(reranker._model, "predict", lambda *_, **__: 1 / 0)
    with pytest.raises(ModelUnavailable, match="점수를 매기지 못했습니다"):
        reranker.scores(QUESTION, TEXTS)


def test_a_folder_that_is_no_model_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="JIWON_RERANKER를 지워"):
        CrossEncoderReranker(str(tmp_path))


def test_a_name_that_cannot_be_had_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("rag.hub._hub_answers", lambda: False)
    with pytest.raises(ModelUnavailable, match="JIWON_RERANKER를 지워"):
        CrossEncoderReranker("nobody/no-such-model")
