"""Who speaks in a document, and how far "according to" reaches."""

import pytest

from claims.splitting.splitter import split_article


def said(text):
    return [(claim.claimant, claim.text) for claim in split_article(text).claims]


@pytest.mark.parametrize(
    "text",
    [
        "Helen Oduya spoke on Monday. Her subsequent tweets claimed the port lost 40 boats.",
        "Helen Oduya's tweets claimed the port lost 40 boats.",
        "A post by Helen Oduya said the port lost 40 boats.",
        "In a tweet, Helen Oduya said it rained. The tweet said the port lost 40 boats.",
    ],
)
def test_whose_words_a_document_holds_says_them(text):
    name, wording = said(text)[-1]
    assert (name, wording) == ("Helen Oduya", "The port lost 40 boats.")


def test_a_body_keeps_what_is_its_own():
    assert said("Helen Oduya's campaign said the port lost 40 boats.")[-1][0] == (
        "Helen Oduya's campaign"
    )


def test_what_a_source_cites_belongs_to_the_source():
    text = (
        "He will ask for damages in the amount of $10 million, according to his notice of claim, "
        'which cites "loss of earnings," "inability to work" and "stress" as part of the damage.'
    )
    assert said(text)[0] == (
        "notice of claim",
        "He will ask for damages in the amount of $10 million.",
    )


def test_a_source_that_is_named_behind_its_role_leaves_no_name_behind():
    text = "He asked for $10 million, according to his lawyer, Paul Harrow, who spoke on Monday."
    assert said(text) == [
        ("Paul Harrow", "According to Paul Harrow: He asked for $10 million."),
        ("", "Paul Harrow spoke on Monday."),
    ]


def test_what_stands_in_dashes_is_all_that_its_source_says():
    text = (
        "The calls are part of the evidence the ministry collects before a reply -- likely a "
        "strike, according to sources -- in the coming days."
    )
    assert said(text) == [("", text)]


def test_a_dash_without_blanks_parts_what_is_quoted():
    text = (
        "Harrow couched this in a caveat—“if the idea was to count every boat”—which perhaps "
        "suggests that this is only a failure if the idea is to count every boat."
    )
    assert [name for name, _ in said(text)] == [""]


def test_what_somebody_elses_document_suggests_is_not_its_writers_claim():
    text = "Helen Oduya's letter strongly suggests the port lost 40 boats, Paul Harrow said."
    assert said(text)[0][0] == "Paul Harrow"


def test_a_paper_is_no_post():
    assert said("The Tarn Morning Post reported that 40 boats sank.")[0][0].endswith("Morning Post")


def test_who_speaks_in_a_clause_says_it_and_nobody_else():
    text = "Paul Harrow added that it may rain in Ohio, where Helen Oduya said she is popular."
    assert said(text)[-1] == ("Helen Oduya", "In Ohio, Helen Oduya said she is popular.")


@pytest.mark.parametrize(
    "title",
    [
        "What the huge drop in fuel prices means for Ohio.",
        "Why the port lost 40 boats in May.",
        "How Helen Oduya won the harbour.",
    ],
)
def test_a_title_of_something_else_states_nothing(title):
    assert said(f"Forty boats sank in May. {title}") == [("", "Forty boats sank in May.")]


@pytest.mark.parametrize(
    "sentence",
    [
        "What Helen Oduya found in May shocked the town.",
        "Why the port lost 40 boats is a mystery to the council.",
        "He will ask for damages of $10 million.",
        "The council asked for 10 boats.",
    ],
)
def test_what_begins_like_a_title_and_states_something_stays(sentence):
    assert said(f"Forty boats sank in May. {sentence}")[-1] == ("", sentence)


def test_what_could_have_been_is_not_for_the_desk():
    claims = split_article("He could’ve pulled a stunt, and pointed fingers at the press.").claims
    assert [claim.desk for claim in claims] == [False, False]


@pytest.mark.parametrize(
    "line",
    [
        "The Times is committed to publishing a diversity of letters to the editor.",
        "All of HNR's harbour coverage, by the way, is collected here.",
        "This column is based on one available through Andrews Universal.",
    ],
)
def test_what_a_page_says_of_itself_is_left_out(line):
    assert said(f"Forty boats sank in May.\n\n{line}") == [("", "Forty boats sank in May.")]


