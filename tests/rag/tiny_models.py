"""Real models, tiny: a bi-encoder and a cross-encoder of random weights, built on disk for the tests."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.contracts import embedder, reranker

needs_models = pytest.mark.skipif(find_spec("sentence_transformers") is None, reason="the extra `models` is absent")


def tiny_model(folder: Path, seed: int = 0, *, longest: int = 512) -> Path:
    """A BERT of two small layers over the letters of the test texts, with mean pooling, saved by its own library."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    torch.manual_seed(seed)
    tokenizer = _tokenizer(folder)
    tokenizer.save_pretrained(folder / "bert")
    BertModel(_config(tokenizer)).save_pretrained(folder / "bert")
    body = Transformer(str(folder / "bert"), max_seq_length=longest)
    model = SentenceTransformer(modules=[body, Pooling(32)], device="cpu")
    model.save(str(folder / "model"))
    return folder / "model"


def tiny_cross_encoder(folder: Path, seed: int = 0, *, labels: int = 1) -> Path:
    """The same body with a head that gives each pair as many scores as there are labels."""
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(seed)
    tokenizer = _tokenizer(folder)
    model = BertForSequenceClassification(_config(tokenizer, num_labels=labels))
    # Random weights barely tell texts apart; larger ones do.
    torch.nn.init.normal_(model.classifier.weight, std=5.0)
    tokenizer.save_pretrained(folder / "cross")
    model.save_pretrained(folder / "cross")
    return folder / "cross"


def spoilt(model: Path) -> None:
    """Put numbers that are none into the weights of a saved model."""
    from safetensors.torch import load_file, save_file

    for file in model.rglob("*.safetensors"):
        weights = load_file(file)
        save_file({name: tensor * float("nan") for name, tensor in weights.items()}, file, {"format": "pt"})


def _config(tokenizer: Any, **more: Any) -> Any:
    from transformers import BertConfig

    return BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        **more,
    )


def _tokenizer(folder: Path) -> Any:
    from transformers import BertTokenizer

    letters = sorted({letter for text in (*embedder.TEXTS, *reranker.TEXTS) for letter in text if letter.isalnum()})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(words), "utf-8")
    # Stripping accents would take Hangul syllables apart.
    return BertTokenizer(vocab=str(vocabulary), do_lower_case=False, strip_accents=False)
