"""Run a BERT network from an ONNX file: text in, arrays out.

The encoder and the stance model are both BERT networks over the vocabulary
of bert-base-uncased. onnxruntime and tokenizers are all that is needed.
"""

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

VOCABULARY = Path(__file__).parent / "bert_base_uncased" / "tokenizer.json"
BATCH_TOKENS = 1024
"""Tokens, padding included, that go through the network at once."""


class WeightsMissing(Exception):
    """The file with a network's weights is not where it should be."""


class Bert:
    """A network whose inputs are the usual three of BERT.

    ``length`` is where inputs are cut, in WordPiece tokens. Nothing is loaded
    before the first text: a worker that forks loads after the fork, and all
    instances with the same weights share one copy per process.

    :raises WeightsMissing: when there is no file at ``weights``.
    """

    def __init__(self, weights: Path, *, length: int, threads: int) -> None:
        if not weights.is_file():
            raise WeightsMissing(f"No model weights at {weights}; install the product again.")
        self.weights = weights
        self.length = length
        self.threads = threads

    def run(
        self, texts: Sequence[str] | Sequence[tuple[str, str]]
    ) -> Iterator[tuple[list[int], NDArray[np.float32], NDArray[np.int64]]]:
        """Yield batches: which texts they are, the network's output, the attention mask.

        Texts of like length share a batch, so little is spent on padding;
        batches therefore do not come in the order of ``texts``.
        """
        # One by one: the library's own batching starts threads, which a later fork would lose.
        tokenizer = _tokenizer(self.length)
        encodings = [
            tokenizer.encode(*text) if isinstance(text, tuple) else tokenizer.encode(text)
            for text in texts
        ]
        session = _session(self.weights, self.threads, os.getpid())
        for batch in _batches(encodings):
            inputs = _padded([encodings[index] for index in batch])
            yield batch, session.run(None, inputs)[0], inputs["attention_mask"]


@lru_cache
def _tokenizer(length: int) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(VOCABULARY))
    tokenizer.enable_truncation(length)
    return tokenizer


@lru_cache
def _session(weights: Path, threads: int, pid: int) -> "InferenceSession":
    # The process id is part of the key because a session loses its threads in a fork. Importing
    # starts threads too, and a process that lost those hangs when it exits.
    import onnxruntime  # noqa: PLC0415 - not before the fork

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])


def _batches(encodings: Sequence[Encoding]) -> Iterator[list[int]]:
    batch: list[int] = []
    for index in sorted(range(len(encodings)), key=lambda i: -len(encodings[i].ids)):
        if batch and len(encodings[batch[0]].ids) * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _padded(encodings: Sequence[Encoding]) -> dict[str, NDArray[np.int64]]:
    shape = len(encodings), len(encodings[0].ids)
    inputs = {
        name: np.zeros(shape, dtype=np.int64)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    }
    for row, encoding in enumerate(encodings):
        width = len(encoding.ids)
        inputs["input_ids"][row, :width] = encoding.ids
        inputs["attention_mask"][row, :width] = 1
        inputs["token_type_ids"][row, :width] = encoding.type_ids
    return inputs
