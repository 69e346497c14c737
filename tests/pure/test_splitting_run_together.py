"""What print runs together, cuts in two or leaves out, and who speaks there all the same."""

import pytest

from claims.splitting.splitter import split_article


def told(text, title=""):
    """Each claim of the text as it is worded, with its claimant."""
    article = split_article(f"{text}\n\nThe harbour is old.", title=title)
    return [(c.claimant, c.text) for c in article.claims if c.text != "The harbour is old."]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            (
                '“I said it, I was wrong, and I withdraw it," Bo Holm said in a filmed statement, '
                "after he first denied it in a letter."
            ),
            [("Bo Holm", "Bo Holm said: I said it, I was wrong, and I withdraw it.")],
        ),
        (
            (
                "“The board doesn’t need anybody to judge the pier. It’s given its own judgment a "
                "number of times,” Ann Lee said, then went on to criticize the council’s handling "
                "of the quay."
            ),
            [
                ("Ann Lee", "Ann Lee said: The board doesn’t need anybody to judge the pier."),
                ("Ann Lee", "Ann Lee said: It’s given its own judgment a number of times."),
            ],
        ),
        (
            '“The mast is rotten and must be taken down," said one member of the board.',
            [("one member of the board", None)],
        ),
    ],
)
def test_quoted_words_are_their_speakers_though_the_rest_cannot_be_cut(text, claims):
    found = told(text)
    assert [by for by, _ in found] == [by for by, _ in claims]
    assert all(words in {None, got} for (_, words), (_, got) in zip(claims, found, strict=True))


def test_a_list_with_semicolons_stays_with_whom_it_is_according_to():
    text = (
        "The marks of the ports in the league were all in the bottom half, according to Clear "
        "Water Watch, including Hull; Kingston; Cork; and the small port of Tarn."
    )
    assert {by for by, _ in told(text)} == {"Clear Water Watch"}


def test_a_relative_clause_ends_where_the_main_verb_stands():
    text = (
        "After a month of silence, the Herald poll, which is one of the five picked by the Board "
        "of Ports (BP) to decide who may join this year's great debates, came out with a new "
        "count this morning that drives another nail into the plan."
    )
    words = [words for _, words in told(text)]
    assert words[1].endswith("to decide who may join this year's great debates.")
    assert words[0].startswith("After a month of silence, the Herald poll came out")


def test_who_speaks_in_rome_is_the_speaker():
    text = (
        "Speaking on Harbour Radio's \"This Week\" programme, Holm, who is one of the board's "
        "strongest critics in Cork, tried to turn the blame away from the council and said it is "
        "time to stop talking about the mast."
    )
    assert "Speaking" not in [by for by, _ in told(text)]
    assert ("Holm", "Holm said: It is time to stop talking about the mast.") in told(text)


def test_she_is_whom_the_clause_before_names():
    text = (
        "Leadership said the roof would be mended in July. Though council leader Nancy Holm said "
        "she hadn’t been told of the plan, she said she would likely vote against the repairs."
    )
    assert [by for by, _ in told(text)][-1] == "Nancy Holm"


def test_two_verbs_with_had_have_one_subject():
    text = (
        "Lotte later noted that the attacker had even called himself a “sailor” and had written, "
        "“The port closest to my own views is the old port of Kingston.”"
    )
    assert told(text)[-1][1].startswith("Lotte later noted: The attacker had written")


@pytest.mark.parametrize(
    "text",
    [
        "Members of the board have put the question this way, Harbour Radio's Ann Lee said:",
        "Right, because it was working so well before the change.",
        "Most editorials are coupled with an opposing view — a feature of ours.",
    ],
)
def test_what_only_opens_mocks_or_tells_of_the_page_is_no_claim(text):
    assert told(f"The pier was closed in May.\n\n{text}") == [("", "The pier was closed in May.")]


def test_a_note_in_brackets_before_the_colon_does_not_hide_who_is_excerpted():
    text = (
        "The study was taken back. The Herald had more details on it (click “expand”):\n\n"
        "A large study on the effects of tar on gulls was taken back by a leading journal after "
        "doctors raised questions about its figures."
    )
    assert told(text)[-1][0] == "Herald"


@pytest.mark.parametrize(
    "text",
    [
        (
            "Keepers in every port — especially\n\nEuropean ports that have seen it coming "
            "— know that they will lose boats before long."
        ),
        (
            "For the town, the feast makes the old quay busy again, just as after years of asking "
            "his crew to stay quiet (at least in port) Holm made his grand entry into Hull."
        ),
    ],
)
def test_a_sentence_goes_on_behind_a_lost_line_and_behind_brackets(text):
    ((_, words),) = told(text)
    assert words.startswith(("Keepers", "For the town"))


