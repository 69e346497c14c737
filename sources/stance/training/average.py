"""Average the weights of several runs that began at one and the same network.

    python -m sources.stance.training.average CHECKPOINT CHECKPOINT ... OUTPUT

Checkpoints are folders in the format of the transformers library. The mean is
often right where each run errs in its own way (Wortsman and others 2022).
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

from safetensors.torch import load_file, save_file

WEIGHTS = "model.safetensors"


def average(checkpoints: Sequence[Path], output: Path) -> None:
    states = [load_file(checkpoint / WEIGHTS) for checkpoint in checkpoints]
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    shutil.copytree(checkpoints[-1], output)
    save_file(mean, output / WEIGHTS, metadata={"format": "pt"})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args()
    average(arguments.checkpoints, arguments.output)
