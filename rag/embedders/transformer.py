"""Any sentence-transformers model as an embedder: text flows in, unit vectors flow out."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import ModelUnavailable
from rag.ports import Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

HUB_TIMEOUT_S = 5.0


class TransformerEmbedder:
    """A model by hub name or by path, with the model's own prompts for questions and for documents."""

    def __init__(self, model: str) -> None:
        """Load the model. Raises ModelUnavailable when it cannot be had, within seconds when there is no network."""
        if find_spec("sentence_transformers") is None:
            raise ModelUnavailable(
                f"임베딩 모델 '{model}': 필요한 패키지가 없습니다. `pip install 'jiwon[models]'`로 설치해 주세요."
            )
        self._model = _load(model)
        self._name = f"{model}#{_fingerprint(self._model)}"

    @property
    def name(self) -> str:
        """The name given and a digest of the weights, so that a retrained model is another embedder."""
        return self._name

    @property
    def dimension(self) -> int:
        """Length of every vector."""
        return self._model.get_embedding_dimension() or 0

    @property
    def weight(self) -> float:
        """Share of the dense score in the fused score."""
        return 0.5

    def embed_documents(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text, in order."""
        rows = self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return [[float(x) for x in row] for row in rows]

    def embed_query(self, text: str) -> Vector:
        """The vector of a question."""
        row = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return [float(x) for x in row]


def _load(model: str) -> SentenceTransformer:
    try:
        return _opened(model, local=True)
    except ModelUnavailable:
        if Path(model).exists():
            raise
    if _hub_answers():
        return _opened(model, local=False)
    raise ModelUnavailable(
        f"임베딩 모델 '{model}': 이 컴퓨터에 없고 모델 저장소에 연결할 수도 없습니다. "
        "모델 폴더의 경로를 넣거나 JIWON_EMBEDDER=kiwi로 바꿔 주세요."
    )


def _opened(model: str, *, local: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(model, local_files_only=local)
    except (OSError, ValueError, KeyError, ImportError, RuntimeError) as error:
        raise ModelUnavailable(
            f"임베딩 모델 '{model}': 불러올 수 없습니다({type(error).__name__}). 이름이나 경로를 확인해 주세요."
        ) from error


def _hub_answers() -> bool:
    """Whether the hub can be reached at all; its own client would retry for minutes before saying no."""
    from huggingface_hub.constants import ENDPOINT

    try:
        urllib.request.urlopen(urllib.request.Request(ENDPOINT, method="HEAD"), timeout=HUB_TIMEOUT_S).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _fingerprint(model: SentenceTransformer) -> str:
    """A short digest of the first values of every weight, exact and the same in every process."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.flatten()[:64].float().cpu().numpy().tobytes())
    return digest.hexdigest()[:12]
