"""A wording says what is printed, or it is refused."""

import pytest

from claims.splitting.faithful import says_the_same


@pytest.mark.parametrize(
    ("quote", "wording"),
    [
        ("the harbour was built in 1902", "The harbour was built in 1902."),
        ("Rents didn’t rise", "Rents did not rise."),
        ("Anna Hart, who led the county, resigned", "Anna Hart resigned."),
        ("quotas may fall by 12%", "Quotas may fall by 12%."),
        ("the dam, built in 1902", "The dam was built in 1902."),
    ],
)
def test_the_same_words_in_the_same_order_are_taken(quote, wording):
    assert says_the_same(wording, quote)


@pytest.mark.parametrize(
    ("quote", "wording"),
    [
        ("Quotas fell by 12%", "Quotas fell by 21%."),
        ("Quotas fell by 12% in 2023", "Quotas fell by 12%."),
        ("Rents rose from 5 to 7 crowns", "Rents rose from 7 to 5 crowns."),
        ("Quotas fell", "Quotas did not fall."),
        ("Rents did not rise", "Rents did rise."),
        ("Nobody was hurt", "Somebody was hurt."),
        ("Rents may rise", "Rents rise."),
        ("Most boats left", "All boats left."),
        ("Boats left unless it rained", "Boats left, it rained."),
        ("Ann beat Ben", "Ben beat Ann."),
        ("Ann hit Ben", "Ann was hit by Ben."),
        ("Ann hit Ben", "Ann was hit."),
        ("wages outpaced prices", "Prices outpaced wages."),
        ("The mayor opened the harbour", "The corrupt mayor opened the harbour."),
        ("The mayor resigned", "The king resigned."),
        ("The mayor of Portsea opened the harbour on Monday", "The mayor."),
        ("Two boats sank", "Three boats sank."),
        ("The mayor resigned", ""),
        ("The mayor resigned", "..."),
    ],
)
def test_anything_turned_added_or_left_out_is_refused(quote, wording):
    assert not says_the_same(wording, quote)


def test_names_the_rules_have_filled_in_may_be_used():
    assert not says_the_same("Anna Hart resigned.", "she resigned")
    assert says_the_same("Anna Hart resigned.", "she resigned", known=["Anna Hart resigned."])


def test_who_says_it_need_not_be_repeated():
    quote = "the coastguard said rents rose"
    assert not says_the_same("Rents rose.", quote)
    assert says_the_same("Rents rose.", quote, aside="the coastguard said")
