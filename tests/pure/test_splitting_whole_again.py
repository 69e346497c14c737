"""What is no statement, what is not cut, and which state "the state" is."""

from datetime import date

import pytest

from claims.splitting.splitter import split_article

FIRST = "The council of Tarn voted on 40 new bridges in May 2016."


def _desk(text: str) -> list[str]:
    return [claim.text for claim in split_article(text, title="").claims if claim.desk]


@pytest.mark.parametrize(
    "sentence",
    [
        "Here are some of the 40 most remarkable bridges of the council.",
        "Here's a rundown of what 40 companies say they will do in 2019.",
        "As is the Herald headline of 2016, which was changed later.",
        "And what a gateway for Lee's attempt to tell them that 40 bridges fell in 2016.",
        "How low has President Obama gone to tap 40 phones in 2016.",
        "Thanks to Michael Holm for finding 40 bridges in Ohio: “Bridges are Doomed.”",
    ],
)
def test_what_points_or_exclaims_states_nothing(sentence):
    assert _desk(f"{FIRST} {sentence}") == [FIRST]


@pytest.mark.parametrize(
    "sentence",
    [
        "Thanks to the law, 20 million people in Ohio were insured in 2016.",
        "As is the case with 40 of all homes, drugs hurt his family in 2016.",
        "May has now scheduled a vote on 40 laws the week of January 14.",
        "How many of the 40 bridges fell is known to the council.",
    ],
)
def test_what_only_looks_like_that_does(sentence):
    assert len(_desk(f"{FIRST} {sentence}")) == 2


def test_a_wish_is_only_said():
    text = "“May the Son of God protect all 40 million who leave,” Pope Francis said in Rome."

    assert _desk(text) == ["Francis said: May the Son of God protect all 40 million who leave."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Washington seems as cold today as it was the day Lee took office in 2009.",
        "The risks included an attack by 40 soldiers while the council closed the bridge.",
        "Ohio and Iowa in each year choose 40 electors.",
        (
            "In the aftermath of a scandal in 2012, in the midst of 40 trials, before a single "
            "word is heard and while the office keeps 40 papers, the president has spoken."
        ),
    ],
)
def test_what_says_nothing_alone_is_not_cut_off(sentence):
    assert _desk(sentence) == [sentence]


def test_a_second_verb_has_only_its_own_auxiliary():
    text = (
        "Ann Lee, who had been working at a firm in Chicago and joined the campaign in 2016, lost "
        "40 votes."
    )

    assert "Ann Lee joined the campaign in 2016." in _desk(text)


@pytest.mark.parametrize(
    ("before", "sentence", "expected"),
    [
        ("Voters in West Virginia liked Lee.", "The state has two seats.",
         "The state [West Virginia] has two seats."),
        ("Ohio passed 40 bills in May.", "This state has two seats.",
         "This state [Ohio] has two seats."),
        ("Ohio and Texas passed 40 bills.", "The state has two seats.",
         "The state has two seats."),
        ("Ohio passed 40 bills in May.", "The state of Tarn has two seats.",
         "The state of Tarn has two seats."),
        ("Ohio passed 40 bills in May.", "Lee saw the state Department of Health.",
         "Lee saw the state Department of Health."),
        ("Georgia passed 40 bills in May.", "The state has two seats.",
         "The state has two seats."),
    ],
)  # fmt: skip
def test_the_one_state_named_is_told_in_brackets(before, sentence, expected):
    claim = split_article(f"{before} {sentence}", title="").claims[-1]

    assert claim.text == expected
    assert claim.needs_context == (expected == "The state has two seats.")


def test_a_state_that_only_says_where_somebody_is_from_is_not_meant():
    text = "Even though Ohio Gov. John Kasich lost 40 votes in the state, he won the primary."

    assert _desk(text) == [text]


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        (
            "Even Sen. Orrin Hatch, who filed 40 briefs in May, was not there in 2016.",
            "Sen. Orrin Hatch filed 40 briefs in May.",
        ),
        (
            (
                "We have a machine, which takes 40 tons of oil from the sea, and then moves it "
                "underground."
            ),
            (
                "We have a machine, which takes 40 tons of oil from the sea, and then moves it "
                "underground."
            ),
        ),
    ],
)
def test_an_aside_takes_along_only_what_is_its_own(text, wording):
    assert wording in _desk(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Many of us today are alone in 40 cities.",
        "Climate change today is opening 40 sea lanes.",
    ],
)
def test_today_may_be_these_days(sentence):
    claim = split_article(sentence, published_at=date(2019, 8, 22)).claims[0]

    assert not claim.dates


@pytest.mark.parametrize(
    "before",
    [
        "Georgia Gov. Brian Kemp signed 40 bills. He had visited Florida in May.",
        "China bought 40 farms in Iowa.",
        "Lee moved to New York from Ohio in 2003.",
    ],
)
def test_with_another_place_near_the_state_is_left_open(before):
    claim = split_article(f"{before} The state paid 40 million euros.").claims[-1]

    assert claim.text == "The state paid 40 million euros."


def test_a_participle_between_commas_is_not_the_main_verb():
    assert _desk(
        "Netanyahu, again putting himself into direct conflict with Washington, had said on "
        'Friday that a "very bad deal" of 40 pages was shaping up.'
    ) == ['A "very bad deal" of 40 pages was shaping up.']


