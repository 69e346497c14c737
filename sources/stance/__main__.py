"""Judge claim and evidence pairs, one JSON object a line.

    python -m sources.stance < pairs.jsonl

Reads {"claim", "evidence"}; prints {"stance", "confidence", "scores", "rationale", "shown"},
where the rationale is words of the evidence or null. A line that cannot be read
stops the run with exit code 2.
"""

import json
import sys
from collections.abc import Iterator
from typing import TextIO

from sources.bert import WeightsMissing
from sources.ports import StanceModel
from sources.stance.onnx import OnnxStance
from sources.stance.timely import judge_in_time


class BadLine(ValueError):
    """A line of the input is not a pair."""


def main(lines: TextIO, output: TextIO, model: StanceModel) -> None:
    """Answer every line of ``lines`` with one of ``output``."""
    for claim, evidence in _pairs(lines):
        (judgement,) = judge_in_time(model, claim, [evidence])
        rationale = judgement.rationale and evidence[slice(*judgement.rationale)]
        answer = {
            "stance": judgement.stance,
            "confidence": round(judgement.confidence, 4),
            "scores": dict(judgement.scores),
            "rationale": rationale,
            "shown": judgement.shown,
        }
        print(json.dumps(answer, ensure_ascii=False), file=output, flush=True)


def _pairs(lines: TextIO) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        match row:
            case {"claim": str(claim), "evidence": str(evidence)}:
                yield claim, evidence
            case _:
                raise BadLine(
                    f'Line {number} is not a JSON object with the texts "claim" and "evidence".'
                )


if __name__ == "__main__":
    try:
        main(sys.stdin, sys.stdout, OnnxStance())
    except (BadLine, WeightsMissing) as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(2)
