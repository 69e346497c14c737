"""On which day something was said, and whether a person or a body said it."""

from datetime import date

import pytest

from claims.splitting.splitter import split_article

FRIDAY = date(2026, 11, 20)


def claims_in(text, published_at=FRIDAY):
    return split_article(f"{text} The harbour is old.", published_at=published_at).claims


def said(text):
    """The days before the article on which somebody said what the text says first and last."""
    days = [claim.days_before for claim in claims_in(text) if claim.attribution]
    return days[0], days[-1]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mayor Ann Lee said on Monday that visits had fallen by a third.", 4),
        ("Mayor Ann Lee said on Friday that visits had fallen by a third.", 0),
        ("Mayor Ann Lee said that visits had fallen by a third.", 0),
        ("Speaking on Thursday, Ann Lee said visits had fallen by a third.", 1),
        ('"Visits fell by a third in 2024," Ann Lee told a meeting on Wednesday night.', 2),
        ("Ann Lee said yesterday that visits had fallen by a third.", 1),
        ("Ann Lee said last week that visits had fallen by a third.", None),
        ("Ann Lee, 45, said that visits had fallen by a third.", 0),
        ("Ann Lee, who took office on Monday, said that visits had fallen by a third.", 0),
        ("Ann Lee said that visits had fallen by a third on Monday.", 0),
    ],
)
def test_the_words_of_saying_tell_the_day(text, days):
    assert said(text)[0] == days


def test_who_spoke_on_one_day_said_everything_then():
    text = "Ann Lee said on Monday that visits had fallen.\n\nThe budget was cut by 8%, Lee said."
    assert said(text) == (4, 4)


def test_of_who_spoke_on_several_days_nobody_knows_when_the_rest_was_said():
    text = (
        "Ann Lee said on Monday that visits had fallen.\n\n"
        "Ann Lee said on Tuesday that the roof leaked.\n\nThe budget was cut by 8%, Lee said."
    )
    assert said(text) == (4, None)


def test_an_article_without_a_date_tells_no_day():
    text = "Mayor Ann Lee said on Monday that visits had fallen by a third."
    assert claims_in(text, None)[0].days_before == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mayor Orsolya Penhallow said that visits had fallen by a third.", "person"),
        ("Councillor Bram Tolliver said that visits had fallen by a third.", "person"),
        ('"We lost 4,000 members," head librarian Ines Quill told a meeting.', "person"),
        ("The Town Council said that 14 people would lose their jobs.", "body"),
        ("The Ministry of Defence said that 14 people had lost their jobs.", "body"),
        ("The charity Shelter said that 14 people had lost their jobs.", "body"),
        ("Rents rose by 4%, according to the Office for National Statistics.", "body"),
        ("Officials said that 14 people had lost their jobs.", "unknown"),
        ("Ann Muro and Bo Whiton said that 14 people had lost their jobs.", "unknown"),
    ],
)
def test_the_name_and_what_is_told_of_it_tell_who_is_a_person(text, kind):
    assert next(c.attribution.kind for c in claims_in(text) if c.attribution) == kind