def test_what_a_body_counts_is_told_by_it():
    text = "Tarn denies the charge and says ships sank in the storm. It puts the toll at 40."
    assert said(text)[-1] == ("Tarn", "It puts the toll at 40.")


def test_what_a_survey_is_made_of_is_no_finding_of_it():
    text = (
        "A new survey by CNN found Lee ahead by 40% to 30%. "
        "It included 1,023 registered voters in 12 states reached by telephone."
    )
    assert said(text)[-1][0] == ""


def test_whom_a_letter_was_sent_did_not_write_it():
    text = (
        "The council still views the port as an “unusual threat,” at least according to the "
        "letter they sent Congress renewing the sanctions."
    )
    assert said(text) == [("letter", "The council still views the port as an “unusual threat”.")]


def test_a_paper_at_the_end_is_heard_where_no_clause_is_seen():
    text = (
        "The last public attempt at six-party talks — involving Tarn, Ohio and the port restarted "
        "— collapsed in 2012 after the north launched a rocket, the Tarn Herald notes."
    )
    assert said(text) == [("Tarn Herald", text.removesuffix(", the Tarn Herald notes.") + ".")]


def test_whoever_shoots_back_is_quoted():
    text = (
        "After Mr Harrow said he'd like to explain, the chair of the Ohio committee shot back: "
        "“I don't care what you like, agent Harrow.”"
    )
    assert said(text)[-1][0] == "chair of the Ohio committee"


def test_what_the_writer_holds_against_a_quotation_is_no_part_of_it():
    text = "“We’ve lost so many jobs,” the voter said, even though unemployment sat at 5.4 percent."
    assert said(text)[0] == ("voter", "The voter said: We’ve lost so many jobs.")


def test_whoever_bears_a_title_is_named_though_it_is_parted_from_the_verb():
    text = "Senate Minority Leader Chuck Holm on Wednesday said Lee should leave the port."
    assert said(text)[0][0] == "Chuck Holm"


def test_what_was_cut_out_leaves_no_points_behind():
    text = "He began to answer, explaining that pilots could have been blinded by the sun…."
    assert said(text)[0] == ("", "He began to answer.")


def test_what_did_so_is_not_parted_from_what_was_done():
    text = (
        "Roosevelt offered his plan after winning in May 1936, and the popular president did so "
        "while the Court was sabotaging his efforts."
    )
    assert said(text) == [("", text)]


def test_what_is_demanded_is_not_told_as_if_it_were_so():
    text = "They also have demanded that the nearly 40 men who have been arrested be released."
    assert said(text) == [("They", text)]


def test_what_an_assertion_rests_on_stays_with_it():
    text = "Based on the ratio, the authors wrote, “no increase in catches occurred from 1980 on.”"
    ((name, wording),) = said(text)
    assert name == "authors"
    assert wording.startswith("Based on the ratio, ")


def test_they_are_not_a_body_that_spoke_long_before():
    text = (
        "The Tarn Herald said 40 boats sank. It rained in May. The council met in June. Harrow "
        "left in July. The protests began in August. They said 40 men were freed."
    )
    assert said(text)[-1][0] == "They"


def test_a_headline_printed_with_other_marks_is_still_the_headline():
    found = split_article(
        "Voters are leaving Helen Oduya's \"Late Show\" Paul Harrow doubles Oduya's audience in "
        "a new poll\n\nAccording to the poll, 40 percent of voters left.",
        title="Voters are leaving Helen Oduya’s “Late Show”",
    )
    assert found.claims[0].quote == 'Voters are leaving Helen Oduya\'s "Late Show"'


def test_what_a_country_has_shown_is_the_articles():
    text = (
        "After five tests in a decade, North Korea has already shown that it is a threat to Japan."
    )
    assert [name for name, _ in said(text)] == [""]


def test_a_department_cut_short_ends_no_sentence():
    text = "Helen Oduya Asks State Dept. To Release 40 Letters To The Public"
    assert said(text)[0][1].startswith("Helen Oduya Asks State Dept. To Release")
