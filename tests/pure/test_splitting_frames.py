"""Where the words that only attribute begin and end."""

import pytest

from claims.splitting.splitter import split_article


def _texts(text):
    return [claim.text for claim in split_article(text).claims if claim.desk]


def _claims(text):
    return [
        (claim.text, claim.attribution.name if claim.attribution else "")
        for claim in split_article(text).claims
    ]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The “status of 40 mills will be decided,” said Secretary of State Ann Lee in May.",
            "The “status of 40 mills will be decided”",
        ),
        (
            "“It took 40 mills from Ohio in May,” Ann Lee said, calling her father “authentic.”",
            "Ann Lee said: It took 40 mills from Ohio in May.",
        ),
        (
            (
                "“I try online every year, but it hasn’t worked; you can’t close 40 mills,” said "
                "Ann Lee, 63, who arrived in Spring, Texas, at 4:45 a.m. and was the first in "
                "line, aiming to buy a television for $250, about half price."
            ),
            "Ann Lee said: I try online every year.",
        ),
    ],
)
def test_who_says_it_is_named_and_described_outside_of_what_is_said(text, claim):
    assert _claims(text)[0] == (claim, "Ann Lee")


def test_the_whole_day_is_that_of_saying():
    (claim,) = _claims(
        "The council closed 40 mills in Ohio that had been sold to Karl Holm, a senior White House "
        "official said Thursday, May 17, 2018."
    )

    assert claim[0] == "The council closed 40 mills in Ohio that had been sold to Karl Holm."


@pytest.mark.parametrize(
    "text",
    [
        "The treaty needs just 40 votes as long as lawmakers believe it meets the trade act.",
        "Critics of the plans say Ann Lee is misusing Ohio and have warned about the 40 mills.",
        "Ann Lee’s guards and other police officers shot and killed the assailant in May 2015.",
    ],
)
def test_words_that_hold_together_are_left_together(text):
    assert [claim for claim, _ in _claims(text)] == [text]


def test_who_is_cited_may_be_described_before_what_is_said():
    assert _claims(
        "According to an estimate by the Action Forum, which notes that some entries are missing "
        "key data, the cost of the agenda would top $123 billion."
    ) == [("The cost of the agenda would top $123 billion.", "Action Forum")]


def test_what_somebody_only_supposes_does_not_hide_who_argues():
    (_, (claim, source)) = _claims(
        "Ann Lee spoke on Sunday. She argued there was public interest in “other people who were "
        "actively, I suppose, flying around with Karl Holm on his island.”"
    )

    assert source == "Ann Lee"
    assert claim.startswith("There was public interest in “other people")


def test_a_clause_that_goes_leaves_the_comma_between_verbs():
    claim, _ = _claims(
        "Ann Lee is becoming more and more visible in Moscow, where last week it was announced "
        "that she has landed a job with a mill, is increasingly willing to meet with reporters "
        "and was even spotted playing the tourist."
    )

    assert claim[0] == (
        "Ann Lee is becoming more and more visible in Moscow, is increasingly willing to meet with "
        "reporters and was even spotted playing the tourist."
    )


def test_a_sentence_behind_a_colon_is_one_by_itself():
    assert [
        claim
        for claim, _ in _claims(
            "The poll splits the difference: Ann Lee leads by 5 points, 46 percent to 41 percent, "
            "with a large part, 8 percent, saying they prefer neither candidate."
        )
    ] == [
        "The poll splits the difference.",
        (
            "Ann Lee leads by 5 points, 46 percent to 41 percent, with a large part, 8 percent, "
            "saying they prefer neither candidate."
        ),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The council made it clear: The mills in Ohio would close in May.",
        "The answer is simple: The council closed 40 mills in May.",
        "The tax in Ohio has to do with: The mills would close in May.",
    ],
)
def test_what_only_announces_a_sentence_stays_with_it(text):
    assert [claim for claim, _ in _claims(text)] == [text]


