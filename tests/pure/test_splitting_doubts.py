"""What could be cut, or understood, in two ways is left as it is printed."""

import pytest

from claims.splitting.splitter import split_article


def _claims(text, **known):
    return [claim for claim in split_article(text, **known).claims if claim.desk]


def _texts(text, **known):
    return [claim.text for claim in _claims(text, **known)]


@pytest.mark.parametrize(
    "text",
    [
        # The nearer subject may be the one of whom the second verb tells.
        "Anna Berg described the attack that destroyed 40 files and shut down offices in Ohio.",
        "Reporters asked why the council closed 14 schools in May and sold the land in June.",
        # A past form may be a participle that shares the first verb's auxiliary.
        "The mayor was elected in Ohio in 2016 and moved to the capital in 2019.",
        # "called" cannot hang on "Ukraine".
        "Trump ended the talks in eastern Ukraine, called for a vote in May, and left on Sunday.",
        # A condition in front holds for both.
        "If the outbreak lasts until May, exports fell by 9 percent and shops lost 40 jobs in all.",
        # The day after something is only a day.
        "The mayor made the claim the day after the Herald sold its building in Ohio in May.",
        # Somebody else's saying in brackets, or behind "as", is no fact beside the main one.
        "A top aide explained the rule in May (after the council passed it), and left Ohio.",
        # Told with a participle: nobody knows when.
        "Four officers were fired in May -- with prosecutor Karl Holm considering charges.",
        # A question is the subject of what follows it.
        "How far Berg will go between now and the May election depends on 40 votes in Ohio.",
        # A list is read wrongly when the last thing hangs on the one before.
        "Anna Berg blames the treaty for a loss in May, for a fine of 40 euros and for the strike.",
        # More is announced.
        "Anna Berg has not only been elected in Ohio in 2016, but she appears to be a nurse.",
        # A bare participle behind a dash tells of what stands before it.
        "The two mayors are expected to stop the sale of 40 dams -- made clear by Ann Lee in May.",
        # Who came when she led it?
        "Ann Lee came to Ohio after the club won its 11th game in May, when she led 40 singers.",
        # What somebody was accused of follows the aside.
        "The mayor accused Ohio, where 14 clerks are meeting in May, as being bought by 40 banks.",
        # A clause is the subject.
        "That she was hosting 40 clerks in Ohio didn’t suffice as an explanation in May.",
        # Which of the two places?
        "Ann Lee was in Tarn, some 120 miles northwest of Beijing, where 40 games will be held.",
        # "Did" tells nothing without the main clause.
        "When Ann Lee sent 40 budgets to Ohio, she gave up her pledge, as she did in May.",
        # Words between marks are printed so.
        "This plot dubbed, “dump Lee,” is the latest in a series of 40 efforts within the council.",
        # Print joins the two by nothing.
        "Both ships were among ten boats the United States proposed that the city should list.",
        # The parser took the clause that "when" opens for the main one.
        "When Mayor Ann Lee channelled her inner Bo Holm and declared, “I am no thief,” she lost.",
        # A friend's wish is no statement, and what stands before it is not said.
        "At one stop, a hall with a statue of Ann Lee (she died in 1994), a clerk asked me to go.",
        # Not so.
        "Nor did Ann Lee suggest in May, as Bo Holm often did, that 40 dams are likely to leak.",
        # Who forecasts?
        "Bo Holm later predicted that there are “40 votes” against the plan, forecasting “a loss.”",
        # The end of the clause hangs on another word.
        "Not so, say clerks, who describe a Tarn “war on 40 mills” as an invention of the mayor.",
        # A subject far before its verb.
        "Americans have for a long time understood this and made 40 plans for it in Ohio in May.",
        # What nobody did after it is told with it.
        "The clerks didn’t find 40 mills in Ohio after Ann Lee closed the council in May.",
        # A purpose is not what is written.
        "Ann Lee writes every 40 days, so that in 10 years she can “know what it was like.”",
        # A clause that is a subject.
        "That as they tell of 40 mills in Ohio makes zero sense to Ann Lee and Bo Holm in May.",
        # A pronoun of its own opens the second clause.
        "The talk touched on Bo Holm, who leads 40 polls and whose campaign has upended Ohio.",
        # A letter was sent, or she sent something.
        "In her talk, Ann Lee referred to a letter written by Bo Holm and sent to Ohio in 1986.",
        # A message offers nothing.
        "Ann Lee says that sends a clear message to 40 families, and offers a saying in Spanish.",
        # The second of two things he was at.
        "Bo Lee erred, reading “sea” as “see” to 40 men — and then, after a pause, saying he won.",
        # A picture shows somebody in some state.
        "Another showed Bo Holm surrounded by cheering clerks at what appeared to be 40 mills.",
    ],
)
def test_what_could_be_cut_in_two_ways_stays_whole(text):
    assert _texts(text) == [text]


