"""Who speaks: in the next paragraph, behind a colon, and where one quotes another."""

from datetime import date

import pytest

from claims.splitting.splitter import split_article

PASSAGE = (
    "The board closed 40 mills in Ohio in May. They are expected to fall to 12 mills by 2030.\n\n"
    "In June the county sold 9 mills to Peru."
)


def _claims(text):
    return [
        (claim.text, claim.attribution.name if claim.attribution else "")
        for claim in split_article(text).claims
    ]


def _speakers(text):
    return [name for _, name in _claims(text)]


@pytest.mark.parametrize(
    "introduction",
    [
        "The Herald's Ann Lee summarizes the latest findings:",
        "Ann Lee considers the sale of the mills:",
        "As Ann Lee wrote last week:",
        "Here’s what Ann Lee, the Herald writer, argued in a Monday post:",
        "Jon Holm praised the sale, and Ann Lee answered him on Monday, adding:",
    ],
)
def test_a_paragraph_behind_an_introduction_is_the_speakers_though_it_has_no_marks(introduction):
    text = f"{introduction}\n\n{PASSAGE}"

    assert _speakers(text)[-3:] == ["Ann Lee", "Ann Lee", ""]


@pytest.mark.parametrize(
    "introduction",
    [
        "Ann Lee isn’t buying that explanation:",
        "Afterward, Ann Lee fell, as you can see in this chart:",
        "The county has this telling record:",
        "Ann Lee would say so:",
    ],
)
def test_a_colon_behind_anything_else_introduces_nobody(introduction):
    assert set(_speakers(f"{introduction}\n\n{PASSAGE}")[-3:]) == {""}


@pytest.mark.parametrize(
    "passage",
    [
        "The board closed 40 mills in May. Lee had warned of that sale of 12 mills in 2012.",
        "The board closed 40 mills in May. She promised 12 mills to the county by 2030.",
        "- The board closed 40 mills in Ohio in May, and the county sold 12 of them in June.",
    ],
)
def test_a_paragraph_about_the_speaker_or_a_point_of_a_list_is_the_articles(passage):
    text = f"Ann Lee addressed the sale of the mills:\n\n{passage}"

    claims = [name for words, name in _claims(text) if "40 mills" in words]
    assert claims == [""]


def test_marks_in_the_next_paragraph_are_of_who_issued_the_statement():
    text = (
        "Ann Lee issued a statement on Tuesday explaining:\n\n"
        "“The board closed 40 mills in Ohio in May.”\n\n“The county sold 12 mills in June.”"
    )

    assert _speakers(text)[-2:] == ["Ann Lee", "Ann Lee"]


def test_a_promise_of_words_that_ends_in_that_states_nothing():
    splitting = split_article("Ann Lee points out that:\n\nThe board closed 40 mills in May.")

    assert [claim.text for claim in splitting.claims] == ["The board closed 40 mills in May."]
    assert splitting.dropped[0].why == "announces a quotation"


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("The Herald quoted Ann Lee as saying the bridge was closed in May.", "Ann Lee", "Herald"),
        ("Ann Lee was quoted as saying that the bridge was closed in May.", "Ann Lee", ""),
        ("“The bridge was closed in May,” Ann Lee was quoted as saying.", "Ann Lee", ""),
        ("“The bridge was closed in May,” the Herald quoted her as saying.", "she", "Herald"),
        ("Reuters cited an aide as saying the bridge was closed in May.", "aide", "Reuters"),
    ],
)
def test_who_is_quoted_as_saying_it_is_the_claimant(text, speaker, via):
    (claim,) = split_article(text).claims

    assert claim.text == "The bridge was closed in May."
    assert claim.attribution is not None
    assert claim.attribution.name == speaker
    assert claim.attribution.via.removeprefix("the ") in {via, f"The {via}"}


@pytest.mark.parametrize(
    "text",
    [
        "The Herald, quoting Ann Lee as saying the bridge was closed, gave no date in May.",
        "The Herald did not quote Ann Lee as saying the bridge was closed in May.",
    ],
)
def test_whom_nobody_quotes_outright_claims_nothing(text):
    assert _speakers(text) == [""]


def test_any_verb_behind_a_quotation_tells_how_it_was_said():
    claims = _claims("“The bridge was closed in May,” Ann Lee began. “It cost 40 mills.”")

    assert [name for _, name in claims] == ["Ann Lee", "Ann Lee"]
    assert claims[0][0] == "The bridge was closed in May."


def test_a_verb_that_takes_an_object_behind_a_quotation_says_nothing():
    text = "When the firm surveyed “likely voters,” Lee's lead increased to 4 points in May."

    assert _speakers(text) == [""]


def test_a_quotation_that_opens_in_mid_sentence_has_the_speaker_of_its_end():
    text = "The mill is “a boon for 40 towns. They have known that since May,” said Ann Lee."

    assert _speakers(text) == ["Ann Lee", "Ann Lee"]


