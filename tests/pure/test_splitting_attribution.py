import pytest

from claims.splitting import Role, Target
from claims.splitting.splitter import split_article


def _claims(text, **known):
    return split_article(text, **known).claims


@pytest.mark.parametrize(
    ("sentence", "claimant"),
    [
        ("The council said that the bridge cost 40 million euros.", "council"),
        ("“The bridge cost 40 million euros,” said Anna Berg, a former mayor.", "Anna Berg"),
        ("The bridge cost 40 million euros, according to the Tarn Institute.", "Tarn Institute"),
        ("According to Anna Berg, the bridge cost 40 million euros.", "Anna Berg"),
        ("The bridge cost 40 million euros, the Morning Herald of Tarn reported.", "Herald"),
        ("A report from the Tarn Institute found that 9 percent of bridges leak.", "Institute"),
        ("The Tarn Institute survey puts Anna Berg ahead by 48 to 39 percent.", "Tarn Institute"),
        ("As Anna Berg noted, the bridge lost 9 percent of its traffic.", "Anna Berg"),
        ("In the words of Anna Berg: “The bridge lost 9 percent of its traffic.”", "Anna Berg"),
        ("The bridge is shut, South Korean President Moon Jae-in said on Friday.", "Moon Jae-in"),
        ("“It lost 9 cables in May,” intoned Anna Berg.", "Anna Berg"),
        ("“It lost 9 cables in May,” chipped in Anna Berg.", "Anna Berg"),
        ("“It lost 9 cables,” said retired Brig. Gen. J. Roy Berg, president of it.", "Roy Berg"),
        ("As talks concluded in May, the bridge was shut in Ohio.", ""),
        ("Experts say the bridge lost 9 percent of its traffic.", "Experts"),
        ("It is reported that around 20 bridges were closed in May.", "unnamed"),
        ("“The bridge lost 9 percent of its traffic,” as Anna Berg put it in May.", "Anna Berg"),
        ("Anna Berg made news in May when she said the bridge lost 9 cables.", ""),
        ("The bridge was closed in 2019 after a storm.", ""),
        ("Republicans are 73 points more likely than Democrats to say the mayor did well.", ""),
        ("It is a false report: Anna Berg found 9 percent of the cables in Ohio.", ""),
        ("The memo of the Tarn Institute gives grounds for a strike of the clerks in Ohio.", ""),
        ("Students who said they had been robbed were paid 40 euros each in May.", ""),
        ("Output rose 4 percent in May, indicating that demand is back.", ""),
    ],
)
def test_the_claimant_is_who_is_said_to_assert_it(sentence, claimant):
    found = _claims(sentence)[0].claimant

    assert claimant.lower() in found.lower()
    assert bool(found) == bool(claimant)


def test_the_innermost_party_is_the_claimant_and_the_outer_one_the_go_between():
    claim = _claims("Mayor Anna Berg said 14 schools were closed, the Morning Herald reported.")[0]

    assert claim.claimant == "Anna Berg"
    assert "Herald" in claim.attribution.via
    assert claim.text == "14 schools were closed."


def test_according_to_behind_a_quotation_names_the_go_between():
    text = "“Our 14 schools were closed in May,” Anna Berg said, according to the Morning Herald."

    assert _claims(text)[0].claimant == "Anna Berg"


def test_a_group_without_a_name_is_unnamed_but_not_empty():
    claim = _claims("Critics say the bridge lost 9 percent of its traffic in May.")[0]

    assert claim.claimant == "Critics"
    assert not claim.attribution.named


def test_a_quotation_keeps_its_speaker_over_sentences_and_paragraphs():
    text = (
        "“The bridge lost 9 percent of its traffic in May,” said Anna Berg. “Two ferries were sold "
        "in 2018.\n\n“The pier was closed in 2019.”"
    )
    assert {claim.claimant for claim in _claims(text)} == {"Anna Berg"}


