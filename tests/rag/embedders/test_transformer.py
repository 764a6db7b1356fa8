"""Any sentence-transformers model keeps the contract; one that cannot be had is a sentence, quickly."""

import json
import socket
from importlib.util import find_spec
from pathlib import Path

import pytest

from rag.embedders import open_embedder
from rag.embedders.transformer import TransformerEmbedder
from rag.errors import ModelUnavailable
from tests.contracts.embedder import TEXTS, EmbedderContract

needs_models = pytest.mark.skipif(find_spec("sentence_transformers") is None, reason="the extra `models` is absent")


def tiny_model(folder: Path, seed: int) -> Path:
    """A real BERT of two small layers with random weights over the letters of the test texts."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(seed)
    letters = sorted({letter for text in TEXTS for letter in text if letter.isalnum()})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(words), "utf-8")
    config = BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    # Stripping accents would take Hangul syllables apart.
    tokenizer = BertTokenizer(vocab=str(vocabulary), do_lower_case=False, strip_accents=False)
    tokenizer.save_pretrained(folder / "bert")
    BertModel(config).save_pretrained(folder / "bert")
    body = Transformer(str(folder / "bert"))
    model = SentenceTransformer(modules=[body, Pooling(32)], device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("tiny"), 0)


@needs_models
class TestTransformerEmbedder(EmbedderContract):
    @pytest.fixture(scope="class")
    def embedder(self, model: Path) -> TransformerEmbedder:
        return TransformerEmbedder(str(model))


@needs_models
def test_the_name_tells_models_of_other_weights_apart(model: Path, tmp_path: Path) -> None:
    assert TransformerEmbedder(str(model)).name == TransformerEmbedder(str(model)).name
    other = TransformerEmbedder(str(tiny_model(tmp_path, 1))).name
    assert other.rpartition("#")[2] != TransformerEmbedder(str(model)).name.rpartition("#")[2]


@needs_models
def test_questions_and_documents_get_the_prompts_of_the_model(model: Path, tmp_path: Path) -> None:
    settings = model / "config_sentence_transformers.json"
    before = settings.read_text("utf-8")
    prompts = json.loads(before) | {"prompts": {"query": "직원: ", "document": ""}}
    try:
        settings.write_text(json.dumps(prompts), "utf-8")
        embedder = open_embedder(str(model), tmp_path)
        assert embedder.embed_query(TEXTS[0]) != pytest.approx(embedder.embed_documents([TEXTS[0]])[0], abs=1e-3)
    finally:
        settings.write_text(before, "utf-8")


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
    monkeypatch.setattr("rag.embedders.transformer.find_spec", lambda name: None)
    with pytest.raises(ModelUnavailable, match=r"jiwon\[models\]"):
        TransformerEmbedder("nobody/no-such-model")
