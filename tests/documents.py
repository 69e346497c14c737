"""Documents of every kind that people hand in, made from words that are known."""

import io
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
)
from reportlab.platypus.frames import Frame

HEADLINE = "Dam near Lund opens two months early"
BODY = [
    " ".join(text.split())
    for text in """\
The dam near Lund opened on Monday, two months earlier than planned, the town council said in a
statement that was sent to all newspapers of the region.

It cost 4.2 million crowns, according to figures that the builder published in April, and about
a third of that was paid by the government.

Nobody expected this after a winter in which the river rose by more than three metres, said Eva
Holm, who led the project for six years and will now retire.

The state-owned operator will run the turbines. Critics of the state-owned operator fear that
the price of electricity will rise before the end of the year.

A first official report on the effects of the dam on fish is expected in May; an earlier one by
the university found that few salmon had passed the river since 1998.

Farmers in the valley welcomed the opening. They were promised water for 900 hectares of fields,
which is enough for a fifth of all farms of the district.

Other countries in the north have closed such plants. Finland removed three of them between 2020
and 2023, and the rivers there have recovered faster than expected.

The council will vote in June on a second dam, which would stand eleven kilometres further up
the river and would cost more than twice as much as the first.
""".split("\n\n")
]

_TEXT = ParagraphStyle("text", fontName="Times-Roman", fontSize=10, leading=12, spaceAfter=6)
_INDENTED = ParagraphStyle("indented", _TEXT, firstLineIndent=12, spaceAfter=0)
_JUSTIFIED = ParagraphStyle("justified", _INDENTED, alignment=TA_JUSTIFY)
_HEADLINE = ParagraphStyle("headline", fontName="Times-Bold", fontSize=18, leading=22, spaceAfter=9)


def pdf_of(
    paragraphs: Sequence[str] = BODY,
    *,
    headline: str = HEADLINE,
    columns: int = 1,
    style: ParagraphStyle = _TEXT,
    running: str = "",
    footer: str = "",
    height: float = A4[1],
    hyphens: bool = False,
    author: str = "",
) -> bytes:
    """Return a PDF; ``running`` heads each page, ``footer`` takes the page's number as {}."""
    file = io.BytesIO()
    width, edge, gutter = A4[0], 2 * cm, 0.8 * cm

    def furniture(canvas: Canvas, _: object) -> None:
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(edge, height - 1.2 * cm, running)
        canvas.drawCentredString(width / 2, 1.1 * cm, footer.format(canvas.getPageNumber()))

    def frames(top: float) -> list[Frame]:
        each = (width - 2 * edge - (columns - 1) * gutter) / columns
        places = (edge + n * (each + gutter) for n in range(columns))
        return [Frame(x, edge, each, top - edge, 0, 0, 0, 0) for x in places]

    above = Frame(edge, height - 4.2 * cm, width - 2 * edge, 2.4 * cm, 0, 0, 0, 0)
    first = PageTemplate("first", [above, *frames(height - 4.4 * cm)], onPage=furniture)
    later = PageTemplate("later", frames(height - 2 * cm), onPage=furniture)
    document = BaseDocTemplate(file, pagesize=(width, height), author=author, title="untitled")
    document.addPageTemplates([first, later])
    story = [Paragraph(escape(headline), _HEADLINE), FrameBreak(), NextPageTemplate("later")]
    if hyphens:
        style = ParagraphStyle("hyphens", style, embeddedHyphenation=1)
        paragraphs = [_hyphenable(text) for text in paragraphs]
    document.build([*story, *(Paragraph(escape(text), style) for text in paragraphs)])
    return file.getvalue()


def _hyphenable(text: str) -> str:
    """Allow a break in the middle of each long word."""
    return " ".join(
        f"{word[: len(word) // 2]}\xad{word[len(word) // 2 :]}"
        if word.isalpha() and len(word) > 6
        else word
        for word in text.split()
    )


def pdf_drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    """Return a PDF of one page on which ``draw`` draws."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def pdf_with_notes() -> bytes:
    """Return a page on which a sentence carries the mark of a note at the page's foot."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(72, 760, "The dam near Lund opened on Monday, said the council.")
        canvas.setFont("Times-Roman", 6)
        canvas.drawString(
            72
            + canvas.stringWidth(
                "The dam near Lund opened on Monday, said the council.", "Times-Roman", 11
            ),
            765,
            "1",
        )
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(72, 746, "It holds 900 million m")
        at = 72 + canvas.stringWidth("It holds 900 million m", "Times-Roman", 11)
        canvas.setFont("Times-Roman", 6)
        canvas.drawString(at, 751, "3")
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(at + 4, 746, "of water from the river.")
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(72, 90, "1 Minutes of the council, 4 May.")

    return pdf_drawn(draw)


LAYOUTS: dict[str, Callable[[], bytes]] = {
    "one column": pdf_of,
    "two columns": lambda: pdf_of(columns=2, height=14 * cm),
    "two columns, justified, hyphens": lambda: pdf_of(
        columns=2, style=_JUSTIFIED, hyphens=True, height=14 * cm
    ),
    "three columns, indented": lambda: pdf_of(columns=3, style=_INDENTED, height=14 * cm),
    "running heads and page numbers": lambda: pdf_of(
        running="The Lund Example, 4 May 2020", footer="Page {} of 3", height=11 * cm
    ),
    "hyphens, indented": lambda: pdf_of(style=_INDENTED, hyphens=True),
}

_CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/></Types>"""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(
    paragraphs: Sequence[str] = BODY,
    *,
    headline: str = HEADLINE,
    body: str = "",
    author: str = "",
    parts: dict[str, str] | None = None,
) -> bytes:
    """Return a Word file; ``body`` is further XML, ``parts`` are further files in it."""
    styles = {"Titel": "Title", "Untertitel": "Subtitle", "Beschriftung": "caption"}
    content = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    as_title = '<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr>'
    first = f"{as_title}<w:r><w:t>{escape(headline)}</w:t></w:r></w:p>"
    names = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in styles.items()
    )
    files = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{first if headline else ""}'
        f"{content}{body}</w:body></w:document>",
        "word/styles.xml": f'<w:styles xmlns:w="{_W}">{names}</w:styles>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package'
        '/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{escape(author)}</dc:creator></cp:coreProperties>",
        **(parts or {}),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return file.getvalue()


def mail_of(
    text: str = "\n\n".join(BODY), *, html: str = "", subject: str = HEADLINE
) -> EmailMessage:
    """Return a message, to which a test adds what it is about."""
    message = EmailMessage()
    message["From"] = "Eva Holm <press@lund.example>"
    message["To"] = "news@example.org"
    message["Subject"] = subject
    message["Date"] = "Mon, 04 May 2020 10:00:00 +0200"
    if text:
        message.set_content(text)
    if html and text:
        message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    return message


def mail_bytes() -> bytes:
    """Return a message as it is saved."""
    return mail_of().as_bytes()