def test_so_stays_before_a_verb_that_needs_it():
    *_, claim = split_article(f"{FIRST} So, for that matter, is Hillary Clinton.").claims
    assert claim.text == "So, for that matter, is Hillary Clinton."


def test_a_relative_clause_stays_before_an_apposition_of_the_same_name():
    sentence = (
        "It reaffirms that the president had ample legitimate grounds to dismiss Director Comey, "
        "who is shown to be insubordinate and deceptive, a self-absorbed law unto himself."
    )
    assert _desk(sentence) == [sentence]


def test_behind_a_quotation_the_article_goes_on():
    *_, claim = split_article(
        "Alexander Hamilton once said, “No citizen shall refrain from turkey,” and every year, "
        "the president marks that tradition by pardoning a turkey."
    ).claims
    assert claim.claimant == ""
    assert claim.text.startswith("Every year, the president marks")


@pytest.mark.parametrize(
    "sentence",
    ["Where Jobs Were Added.", "Where 40 jobs were added in May."],
)
def test_where_something_was_done_is_a_heading(sentence):
    assert _desk(f"{FIRST} {sentence}") == [FIRST]


def test_the_end_of_a_quotation_without_a_verb_only_tells_who_speaks():
    said = (
        "“Testing something new. It costs 40 million. More control over your tweets,” Dorsey said."
    )
    splitting = split_article(f"{FIRST}\n\nJack Dorsey spoke in May.\n\n{said}")
    assert [(c.text, c.claimant) for c in splitting.claims][2:] == [
        ("Jack Dorsey said: It costs 40 million.", "Jack Dorsey")
    ]
    assert [d.why for d in splitting.dropped] == ["no statement", "no statement"]


def test_a_headline_with_a_quotation_names_nobody():
    headline = "Decrying 'Dumb, Arbitrary Cuts,' Obama Says 'We Will Get Through 40 Days'"
    *_, claim = split_article(f"{FIRST}\n\n{headline}\n\n{FIRST}").claims
    assert claim.claimant == ""


def test_who_points_to_figures_is_not_spoken_for_by_them():
    (claim,) = split_article(
        "President Trump pointed to alarming statistics showing 80% of the world's population "
        "lives in countries where liberty is threatened."
    ).claims
    assert claim.claimant == ""


def test_a_body_speaks_in_the_figures_with_which_it_comes_out():
    (claim,) = split_article(
        "Now, the Congressional Budget Office is out with new numbers showing an additional two "
        "million people will opt to pay the fine."
    ).claims
    assert claim.claimant.endswith("Congressional Budget Office")


def test_marks_around_how_it_is_said_are_not_the_quotation():
    *_, claim = split_article(
        "At the White House, officials asserted “with high confidence” that the government of "
        "Bashar al-Assad was responsible."
    ).claims
    assert claim.text == "The government of Bashar al-Assad was responsible."


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "The comment underscored the risk Obama took in deciding to seek approval from "
            "Congress, a step King argues he didn't need to take."
        ),
        (
            "Regents blocked President Trump's repeal of the 2012 Deferred Action for Childhood "
            "Arrivals (DACA) program, which halted the deportation of aliens brought to the U.S. "
            "illegally as children, and a parallel 2014 program that suspended the removal of "
            "their parents (DAPA)."
        ),
    ],
)
def test_a_clause_that_something_else_goes_on_behind_stays(sentence):
    assert _desk(sentence) == [sentence]


def test_we_outside_marks_is_the_writer_and_not_whoever_is_told_of():
    *_, claim = split_article(
        f"{FIRST} The Trump team says that it won't announce 40 positions before May, so for now, "
        "we'll have to wait and see."
    ).claims
    assert claim.text.endswith("announce 40 positions before May.")


def test_whose_office_speaks_does_not_speak():
    *_, claim = split_article(
        f"{FIRST} For South Carolina Gov. Nikki Haley: “The governor has not been asked to speak "
        "in 2016.”"
    ).claims
    assert claim.claimant == "unnamed"


def test_a_title_in_marks_is_the_whole_source():
    *_, claim = split_article(
        f"{FIRST} The businessman had been slated to speak on 40 days, according to “Double Down,” "
        "the post-2012 campaign chronicle."
    ).claims
    assert (claim.claimant, claim.text) == (
        "Double Down",
        "The businessman had been slated to speak on 40 days.",
    )


def test_a_day_in_a_quotation_may_be_another_than_the_articles():
    *_, claim = split_article(
        f"{FIRST}\n\n“No Americans were harmed in last night's attack,” Trump declared at the "
        "White House in May.",
        published_at=date(2020, 1, 24),
    ).claims
    assert (claim.dates, claim.needs_context) == ((), True)


def test_who_opens_the_text_is_not_its_author():
    assert split_article("President Obama is in Israel with 40 aides. He left.").claims[0].text


def test_an_excerpt_is_said_by_the_paper_it_is_from():
    excerpt = "From The Telegraph: “The gas killed 49 people. It hit 40 homes, the mayor said.”"
    splitting = split_article(f"{FIRST}\n\n{excerpt}\n\n{FIRST[:-5]}2019.")
    assert [claim.claimant for claim in splitting.claims] == ["", "Telegraph", "mayor", ""]
