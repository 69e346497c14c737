"""Turn a trained network into the int8 ONNX file that the product runs.

    python -m sources.stance.training.export CHECKPOINT OUTPUT.onnx

CHECKPOINT is a folder in the format of the transformers library. The graph is
fused, then its matrix products are quantised: weights once, per output
channel; activations as they come.
"""

import argparse
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from transformers import AutoModelForSequenceClassification, PretrainedConfig


def export(checkpoint: Path, output: Path) -> None:
    model = AutoModelForSequenceClassification.from_pretrained(
        checkpoint, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    write_int8(model, model.config, output, answers="logits", axes={0: "batch"})


def write_int8(
    network: torch.nn.Module,
    config: PretrainedConfig,
    output: Path,
    *,
    answers: str,
    axes: dict[int, str],
) -> None:
    """Write a BERT network; ``answers`` names its output, ``axes`` that output's free axes."""
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
        # Seven bits: products of eight saturate on processors without VNNI, which changes answers.
        quantize_dynamic(
            fused,
            output,
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.output)
