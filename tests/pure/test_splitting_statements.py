from datetime import date

import pytest

from claims.splitting.splitter import split_article


def _texts(text, **known):
    return [claim.text for claim in split_article(text, **known).claims]


def test_verbs_with_one_subject_become_two_statements():
    assert _texts("The agency reviewed 60,000 complaints and returned 750 million dollars.") == [
        "The agency reviewed 60,000 complaints.",
        "The agency returned 750 million dollars.",
    ]


def test_a_shared_auxiliary_is_repeated():
    assert _texts("The agency has written 60,000 letters and taken 40 families to court.") == [
        "The agency has written 60,000 letters.",
        "The agency has taken 40 families to court.",
    ]


def test_clauses_with_their_own_subjects_become_two_statements():
    assert _texts("Exports rose by 4 percent, but factory jobs fell by 9 percent in 2019.") == [
        "Exports rose by 4 percent.",
        "Factory jobs fell by 9 percent in 2019.",
    ]


def test_a_relative_clause_behind_a_comma_is_a_fact_of_its_own():
    assert _texts("Anna Berg, who was elected in 2016, closed 14 schools last May.") == [
        "Anna Berg closed 14 schools last May.",
        "Anna Berg was elected in 2016.",
    ]


def test_a_relative_clause_that_says_which_one_stays():
    text = "The bridge that collapsed in 2018 had been inspected by two firms."

    assert _texts(text) == [text]


def test_a_condition_stays_with_what_it_conditions():
    text = "Schools lose their funds if they report fewer than 40 pupils."

    assert _texts(text) == [text]


def test_a_denied_choice_is_not_torn_apart():
    text = "The agency did not review the complaints or return the money in 2019."

    assert _texts(text) == [text]


def test_three_things_listed_are_three_statements():
    assert _texts(
        "The treaty includes tighter rules for cars, new protections for patents and "
        "a ban on currency deals."
    ) == [
        "The treaty includes tighter rules for cars.",
        "The treaty includes new protections for patents.",
        "The treaty includes a ban on currency deals.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The council raised the fee to 12 euros, and that is unlikely to change before 2030.",
        "Some experts believe Anna Berg does not want a war, but rather wants to show strength.",
    ],
)
def test_a_clause_that_means_nothing_alone_is_not_cut_off(text):
    for wording in _texts(text):
        assert not wording.startswith(("That is", "Some experts wants"))


def test_the_frame_of_an_assertion_is_left_out_of_the_wording():
    assert _texts("However, Anna Berg said on Monday that 14 schools were closed in May.") == [
        "14 schools were closed in May."
    ]


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (
            "Peter Holm won in 2016. He closed 14 schools.",
            "Peter Holm closed 14 schools.",
        ),
        (
            "Anna Berg won in 2016. Her party closed 14 schools.",
            "Anna Berg's party closed 14 schools.",
        ),
        ("Anna Berg won in 2016. Berg closed 14 schools.", "Anna Berg closed 14 schools."),
    ],
)
def test_one_possible_person_is_named(text, wording):
    assert _texts(text)[1] == wording
    assert not split_article(text, published_at=None).claims[1].needs_context


@pytest.mark.parametrize(
    "text",
    [
        "Peter Holm met Karl Nilsson in 2016. He closed 14 schools.",
        "Min Jae-ho and Min So-ra rule the island. Min left in May. She closed 14 schools.",
        "Anna Berg won in 2016. He closed 14 schools.",
        "Two ships collided in 2016. He closed 14 schools.",
        "Peter Holm won in 2016. The witness lied in May. He closed 14 schools.",
    ],
)
def test_an_unclear_pronoun_stays_and_names_the_sentence_it_leans_on(text):
    claim = split_article(text).claims[-1]

    assert claim.text in {"He closed 14 schools.", "She closed 14 schools."}
    assert claim.needs_context
    assert text.removesuffix(claim.quote).strip().endswith(claim.read_with(text))
    assert claim.read_with(text).endswith(".")


def test_a_shared_surname_is_never_completed():
    text = "Min Jae-ho rules the island. His sister Min So-ra owns 14 ships. Min left in May 2019."

    assert _texts(text)[-1] == "Min left in May 2019."


