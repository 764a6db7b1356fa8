"""Keeping the reader: readings flow in; the file of the model they teach flows out, learned only where none is kept."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from rag.disk import replace_file
from rag.errors import ReadingsError
from rag.grammar.places import read_regions
from rag.kept import kept_vectors
from rag.messages import index as said
from rag.ports import Embedder
from rag.reading.known import finder
from rag.reading.model import VERSION, ReaderModel, digest_of
from rag.reading.operators import LISTS
from rag.reading.rows import DEV, TRAIN, digest, read_rows
from rag.reading.train import train
from rag.settings import INSTALLATION

Progress = Callable[[str, int, int], None]

READINGS = INSTALLATION / "corpus" / "readings"
SHIPPED = READINGS / "reader.zip"
_KEPT = Path("cache", "reader.zip")
_VECTORS = Path("cache", "vectors")


def reader_file(data_dir: Path, sentences: Embedder, progress: Progress | None = None) -> Path:
    """The file of the model for the readings of the installation and this embedder of sentences.

    It is the one shipped, or the one kept in the data folder, where those were learned from the same; else it is
    learned now, which takes a minute or two. Raises ReadingsError where there is nothing to learn from.
    """
    wanted = wanted_digest(sentences)
    for path in (SHIPPED, data_dir / _KEPT):
        if digest_of(path) == wanted:
            return path
    kept = data_dir / _KEPT
    kept.parent.mkdir(parents=True, exist_ok=True)
    replace_file(kept, learned(data_dir, sentences, progress).packed())
    return kept


def learned(data_dir: Path, sentences: Embedder, progress: Progress | None = None) -> ReaderModel:
    """The model that the readings for training teach, those held out left out."""
    tell: Progress = progress or (lambda step, done, total: None)
    rows = read_rows(READINGS, (TRAIN, DEV))
    tell(said.STEP_READER, 0, len(rows))
    with kept_vectors(data_dir / _VECTORS, sentences) as kept:
        texts = [row.text for row in rows]
        vectors = []
        for start in range(0, len(texts), sentences.batch):
            vectors += kept.embed_queries(texts[start : start + sentences.batch])
            tell(said.STEP_READER, min(start + sentences.batch, len(rows)) // 2, len(rows))
    model = train(
        rows, vectors, finder(read_regions(INSTALLATION / "corpus" / "regions.yaml")), wanted_digest(sentences)
    )
    tell(said.STEP_READER, len(rows), len(rows))
    return model


def keep(model: ReaderModel, data_dir: Path) -> tuple[Path, ...]:
    """Store a model in the data folder, and beside the readings where the installation can be written to.

    Returns the files written. Raises ReadingsError where not even the data folder can be.
    """
    packed, kept = model.packed(), data_dir / _KEPT
    try:
        replace_file(kept, packed)
    except OSError as error:
        raise ReadingsError(said.READER_NOT_KEPT.format(file=kept)) from error
    try:
        replace_file(SHIPPED, packed)
    except OSError:
        return (kept,)
    return kept, SHIPPED


def wanted_digest(sentences: Embedder) -> str:
    """A digest of what a model is learned from: the readings, the embedder, and the making of features."""
    operators = sha256(LISTS.read_bytes()).hexdigest()
    return sha256(f"{VERSION} {sentences.name} {digest(READINGS)} {operators}".encode()).hexdigest()
