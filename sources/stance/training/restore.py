"""Turn the int8 file that the product runs back into a network that can be trained on.

    python -m sources.stance.training.restore WEIGHTS.onnx BASE OUTPUT

BASE and OUTPUT are folders in the format of the transformers library.
Embeddings, which training leaves alone, are taken from BASE; all other
weights are those of the file, rounded as they are there.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from transformers import AutoModelForSequenceClassification

PARTS = ("attention.output.dense", "intermediate.dense", "output.dense")
"""The matrix products of a layer after attention, in the order of the file."""


def restore(weights: Path, base: Path, output: Path) -> None:
    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(weights).graph.initializer}

    def matrix(name: str) -> NDArray[np.float32]:
        shifted = stored[f"{name}_quantized"].astype(np.float32) - stored[f"{name}_zero_point"]
        return np.asarray(shifted * stored[f"{name}_scale"], dtype=np.float32)

    model = AutoModelForSequenceClassification.from_pretrained(
        base, dtype=torch.float32, num_labels=2, ignore_mismatched_sizes=True
    )
    found = {name: value for name, value in stored.items() if name in model.state_dict()}
    products = sorted(
        (name.removesuffix("_quantized") for name in stored if name.startswith("onnx::MatMul_")
         and name.endswith("_quantized")),
        key=lambda name: int(name.split("_")[1]),
    )  # fmt: skip
    for layer in range(model.config.num_hidden_layers):
        place = f"bert.encoder.layer.{layer}"
        weight, bias = (
            matrix(f"Attention_{layer}_qkv_weight"),
            stored[f"Attention_{layer}_qkv_bias"],
        )
        for part, name in enumerate(("query", "key", "value")):
            own = slice(part * len(weight), (part + 1) * len(weight))
            found[f"{place}.attention.self.{name}.weight"] = weight[:, own].T
            found[f"{place}.attention.self.{name}.bias"] = bias[own]
        for name, product in zip(PARTS, products[len(PARTS) * layer :], strict=False):
            found[f"{place}.{name}.weight"] = matrix(product).T
    for name in ("bert.pooler.dense.weight", "classifier.weight"):
        found[name] = matrix(f"{name}_Transposed").T
    state = {name: torch.tensor(np.ascontiguousarray(value)) for name, value in found.items()}
    model.load_state_dict({**model.state_dict(), **state})
    model.save_pretrained(output)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    restore(arguments.weights, arguments.base, arguments.output)