def test_what_comes_behind_an_aside_and_that_is_what_is_said():
    assert _claims(
        "This week, South Korean envoy Hwang Joon Kook said, after meeting with his U.S. and "
        "Chinese counterparts, that all five parties are ready to test the council’s 40 mills, the "
        "newspaper reports."
    ) == [("All five parties are ready to test the council’s 40 mills.", "Hwang Joon Kook")]


def test_in_which_is_no_beginning_of_what_is_said():
    text = (
        "Navy Captain Jeff Davis noted a successful test last month in which a U.S.-based missile "
        "interceptor knocked down 40 North Korean missiles."
    )

    assert [claim for claim, _ in _claims(text)] == [text]


def test_who_is_quoted_within_a_quotation_says_only_their_part():
    (_, (claim, source), *_) = _claims(
        "It is no mystery: “Holm told the Herald that he plans to lead 9 mills. Holm and his wife "
        "Anna have three children, and his friends say that the price of a campaign is 40 mills.”"
    )

    assert claim.startswith("Holm and his wife")
    assert source != "friends"


def test_she_is_no_paper_that_was_cited_before():
    claims = _claims(
        "Clinton closed 40 mills and did so, according to Politico, in May, too. “As Secretary I "
        "was the one responsible for 9 dams, and I never sold 3 mills,” she writes."
    )

    assert {source for claim, source in claims if "dams" in claim} == {"Clinton"}


def test_two_quoted_verbs_share_what_is_printed_before_both():
    claims = _claims(
        "Taking aim at the cuts that took effect in March due to inaction on deficit reduction, "
        "Holm said the austerity is “damaging our economy” and “hurting our people.”"
    )

    assert claims[-1][0] == "Holm said: The austerity is “hurting our people.”"


def test_a_reason_is_not_told_without_the_other():
    claims = _claims(
        "Wilson may never escape infamy, but he won’t have a criminal record, Ann Holm said. Since "
        "St. Louis County Prosecuting Attorney Robert Berg did not bring a criminal complaint "
        "against Wilson and he was never charged, arraigned or arrested, she said."
    )

    assert claims[-1][0].endswith("against Wilson and he was never charged, arraigned or arrested.")


def test_a_description_is_not_torn_from_its_name():
    text = (
        "Ann Lee: a former top agent who worked on 40 cases in Ohio in 2016, until her texts with "
        "Bo Holm were found."
    )

    assert _texts(text) == [text]


def test_the_subject_of_a_clause_may_stand_before_an_aside():
    hoped = (
        "he hoped several steps — including more street cameras in some of the city’s most "
        "dangerous quarters, and the expansion of gunshot-detection systems — would lead to more "
        "arrests and drive down the violent crime rate."
    )

    assert _texts(f"On Sunday, Bo Holm said {hoped}") == [f"Bo Holm said: H{hoped[1:]}"]


def test_what_the_parser_takes_for_an_object_is_the_subject_of_what_is_shown():
    assert _texts(
        "The report shows the private sector clearly isn’t well and that 40 mills shut."
    ) == ["The private sector clearly isn’t well.", "40 mills shut."]


def test_a_colon_before_the_closing_mark_ends_no_quotation():
    assert _texts(
        "Some clerks commented after the show that the plan in Tarn is more than “a tale:” Bo "
        "Holm, the Ohio News editor, tweeted that it “implies the 40 towns on display are benign.”"
    ) == ["Bo Holm tweeted: It “implies the 40 towns on display are benign.”"]


def test_who_tells_the_media_is_not_what_is_insisted_on():
    text = (
        "In May, Bo Holm publicly admits the loss of 40 mills, insists that it’s how policy is "
        "done and tells the media to “get over it.”"
    )

    assert _texts(text) == [text]


def test_a_time_before_the_speaker_goes_with_the_quoted_words():
    (wording,) = _texts(
        "In the months before the attack, Bo Holm noted, “several hundred reports were received in "
        "Ohio.”"
    )

    assert "In the months before the attack" in wording