def test_a_participle_shares_the_auxiliary_of_the_first_verb():
    assert _texts(
        "The agency has reviewed 60,000 complaints and returned 750 million dollars."
    ) == [
        "The agency has reviewed 60,000 complaints.",
        "The agency has returned 750 million dollars.",
    ]


def test_an_unlike_past_form_shares_nothing():
    assert _texts("Anna Berg was elected in 2016 and went to Ohio with 40 aides in 2019.") == [
        "Anna Berg was elected in 2016.",
        "Anna Berg went to Ohio with 40 aides in 2019.",
    ]


def test_the_second_verb_of_a_relative_clause_is_told_of_the_same_person():
    assert _texts("Anna Berg, who has closed 14 schools and has sold 40 houses, won in May.") == [
        "Anna Berg won in May.",
        "Anna Berg has closed 14 schools.",
        "Anna Berg has sold 40 houses.",
    ]


def test_the_comma_that_closes_an_age_stays():
    assert _texts("Anna Berg, 59, who was elected in 2016, closed 14 schools in May.")[0] == (
        "Anna Berg, 59, closed 14 schools in May."
    )


def test_which_he_said_is_no_fact_by_itself():
    text = "A marine official confirmed the seizure of 40 ships, which he said was done in May."

    assert _texts(text) == [text]


def test_who_they_are_is_told_of_people_only():
    text = "It is in the interests of Ohio and the powers of 2016, who want to split the union."

    assert [claim.text for claim in split_article(text).claims] == [text]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ('"Exports fell by 9 percent," Karl Holm, head of the trade board, said in May.',
         "Karl Holm"),
        ("Anna Berg and Karl Holm said that exports fell by 9 percent in 2019.",
         "Anna Berg and Karl Holm"),
        ("The board chairman and film producer Karl Holm said exports fell by 9 percent.",
         "Karl Holm"),
        ("Karl Holm refused to say when 9 percent of the results will be published.", ""),
        ("Karl Holm won in May after Anna Berg assured him that exports fell by 9 percent.",
         "Anna Berg"),
        ("They vote in Ohio according to signals of 2016.", ""),
    ],
)  # fmt: skip
def test_who_says_it(text, claimant):
    assert _claims(text)[-1].claimant == claimant


def test_another_who_speaks_beside_it_is_no_part_of_what_is_said():
    found = _claims(
        "Chairman Sean Holm told the network that the board had called 40 clerks in May, "
        "while chairman Carl Voss confirmed that the board had lost 9 percent of its members."
    )

    assert [(claim.claimant, claim.text) for claim in found] == [
        ("Sean Holm", "The board had called 40 clerks in May."),
        ("Carl Voss", "The board had lost 9 percent of its members."),
    ]


def test_i_in_a_quotation_within_what_is_told_is_not_the_teller():
    found = _claims('Frederica Wilson said he had told Anna Berg: "He knew, but I guess it hurts."')

    assert "Wilson guesses" not in found[0].text


