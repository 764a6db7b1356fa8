"""Any sentence-transformers model keeps the contract; one that cannot be had or used is a sentence, quickly."""

import json
import math
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rag.embedders import open_embedder, reopened, transformer
from rag.embedders.transformer import TransformerEmbedder
from rag.errors import ModelUnavailable
from tests.contracts.embedder import TEXTS, EmbedderContract
from tests.rag.tiny_models import needs_models, spoilt, tiny_model


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("tiny"))


@contextmanager
def changed(file: Path, **settings: object) -> Iterator[None]:
    """The JSON file with other settings for a while."""
    before = file.read_text("utf-8")
    try:
        file.write_text(json.dumps(json.loads(before) | settings), "utf-8")
        yield
    finally:
        file.write_text(before, "utf-8")


@needs_models
class TestTransformerEmbedder(EmbedderContract):
    @pytest.fixture(scope="class")
    def embedder(self, model: Path) -> TransformerEmbedder:
        return TransformerEmbedder(str(model))


@needs_models
class TestOneTextAtOnce(EmbedderContract):
    @pytest.fixture(scope="class")
    def embedder(self, model: Path) -> TransformerEmbedder:
        return TransformerEmbedder(str(model), batch=1, weight=0.8)


def digest_of(model: Path) -> str:
    return TransformerEmbedder(str(model)).name.rpartition("#")[2]


@needs_models
def test_the_name_tells_models_of_other_weights_or_settings_apart(model: Path, tmp_path: Path) -> None:
    first = digest_of(model)
    assert digest_of(model) == first
    names = {first, digest_of(tiny_model(tmp_path, 1))}
    with changed(model / "config_sentence_transformers.json", prompts={"query": "", "document": "직원: "}):
        names.add(digest_of(model))
    with changed(next(model.glob("1_Pooling/config.json")), pooling_mode="cls"):
        names.add(digest_of(model))
    with changed(model / "sentence_bert_config.json", max_seq_length=64):
        names.add(digest_of(model))
    assert len(names) == 5


@needs_models
@pytest.mark.parametrize("name", ["document", "passage"])
def test_questions_and_documents_get_the_prompts_of_the_model(model: Path, tmp_path: Path, name: str) -> None:
    plain = TransformerEmbedder(str(model))
    with changed(model / "config_sentence_transformers.json", prompts={"query": "직원: ", name: "훈련: "}):
        embedder = open_embedder(str(model), tmp_path)
    (document,) = embedder.embed_documents([TEXTS[0]])
    assert embedder.embed_query(TEXTS[0]) != pytest.approx(document, abs=1e-3)
    assert embedder.embed_query(TEXTS[0]) == pytest.approx(plain.embed_query(f"직원: {TEXTS[0]}"), abs=1e-4)
    assert document == pytest.approx(plain.embed_documents([f"훈련: {TEXTS[0]}"])[0], abs=1e-4)


@needs_models
def test_what_is_longer_than_the_model_reads_is_told_by_its_share(tmp_path: Path) -> None:
    embedder = TransformerEmbedder(str(tiny_model(tmp_path, longest=12)))
    # Ten letters of a word are ten tokens, and two more open and close every text.
    assert embedder.unread(["가" * 10, "중소기업지원사업중소", "중소기업지원사업중소기"]) == [
        0.0,
        0.0,
        pytest.approx(1 / 13),
    ]
    whole, cut = embedder.embed_documents(["중소기업지원사업중소", "중소기업지원사업중소기업지원"])
    assert whole == pytest.approx(cut, abs=1e-5)


@needs_models
def test_a_prompt_counts_towards_the_length(tmp_path: Path) -> None:
    model = tiny_model(tmp_path, longest=12)
    with changed(model / "config_sentence_transformers.json", prompts={"query": "", "document": "직원 "}):
        embedder = TransformerEmbedder(str(model))
    assert embedder.unread(["중소기업지원사업", "중소기업지원사업중"]) == [0.0, pytest.approx(1 / 13)]


