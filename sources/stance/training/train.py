"""Train the network: two heads in one pass, whether a text settles a claim, and which way.

    python -m sources.stance.training.train EXAMPLES.jsonl.gz BASE OUTPUT --minutes 75

EXAMPLES is what ``mix`` wrote; BASE and OUTPUT are folders in the format of the
transformers library. The schedule follows processor time, so that a run may be
halted and resumed by signals. What is stored, every few minutes and at the
end or on SIGTERM, is the average of the weights over the last steps.

The loss adds the claim-only partner's log-odds to both heads (a product of
experts): what the claim alone gives away is not worth learning again. The
pairs of a contrast group share a batch, and their scores are pushed apart.
"""

import argparse
import gzip
import json
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn.functional import binary_cross_entropy_with_logits, softplus
from transformers import AutoModelForSequenceClassification

from sources.bert import VOCABULARY

LENGTH = 128
TOKENS = 2560
"""Tokens of a batch, padding included."""
STEP = 8
"""Of how many tokens widths are multiples."""
RATE, HEAD_RATE = 7e-5, 3e-4
WARM_UP = 0.03
MARGIN, MARGIN_WEIGHT = 2.0, 0.2
AVERAGED, EVERY = 0.992, 4
"""How much of the average stays when it takes in new weights, and after how many steps it does."""
SAVED_EVERY = 600
"""Seconds of processor time between stored averages."""


@dataclass(frozen=True, slots=True)
class Example:
    """``relevance``, ``polarity``: 0, 1 or -1 for unknown; ``biases``: the partner's log-odds."""

    tokens: list[int]
    types: list[int]
    relevance: int
    polarity: int
    biases: tuple[float, float]