def test_sentences_without_a_blank_between_are_paragraphs():
    text = (
        'Ann Lee told the Herald it was late."Visits fell by a third in May," Bo Holm recalled.'
        'Holm also railed at the plan of the council."We have seen it fail twice," he said.'
    )
    assert told(text) == [
        ("Ann Lee", "Ann Lee said: It was late."),
        ("Bo Holm", "Visits fell by a third in May."),
        ("", "Holm also railed at the plan of the council."),
        ("Holm", "Holm said: We have seen it fail twice."),
    ]


def test_two_single_marks_are_a_double_one():
    text = (
        "Bo Holm told the Herald the fall is steep. “We see fewer boats each year,’’ Holm said. "
        "“But we found more of them in 35 small ports.’’\n\nThe study paints a bleak picture."
    )
    found = told(text)
    assert [by for by, _ in found] == ["Bo Holm", "Bo Holm", "Bo Holm", ""]
    assert not any(mark in words for _, words in found for mark in "’’“”" if mark != "’")


def test_the_words_of_a_claim_are_found_again_where_two_single_marks_were_one():
    text = "Bo Holm said: ``Visits fell by a third in May,'' and left. The harbour is old."
    article = split_article(text)
    assert all(text[c.start : c.end] == c.quote for c in article.claims)


def test_an_although_stays_with_what_it_grants():
    text = (
        "“Although tar is less harmful than many other paints it is not completely safe, part of "
        "the problem is that young people do not know it,” Bo Holm said."
    )
    assert len(told(text)) == 1
    text = (
        'Bo Holm, an expert on tar who did not work on the study, told the Herald: "Although the '
        "authors found that use grew by only a few percent following the new rule this could "
        'equate to a large part of the town. That is 40 boats a year."'
    )
    assert {by for by, _ in told(text)} == {"Bo Holm"}


def test_a_question_told_is_no_statement():
    text = "The team noted if and how often boats used the quay in the past month."
    assert [words for _, words in told(text)] == [text]


def test_the_authors_are_not_the_one_author_who_is_named():
    text = (
        "Use rose from 2.18 percent to 2.72 percent, the authors wrote. Senior author Dr. Ann Lee "
        "said the rules matter."
    )
    assert told(text)[0][0] == "authors"


def test_a_rise_by_a_share_is_a_statement():
    text = "Between 2001 and 2019, early deaths from lead poisoning spiked by 41.5%."
    assert told(f"Experts looked at the numbers:\n\n{text}")[-1] == ("", text)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Former Vice President Joe Lee met President Bo Holm. The former vice president", "Lee"),
        ("Ann Lee, the deputy mayor of Hull, met Bo Holm, the mayor. The deputy mayor", "Ann Lee"),
        (("Former Vice President Joe Lee met former Vice President Bo Holm. The former vice "
         "president"), "vice president"),
    ],
)  # fmt: skip
def test_a_whole_title_tells_who_is_meant_if_one_person_bears_it(text, by):
    assert told(f"{text} said visits had fallen by a third.")[-1][0].endswith(by)


def test_a_statement_is_of_whoever_released_it():
    text = (
        "Council leader Bo Holm has since released a statement on the pier. “Captain Lee and I "
        "believe that the pier is safe,” the statement read. “Captain Lee mended the quay in May.”"
    )
    assert [by for by, _ in told(text)][1:] == ["Bo Holm", "Bo Holm"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "On Thursday, the Port Board raised its count for 2018, saying the traffic — as told "
            "from the fourth quarter of 2017 to the fourth quarter of 2018 — stands at 3.0 percent."
        ),
        (
            "An hour after sending off these notes — and mixing in the news that the envoy had "
            "visited the town hall during the old council — Holm has given no details of this."
        ),
    ],
)
def test_nothing_begins_behind_a_dash_in_the_middle(text):
    assert [words for _, words in told(text)] == [text]


def test_a_long_title_in_capitals_before_the_colon_is_of_whoever_speaks():
    text = (
        "JONATHAN LEE: Has the board paid twice?\n\n"
        "TOWN HALL PRESS SECRETARY BO HOLM: The board has paid 40 million once.\n\n"
        "JONATHAN LEE: So was that a yes?\n\nTOWN HALL PRESS SECRETARY BO HOLM: It paid in May."
    )
    assert ("Bo Holm", "The board has paid 40 million once.") in told(text)
