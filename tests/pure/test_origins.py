"""From whom several passages have what they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.origins import Standing, origins, teller
from sources.wires import wire_credit

LOG = "The port log of Monday counts thirty boats that left the harbour of Portsea before noon."


def names(*standings):
    return [origin.name for origin in origins(standings)]


def reasons(*standings):
    return [origin.why for origin in origins(standings)]


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("SEOUL, South Korea (AP) — North Korea said on Tuesday it would.", "Associated Press"),
        ("Headline\n\nPARIS (AFP) - The minister resigned.", "Agence France-Presse"),
        ("LONDON (Reuters) – Shares fell.", "Reuters"),
        ("Headline\nBy The Associated Press\nThe storm passed.", "Associated Press"),
        ("The storm passed.\n\n© 2020 The Associated Press. All rights reserved.",
         "Associated Press"),
        ("It closed.\n\n(Reporting by Ann Lee in Seoul; Editing by Bob Ray)", "Reuters"),
        ("The Associated Press contributed to this report.", ""),
        ("He told Reuters that the plan (AP style) was off.", ""),
        ("The bank (dpa) was closed.", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_an_agency_is_credited_only_by_a_credit_line(text, agency):
    assert wire_credit(text) == agency


def test_a_credit_in_the_middle_of_a_long_text_is_none():
    filler = "Boats left the harbour. " * 60
    assert wire_credit(f"{filler}\nBy Reuters\n{filler}") == ""


def test_reprints_of_an_agency_are_one_origin_with_it():
    found = [
        Standing("Port Times", "Forty boats left.", credit="Reuters"),
        Standing("Sea News", "The harbour is closed.", credit="Reuters"),
        Standing("Reuters", "Nobody was hurt."),
    ]
    assert names(*found) == ["Reuters"] * 3
    assert reasons(*found) == ["credits Reuters", "credits Reuters", ""]


def test_the_agencys_short_name_is_the_agency():
    assert names(Standing("AP", "One."), Standing("Times", "Two.", credit="Associated Press")) == [
        "Associated Press",
        "Associated Press",
    ]


def test_the_same_words_are_one_origin_and_words_about_the_same_are_two():
    copy = Standing("Copy Daily", f"{LOG} More follows.")
    own = Standing("Port Times", "Thirty boats had left Portsea by noon on Monday, says its log.")
    assert names(Standing("Authority", LOG), copy, own) == ["Authority", "Authority", "Port Times"]
    assert reasons(Standing("Authority", LOG), copy)[1] == "prints the same words as Authority"


def test_two_outlets_that_quote_one_speaker_are_one_origin():
    told = [
        "Forty boats left, the coastguard said.",
        "According to the coastguard, boats left.",
        "The mayor's office said that boats left.",
    ]
    found = [Standing(f"Outlet {n}", text, deciding=text) for n, text in enumerate(told)]
    assert names(*found) == ["Outlet 0", "Outlet 0", "Outlet 2"]
    assert reasons(*found)[1] == "rests on what coastguard said"


def test_a_speakers_own_page_and_who_quotes_it_are_one_origin():
    quoting = Standing("Times", "x", deciding="Forty boats left, said the Port Authority.")
    page = Standing("Port Authority", "We counted forty.")
    assert len(set(names(quoting, page))) == len(set(names(page, quoting))) == 1


def test_origins_that_meet_in_a_third_passage_become_one():
    first, second = Standing("A", LOG), Standing("B", "Rye.", credit="Reuters")
    both = Standing("C", LOG, credit="Reuters")
    assert len(set(names(first, second, both))) == 1


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“It fell,” Obama said.", "Obama"),
        ("The White House has said that he learned of it.", "White House"),
        ("A spokeswoman for the Ministry of Trade said it rose.", "Ministry of Trade"),
        ("He said that it rose.", ""),
        ("It rose by four per cent.", ""),
        ("I put it to him, said Ann Lee.", "Ann Lee"),
    ],
)
def test_who_tells_a_sentence(sentence, speaker):
    assert teller(sentence) == speaker


PARTS = st.text(max_size=20) | st.sampled_from([LOG, "Forty left, the army said.", "AP"])


@given(
    st.lists(st.builds(Standing, PARTS, PARTS, st.sampled_from(["", "Reuters"]), PARTS), max_size=5)
)
def test_each_passage_has_one_origin_whatever_it_says(standings):
    found = origins(standings)
    assert len(found) == len(standings)
    assert len({origin.name for origin in found}) <= max(1, len(standings))
