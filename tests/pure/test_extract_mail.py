"""A saved message is read for what it says; what is attached is named."""

from contextlib import suppress
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.article import NothingToRead
from sources.extract import extract
from sources.mail import read_mail
from tests.documents import BODY, HEADLINE, mail_of

WORDS = "The dam near Lund opened on Monday, two months earlier than planned, the council said."


def placed(found):
    return [(block.placement, found.text[block.start : block.end]) for block in found.blocks]


def test_a_message_without_words_is_refused():
    with pytest.raises(NothingToRead, match="no sentence"):
        extract(mail_of("", subject="").as_bytes())


def test_subject_sender_and_date_are_title_byline_and_date():
    found = extract(mail_of().as_bytes())
    assert (found.title, found.byline) == (HEADLINE, "Eva Holm")
    assert found.published_at == date(2020, 5, 4)
    assert placed(found) == [("headline", HEADLINE), *(("body", text) for text in BODY)]


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_words_are_read_in_every_transfer_encoding(encoding, charset):
    message = mail_of("")
    message.set_content(
        "Der Damm über dem Fluß wurde geöffnet.\n" * 3, charset=charset, cte=encoding
    )
    assert "Der Damm über dem Fluß wurde geöffnet." in extract(message.as_bytes()).text


def test_lines_that_were_wrapped_for_sending_are_one_paragraph_again():
    wrapped = WORDS.replace("two months ", "two months\n") + "\n\n" + WORDS
    assert [text for _, text in read_mail(mail_of(wrapped).as_bytes()).paragraphs] == [WORDS, WORDS]


def test_plain_text_is_read_before_its_twin_in_html():
    message = mail_of(WORDS, html=f"<p>{WORDS} <img src=https://spy.example/x> In HTML.</p>")
    assert "In HTML" not in extract(message.as_bytes()).text


def test_a_message_in_html_alone_is_read_without_scripts():
    html = f"<style>p{{}}</style><table><tr><td>{WORDS}<br>New\n line.<script>x()</script></table>"
    assert [text for _, text in read_mail(mail_of("", html=html).as_bytes()).paragraphs] == [
        WORDS,
        "New line.",
    ]


def test_attachments_are_named_and_not_read():
    message = mail_of(WORDS)
    message.add_attachment(b"a,b", maintype="text", subtype="csv", filename="table\u202e.csv")
    message.add_attachment(b"x" * 900, maintype="image", subtype="png", filename="dam.png")
    found = extract(message.as_bytes())
    assert found.notes == ("Attachments not read: table.csv, dam.png.",)
    assert "a,b" not in found.text


def test_the_signature_is_left_out():
    assert "Press office" not in extract(mail_of(f"{WORDS}\n\n-- \nPress office").as_bytes()).text


@pytest.mark.parametrize(
    "forwarded",
    [
        (
            "---------- Forwarded message ---------\nFrom: Ada Marsh <ada@port.example>\n"
            "Date: Tue, 05 May 2020 09:00:00 +0000\nSubject: Boats left\nTo: <press@lund.example>\n"
        ),
        (
            "Begin forwarded message:\n\n> From: Ada Marsh <ada@port.example>\n"
            "> Subject: Boats left\n"
            "> Date: Tue, 05 May 2020 09:00:00 +0000\n> To: press@lund.example\n"
        ),
        (
            "-----Ursprüngliche Nachricht-----\nVon: Ada Marsh <ada@port.example>\n"
            "Gesendet: Tue, 05 May 2020 09:00:00 +0000\nAn: press@lund.example\n"
            "Betreff: WG: Boats left\n"
        ),
    ],
    ids=["gmail", "apple", "outlook in German"],
)
def test_of_a_forwarded_message_the_inner_one_counts(forwarded):
    text = f"Please look at this today.\n\n{forwarded}\n{WORDS}\n\n{WORDS[:60]}."
    found = extract(mail_of(text, subject="Fwd: Boats left").as_bytes())
    assert (found.title, found.byline) == ("Boats left", "Ada Marsh")
    assert found.published_at == date(2020, 5, 5)
    assert "Please look" not in found.text
    assert found.text.startswith(f"Boats left\n\n{WORDS}")


def test_a_message_forwarded_as_an_attachment_counts():
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "x@example.org", "Fwd: look"
    outer.set_content("See the attached message.")
    outer.add_attachment(mail_of(WORDS))
    found = extract(outer.as_bytes())
    assert (found.title, found.byline) == (HEADLINE, "Eva Holm")
    assert "See the attached" not in found.text


@pytest.mark.parametrize(
    "header",
    [
        "Date: yesterday",
        "Date: Mon, 99 May 2020 10:00:00",
        "Content-Type: text/plain; charset=nonsense",
        "Content-Transfer-Encoding: nonsense",
        "From: =?utf-8?b?//8=?= <<>>",
        "Subject: =?x?q?=ff?=\n Dam",
    ],
)
def test_headers_that_make_no_sense_spoil_nothing(header):
    body = f"From: a@b.example\nSubject: Dam\n{header}\n\n{WORDS}\n".encode()
    assert WORDS in extract(body).text


@given(st.binary(max_size=300), st.text(max_size=80))
@settings(max_examples=80, deadline=None)
def test_any_message_ends_in_words_or_in_a_refusal(body, header):
    with suppress(NothingToRead):
        read_mail(b"Subject: Dam\nFrom: " + header.encode("utf-8", "replace") + b"\n" + body)