def test_a_name_alone_below_a_quotation_signs_it():
    text = (
        "“The bridge lost 9 percent of its traffic in May. Two ferries were sold in 2018.”\n\n"
        "Anna Berg, Morning Herald\n\nThe pier was closed in 2019."
    )
    claims = _claims(text)

    assert [claim.claimant for claim in claims] == ["Anna Berg", "Anna Berg", ""]


def test_he_added_goes_back_to_the_last_speaker():
    text = (
        "Mayor Peter Holm said the bridge cost 40 million euros. "
        "He added that 14 schools were closed in May."
    )
    assert [claim.claimant for claim in _claims(text)] == ["Peter Holm", "Peter Holm"]


def test_she_is_not_taken_for_a_man_who_spoke():
    text = "Peter Holm said the bridge cost 40 million euros. She said 14 schools were closed."

    assert _claims(text)[1].claimant != "Peter Holm"


def test_a_denial_is_marked():
    claim = _claims("Anna Berg denied that the bridge had cost 40 million euros.")[0]

    assert claim.attribution.role is Role.DENIES


def test_a_promise_can_only_be_checked_as_said():
    claim = _claims("Anna Berg said the council would close 3 bridges and that it should be proud.")

    assert claim[0].target in {Target.SAID, Target.BOTH}
    promise = _claims("“We will never close the northern bridge of Tarn,” said Anna Berg.")[0]
    assert promise.target is Target.SAID
    assert promise.text.startswith("Anna Berg said")


def test_announcing_a_plan_is_an_act_told_by_the_article():
    claim = _claims("In May 2017 the ministry announced it would no longer pay 12 of its schools.")

    assert claim[0].claimant == ""
    assert "announced" in claim[0].text


def test_title_and_affiliation_are_kept():
    claim = _claims("“Two ferries sank in 2018,” said Anna Berg, a former mayor of Tarn.")[0]

    assert "former mayor" in claim.attribution.described_as
    assert claim.attribution.direct


def test_whom_a_reporter_cites_is_the_claimant_and_the_reporter_the_go_between():
    claim = _claims(
        "The bridge lost 9 percent of its traffic, Reuters reported, citing Anna Berg."
    )[0]

    assert (claim.claimant, claim.attribution.via) == ("Anna Berg", "Reuters")
    assert claim.text == "The bridge lost 9 percent of its traffic."


def test_who_passes_on_what_unnamed_people_say_relays_it():
    claim = _claims("Reuters reported, citing two officials, that the bridge lost 9 percent.")[0]

    assert (claim.claimant, claim.attribution.role) == ("Reuters", Role.RELAYS)


def test_who_is_announced_before_a_colon_speaks_in_the_next_paragraph():
    text = (
        "Anna Berg said in a statement:\n\n“The bridge lost 9 percent of its traffic in May.”\n\n"
        "The pier was closed in 2019."
    )
    splitting = split_article(text)

    assert [claim.claimant for claim in splitting.claims] == ["Anna Berg", ""]
    assert "announces a quotation" in {dropped.why for dropped in splitting.dropped}


def test_what_somebody_has_not_said_is_not_put_into_their_mouth():
    claim = _claims("Police have not confirmed that Anna Berg drove the van in May 2019.")[0]

    assert claim.text == "Police have not confirmed that Anna Berg drove the van in May 2019."


def test_a_text_that_begins_with_although_is_split():
    claims = _claims("Though the dam was old, the deputies never closed it, the sheriff said.")

    assert {claim.claimant for claim in claims} == {"sheriff"}


def test_she_is_the_subject_of_the_clause_above():
    claims = _claims("Anna Berg made news in Ohio in May when she said the bridge lost 9 cables.")

    assert [(claim.text, claim.claimant) for claim in claims] == [
        ("Anna Berg made news in Ohio in May.", ""),
        ("The bridge lost 9 cables.", "Anna Berg"),
    ]


def test_where_it_was_said_is_no_part_of_what_is_said():
    text = (
        "This refutes claims that 40 clerks were paid in May, said Rep. Anna Berg, D-Ohio, "
        "on the network's “Face the Day” on Sunday."
    )

    assert _claims(text)[0].text == "This refutes claims that 40 clerks were paid in May."