@needs_models
def test_threads_that_share_it_get_the_vectors_of_one(model: Path) -> None:
    embedder = TransformerEmbedder(str(model))
    texts = [text * count for text in TEXTS[:3] for count in (1, 30)]
    expected = [embedder.embed_query(text) for text in texts]
    found: list[bool] = []

    def ask() -> None:
        for _ in range(5):
            found.extend(
                embedder.embed_query(text) == pytest.approx(vector, abs=1e-4)
                for text, vector in zip(texts, expected, strict=True)
            )
            embedder.unread(texts)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * (4 * 5 * len(texts))


@needs_models
def test_the_settings_of_the_operator_reach_the_embedder(model: Path, tmp_path: Path) -> None:
    embedder = open_embedder(str(model), tmp_path, weight=0.7, batch=3)
    assert (embedder.weight, embedder.batch) == (0.7, 3)
    assert open_embedder(str(model), tmp_path).weight == transformer.WEIGHT
    assert open_embedder("kiwi", tmp_path, weight=0.0).weight == 0.0


@needs_models
def test_it_is_opened_again_by_the_name_that_a_generation_recorded(model: Path, tmp_path: Path) -> None:
    recorded = open_embedder(str(model), tmp_path).name
    assert reopened(recorded, tmp_path).name == recorded
    with pytest.raises(ModelUnavailable, match=str(model)):
        reopened(f"{model}#000000000000", tmp_path)
    with pytest.raises(ModelUnavailable):
        reopened(f"{tmp_path / 'gone'}#000000000000", tmp_path)


@needs_models
def test_half_precision_still_gives_unit_vectors(model: Path) -> None:
    embedder = TransformerEmbedder(str(model))
    embedder._model.half()
    assert math.hypot(*embedder.embed_query(TEXTS[0])) == pytest.approx(1.0, abs=1e-5)


@needs_models
def test_a_model_of_vectors_that_are_no_numbers_is_refused_with_a_sentence(tmp_path: Path) -> None:
    model = tiny_model(tmp_path)
    spoilt(model)
    with pytest.raises(ModelUnavailable, match="쓸 수 없는 벡터"):
        TransformerEmbedder(str(model))


@needs_models
@pytest.mark.parametrize("rows", [[[]], [[0.0, 0.0]], [[math.inf, 1.0]], [1.0]])
def test_a_model_of_empty_or_zero_vectors_is_refused_with_a_sentence(
    model: Path, monkeypatch: pytest.MonkeyPatch, rows: list[object]
) -> None:
    monkeypatch.setattr("sentence_transformers.SentenceTransformer.encode_document", lambda *_, **__: rows)
    with pytest.raises(ModelUnavailable, match="쓸 수 없는 벡터"):
        TransformerEmbedder(str(model))


@needs_models
def test_a_model_that_fails_while_embedding_is_a_sentence(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = TransformerEmbedder(str(model))

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(embedder._model, "encode_document", broken)
    with pytest.raises(ModelUnavailable, match="JIWON_EMBEDDER_BATCH"):
        embedder.embed_documents(TEXTS)


@needs_models
@pytest.mark.parametrize("content", [b"", b"not weights", b"\x00" * 64])
def test_damaged_weights_are_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    model = tiny_model(tmp_path)
    (model / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelUnavailable, match="불러올 수 없습니다"):
        TransformerEmbedder(str(model))


@needs_models
def test_a_folder_that_is_no_model_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="불러올 수 없습니다"):
        TransformerEmbedder(str(tmp_path))


@needs_models
def test_a_hub_name_without_network_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise socket.gaierror("no network in this test")

    monkeypatch.setattr(socket, "getaddrinfo", unreachable)
    monkeypatch.setattr(socket, "create_connection", unreachable)
    with pytest.raises(ModelUnavailable, match=r"JIWON_EMBEDDER=kiwi"):
        TransformerEmbedder("nobody/no-such-model")


def test_without_the_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.hub.find_spec", lambda name: None)
    with pytest.raises(ModelUnavailable, match=r"jiwon\[models\]"):
        TransformerEmbedder("nobody/no-such-model")
