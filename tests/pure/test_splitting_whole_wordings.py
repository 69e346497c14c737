"""Wordings that say what the article says, whole, and under the name of who says it."""

import pytest

from claims.splitting.splitter import split_article


def _claims(text, **known):
    return split_article(text, **known).claims


def _texts(text, **known):
    return [claim.text for claim in _claims(text, **known)]


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        (
            "“We shut 14 schools in May,” Anna Berg said, reaching out to shake a hand.",
            "Anna Berg said: We shut 14 schools in May.",
        ),
        (
            "“We shut 14 schools,” Anna Berg said Saturday at a rally in Biloxi, Miss.",
            "Anna Berg said: We shut 14 schools.",
        ),
        (
            "Russia, Anna Berg said, has a big stake in 40 mines.",
            "Russia has a big stake in 40 mines.",
        ),
        (
            "'The bridge cost 40 million euros in 2015,' said Anna Berg.",
            "The bridge cost 40 million euros in 2015.",
        ),
        (
            "Mayor Anna Berg said on Saturday the bridge cost 40 million euros.",
            "The bridge cost 40 million euros.",
        ),
    ],
)
def test_what_only_tells_who_says_it_and_how_is_no_part_of_the_claim(sentence, wording):
    claim = _claims(sentence)[0]

    assert claim.text == wording
    assert claim.claimant == "Anna Berg"


@pytest.mark.parametrize(
    "sentence",
    [
        # What holds only on a condition, and what belongs together.
        "When the new rule comes into force, the agency loses 40 jobs and closes 14 schools.",
        "It was a time when not only was the economy growing fast but the gains were shared.",
        "The more the town owes, and the more it spends on 40 schools, the fewer choices it has.",
        # What is told of somebody else, behind a dash or with a judgement.
        "Berg cut 1.3 million workers — people who want to work, but cannot find a job in Peru.",
        "The court upheld the law in May, deeming its mandate, which costs 40 euros, lawful.",
        "The rules left the town no time to devise one, which raises the chance of 40 errors.",
        "The papers include a description of a May 8, 2016, phone call Berg received from Holm.",
    ],
)
def test_a_sentence_that_could_be_cut_wrongly_stays_whole(sentence):
    assert [t.replace("“", "") for t in _texts(sentence)] == [sentence]


def test_the_last_of_several_verbs_keeps_its_and_when_a_third_goes():
    texts = _texts(
        "Berg called the vote a “sham,” complained that she had been ambushed and said the "
        "council never considered the plan of 2016."
    )

    assert "complained that she had been ambushed" in texts[0]
    assert "“sham,” and complained" in texts[0]


def test_what_stands_behind_the_and_goes_with_the_second_clause():
    assert _texts(
        "The drills are held every year, and in 2016, according to the Herald, the army moved "
        "40 tanks."
    ) == ["The drills are held every year.", "In 2016, the army moved 40 tanks."]


def test_two_who_each_did_something_are_two_statements():
    assert _texts("Former mayor Anna Berg and Ohio Gov. Peter Holm each paid 40 euros in May.") == [
        "Former mayor Anna Berg paid 40 euros in May.",
        "Ohio Gov. Peter Holm paid 40 euros in May.",
    ]


@pytest.mark.parametrize(
    ("sentence", "claimant"),
    [
        ("Town hall spokesman Paul Ernst: “The bridge cost 40 million euros.”", "Paul Ernst"),
        (
            "In May Paul Ernst, a clerk, declined to say whether Berg’s resignation came at the "  # noqa: ISC004
            "mayor’s wish but did say that the bridge cost 40 million euros.",
            "Paul Ernst",
        ),
        ("The bridge cost 40 million euros, Paul Ernst told the panel.", "Paul Ernst"),
        ("The head of the bridge board, Paul Ernst, said, “It lost 9 percent.”", "Paul Ernst"),
    ],
)
def test_the_claimant_is_somebody_who_can_speak(sentence, claimant):
    assert _claims(sentence)[-1].claimant == claimant


def test_they_are_not_the_person_who_spoke_last():
    claims = _claims(
        "Anna Berg said the bridge cost 40 million euros. Party strategists have been saying "
        "for weeks that they believe the bridge could still be sold for 9 million euros."
    )

    assert "Berg" not in claims[-1].claimant


