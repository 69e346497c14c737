"""Turn a trained network into the int8 ONNX file that the product runs.

    python -m sources.stance.training.export CHECKPOINT OUTPUT.onnx

CHECKPOINT is a folder in the format of the transformers library. The graph is
fused, then its matrix products are quantised: weights once, per output
channel; activations as they come, by the largest of a batch. In the lower half
of the layers that errs so far that answers hang on what else is in the batch:
there blocks of weights and activations have scales of their own, which is slower.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from transformers import AutoModelForSequenceClassification, PretrainedConfig

BLOCK = 128
"""Weights with a scale of their own."""
INT8_ACTIVATIONS = 4
"""What the runtime calls that accuracy."""


def export(checkpoint: Path, output: Path) -> None:
    model = AutoModelForSequenceClassification.from_pretrained(
        checkpoint, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    lower = range(model.config.num_hidden_layers // 2)
    write_int8(model, model.config, output, answers="logits", axes={0: "batch"}, blocks_in=lower)


def write_int8(
    network: torch.nn.Module,
    config: PretrainedConfig,
    output: Path,
    *,
    answers: str,
    axes: dict[int, str],
    blocks_in: Sequence[int] = (),
) -> None:
    """Write a BERT network; ``answers`` names its output, ``axes`` that output's free axes.

    ``blocks_in`` are the layers whose products have a scale for each block.
    """
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        names = ["input_ids", "attention_mask", "token_type_ids"]
        torch.onnx.export(
            network,
            tuple(torch.ones(2, 16, dtype=torch.int64) for _ in names),
            str(plain),
            input_names=names,
            output_names=[answers],
            dynamic_axes={name: {0: "batch", 1: "token"} for name in names} | {answers: axes},
            opset_version=17,
            dynamo=False,
        )
        options = FusionOptions("bert")
        options.enable_skip_layer_norm = False  # keeps the file runnable by older runtimes
        graph = optimizer.optimize_model(
            str(plain),
            model_type="bert",
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
            optimization_options=options,
        )
        graph.save_model_to_file(str(fused))
        finer = [
            node.name
            for node in graph.model.graph.node
            if node.op_type == "MatMul"
            and any(f"layer.{layer}/" in node.name for layer in blocks_in)
        ]
        # Seven bits: products of eight saturate on processors without VNNI, which changes answers.
        quantize_dynamic(
            fused,
            output,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=finer,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        if finer:
            blocks = MatMulNBitsQuantizer(
                onnx.load(output),
                bits=8,
                block_size=BLOCK,
                is_symmetric=True,
                accuracy_level=INT8_ACTIVATIONS,
            )
            blocks.process()
            blocks.model.save_model_to_file(str(output))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.output)