def test_two_of_one_name_are_not_told_apart():
    text = "George W. Bush met George H.W. Bush in May. Bush won 40 states in 1988."

    assert _texts(text)[1] == "Bush won 40 states in 1988."


def test_his_in_a_clause_about_another_is_nobodys_guess():
    found = _texts("Karl Holm sang in May. He joked about a singer who once changed his name.")

    assert found[1].endswith("a singer who once changed his name.")


def test_the_author_of_whom_a_note_tells_is_not_the_last_person_named():
    text = (
        "Karl Holm closed 14 schools in May.\n\nAnna Berg is an author and professor at Ohio "
        "State. Her latest book, published in 2018, is about 40 schools."
    )

    assert _texts(text) == ["Karl Holm closed 14 schools in May."]


@pytest.mark.parametrize(
    "text",
    [
        # What stands behind the second clause cannot go on from before it.
        "I am reading 40 pages, and I am quoting Genesis — “So God created man in 6 days.”",
        # "Kansas" is one more of the places, and nobody "considered".
        "Voters wait in Maine, with others in Iowa, Georgia, Texas, and Kansas considered safe.",
        "A test confirmed that 40 houses in Ohio were built on lead.",
    ],
)
def test_what_would_be_no_sentence_stays_whole(text):
    assert [(claim.text) for claim in split_article(text).claims] == [text]


@pytest.mark.parametrize("label", ["Story highlights", "CLOSE"])
def test_a_label_that_runs_into_the_text_is_left_out(label):
    assert _texts(f"{label} The board says exports fell by 9 percent in 2019.") == [
        "Exports fell by 9 percent in 2019."
    ]


def test_a_programme_s_name_is_no_part_of_what_was_said_on_it():
    found = _claims(
        'Karl Holm, a mayor, said on CBS\' "Face the Day" that exports fell by 9 percent.'
    )

    assert [(c.claimant, c.text) for c in found] == [("Karl Holm", "Exports fell by 9 percent.")]


def test_an_analysis_is_not_its_subject_s():
    text = "The Supreme Court has closed 40 courts in May, according to a legislative analysis."

    assert _claims(text)[0].claimant == "legislative analysis"


def test_the_day_of_saying_is_no_part_of_what_is_said():
    assert _texts("Karl Holm said Monday, Aug. 27, exports fell by 9 percent in Ohio.") == [
        "Exports fell by 9 percent in Ohio."
    ]


def test_some_are_nobody_who_spoke_before():
    found = _claims(
        '"Exports fell by 9 percent," Karl Holm said. Some argue that wages rose by 4 percent.'
    )

    assert found[1].claimant == "Some"


@pytest.mark.parametrize(
    "text",
    [
        "Each time, however, Lee and Holm refused to answer the 40 questions of the board.",
        "Without a wall, Anna Berg told me she would not vote for the 40 laws of 2018.",
        'When asked why Ohio closed 14 schools, the mayor replied, "May the state help us."',
        'The attacks came in May as Holm tore into Berg as "unstable," "old" and "unhinged."',
    ],
)
def test_what_the_saying_or_the_rest_is_tied_to_stays_with_it(text):
    assert [claim.text for claim in split_article(text).claims] == [text]


def test_a_bracket_in_a_quotation_leaves_a_blank():
    assert _texts("“[Ohio] will develop 40 mines and establish a plant,” Karl Holm said.")[1] == (
        "Karl Holm said: Ohio will establish a plant."
    )


def test_what_is_told_of_the_speaker_is_the_articles():
    found = _claims(
        "“Exports fell by 9 percent,” say 40 percent of the men at Holm, who closed 14 schools."
    )

    assert [(c.claimant, c.text) for c in found][-1] == ("", "Holm closed 14 schools.")


def test_a_programme_with_small_words_in_its_name_is_no_part_of_what_was_said_on_it():
    assert _texts("“I closed 14 schools,” Karl Holm said on CBS’s “Face the Nation.”") == [
        "Karl Holm closed 14 schools."
    ]