def test_what_two_say_of_themselves_keeps_both():
    text = "Anna Berg and Bo Holm have said they closed 14 schools in Ohio in May."

    assert _claims(text)[0].text == text


def test_a_phrase_that_only_tells_which_people_is_no_claim():
    text = "The people who are closing 14 schools in Ohio and selling them. The dam lost 9 percent."

    assert [claim.text for claim in _claims(text)] == ["The dam lost 9 percent."]


def test_a_question_names_the_speaker_of_the_words_behind_it():
    text = (
        "Bo Holm said: “The city is owed 40 million euros.” The mayor, Anna Berg, called it a lie "
        "and asked, “Who counted that? The city of Ohio paid 9 million euros in May.”"
    )

    assert {claim.text: claim.claimant for claim in _claims(text)} == {
        "The city is owed 40 million euros.": "Bo Holm",
        "The city of Ohio paid 9 million euros in May.": "Anna Berg",
    }
    assert "question" in [dropped.why for dropped in split_article(text).dropped]


def test_they_are_who_spoke_last_named_or_not():
    text = (
        "The Morning Herald said two men came in May. Many owners say the media count 40 guns. "
        "After all, they say, nine million people in Ohio own one."
    )

    assert [claim.claimant for claim in _claims(text)][1:] == ["Many owners", "Many owners"]


def test_the_title_of_somebody_else_describes_nobody():
    text = "Holm said he is deciding between Anna Berg and her rival, Senator Carl Voss of Ohio."

    assert _claims(text)[0].attribution.described_as == ""


def test_a_circumstance_in_front_is_no_part_of_a_quotation():
    text = "As he read the list of 40 names in May, Holm observed: “Nine clerks left Ohio in 2019.”"

    assert [claim.text for claim in _claims(text)] == ["Nine clerks left Ohio in 2019."]


def test_what_a_clause_has_left_out_ties_it_to_the_noun_before():
    text = "It was the only “sale of land” Anna Berg said she observed in Ohio in May 2019."

    assert [claim.text for claim in _claims(text)] == [text]


def test_the_place_of_saying_is_nobody():
    text = (
        "Anna Berg, whose brother was seriously hurt in Ohio in 2019, testified on Tarn Hill in "
        "May, saying she is against the sale of 40 guns."
    )

    assert [claim.claimant for claim in _claims(text)] == ["", "", "Anna Berg"]


def test_the_subject_of_what_is_said_keeps_its_own_clause():
    text = "Mr. Holm said Anna Berg's claims that 40 dams leak in Ohio have hurt her standing."

    assert [claim.text for claim in _claims(text)] == [
        "Anna Berg's claims that 40 dams leak in Ohio have hurt her standing."
    ]


def test_a_line_that_names_nobody_signs_nothing():
    text = "“The dam of Ohio lost 9 percent of its water in May 2019.”\n\nFrom the Right"

    assert [claim.claimant for claim in _claims(text)] == ["unnamed"]


def test_quoted_words_keep_their_first_person():
    text = (
        '"I have 40 books on dams, if the council wants them, and I sold 9 in May," '
        "said 66 percent of the nurses in Ohio."
    )

    assert [claim.text for claim in _claims(text)] == [text]


def test_a_post_behind_a_colon_is_said_by_who_posts_it():
    text = (
        "Bo Holm, the mayor's 2020 campaign manager, tweeted on Thursday: “Ohio sent 40 clerks to "
        "Tarn as soon as the city closed its dams. The county lost 9 percent of them in May.”"
    )

    assert {claim.claimant for claim in _claims(text)} == {"Bo Holm"}


def test_a_body_in_front_of_its_chair_is_not_who_speaks():
    text = (
        "Republican National Committee (RNC) Chairwoman Anna Berg announced on Thursday that the "
        "party has moved 40 events to Jacksonville, Florida."
    )

    assert _claims(text)[0].claimant == "Anna Berg"


