"""Vectors whose cosine measures how alike two texts are in meaning."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sources.bert import Bert

WEIGHTS = Path(__file__).parent / "minilm" / "minilm.onnx"


class MiniLM:
    """all-MiniLM-L6-v2 with int8 weights.

    Trained on pairs of sentences and short paragraphs: what lies beyond 128
    tokens is not read. Model: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2
    (Apache-2.0). ``threads`` is per process.
    """

    name = "all-MiniLM-L6-v2-int8/2"
    dimensions = 384

    def __init__(self, threads: int = 1) -> None:
        self._bert = Bert(WEIGHTS, length=128, threads=threads)

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