def test_what_a_firm_posts_speaks_for_nobody():
    text = "Mills, which gained from demand in March, posted a 13% decline in sales in May."

    assert set(_speakers(text)) == {""}


def test_where_documents_were_filed_is_not_who_wrote_them():
    text = "The firm paid 40 million euros in May, according to documents filed with the Board."

    assert _speakers(text) == ["documents"]


def test_of_what_a_speaker_gives_as_an_example_the_speaker_is_not():
    text = (
        "Many studies, including studies presented by the Tarn Institute of Health, indicate "
        "that 40 mills closed in May."
    )

    assert "Tarn Institute" not in _speakers(text)[0]


def test_he_is_nobody_where_two_could_have_written_it():
    text = (
        "“It changed,” Jon Holm said. Holm also suggested that Peru would not pay, something "
        "that Karl Berg corrected. “Peru will pay 40 million euros in May,” he wrote."
    )

    assert _speakers(text)[-1] == "he"


@pytest.mark.parametrize("line", ["— May, 2015 letter", "On Peru:"])
def test_a_month_or_a_heading_below_a_quotation_signs_nothing(line):
    assert _speakers(f"“The firm was paid 40 million euros in Peru.”\n\n{line}") == ["unnamed"]


def test_the_verb_of_a_headline_is_no_part_of_a_name():
    headline = "Holm Lays Out Broad Plan for 40 Mills"
    text = f"{headline}\n\nThe plan will close 40 mills, Holm said in May."
    claim = split_article(text, title=headline).claims[-1]

    assert claim.attribution is not None
    assert claim.attribution.name == "Holm"


def test_what_goes_on_in_square_brackets_is_the_same_sentence():
    text = (
        "Ann Lee said, “The resolution put forward by Holm confirms that the sale has been a sham "
        "from the start as it lacked a vote ... [and] does nothing to change 40 mills.”"
    )

    assert len(_claims(text)) == 1


def test_a_printed_name_that_is_doubled_is_no_full_name():
    text = "Holm Holm’s gaffe cost 40 votes. Lee said that Holm failed in May 2015."

    assert _claims(text)[-1][0] == "Holm failed in May 2015."


def test_words_between_marks_are_never_the_articles():
    text = "Ann Lee was asked. “The board closed 40 mills in Ohio in May.” Holm listened in June."

    assert _speakers(text)[1] == "unnamed"


def test_he_who_is_introduced_by_a_pronoun_speaks_too():
    text = f"In May, he dissented from another decision, writing:\n\n{PASSAGE}"

    assert _speakers(text)[-3:] == ["he", "he", ""]


def test_who_is_backed_in_a_poll_does_not_say_what_others_say():
    text = (
        "Another 19% supported Biden, 12% said they would vote for Senator Elizabeth Warren, 9% "
        "backed former New York City Mayor Michael Bloomberg and 6% said they would support Pete "
        "Buttigieg, the former mayor of South Bend, Indiana."
    )

    assert _speakers(text) == [""]


def test_what_somebody_disclosed_may_be_a_deed():
    text = "Lerner first disclosed the IRS targeting at a May 10 tax law conference."

    assert _speakers(text) == [""]


def test_versus_joins_no_first_name_to_a_last():
    text = "Holm Versus Berg closed in May. The board sold Holm 40 mills in June."

    assert _claims(text)[-1][0] == "The board sold Holm 40 mills in June."


def test_a_programme_named_after_a_day_has_no_date():
    text = "“Let’s get on with it,” Ann Lee told the “Herald News Sunday” host Jon Holm."

    claims = split_article(text, published_at=date(2016, 2, 15)).claims

    assert [(claim.claimant, list(claim.dates)) for claim in claims] == [("Ann Lee", [])]


def test_quoted_words_of_nobody_known_are_read_with_the_sentence_before():
    text = "The county had asked the mills. “We lost 40 million euros in Ohio in May.”"
    claim = split_article(text).claims[-1]

    assert claim.text == "Somebody said: We lost 40 million euros in Ohio in May."
    assert claim.needs_context
    assert claim.read_with(text) == "The county had asked the mills."


def test_he_does_not_speak_of_himself_by_name():
    text = "Robert Berg left in May. He said Berg was “belligerent” and had “bullied” 40 men."

    assert _speakers(text)[-1] == "he"


@pytest.mark.parametrize(
    "text",
    [
        "The indictment doesn't describe his misconduct in Peru in May.",
        (
            "The North’s statement came two days after the U.N. Security Council unanimously "
            "approved new sanctions, saying they were caused by a heinous plot of 40 states."
        ),
    ],
)
def test_who_did_not_say_it_or_may_not_have_is_no_claimant(text):
    assert set(_speakers(text)) <= {""}


@pytest.mark.parametrize(
    "text",
    [
        "Lee decided to attend the meetings on Thursday and Friday.",
        "Over the last year Lee spent 152 days outside Ohio.",
    ],
)
def test_a_day_or_year_that_may_be_another_is_not_filled_in(text):
    (claim,) = split_article(text, published_at=date(2013, 5, 30)).claims
    assert claim.dates == ()
