"""The reader's model: what was learned flows to one file of plain arrays and text, and back; no code is stored."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import ReadingsError
from rag.messages.index import READER
from rag.ports import Vector
from rag.reading.linear import LinearModel, SequenceModel

# Raised whenever features or models change, so that a stored model of another making is learned anew.
VERSION = 4
_INDEX = "index.json"
# How much the meaning of a text counts beside its words and its letters, each of which count 1.
_MEANING = 2.0
_ARRAYS = ("rarity", "weights", "meaning", "bias")


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """What the reader has learned from readings with this digest.

    `asking` are words that only ask, as "form/tag"; `centre` is the mean of the vectors it learned from; `spans` finds
    roles; the linear models judge stance, asks, polarity, values (by role), bounds between parts,
    fallbacks, selection, shape and order.
    """

    digest: str
    asking: frozenset[str]
    centre: NDArray[np.float32]
    spans: SequenceModel
    linear: Mapping[str, LinearModel]

    def sentence(self, vector: Vector) -> NDArray[np.float32]:
        """The vector of a text as the models read it: seen from the centre, of one length."""
        return centred(np.asarray(vector, dtype=np.float32), self.centre)

    def packed(self) -> bytes:
        """Its file: arrays as .npy, the rest as JSON, in one zip whose bytes depend on nothing but the model."""
        buffer = io.BytesIO()
        index: dict[str, object] = {
            "version": VERSION,
            "digest": self.digest,
            "linear": sorted(self.linear),
            "asking": sorted(self.asking),
        }
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
            _put(file, "spans", {"labels": self.spans.labels, "rows": list(self.spans.rows)})
            _put_array(file, "centre", self.centre)
            _put_array(file, "spans.weights", self.spans.weights)
            _put_array(file, "spans.transitions", self.spans.transitions)
            for name, model in sorted(self.linear.items()):
                _put(file, name, {"labels": model.labels, "rows": list(model.rows), "exclusive": model.exclusive})
                for part in _ARRAYS:
                    _put_array(file, f"{name}.{part}", getattr(model, part))
            file.writestr(zipfile.ZipInfo(_INDEX), json.dumps(index))
        return buffer.getvalue()


def centred(vector: NDArray[np.float32], centre: NDArray[np.float32]) -> NDArray[np.float32]:
    """A vector seen from the centre of many, for those of one model lie in a narrow cone, with the weight it has."""
    moved = vector - centre
    length = float(np.linalg.norm(moved))
    return moved * (_MEANING / length) if length else moved


def digest_of(path: Path) -> str:
    """What the model in a file was learned from; "" where there is no file, or none of this version."""
    try:
        with zipfile.ZipFile(path) as file:
            index = json.loads(file.read(_INDEX))
            return str(index["digest"]) if index["version"] == VERSION else ""
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return ""


def read_model(path: Path) -> ReaderModel:
    """The model that a file holds. Raises ReadingsError where it is none of this version."""
    try:
        return _model(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
        raise ReadingsError(READER.format(file=path.name)) from error


# One generation mostly holds the same model as the one before it.
@lru_cache(maxsize=1)
def _model(content: bytes) -> ReaderModel:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        index = json.loads(file.read(_INDEX))
        if index["version"] != VERSION:
            raise ValueError(index["version"])
        told = json.loads(file.read("spans.json"))
        chain = SequenceModel(
            tuple(told["labels"]), _rows(told), _array(file, "spans.weights"), _array(file, "spans.transitions")
        )
        linear = {name: _linear(file, name) for name in index["linear"]}
        return ReaderModel(index["digest"], frozenset(index["asking"]), _array(file, "centre"), chain, linear)


def _linear(file: zipfile.ZipFile, name: str) -> LinearModel:
    told = json.loads(file.read(f"{name}.json"))
    rarity, weights, meaning, bias = (_array(file, f"{name}.{part}") for part in _ARRAYS)
    return LinearModel(tuple(told["labels"]), _rows(told), rarity, weights, meaning, bias, told["exclusive"])


def _rows(told: Mapping[str, list[str]]) -> dict[str, int]:
    return {feature: at for at, feature in enumerate(told["rows"])}


def _put(file: zipfile.ZipFile, name: str, told: Mapping[str, object]) -> None:
    # A ZipInfo of its own carries no time of writing: the same model gives the same bytes.
    file.writestr(zipfile.ZipInfo(f"{name}.json"), json.dumps(told, ensure_ascii=False), zipfile.ZIP_DEFLATED)


def _put_array(file: zipfile.ZipFile, name: str, array: NDArray[np.float32]) -> None:
    buffer = io.BytesIO()
    np.save(buffer, array.astype(np.float16), allow_pickle=False)
    file.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED)


def _array(file: zipfile.ZipFile, name: str) -> NDArray[np.float32]:
    loaded: NDArray[np.float16] = np.load(io.BytesIO(file.read(f"{name}.npy")), allow_pickle=False)
    return loaded.astype(np.float32)
