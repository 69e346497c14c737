"""How much of a PDF is read, and in which order, beside what PDF libraries give by themselves.

    python -m benchmarks.documents

The PDFs are made here from known words in layouts that printers use. Printed
for each reader: the share of paragraphs that come out whole (letter for
letter, in their order), F1 of runs of four words, words that are not in the
document (running heads, halves of hyphenated words), and milliseconds a page.
pypdf and pdfminer.six are compared when they are installed.
"""

import io
import time
from collections.abc import Callable
from statistics import mean

import pypdfium2

from benchmarks.extraction import agreement, runs, words
from sources.article import one_line
from sources.pdf import read_pdf
from tests.documents import BODY, HEADLINE, LAYOUTS, pdf_of

Reader = Callable[[bytes], list[str]]


def ours(body: bytes) -> list[str]:
    return [text for _, text in read_pdf(body).paragraphs]


def pdfium_alone(body: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(body)
    return "\n".join(page.get_textpage().get_text_range() for page in document).splitlines()


def readers() -> dict[str, Reader]:
    found: dict[str, Reader] = {"ours": ours, "PDFium alone": pdfium_alone}
    try:
        from pdfminer.high_level import extract_text  # noqa: PLC0415

        found["pdfminer.six"] = lambda body: extract_text(io.BytesIO(body)).split("\n\n")
    except ImportError:
        pass
    try:
        from pypdf import PdfReader  # noqa: PLC0415

        found["pypdf"] = lambda body: "\n".join(
            page.extract_text() for page in PdfReader(io.BytesIO(body)).pages
        ).split("\n")
    except ImportError:
        pass
    return found


def whole(found: list[str], expected: list[str]) -> float:
    """The share of paragraphs that are there, each after the one before."""
    lines, at, hits = [one_line(text) for text in found], 0, 0
    for text in expected:
        if text in lines[at:]:
            at = lines.index(text, at) + 1
            hits += 1
    return hits / len(expected)


def main() -> None:
    expected = [HEADLINE, *BODY]
    wanted = words(" ".join(expected))
    made = {name: make() for name, make in LAYOUTS.items()}
    long_one = pdf_of([text for _ in range(150) for text in BODY], columns=2)
    pages = len(pypdfium2.PdfDocument(long_one))
    print(f"{len(made)} layouts{'':22}{'whole':>8}{'F1 runs':>9}{'foreign':>9}{'ms a page':>11}")
    for name, read in readers().items():
        rows = []
        for layout, body in made.items():
            found = read(body)
            tokens = words(" ".join(found))
            foreign = sum(token not in wanted for token in tokens)
            rows.append((whole(found, expected), agreement(runs(tokens), runs(wanted))[2], foreign))
            print(f"  {name:14} {layout:32}{rows[-1][0]:8.2f}{rows[-1][1]:9.3f}{foreign:9}")
        began = time.process_time()
        read(long_one)
        cost = 1000 * (time.process_time() - began) / pages
        means = [mean(column) for column in zip(*rows, strict=True)]
        print(f"{name:32}{means[0]:8.2f}{means[1]:9.3f}{means[2]:9.1f}{cost:11.1f}")


if __name__ == "__main__":
    main()
