"""Read the text of a PDF: printed letters with their places, then what people read.

PDFium, the parser of Chromium, says which letter stands where. It is fast,
used to hostile files, and written in C++: call this in a process with limits.
"""

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile

import pypdfium2
import pypdfium2.raw as pdfium

from sources.article import BODY, HEADLINE, Article, NothingToRead, one_line
from sources.decoding import visible
from sources.layout import Glyph, Line, lines_of, paragraphs_of

EXTRACTOR = f"pdf 2, PDFium {pypdfium2.PDFIUM_INFO.build}"
MAX_PAGES = 600

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SMALLEST = 2.0  # points; nobody reads smaller letters
_FEWEST = 20  # letters; a scan may carry a stamp or a page number
_LINE_END_HYPHENS = {0x02: "-", 0xAD: "-", 0xFFFE: "-"}
_SHAPED = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]")  # ligatures, and letters as joined in print
_PRIVATE = re.compile("[\ufffd\ue000-\uf8ff\x00]")
_BYLINE = re.compile(r"(?:by|von|par|por)\s+([^\W\d_][^\d|:!?]{3,80})", re.IGNORECASE)
_PERSON = re.compile(r"[^\W\d_][\w.'’-]*( [^\W\d_][\w.'’-]*){1,4}")


def read_pdf(body: bytes) -> Article:
    """Return the words of a PDF; raise NothingToRead when there are none to be had.

    Running heads and page numbers are left out, columns follow one another,
    and footnotes come last.
    """
    try:
        document = pypdfium2.PdfDocument(body)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise NothingToRead(
                "This PDF is locked with a password; hand in an unlocked copy."
            ) from None
        raise NothingToRead("This PDF is broken; save it again, or paste its text.") from None
    if not pages:
        raise NothingToRead("This PDF has no page.")
    if pages > MAX_PAGES:
        raise NothingToRead(f"This PDF has more than {MAX_PAGES} pages; hand in a part of it.")
    laid = [lines_of(_glyphs(document, number)) for number in range(pages)]
    written = [sum(len(line.text) for line in lines) for lines in laid]
    if sum(written) < _FEWEST:
        raise NothingToRead(
            "This PDF holds pictures of text and no text; let a program with text recognition "
            "read it, or paste its text."
        )
    text = "".join(line.text for lines in laid for line in lines)
    if len(_PRIVATE.findall(text)) * 5 > len(text):
        raise NothingToRead("The letters of this PDF have no meaning attached; paste its text.")
    article = _article(laid, document.get_metadata_dict())
    empty = [str(number) for number, letters in enumerate(written, start=1) if not letters]
    if empty:
        shown = ", ".join(empty[:10]) + (" and more" if len(empty) > 10 else "")
        article.notes = (f"Pages without text, perhaps pictures of it: {shown}.",)
    return article


def _glyphs(document: pypdfium2.PdfDocument, number: int) -> list[Glyph]:
    """Return the letters of a page in the order in which the file draws them."""
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []  # one broken page does not spoil the others
    try:
        left, bottom, right, top = page.get_bbox()
        turned = _direction(text.raw, text.count_chars())
        found = []
        for glyph in _letters(text.raw, text.count_chars()):
            inside = left - 1 <= glyph.x0 <= right + 1 and bottom - 1 <= glyph.y <= top + 1
            if inside or not glyph.text.strip():
                found.append(_upright(glyph, turned))
        return found
    finally:
        text.close()
        page.close()


def _letters(page: pdfium.FPDF_TEXTPAGE, count: int) -> Iterator[Glyph]:
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    matrix = pdfium.FS_MATRIX()
    high = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        letter = _LINE_END_HYPHENS.get(code) or visible(chr(code)).replace("\n", " ")
        if not letter.strip():
            yield Glyph(" ", 0, 0, 0, 0)
            continue
        pdfium.FPDFText_GetLooseCharBox(page, index, box)
        pdfium.FPDFText_GetCharOrigin(page, index, x, y)
        pdfium.FPDFText_GetMatrix(page, index, matrix)
        # Of the font, not of the letter: a comma is as large as the words around it.
        size = pdfium.FPDFText_GetFontSize(page, index) * math.hypot(matrix.c, matrix.d)
        if size >= _SMALLEST:
            if _SHAPED.match(letter):
                letter = unicodedata.normalize("NFKC", letter)
            yield Glyph(letter, box.left, box.right, y.value, size, box.bottom, box.top)


def _direction(page: pdfium.FPDF_TEXTPAGE, count: int) -> int:
    """Return how most of the page's letters are turned: 0 to 3 quarters."""
    sample = range(0, count, max(1, count // 200))
    turns = Counter(round(pdfium.FPDFText_GetCharAngle(page, n) / 1.5708) % 4 for n in sample)
    return turns.most_common(1)[0][0] if turns else 0


def _upright(glyph: Glyph, turned: int) -> Glyph:
    """Return the letter where it stands for a reader who turned the page."""
    if not turned or not glyph.text.strip():
        return glyph
    x0, x1, low, high = glyph.x0, glyph.x1, glyph.low, glyph.high
    if turned == 2:
        return glyph._replace(x0=-x1, x1=-x0, y=-high, low=-high, high=-low)
    if turned == 1:
        x0, x1, low, high = -high, -low, x0, x1
    else:
        x0, x1, low, high = low, high, -x1, -x0
    return glyph._replace(x0=x0, x1=x1, y=low, low=low, high=high)


def _article(laid: list[list[Line]], stated: dict[str, str]) -> Article:
    """Tell the headline by its size, and who wrote it by a line that says so."""
    article = Article(EXTRACTOR)
    paragraphs = paragraphs_of(laid)
    body_size = _usual_size(paragraphs)
    title = one_line(visible(stated.get("Title", "")))
    largest = max((size for _, size in paragraphs[:8]), default=0.0)
    as_large = largest >= 1.15 * body_size
    if as_large:
        paragraphs = _with_whole_headline(paragraphs, largest)
    for number, (text, size) in enumerate(paragraphs):
        placement = BODY
        as_headline = as_large and size == largest
        if number < 8 and not article.title and (as_headline or text == title):
            placement, article.title = HEADLINE, text[:500]
        elif number < 8 and not article.byline and (byline := _BYLINE.fullmatch(text)):
            article.byline = byline[1]
        article.paragraphs.append((placement, text))
    author = one_line(visible(stated.get("Author", "")))
    if not article.byline and _PERSON.fullmatch(author):
        article.byline = author
    return article


def _with_whole_headline(
    paragraphs: list[tuple[str, float]], largest: float
) -> list[tuple[str, float]]:
    """Join the lines of a headline, which are paragraphs of their own where it is centred."""
    first = next(n for n, (_, size) in enumerate(paragraphs) if size == largest)
    lines = list(takewhile(lambda line: line[1] == largest, paragraphs[first:8]))
    joined = " ".join(text for text, _ in lines)
    return [*paragraphs[:first], (joined, largest), *paragraphs[first + len(lines) :]]


def _usual_size(paragraphs: list[tuple[str, float]]) -> float:
    sizes: Counter[float] = Counter()
    for text, size in paragraphs:
        sizes[size] += len(text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
