"""How fast passages get their vectors, the insertion into the HNSW index included.

    python -m benchmarks.vectors CORPUS [--passages 4000]

On throwaway servers of its own. Passages of 64 tokens, cut from the texts of CORPUS
(which benchmarks.corpus made), are stored and wait; then they are embedded as
``add_documents`` does it: in a process for each core, while those before are written.
Beside it the same passages, read and not written.
"""

import argparse
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import django
from tokenizers import Tokenizer

from benchmarks.kept import passages_of
from factcheck.embedded.servers import throwaway_servers
from factcheck.embedded.wheels import CHECKOUT
from sources.bert import VOCABULARY
from sources.passages import Span, cut

TOKENS = 64
TOGETHER = 512


def of_one_length(corpus: Path) -> Iterator[str]:
    """The first so many tokens of passages that have them, [CLS] and [SEP] among them."""
    tokenizer = Tokenizer.from_file(str(VOCABULARY))
    tokenizer.enable_truncation(TOKENS)
    for text in passages_of(corpus):
        encoding = tokenizer.encode(text)
        if len(encoding.ids) == TOKENS:
            yield text[: encoding.offsets[-2][1]]


def measure(texts: list[str]) -> None:
    """Print how many passages a second; Django is set up."""
    from sources import registry  # noqa: PLC0415 - after django.setup()
    from sources.actions import add_documents  # noqa: PLC0415
    from sources.indexing import begin_encoding, embed_waiting  # noqa: PLC0415
    from sources.parallel import ParallelEncoder  # noqa: PLC0415
    from sources.storing import Document  # noqa: PLC0415

    model = registry.newest_encoder()
    encoding = begin_encoding(model.name, by="embedder")
    add_documents(
        [
            (Document(title="x", text=text, outlet="x"), cut(text, [Span(0, len(text))]))
            for text in texts
        ]
    )
    batches = [texts[first : first + TOGETHER] for first in range(0, len(texts), TOGETHER)]
    with ParallelEncoder(model) as encoder:
        encoder.encode(batches[0])  # each process has loaded the model
        began = time.perf_counter()
        for batch in batches:
            encoder.encode(batch)
        print(f"only read: {len(texts) / (time.perf_counter() - began):,.0f} passages a second")
        began = time.perf_counter()
        made = sum(embed_waiting(encoding, encoder, limit=TOGETHER))
        print(f"read and written: {made / (time.perf_counter() - began):,.0f} passages a second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--passages", type=int, default=4000)
    options = parser.parse_args()
    texts = list(islice(of_one_length(options.corpus), options.passages))
    with throwaway_servers() as servers:
        os.environ |= servers.environment | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        }
        manage = [sys.executable, str(CHECKOUT / "manage.py")]
        subprocess.run([*manage, "migrate", "--verbosity", "0"], check=True)
        django.setup()
        measure(texts)


if __name__ == "__main__":
    main()