def test_a_relative_date_needs_the_day_of_publication():
    text = "The council closed 14 schools last week."

    assert split_article(text).claims[0].needs_context
    assert not split_article(text, published_at=date(2020, 6, 24)).claims[0].needs_context


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Yes, Anna Berg closed 14 schools in May.", "Anna Berg closed 14 schools in May."),
        ("(Anna Berg closed 14 schools in May.)", "Anna Berg closed 14 schools in May."),
        (
            "Anna Berg has not slept in Ohio for a while.",
            "Anna Berg has not slept in Ohio for a while.",
        ),
        ("(3) The council closed 14 schools in May.", "The council closed 14 schools in May."),
        ("So the council closed 14 schools in May.", "The council closed 14 schools in May."),
        (
            "So angry was Anna Berg in May that she closed 14 schools.",
            "So angry was Anna Berg in May that she closed 14 schools.",
        ),
    ],
)
def test_what_only_leads_on_is_no_part_of_the_wording(text, wording):
    assert _texts(text) == [wording]


def test_as_well_as_goes_with_the_second_statement():
    assert _texts("The law cut 40 posts with poor records, as well as raised the tax in Ohio.") == [
        "The law cut 40 posts with poor records.",
        "The law raised the tax in Ohio.",
    ]


def test_i_mean_is_not_told_of_the_speaker():
    text = "“I mean just think of this, 11 mills shut in a day,” Anna Berg said in Ohio in May."

    assert _texts(text) == ["Anna Berg said: I mean just think of this, 11 mills shut in a day."]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg called Tuesday’s vote in Ohio “dangerous” in 40 cities.",
        "Both parties used the 40 reports one last time before voters head to the polls Tuesday.",
    ],
)
def test_a_day_may_be_yet_to_come(text):
    (claim,) = split_article(text, published_at=date(2020, 4, 6)).claims

    assert claim.dates == ()


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (
            "The votes came the morning after the council closed 14 schools in Ohio.",
            "The votes came the morning after the council closed 14 schools in Ohio.",
        ),
        (
            "Anna Berg said last week’s launch in Ohio was a prelude to 40 others.",
            "Last week’s launch in Ohio was a prelude to 40 others.",
        ),
    ],
)
def test_neither_day_nor_auxiliary_gets_lost(text, wording):
    assert _texts(text) == [wording]


def test_what_may_follow_could_is_no_past_form():
    text = (
        "The tone of the judge’s comments could spell trouble for Anna Berg’s case against the "
        "council and put even greater pressure on Karl Holm to rein in the investigation."
    )

    assert _texts(text) == [text]


def test_a_list_has_one_and_before_its_last_thing():
    claims = split_article(
        "The pact includes tighter content rules for autos, new protections for intellectual "
        "property, prohibitions against currency manipulation and new rules on digital commerce."
    ).claims

    assert [claim.text for claim in claims] == [
        "The pact includes tighter content rules for autos.",
        "The pact includes new protections for intellectual property.",
        "The pact includes prohibitions against currency manipulation.",
        "The pact includes new rules on digital commerce.",
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "The dead included two infants, two singers and 16 students and their teachers.",
            "The dead included two infants, two singers and 16 students and their teachers.",
        ),
        (
            (
                "In May, the House will pass real spending cuts, reforms of 40 programs that are "
                "old, and a fairer, cleaner tax code."
            ),
            "In May, the House will pass a fairer, cleaner tax code.",
        ),
    ],
)
def test_each_thing_of_a_list_keeps_its_own_words(text, last):
    assert split_article(text).claims[-1].text == last


def test_a_name_is_no_day():
    claims = split_article(
        "The board and USA Today broke decades of precedent.", published_at=date(2016, 9, 29)
    ).claims

    assert [claim.dates for claim in claims] == [()]


def test_a_main_verb_that_looks_like_a_participle_states_something():
    text = "The vast majority of substantiated reports involved “nonwillful” violations."

    assert [claim.text for claim in split_article(text).claims] == [text]
