"""What is said by nobody, by a body without a name, or denied by whoever writes."""

import pytest

from claims.splitting.splitter import split_article


def _told(text):
    return [(claim.text, claim.claimant) for claim in split_article(text).claims]


@pytest.mark.parametrize(
    "sentence",
    [
        "No study has found that the vaccine causes autism.",
        "Nobody at the firm said that 40 jobs would go.",
        "Few experts believe that the tax will raise $4 billion.",
        "Neither Lee nor Holm said the bridge was unsafe.",
        "Hardly anyone predicted that Lee would win by 4 points.",
        "Not a single witness said that Smith had a gun.",
        "Mr. Lochte no longer says that a gun was put to his head.",
        "Crime has not doubled since 2019, as Mr Lee claimed.",
        "It is untrue that Sweden has fined 200 people for growing potatoes, as the post says.",
    ],
)
def test_what_nobody_says_or_the_writer_denies_is_nobodys_claim(sentence):
    assert _told(sentence) == [(sentence, "")]


def test_whoever_grants_a_denial_says_it():
    sentence = "The tax did not fall to 4 percent, as the minister noted."

    assert _told(sentence) == [("The tax did not fall to 4 percent.", "minister")]


@pytest.mark.parametrize(
    ("source", "claimant"),
    [
        ("the company", "company"),
        ("police", "police"),
        ("her family", "family"),
        ("people familiar with the matter", "people familiar with the matter"),
        ("accounts filed in May", "accounts"),
        ("the WHO", "WHO"),
    ],
)
def test_words_set_off_by_a_mark_are_according_to_anybody(source, claimant):
    sentence = f"Smith earned $4 million in 2024, according to {source}."

    assert _told(sentence) == [("Smith earned $4 million in 2024.", claimant)]


def test_each_clause_is_according_to_a_body_without_a_name():
    sentence = "According to police, Holm stole $4,000, while Lee drove the car."

    assert _told(sentence) == [("Holm stole $4,000.", "police"), ("Lee drove the car.", "police")]


def test_a_plan_and_what_stands_behind_a_verb_of_saying_tell_nobody_anything():
    assert _told("They were paid, according to rank, 40 euros.")[0][1] == ""
    text = "According to our interpretation of the clause, Lee cannot be fined 4 million dollars."
    assert _told(text) == [(text, "")]
    assert _told("A paper wrote, according to two aides, that 40 men left.")[0][1] != "two aides"


@pytest.mark.parametrize(
    "sentence",
    [
        "The authors recommend that schools start no earlier than 8.30 am.",
        "Unions demand that ministers raise pay by 8 percent.",
    ],
)
def test_a_recommendation_is_no_fact(sentence):
    assert _told(sentence)[0][0] == sentence


@pytest.mark.parametrize(
    ("sentence", "claimant"),
    [
        ("Ann Lee points out that only 9% of the participants were poor.", "Ann Lee"),
        ("Sources confirmed that the firm had lost $40 million.", "Sources"),
        ("The plant will shut in May, the company has confirmed.", "company"),
        ("Gary Dobbs, 67, fumed: “There are 40 rats here. The council lost £4m.”", "Gary Dobbs"),
        ("The WHO said 40 people died of cholera in May.", "WHO"),
        ("A local charity, Food First, said demand rose by 40 per cent.", "Food First"),
        ("Tax records show Lee earned $4 million.", "Tax records"),
        (
            "A survey of Ford workers found that 54 percent want to strike.",
            "survey of Ford workers",
        ),
        (
            "A memo from Public Works Director Tom Aldridge says the boiler costs $1.2 million.",
            "Tom Aldridge",
        ),
        ("Lee pointed to the fact that crime fell by 4 percent.", ""),
    ],
)
def test_the_claimant_is_who_speaks_and_not_a_word_beside(sentence, claimant):
    assert _told(sentence)[0][1] == claimant


def test_a_second_thing_said_is_never_told_by_the_article_itself():
    sentence = (
        "Treasurer Michael Ng said it wasn’t true that funding would be cut, "
        "and that net debt was forecast to peak at $13 billion."
    )

    assert {claimant for _, claimant in _told(sentence)} == {"Treasurer Michael Ng"}


def test_the_mark_of_what_is_said_does_not_become_its_first_word():
    found = _told("Studies have shown that heart disease was almost unknown before 1920.")

    assert not found[0][0].startswith("That")


def test_the_title_of_a_book_is_not_quoted():
    sentence = "“The war was lost in May,” Ann Lee wrote in her memoir, “Ashes.”"

    assert _told(sentence) == [("The war was lost in May.", "Ann Lee")]


@pytest.mark.parametrize(
    "title", ["Chief Financial Officer", "Deputy Prime Minister", "Assistant Secretary of State"]
)
def test_a_title_is_told_whole(title):
    claim = split_article(f"{title} Ann Lee said 400 homes were built.").claims[0]

    assert claim.attribution.described_as == title


_DEBATE = """Senator Ruth Brandt faced Tomas Reyes in a debate in Tarn on Monday.

Mr Reyes, a builder, said the town had lost 40 jobs. He accused Senator Brandt of living elsewhere.

“I was born in this town and I went to school 300 yards from here,” she said.

The senator said 300 homes were built.
"""


def test_she_is_nobody_whom_the_article_calls_mr():
    born = next(c for c in split_article(_DEBATE).claims if "born" in c.text)

    assert "Reyes" not in born.text + born.claimant


def test_a_title_alone_is_the_only_one_who_has_it():
    homes = next(c for c in split_article(_DEBATE).claims if "homes" in c.text)
    other = _DEBATE.replace("The senator said", "Another senator came. The senator said")

    assert homes.claimant == "Ruth Brandt"
    assert next(c for c in split_article(other).claims if "homes" in c.text).claimant == "senator"


def test_a_name_ends_at_a_dash():
    text = (
        "Ang Tsherin Sherpa - the man behind the design - is defiant. "
        '"I made 40 sketches in May," he explains.'
    )
    assert {name for _, name in _told(text)} <= {"", "Ang Tsherin Sherpa", "Tsherin Sherpa"}