def test_a_name_with_a_small_letter_has_no_article():
    claims = _texts(
        "Mohammad al-Chalabi, the leader of a group in Jordan, spoke in May. “This blood isn’t "
        "more precious than ours,” al-Chalabi said early on Tuesday."
    )

    assert claims[1] == "Al-Chalabi said: This blood isn’t more precious than ours."


def test_who_is_cited_behind_and_is_cited_for_what_follows():
    assert (
        _texts(
            "The quake had a depth of 14 miles and, according to the state’s weather agency, was 9 "
            "times more powerful than one in January."
        )[0]
        == "The quake had a depth of 14 miles."
    )


def test_what_a_study_is_on_did_not_make_it():
    (claim, source), *_ = _claims(
        "A study on the most popular videos on COVID-19 likewise found that a quarter of 40 videos "
        "did not contain valid information."
    )

    assert (claim.startswith("A quarter of"), source) == (True, "study")


@pytest.mark.parametrize(
    "text",
    [
        "May the Son of God, come down to earth from heaven, protect and sustain 40 men in Ohio.",
        (
            "In the 2009 stimulus, he insisted on making tax credits “fully refundable,” so that "
            "even people who did not make enough to pay much federal tax would benefit."
        ),
    ],
)
def test_what_is_wished_or_insisted_on_is_no_saying(text):
    assert [claim for claim, _ in _claims(text)] == [text]


def test_his_plan_may_be_that_of_somebody_named_behind_it():
    claims = _texts(
        "Cowen analyst Chris Krueger spoke on Monday in Ohio. Securing passage of his tax plan is "
        "critically important to Donald Trump in May."
    )

    assert claims[-1].startswith("Securing passage of his tax plan")


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Ann Lee said she had lost 40 mills and alleged that the county sold them in May.",
            [
                ("Ann Lee said: She had lost 40 mills.", "Ann Lee"),
                ("The county sold them in May.", "Ann Lee"),
            ],
        ),
        (
            "Ann Lee said she had lost 40 mills in May and urged all sides to sell.",
            [
                ("Ann Lee said: She had lost 40 mills in May.", "Ann Lee"),
                ("Ann Lee urged all sides to sell.", ""),
            ],
        ),
        (
            "Lee said the council sold 40 mills in May — a step that could anger the unions.",
            [("The council sold 40 mills in May.", "Lee")],
        ),
    ],
)
def test_what_the_article_adds_to_what_is_said_is_not_said(text, claims):
    assert _claims(text) == claims


def test_words_of_saying_that_were_left_in_are_not_said_twice():
    text = (
        "Later in the debate, in front of thousands of cheering people and with her voice "
        "rising, Ann Tusk of the Greens hit back, saying: “Mr Farage, you have presented "
        "passionate arguments against a second vote. But the vote took place in 2016.”"
    )

    assert _texts(text)[0].startswith("Later in the debate")


def test_a_past_form_is_no_second_infinitive():
    text = (
        "But Ben Holm also said he recognized there was still “a strong desire” to reach an "
        "accord with Iran and pledged an all-out Israeli effort to prevent “a bad agreement” "
        "in May."
    )

    assert _claims(text)[1] == (
        "Ben Holm pledged an all-out Israeli effort to prevent “a bad agreement” in May.",
        "",
    )


def test_what_is_promised_is_to_do_something_not_what_that_will_show():
    text = (
        "Speaking at a dinner, President Ann Lee promised Wednesday to work tirelessly to "
        "convince the public that 40 mills are the right ones."
    )

    assert _texts(text) == [text]


def test_whose_campaign_reports_a_sum_does_not_say_the_rest():
    text = (
        "Holm looks for support that could cut off lifelines to Lee, whose campaign reported "
        "just $9 million cash to start the year."
    )

    assert "campaign" not in _claims(text)[0][1]
