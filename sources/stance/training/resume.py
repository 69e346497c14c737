"""Turn the stored network back into one that can be trained on.

    python -m sources.stance.training.resume NETWORK.onnx OUTPUT

NETWORK is a file that ``export`` wrote: whole numbers with a scale for each output
channel, and in the lower layers one for each block of weights. OUTPUT becomes a folder
in the format of the transformers library. What rounding took is lost; the scores of
that network are those of the file to within a tenth or so of log-odds.
"""

import argparse
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from transformers import AutoModelForSequenceClassification, BertConfig

from sources.stance.training.restore import SIZES

Array = NDArray[np.float32]
ZERO = 128
"""What stands for nothing where a block has one scale."""


def resume(network: Path, output: Path) -> None:
    graph = onnx.load(network).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    model = AutoModelForSequenceClassification.from_config(BertConfig(**SIZES, num_labels=2))
    found: dict[str, Array] = {name: a for name, a in stored.items() if name in model.state_dict()}
    for name in stored:
        whole, mark, _ = name.rpartition("_quantized")
        if mark and whole in model.state_dict():
            found[whole] = by_channel(stored, whole)
    for node in graph.node:
        if node.op_type == "QAttention":
            # Queries, keys and values side by side, as the fused product takes them.
            layer = f"bert.encoder.layer.{re.findall('[0-9]+', node.name)[0]}.attention.self"
            weights = np.split(by_channel(stored, node.input[1].removesuffix("_quantized")), 3, 1)
            biases = np.split(stored[node.input[2]], 3)
            for part, weight, bias in zip(("query", "key", "value"), weights, biases, strict=True):
                found[f"{layer}.{part}.weight"] = weight.T
                found[f"{layer}.{part}.bias"] = bias
        elif node.op_type == "MatMulInteger":
            matrix = by_channel(stored, node.input[1].removesuffix("_quantized")).T
            found[f"{layer_of(node.name)}.weight"] = matrix
        elif node.op_type == "MatMulNBits":
            found[f"{layer_of(node.name)}.weight"] = by_block(stored, node.input[1])
    missing = sorted(set(model.state_dict()) - set(found))
    if missing:
        raise SystemExit(f"{network}: no weights for {', '.join(missing)}.")
    model.load_state_dict({n: torch.tensor(np.ascontiguousarray(a)) for n, a in found.items()})
    model.save_pretrained(output)


def layer_of(product: str) -> str:
    """Return the layer that a node such as ``/bert/pooler/dense/Gemm_MatMul_quant`` belongs to."""
    return product.removeprefix("/").rpartition("/")[0].replace("/", ".")


def by_channel(stored: dict[str, NDArray[np.generic]], name: str) -> Array:
    shifted = stored[f"{name}_quantized"].astype(np.float32) - stored[f"{name}_zero_point"]
    return np.asarray(shifted * stored[f"{name}_scale"], dtype=np.float32)


def by_block(stored: dict[str, NDArray[np.generic]], name: str) -> Array:
    numbers = stored[name].astype(np.float32) - ZERO
    scales = stored[f"{name.removesuffix('_Q8')}_scales"].astype(np.float32)
    return np.asarray(numbers * scales[:, :, None], dtype=np.float32).reshape(len(numbers), -1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("network", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    resume(arguments.network, arguments.output)