def load(path: Path) -> list[list[Example]]:
    """Return the examples, those of one contrast group together."""
    tokenizer = Tokenizer.from_file(str(VOCABULARY))
    tokenizer.enable_truncation(LENGTH, strategy="longest_first")
    groups: dict[str, list[Example]] = {}
    with gzip.open(path, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    encodings = tokenizer.encode_batch([(row["evidence"], row["claim"]) for row in rows])
    for place, (row, encoding) in enumerate(zip(rows, encodings, strict=True)):
        groups.setdefault(row.get("group") or f"alone {place}", []).append(
            Example(
                encoding.ids,
                encoding.type_ids,
                row["relevance"],
                row["polarity"],
                (row["claim_relevance"], row["claim_polarity"]),
            )
        )
    return list(groups.values())


def batches(groups: list[list[Example]], rng: random.Random) -> Iterator[list[list[Example]]]:
    """Yield batches of like length for ever, whole groups in each."""
    while True:
        order = groups[:]
        rng.shuffle(order)
        for first in range(0, len(order), 4000):
            chunk = sorted(order[first : first + 4000], key=_length)
            found: list[list[list[Example]]] = [[]]
            count = 0
            for group in chunk:
                if found[-1] and (count + len(group)) * _length(group) > TOKENS:
                    found.append([])
                    count = 0
                found[-1].append(group)
                count += len(group)
            rng.shuffle(found)
            yield from found


def _length(group: list[Example]) -> int:
    return max(len(example.tokens) for example in group)


def tensors(batch: list[Example]) -> dict[str, torch.Tensor]:
    """Return the inputs of a batch in one of few shapes, filled up with its first examples.

    For every new shape the processor's library makes new kernels and the allocator finds
    new room: a run of ever new shapes becomes three times slower within the hour.
    """
    width = -(-max(len(example.tokens) for example in batch) // STEP) * STEP
    rows = max(len(batch), TOKENS // width)
    inputs = torch.zeros(3, rows, width, dtype=torch.int64)
    for row, example in enumerate(islice(cycle(batch), rows)):
        count = len(example.tokens)
        inputs[0, row, :count] = torch.tensor(example.tokens)
        inputs[1, row, :count] = 1
        inputs[2, row, :count] = torch.tensor(example.types)
    return dict(zip(("input_ids", "attention_mask", "token_type_ids"), inputs, strict=True))


def loss(logits: torch.Tensor, batch: list[list[Example]]) -> torch.Tensor:
    examples = [example for group in batch for example in group]
    labels = torch.tensor([(e.relevance, e.polarity) for e in examples], dtype=torch.float32)
    biases = torch.tensor([e.biases for e in examples])
    known = labels >= 0
    total = logits.new_zeros(())
    for head in (0, 1):
        mask = known[:, head]
        if mask.any():
            total = total + binary_cross_entropy_with_logits(
                (logits + biases)[mask, head], labels[mask, head], reduction="sum"
            ) / len(examples)
    return total + MARGIN_WEIGHT * margin(logits, batch)


def margin(logits: torch.Tensor, batch: list[list[Example]]) -> torch.Tensor:
    """Push apart the scores of pairs that differ in one detail and in their label."""
    more, less, heads = [], [], []
    place = 0
    for group in batch:
        for head, name in ((0, "relevance"), (1, "polarity")):
            labels = [getattr(example, name) for example in group]
            for i, one in enumerate(labels):
                for j, other in enumerate(labels):
                    if one == 1 and other == 0:
                        more.append(place + i)
                        less.append(place + j)
                        heads.append(head)
        place += len(group)
    if not more:
        return logits.new_zeros(())
    return softplus(MARGIN - (logits[more, heads] - logits[less, heads])).mean()


def train(
    examples: Path, base: Path, output: Path, *, minutes: float, threads: int, seed: int
) -> None:
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    groups = load(examples)
    count = sum(map(len, groups))
    mean = sum(len(e.tokens) for group in groups for e in group) / count
    print(f"{count} pairs in {len(groups)} groups, {mean:.1f} tokens each", flush=True)
    model = AutoModelForSequenceClassification.from_pretrained(
        base,
        dtype=torch.float32,
        num_labels=2,
        id2label={0: "settles", 1: "contradicts"},
        label2id={"settles": 0, "contradicts": 1},
        ignore_mismatched_sizes=True,
        # Twice as fast on a processor: fused attention is slow backwards, dropout slow everywhere.
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    ).train()
    model.bert.embeddings.requires_grad_(False)
    trained = {name: p for name, p in model.named_parameters() if p.requires_grad}
    heads = [p for name, p in trained.items() if "classifier" in name or "pooler" in name]
    body = [p for name, p in trained.items() if "classifier" not in name and "pooler" not in name]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    average = {name: p.detach().clone() for name, p in trained.items()}

    def save() -> None:
        output.mkdir(parents=True, exist_ok=True)
        state = model.state_dict()
        model.save_pretrained(output, state_dict={**state, **average})
        print("saved", flush=True)

    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    start, saved, running, seen = time.process_time(), 0.0, None, 0
    for step, batch in enumerate(batches(groups, random.Random(seed)), start=1):
        spent = time.process_time() - start
        done = spent / (60 * minutes)
        if done >= 1 or stopped:
            break
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * min(done / WARM_UP + 0.02, 1.0, 1.02 - done)
        flat = [example for group in batch for example in group]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(**tensors(flat)).logits[: len(flat)]
        value = loss(logits.float(), batch)
        value.backward()
        torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step % EVERY == 0:
            # Early on the average follows closely, so that it forgets where it began.
            keep = min(AVERAGED, 1 - 10 / (10 + step))
            torch._foreach_lerp_(
                list(average.values()), [p.detach() for p in trained.values()], 1 - keep
            )
        seen += len(flat)
        running = value.item() if running is None else 0.99 * running + 0.01 * value.item()
        if step % 50 == 0:
            print(
                f"step {step} {done:.1%} seen {seen} loss {running:.4f} {seen / spent:.1f} pairs/s",
                flush=True,
            )
        if spent - saved > SAVED_EVERY:
            saved = spent
            save()
    save()
    print("done", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("examples", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--minutes", type=float, default=75, help="of processor time")
    parser.add_argument("--threads", type=int, default=1, help="more help on idle cores only")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    train(
        given.examples,
        given.base,
        given.output,
        minutes=given.minutes,
        threads=given.threads,
        seed=given.seed,
    )
