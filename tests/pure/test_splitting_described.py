"""Who speaks where a description stands between the name and the verb, or no clause is seen."""

import pytest

from claims.splitting.splitter import split_article


def claimants(text):
    article = split_article(f"{text} The harbour is old.")
    return [claim.claimant for claim in article.claims][:-1]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        (
            (
                "The Port Board will fully cooperate with any such inquiry, William A. Holm III, "
                "an attorney for the Port Board, said in a statement."
            ),
            "William A. Holm III",
        ),
        (
            (
                "Harbour officials engaged in working-level talks for the visit briefed Holm after "
                "he arrived, the town’s state news agency, HTNA, said on Wednesday."
            ),
            "HTNA",
        ),
        ("This vote, says Holm, “is the most important in 40 years.”", "Holm"),
        (
            (
                "One way to do that, says Joia Holm, the chief medical officer at Harbour Health, "
                "is to ensure you can properly support those whom you ask to stay on board."
            ),
            "Joia Holm",
        ),
        (
            (
                "One of the centres, Saint Makassed Hospital, said in statement the cuts come as "
                "the “ward is going through a hard crisis.”"
            ),
            "Saint Makassed Hospital",
        ),
        (
            (
                "The official, with years of experience studying smuggling in Tarn, said many of "
                "the women who spoke to investigators told of forced visits."
            ),
            "official",
        ),
        (
            (
                "The Rev. Jesse Holm, who's serving as a spokesman for the family, said that was "
                "a concern."
            ),
            "Jesse Holm",
        ),
    ],
)
def test_whoever_is_described_or_heard_without_a_clause_is_the_claimant(text, by):
    assert claimants(text) == [by]


def test_who_says_nothing_of_the_kind_is_not_heard():
    assert claimants("The board, with 40 members, never said many of those who came were ill.") == [
        ""
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            (
                "Early in the show, Holm asked Lee about her retirement but the veteran radio "
                "host quickly let the former keeper know who was boss."
            ),
            [""],
        ),
        ("In past strikes, workers deemed “essential” were told to stay in 40 ports.", [""]),
        ("In a 2018 survey, I found that keepers reported 40 more visits than crews did.", [""]),
        (
            "But according to the Bureau of Tar, Tobacco, and Rope, the crew bought 40 sails.",
            ["Bureau of Tar, Tobacco, and Rope"],
        ),
    ],
)
def test_nobody_says_what_the_article_tells(text, found):
    assert claimants(text) == found


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (
            (
                "Captain Holm said that a strike on the pier would be “an act of war,” prompting "
                "a reply from Mr. Lee."
            ),
            "an act of war”",
        ),
        (
            (
                "Ann Lee added: “The court’s recent behaviour on stays has helped one port over "
                "all others,” a reference to the port of Hull."
            ),
            "over all others.",
        ),
        (
            (
                '"Removing a part of the film was not and is not in keeping with the rules of the '
                'harbour," Ann Lee told reporters.'
            ),
            "the rules of the harbour.",
        ),
    ],
)
def test_what_somebody_says_ends_where_the_writer_goes_on(text, ends):
    claim = split_article(f"{text} The harbour is old.").claims[0]
    assert claim.text.endswith(ends)


def test_a_quotation_begins_a_sentence_behind_letters_with_stops():
    text = (
        "The envoy replied to calls to stop all money bound for the P.U. “I think 40 ports could "
        "change in May,” Bo Holm said."
    )
    assert claimants(text) == ["", "Bo Holm"]
