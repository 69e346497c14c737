"""A PDF is read as people read it, or refused in one line."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption

from sources import limited, pdf
from sources.article import NothingToRead
from sources.extract import extract, extract_safely
from sources.layout import Line, paragraphs_of
from sources.pdf import read_pdf
from tests.documents import BODY, HEADLINE, LAYOUTS, pdf_drawn, pdf_of, pdf_with_notes


def refusal(body):
    with pytest.raises(NothingToRead) as refused:
        read_pdf(body)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def words_at(*lines, font="Times-Roman", size=11):
    def draw(canvas):
        canvas.setFont(font, size)
        for x, y, text in lines:
            canvas.drawString(x, y, text)

    return pdf_drawn(draw)


def texts(body):
    return [text for _, text in read_pdf(body).paragraphs]


@pytest.mark.parametrize("body", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 40])
def test_what_only_begins_like_a_pdf_is_called_broken(body):
    assert "broken" in refusal(body)


def test_a_locked_pdf_is_called_locked():
    locked = pdf_drawn(
        lambda canvas: canvas.drawString(72, 700, "The dam opened in May."),
        encrypt=StandardEncryption("secret", ownerPassword="other"),
    )
    assert "locked with a password" in refusal(locked)


def test_a_pdf_that_may_not_be_printed_but_needs_no_password_is_read():
    guarded = pdf_drawn(
        lambda canvas: canvas.drawString(72, 700, "The dam opened in May."),
        encrypt=StandardEncryption("", ownerPassword="other", canPrint=0, canCopy=0),
    )
    assert texts(guarded) == ["The dam opened in May."]


def test_a_scan_is_called_a_scan():
    assert "pictures of text" in refusal(pdf_drawn(lambda canvas: canvas.rect(72, 72, 300, 500)))


def test_a_page_that_may_be_a_picture_is_named():
    def draw(canvas):
        canvas.drawString(72, 700, "The dam near Lund opened in May.")
        canvas.showPage()

    assert read_pdf(pdf_drawn(draw)).notes == ("Pages without text, perhaps pictures of it: 2.",)


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    assert "more than 1 pages" in refusal(pdf_of(height=320))


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(limited, "SECONDS", 1)
    began = time.monotonic()
    with pytest.raises(NothingToRead, match="limits of memory and time"):
        extract_safely(pdf_of([text for _ in range(400) for text in BODY]))
    assert time.monotonic() - began < 8


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_paragraph_comes_out_letter_for_letter_in_every_layout(layout):
    found = read_pdf(LAYOUTS[layout]())
    assert found.paragraphs == [("headline", HEADLINE), *(("body", text) for text in BODY)]


def test_a_centred_headline_of_two_lines_is_one():
    def draw(canvas):
        canvas.setFont("Helvetica-Bold", 22)
        canvas.drawCentredString(300, 740, "The dam near Lund opened in May")
        canvas.drawCentredString(300, 712, "after ten years of work")
        canvas.setFont("Helvetica", 11)
        for line in range(8):
            canvas.drawString(
                72, 660 - 14 * line, f"It cost {line + 2} million euros in that year."
            )

    found = read_pdf(pdf_drawn(draw))
    assert found.title == "The dam near Lund opened in May after ten years of work"
    assert [place for place, _ in found.paragraphs].count("headline") == 1


def test_who_wrote_it_is_read_from_a_line_that_says_so_or_from_what_the_file_states():
    assert read_pdf(pdf_of(["By Anna Hart", *BODY])).byline == "Anna Hart"
    assert read_pdf(pdf_of(author="Anna Hart")).byline == "Anna Hart"
    assert read_pdf(pdf_of(author="user17")).byline == ""


def test_a_note_comes_last_and_its_mark_in_the_text_is_gone_but_units_stay():
    assert texts(pdf_with_notes()) == [
        (
            "The dam near Lund opened on Monday, said the council. It holds 900 million m³ of "
            "water from the river."
        ),
        "1 Minutes of the council, 4 May.",
    ]


def test_a_hyphen_stays_where_the_word_has_one():
    assert texts(
        words_at(
            (72, 700, "The state-owned dam opened in May. Critics say that the state-"),
            (72, 686, "owned builder and those who wrote about COVID-"),
            (72, 672, "19 were never asked, although the munici-"),
            (72, 658, "pality had promised it."),
        )
    ) == [
        (
            "The state-owned dam opened in May. Critics say that the state-owned builder and "
            "those who wrote about COVID-19 were never asked, although the municipality had "
            "promised it."
        )
    ]


def test_a_bullet_belongs_to_its_words_and_the_next_paragraph_does_not():
    assert texts(
        words_at(
            (72, 700, "The council decided three things:"),
            (80, 686, "•"),
            (95, 686, "that the dam opens in May, two months earlier"),
            (95, 672, "than planned;"),
            (80, 658, "•"),
            (95, 658, "that it costs nothing."),
            (72, 644, "Nobody voted against it."),
        )
    ) == [
        "The council decided three things:",
        "• that the dam opens in May, two months earlier than planned;",
        "• that it costs nothing.",
        "Nobody voted against it.",
    ]


def test_a_page_that_lies_on_its_side_is_read_from_its_readers_side():
    def draw(canvas):
        canvas.rotate(90)
        canvas.drawString(100, -200, "The dam near Lund opened on Monday, said")
        canvas.drawString(100, -214, "the council of the town in May.")

    assert texts(pdf_drawn(draw)) == [
        "The dam near Lund opened on Monday, said the council of the town in May."
    ]


def test_letters_too_small_to_read_and_letters_off_the_page_are_left_out():
    def draw(canvas):
        canvas.drawString(72, 700, "The dam near Lund opened on Monday, said the council.")
        canvas.drawString(72, 1700, "This stands above the page, where nobody looks.")
        canvas.setFont("Times-Roman", 0.5)
        canvas.drawString(72, 680, "This is smaller than dust and meant for machines.")

    assert texts(pdf_drawn(draw)) == ["The dam near Lund opened on Monday, said the council."]


def test_columns_drawn_line_by_line_across_the_page_are_read_one_after_the_other():
    left = [
        "The dam near Lund opened on",
        "Monday, two months earlier than",
        "planned, the council said.",
    ]
    right = [
        "It cost 4.2 million crowns, which",
        "is a third of what another dam up",
        "the river would have cost.",
    ]
    across = [
        line
        for n, (one, other) in enumerate(zip(left, right, strict=True))
        for line in ((72, 700 - 14 * n, one), (300, 700 - 14 * n, other))
    ]
    assert texts(words_at(*across)) == [" ".join(left), " ".join(right)]


def test_a_heading_over_both_columns_parts_what_stands_above_from_what_stands_below():
    def column(x, y, name):
        return [Line(f"{name} {n}.", x, x + 200, y - 12 * n, 10.0) for n in range(3)]

    page = [
        *column(50, 700, "upper left"),
        *column(300, 700, "upper right"),
        Line("Heading over everything here", 50, 500, 640, 14.0),
        *column(50, 610, "lower left"),
        *column(300, 610, "lower right"),
    ]
    found = " ".join(text for text, _ in paragraphs_of([page]))
    order = re.findall("upper left|upper right|Heading|lower left|lower right", found)
    assert list(dict.fromkeys(order)) == [
        "upper left",
        "upper right",
        "Heading",
        "lower left",
        "lower right",
    ]


def test_what_stands_twice_on_one_page_is_no_running_head():
    page = [Line("Refrain", 0, 301, y, 6) for y in (411, 408)]
    assert " ".join(text for text, _ in paragraphs_of([page])).count("Refrain") == 2


@given(
    st.lists(
        st.builds(
            Line,
            st.text("qrs. -", min_size=1).filter(str.strip),
            st.floats(0, 300),
            st.floats(301, 600),
            st.floats(0, 800),
            st.sampled_from([6.0, 10.0, 18.0]),
        ),
        max_size=25,
    )
)
@settings(max_examples=60, deadline=None)
def test_however_lines_lie_about_each_word_is_read_once(page):
    found = "".join(text for text, _ in paragraphs_of([page]))
    printed = [line.text for line in page]
    # None of these letters can stand in a page number; hyphens at line ends may go.
    assert len(re.findall("[qrs]", found)) == len(re.findall("[qrs]", "".join(printed)))


def test_the_process_with_limits_reads_a_pdf_like_this_one():
    assert extract_safely(pdf_of()) == extract(pdf_of())
