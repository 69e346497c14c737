"""A Word file is read as it is printed, or refused in one line."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import docx
from sources.article import NothingToRead
from sources.docx import read_docx
from sources.extract import extract
from tests.documents import BODY, HEADLINE, docx_of

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def refusal(body):
    with pytest.raises(NothingToRead) as refused:
        extract(body)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def words(body):
    return [text for _, text in read_docx(docx_of([], headline="", body=body)).paragraphs]


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def test_a_broken_archive_and_a_broken_document_are_called_broken():
    assert "broken" in refusal(docx_of()[:-400])
    assert "broken" in refusal(docx_of(parts={"word/document.xml": "<w:document><w:body>"}))


def test_a_document_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(docx, "MAX_UNPACKED", 100_000)
    bomb = docx_of(body=f"<w:p><w:r><w:t>{'a' * 200_000}</w:t></w:r></w:p>")
    assert len(bomb) < 10_000
    assert "unpacks to far more" in refusal(bomb)


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY words SYSTEM "file:///etc/passwd">',
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY words "&b;&b;&b;&b;">',
    ],
    ids=["file", "bomb"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(declared, encoding):
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d [{declared}]>'
        f"<w:document {_W}><w:body><w:p>{run('&words;')}</w:p></w:body></w:document>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", xml.encode(encoding))
    assert "entities" in refusal(file.getvalue())


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("xl/workbook.xml", "A spreadsheet"),
        ("ppt/presentation.xml", "A presentation"),
        ("content.xml", "An OpenDocument file"),
        ("notes.txt", "An archive"),
    ],
)
def test_other_files_in_a_zip_are_named(inside, name):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(inside, "x")
    assert refusal(file.getvalue()).startswith(name)


def test_a_document_without_words_is_refused():
    assert "no sentence" in refusal(docx_of([], headline=""))


def test_headline_and_paragraphs_come_out_letter_for_letter():
    found = extract(docx_of(author="Anna Hart"))
    assert (found.title, found.byline) == (HEADLINE, "Anna Hart")
    assert found.text == "\n\n".join([HEADLINE, *BODY])
    assert [block.placement for block in found.blocks] == ["headline", *["body"] * len(BODY)]


def test_without_a_style_for_it_a_short_first_line_is_the_headline():
    def first(text, *more):
        body = "".join(f"<w:p>{run(line)}</w:p>" for line in (text, *more))
        return read_docx(docx_of([], headline="", body=body))

    found = first("The dam cost twice as much", "It opened in May.")
    assert found.title == "The dam cost twice as much"
    assert [placement for placement, _ in found.paragraphs] == ["headline", "body"]
    assert first("The dam opened in May.", "It cost 4.2 million.").title == ""
    assert first("The dam cost twice as much").title == ""
    caption = f'<w:p><w:pPr><w:pStyle w:val="Beschriftung"/></w:pPr>{run("The dam in May")}</w:p>'
    captioned = docx_of([], headline="", body=f"{caption}<w:p>{run('It cost 4.2 million.')}</w:p>")
    assert read_docx(captioned).title == ""


def test_standfirst_and_captions_are_known_by_their_styles_in_any_language():
    styled = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}</w:p>'
        for style, text in (("Untertitel", "What it cost."), ("Beschriftung", "The dam in May."))
    )
    found = read_docx(docx_of([], body=styled))
    assert found.standfirst == "What it cost."
    assert found.paragraphs == [
        ("headline", HEADLINE),
        ("standfirst", "What it cost."),
        ("caption", "The dam in May."),
    ]


def test_deleted_and_hidden_words_are_left_out_and_inserted_ones_are_there():
    assert words(
        f"<w:p>{run('The dam ')}<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        f"<w:ins>{run('finally ')}</w:ins>{run('secretly ', '<w:vanish/>')}"
        f"{run('really ', '<w:vanish w:val=&quot;0&quot;/>'.replace('&quot;', chr(34)))}"
        f"<w:hyperlink>{run('opened')}</w:hyperlink>{run('.')}</w:p>"
    ) == ["The dam finally really opened."]


def test_a_table_gives_a_line_a_row_and_a_line_break_ends_a_line():
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    row = "<w:tr>" + cell.format(run("Cost")) + cell.format(run("4.2 million")) + "</w:tr>"
    assert words(f"<w:tbl>{row}</w:tbl>") == ["Cost | 4.2 million"]
    assert words(f"<w:p>{run('One')}<w:r><w:br/></w:r>{run('Two')}</w:p>") == ["One", "Two"]


def test_words_in_a_box_are_read_once():
    box = f"<w:txbxContent><w:p>{run('In a box.')}</w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    drawn = (
        f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    )
    assert words(f"<w:p>{run('Around.')}<w:r>{drawn}</mc:AlternateContent></w:r></w:p>") == [
        "Around.",
        "In a box.",
    ]


def test_footnotes_come_last():
    note = f"<w:footnote><w:p>{run('Minutes of May.')}</w:p></w:footnote>"
    notes = f"<w:footnotes {_W}>{note}</w:footnotes>"
    found = read_docx(docx_of(parts={"word/footnotes.xml": notes}))
    assert found.paragraphs[-1] == ("body", "Minutes of May.")


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_xml_inside_ends_in_words_or_in_one_line(content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", content)
    with suppress(NothingToRead):
        read_docx(file.getvalue())