def test_he_in_a_quotation_is_not_its_speaker():
    text = (
        "“Peter Holm was on the show with 40 guests, and he said, ‘The bridge is gone,’ to us "
        "all in May,” Anna Berg said."
    )

    (claim,) = _claims(text)

    assert claim.text.startswith("Anna Berg said: Peter Holm was on the show with 40 guests, and ")
    assert claim.text.endswith("and he said, ‘The bridge is gone,’ to us all in May.")


def test_the_speaker_named_for_the_first_time_is_not_meant_by_his():
    text = (
        "The judge has ruled on 40 cases. In 2010, Peter Holm wrote that his time on the bench "
        "shows that he closed 14 of them."
    )

    assert _claims(text)[-1].text == (
        "Peter Holm wrote: His time on the bench shows that he closed 14 of them."
    )


def test_a_pasted_headline_behind_a_possessive_is_cut_out():
    text = (
        "The court's newest member, Brett Berg Brett Michael BergImpeachment fallout threatens "
        "14 schools MORE, did not take part in the decision of 2016."
    )

    assert _texts(text) == [
        "The court's newest member, Brett Berg, did not take part in the decision of 2016."
    ]


def test_speech_in_single_marks_is_a_quotation_over_sentences():
    claims = _claims(
        "'The bridge cost 40 million euros. It lost 9 percent of the town's traffic in 2015,' "
        "Anna Berg told the Herald."
    )

    assert [c.claimant for c in claims] == ["Anna Berg", "Anna Berg"]
    assert all(c.attribution.direct for c in claims)


def test_a_sentence_ends_where_the_quotation_ends_with_its_stop():
    text = "Berg called it “the loudest voice in the town of 2016.” It adds that 14 schools shut."

    assert len({c.start for c in _claims(text)}) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        # "remain" may share "should", and then what "not" means is another matter.
        (
            "Peru and Chile should not overlook the gains of 2019 as insignificant, but remain "
            "vigilant in guarding their shared ports."
        ),
        "Dr. Ann Doe did not return an email and call requesting comment on 40 ships.",
        # Most clerks believed it; nobody says that they had ships.
        "Members of the council also believed Holm had 40 ships, as did most clerks in Ohio.",
        # Two men kidnapped him; he is no "kidnapped Berg".
        (
            "Clerks said two tall men, Roy Bryant and J.W. Milam, kidnapped Berg, whose boat was "
            "found floating in the Tallahatchie River."
        ),
        # The last of several things is torn in two.
        (
            "Those gifts include use of the board's hall for 40 meetings, and details of its talks "
            "with Holm, and rooms in the tower to store old papers, and for a $10,000 portrait of "
            "Lee."
        ),
        (
            "Mr. Holm said no matter how long it takes, getting the truth about what happened in "
            "2019 is what matters."
        ),
        "On Monday, Lee said the council would put off 40 votes while Holm was ill.",
        "The idea of 40 prizes has been off the table for years and remains so in Ohio today.",
        # He endorsed it, and does not say so; "so" says nothing by itself.
        (
            "President Bo Holm said he's not concerned by North Korea's recent missile tests and "
            "endorsed Kim Jong Un's attack on former Vice President Joe Biden in Tokyo Monday."
        ),
        # A participle is no subject.
        (
            "Angered as the United States and its allies ignore Chinese calls to calm tensions "
            "over Peru, and distracted by 40 strikes, China is largely sitting out the talks."
        ),
        # The speaker signaled it, and refuses to admit it.
        (
            "Mayor Ann Lee, an Ohio Democrat, has said she will allow 40 amendments but signaled "
            "she will keep an eye on them."
        ),
        (
            "The clerks insist the Holms should publish 40 letters, but refuse to admit that the "
            "rule works for the Holms."
        ),
        "Lee said he would bring 40 ships to Peru and exchanged threats of war with its leader.",
        (
            "A local paint making company, Peintures du Nord SA, became the second tenant in July "
            "and will export paint made by Sherwin Berg along with its own paint; production "
            "begins next month."
        ),
    ],
)
def test_what_the_parser_may_have_joined_wrongly_stays_whole(sentence):
    assert _texts(sentence) == [sentence]