def test_a_table_states_nothing():
    text = "Ohio lost 9 percent in May.\n\nOhio 5.9 Iowa 4.2 Utah 4.0 Maine 1.8 Show all states"

    assert _texts(text) == ["Ohio lost 9 percent in May."]


def test_figures_of_an_election_are_not_those_of_the_poll_before_it():
    found = _claims(
        "A Herald poll found that 45 percent of voters support Anna Berg. The first stop was in "
        "Wapello County, which gave Karl Holm 57 percent in 2016 and 51 percent in 2012."
    )

    assert found[-1].claimant == ""


def test_a_question_told_by_its_answer_keeps_the_words_of_telling():
    text = "Police revealed what car he drove and found it 20 miles north of Ohio in May."

    assert [claim.text for claim in split_article(text).claims] == [text]


def test_a_day_says_nothing():
    found = split_article(
        "The media wrote of Holm, who has vowed, as his secretary, Jay Berg, reiterated on "
        "Wednesday, to close 40 schools in Ohio."
    )

    assert [claim.claimant for claim in found.claims] == [""]


def test_no_sentence_ends_behind_a_rank_before_a_name():
    text = "The exchange for Sgt. Anna Berg and Brig. Gen. Karl Holm cost 40 euros in May."

    assert [claim.quote for claim in split_article(text).claims] == [text]


def test_an_item_of_a_list_without_its_subject_is_no_claim():
    text = "The order does three things in May 2019:\n\nDirects the agency to use 40 of its powers."

    assert [claim.quote for claim in split_article(text).claims] == [text.partition("\n")[0]]


@pytest.mark.parametrize(
    "text",
    [
        "An impressive number of 40 dams if you view it as a share of all in Ohio in 2019.",
        "The people who are closing 14 schools in Ohio and selling them.",
    ],
)
def test_what_is_no_sentence_is_no_claim(text):
    assert _texts(f"The dam lost 9 percent of its water. {text}") == [
        "The dam lost 9 percent of its water."
    ]


def test_furniture_of_a_film_is_no_claim():
    text = "Play Video Inside Tarn, the city's free zone: 'We are proving that 40 dams can change'"

    assert _texts(f"The dam lost 9 percent of its water.\n\n{text}") == [
        "The dam lost 9 percent of its water."
    ]


def test_an_adverb_between_commas_is_followed_by_no_and():
    text = (
        "On May 21, Reuters broke the news that Berg had, indeed, approached Holm with a plan for "
        "a “ticket,” but the senator left."
    )

    assert _texts(text) == [text]


def test_a_name_is_no_adjective_and_its_verb_no_participle():
    text = (
        "Trump pestered Sessions for not looking into Hillary Clinton’s deleted emails, slammed "
        "him for being “very weak” on crimes and labeled him “beleaguered” in July."
    )

    assert _texts(text) == [text]


def test_who_organized_something_was_not_organized():
    assert _texts(
        "Bo Holm, who is not involved in this event but organized similar rallies in 2017 and "
        "2018, gave himself up to 40 clerks in Ohio."
    ) == [
        "Bo Holm gave himself up to 40 clerks in Ohio.",
        "Bo Holm is not involved in this event.",
        "Bo Holm organized similar rallies in 2017 and 2018.",
    ]


def test_what_is_recommended_is_not_so_yet():
    text = "The Partnership recommended that Ohio pols tackle the tax on 40 cities in May."

    assert _texts(text) == [text]


def test_what_is_hoped_for_keeps_its_hope():
    claims = split_article(
        "“Hopefully, the council will step aside and let 40 mills in Ohio open,” Ann Lee said."
    ).claims

    assert [claim.text for claim in claims] == [
        "Ann Lee said: Hopefully, the council will step aside.",
        "Ann Lee said: The council hopefully will let 40 mills in Ohio open.",
    ]