def test_what_is_suggested_begins_with_its_subject():
    assert _claims("He suggested the vote next week is political.")[0].text == (
        "The vote next week is political."
    )


def test_a_sentence_that_only_says_who_spoke_is_no_claim():
    text = (
        "“The dam of Ohio lost 9 percent of its water in 2019.”\n\nHolm, deputy director of the "
        "Tarn Institute, said in the tweet.\n\n“The repair may cost the county 40 million euros.”"
    )

    assert [claim.text for claim in _claims(text)] == [
        "The dam of Ohio lost 9 percent of its water in 2019.",
        "The repair may cost the county 40 million euros.",
    ]


def test_to_a_place_is_no_plan():
    text = "Anna Berg announced on Thursday that the party has moved 40 events to Jacksonville."

    assert _claims(text)[0].claimant == "Anna Berg"


def test_what_somebody_can_say_nobody_said():
    text = (
        "“Justice Holm can say what he wants, but 40 judges are a disaster,” Anna Berg replied in "
        "Ohio on Thursday."
    )

    assert {claim.claimant for claim in _claims(text)} == {"Anna Berg"}


def test_half_a_sentence_is_no_claim():
    text = "The dam lost 9 percent. The former Walmart member posing as savior of 40 American jobs."

    assert [claim.text for claim in _claims(text)] == ["The dam lost 9 percent."]


def test_a_word_that_joins_sentences_is_no_part_of_saying():
    text = "Still, Anna Berg said that the council's 40 rules “make little sense” in Ohio in May."

    assert _claims(text)[0].attribution.verb == "said"


def test_figures_according_to_another_poll_are_not_the_last_one_s():
    text = (
        "A Herald poll found 27 percent of voters back Berg. In Ohio Berg has 43 percent of the "
        "support, 25 points ahead of Holm, according to the latest late August, early May poll."
    )

    assert "Herald" not in _claims(text)[-1].claimant


def test_a_strange_name_before_the_verb_speaks_and_no_occasion_behind_it():
    (claim,) = _claims(
        "“It is very worrisome, although the 9 figures are small,” Tedros Adhanom Ghebreyesus, "
        "director-general of the World Health Organization, said Friday at a news conference at "
        "the agency’s headquarters in Geneva."
    )

    assert claim.claimant == "Tedros Adhanom Ghebreyesus"


def test_what_a_fact_suggests_nobody_in_it_says():
    (claim,) = _claims(
        "“The clerks are no richer than they were, suggesting that 9 cables are lost,” says "
        "polling director Karl Holm."
    )

    assert claim.claimant == "Karl Holm"


def test_an_age_beside_the_name_is_no_share_of_people():
    text = "“I plead guilty,” Manafort, 69, told U.S. District Judge Amy Berg in Washington."

    assert _claims(text)[0].text == "Manafort said: I plead guilty."


def test_what_somebody_tells_he_says():
    assert _claims("“We shall win 40 seats,” Anna Berg tells the Herald.")[0].text == (
        "Anna Berg says: We shall win 40 seats."
    )


def test_a_poll_keeps_the_time_of_which_it_tells():
    assert _claims(
        "Just 41% said the mayor is wrong, according to a Herald poll conducted in late May, just "
        "before the council met."
    )[0].text == ("Just 41% said the mayor is wrong.")


@pytest.mark.parametrize(
    "text",
    [
        "Ohio lost 40 mills in May, according to Karl Holm, director of the mill group at Tarn.",
        "Ohio lost 40 mills in May, according to the report, which plays down that 9 were sold.",
    ],
)
def test_who_says_it_to_whom_and_when_is_no_part_of_it(text):
    assert _claims(text)[0].text == "Ohio lost 40 mills in May."


def test_the_day_on_which_somebody_was_told_is_not_told_to_him():
    (claim,) = _claims(
        "Karl Holm, the clerk charged with it, told Ohio lawmakers last week the council had lost "
        "40 mills."
    )

    assert claim.text == "The council had lost 40 mills."