@pytest.mark.parametrize(
    ("sentence", "wording"),
    [
        (
            "“You cannot win women in 2019 while you're fighting a war on women,” said Ann Lee.",
            "Ann Lee said: You cannot win women in 2019 while you're fighting a war on women.",
        ),
        (
            (
                "About 3,100 clerks lost their jobs, according to a report published in the Public "
                "Library of Science journal, PLoS Medicine."
            ),
            "About 3,100 clerks lost their jobs.",
        ),
        (
            (
                "Sen. Ann Lee told me this morning that while 40 options should be on the table, "
                "President Obama's reported plans to curb shootings are “way in extreme”."
            ),
            (
                "While 40 options should be on the table, President Obama's reported plans "
                "to curb shootings are “way in extreme”."
            ),
        ),
        (
            "It is, as the Berg Commission concluded, the direct result of 40 bad laws.",
            "It is the direct result of 40 bad laws.",
        ),
        (
            "It notes, as Holm himself emphasizes, the number of old friends Holm has in Ohio.",
            "It notes, as Holm himself emphasizes, the number of old friends Holm has in Ohio.",
        ),
        (
            (
                "“This deal is the worst of 2019,” said Ann Lee, an Ohio Republican and candidate "
                "who’d vowed to lead the walkout, but who saw her efforts fall short to what she "
                "called an “unholy compromise of left and right.”"
            ),
            "This deal is the worst of 2019.",
        ),
        (
            (
                "Finally, according to a detailed paper by Bo Holm called “Mirror, Mirror, on the "
                "Wall,” it seems that the board sold 40 ships."
            ),
            "It seems that the board sold 40 ships.",
        ),
    ],
)
def test_a_sentence_goes_on_behind_who_says_it_and_when(sentence, wording):
    assert _texts(sentence) == [wording]


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "They know Holm is sinking fast and — suddenly! — have decided as members of an equal "
            "branch that they should look at his 40 ships."
        ),
        (
            "He also asked for a memo by Friday afternoon that would explain what “enforcement "
            "actions” police in Stephenson County would take if the church’s planned service goes "
            "on."
        ),
        (
            "The White House has said Holm has put the North “on notice” while the possibility of "
            "military action against Peru has gained traction following 40 strikes in May."
        ),
        "Many officers first thought he was declaring war on 40 countries in May.",
    ],
)
def test_nothing_is_taken_out_of_what_it_hangs_on(sentence):
    assert _texts(sentence) == [sentence]


def test_a_wording_does_not_end_where_a_quotation_opens():
    (claim,) = _texts(
        "For his part, Bo Holm, speaking to clerks in Ohio, said: “You can have 40 things” "
        "securing the border, “but the other things only really work if you have a barrier.”"
    )

    assert claim.endswith("border, but the other things only really work if you have a barrier.")


def test_who_complains_of_another_is_who_tweets():
    claims = _claims(
        "President Bo Holm also took to Twitter to complain that China was not doing enough to "
        "counter North Korea, tweeting, “I am very disappointed in China. Our past leaders have "
        "allowed them to make 40 deals a year.”"
    )

    assert {claim.claimant for claim in claims if "40" in claim.text} == {"Bo Holm"}


def test_let_me_is_nobodys_name():
    claims = _texts(
        "Donald Tusk spoke in May. Tusk said: “Let me make one personal remark to the 40 members "
        "of this parliament.”"
    )

    assert claims[1].endswith(
        "Let me make one personal remark to the 40 members of this parliament."
    )


def test_he_is_not_the_subject_where_somebody_else_is_named_between():
    claims = _claims(
        "President Donald Trump corrected his Chief of Staff John Kelly after he said that the "
        "council had sold 40 ships."
    )

    assert [claim.claimant for claim in claims if "40" in claim.text] == ["he"]


def test_what_is_his_may_be_the_subjects_though_the_parser_takes_that_for_a_body():
    claims = _texts(
        "Mike Holm, the head of a steel works, spoke in Ohio. Holm says the prices he’s facing "
        "this spring are 40 percent higher. Trump has pitched his tariffs as good for Ohio."
    )

    assert claims[-1] == "Trump has pitched his tariffs as good for Ohio."
