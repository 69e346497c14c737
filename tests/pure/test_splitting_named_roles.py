"""Who speaks where a role, a body or a label stands before the name."""

import pytest

from claims.splitting.splitter import split_article


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The mayor of Quillmouth, Anna Berg, said the bridge cost 40 million euros.", "Anna Berg"),
        ("The company Acme Steel said it closed two plants in 2019.", "Acme Steel"),
        ("WHO says 300,000 people died of measles in 2019.", "WHO"),
    ],
)
def test_the_name_speaks_and_not_the_role_before_it(text: str, claimant: str) -> None:
    assert [claim.claimant for claim in split_article(text).claims] == [claimant]


def test_what_stands_behind_a_label_is_a_statement() -> None:
    (claim,) = split_article("THE FACTS: Sweden has not banned cash.").claims
    assert claim.text.endswith("Sweden has not banned cash.")


def test_a_name_does_not_end_in_and() -> None:
    (claim,) = split_article(
        "The Iran hawks in the U.S., Israel and elsewhere argued that the bridge cost 40 million."
    ).claims
    assert claim.claimant == "Iran hawks in the U.S., Israel and elsewhere"


def test_a_brother_whose_first_name_the_parser_does_not_know_bears_the_surname_too() -> None:
    text = (
        "Esteban Santiago shot five people in May.\n\nBryan Santiago said the army let them down."
        "\n\nEsteban Santiago is in custody.\n\nSantiago pleaded no contest to assault in 2016."
    )
    assert [c.text for c in split_article(text).claims][-1].startswith("Santiago pleaded")


def test_somebody_claims_what_was_when_something_else_was() -> None:
    (claim,) = split_article(
        "Ann Lee claims that when the dam broke in 2019, 40 homes were flooded."
    ).claims
    assert claim.claimant == "Ann Lee"


def test_a_wording_does_not_end_in_what_announces_the_next_words() -> None:
    (claim,) = split_article(
        "The courts of Ohio struck down 14 rules in 2019 over the 14th Amendment, which says:"
    ).claims
    assert claim.text.rstrip(".") == (
        "The courts of Ohio struck down 14 rules in 2019 over the 14th Amendment"
    )


@pytest.mark.parametrize(
    ("before", "claimant"),
    [
        ("Joe Smith said taxes rose. The mayor urged the council to act.", "he"),
        ("Joe Smith said taxes rose. The council urged the mayor to act.", "Joe Smith"),
        ("Mayor Joe Smith said taxes rose. The mayor urged the council to act.", "Joe Smith"),
        (
            "Mayor Jon Holm left. Mayor Joe Smith said taxes rose. The mayor urged calm.",
            "Joe Smith",
        ),
    ],
)
def test_he_may_be_the_one_who_has_only_a_role(before: str, claimant: str) -> None:
    *_, claim = split_article(f"{before} He said 40 bridges fell in 2019.").claims
    assert (claim.claimant, claim.text) == (claimant, "40 bridges fell in 2019.")


def test_a_document_is_not_by_whom_it_tells_of() -> None:
    (claim,) = split_article(
        "The exit poll statistic showing that 38 percent of voters in the family voted for Walker "
        "stunned Democrats."
    ).claims
    assert claim.claimant == "exit poll statistic"


@pytest.mark.parametrize(
    ("sentence", "claimant"),
    [
        (
            'The agencies asserted "with high confidence" that Russia moved 300 people in 2016.',
            "agencies",
        ),
        ("Officials said with confidence that 300 people were moved.", "Officials"),
    ],
)
def test_what_is_said_with_confidence_is_said(sentence: str, claimant: str) -> None:
    (claim,) = split_article(sentence).claims
    assert claim.claimant == claimant
    assert claim.text in {"300 people were moved.", "Russia moved 300 people in 2016."}


def test_he_is_not_who_was_told_of_before_where_the_president_stands_nearer() -> None:
    *_, claim = split_article(
        "John Kerry can't wait to dive in. Kerry now has to wait for his new boss. The president "
        "said before his trip here that he believes in the peace process — but he believes as "
        "well that the Israelis will need to show some flexibility."
    ).claims
    assert claim.claimant != "John Kerry"
