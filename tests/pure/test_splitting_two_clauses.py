"""Who says which of two clauses, and what stands behind or beside what is said."""

import pytest

from claims.splitting import split_article


def _claims(text: str) -> list[tuple[str, str]]:
    return [(c.text, c.claimant) for c in split_article(text, title="").claims if c.desk]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Peru has said the bridge is 40 years old, and an army general told a crowd last "
                "week that the army is ready to close the bridge."
            ),
            [
                ("The bridge is 40 years old.", "Peru"),
                ("The army is ready to close the bridge.", "army general"),
            ],
        ),
        (
            (
                'Karl Holm said Thursday that "the bridge has 40 cracks" and he didn\'t think the '
                "council would close the bridge."
            ),
            [
                (
                    (
                        'Karl Holm said Thursday that "the bridge has 40 cracks" and he didn\'t '
                        "think the council would close the bridge."
                    ),
                    "Karl Holm",
                )
            ],
        ),
        (
            (
                'The Herald reported in May that Sen. Ann Lee said "The bridge closed in 2016," '
                "suggesting the council could sell it."
            ),
            [("The bridge closed in 2016.", "Ann Lee")],
        ),
        (
            "Officers said they would keep 40 roads closed in May, according to the Herald.",
            [("Officers said they would keep 40 roads closed in May.", "Herald")],
        ),
        (
            (
                "When her story was told to the board in 1944, Ann Lee explained, Rosa Berg "
                "investigated the case."
            ),
            [
                (
                    (
                        "Ann Lee explained: When her story was told to the board in 1944, Rosa "
                        "Berg investigated the case."
                    ),
                    "Ann Lee",
                )
            ],
        ),
        (
            (
                "“It is hard to plan for 40 bridges when the mayor says one thing, the council "
                "says another,” Karl Holm said."
            ),
            [
                (
                    (
                        "It is hard to plan for 40 bridges when the mayor says one "
                        "thing, the council says another."
                    ),
                    "Karl Holm",
                )
            ],
        ),
    ],
)
def test_each_clause_has_its_own_speaker(text: str, expected: list[tuple[str, str]]) -> None:
    assert _claims(text) == expected


def test_a_quotation_before_a_clause_about_its_speaker_is_heard() -> None:
    text = (
        "“This is, combined with what we saw in 2018, legislatures undermining the will of 40 "
        "million people,” said Ann Lee, who runs the Strategy Center."
    )

    assert _claims(text)[0][1] == "Ann Lee"


def test_he_is_nobody_where_another_corrected_the_speaker() -> None:
    text = (
        "Kelly also suggested that the wall would not be paid by Mexico, something that Trump "
        "also corrected. “The wall will cost 40 million euros,” he wrote."
    )

    assert _claims(text)[-1][1] != "Kelly"


def test_it_is_somebody_behind_a_quotation() -> None:
    text = "The group ran an advertisement. “The council made 40 cuts in May,” it says."

    assert _claims(text)[-1] == ("The council made 40 cuts in May.", "it")


def test_a_writer_of_several_things_is_no_author_of_the_article() -> None:
    text = (
        "The bridge was closed in May. Ann Lee wrote that Holm dismissed 40 complaints, that the "
        "mayor jailed members of the press and that the general said it was cool."
    )

    assert any("40 complaints" in wording for wording, _ in _claims(text))


def test_whom_the_article_presents_speaks_in_the_next_paragraph() -> None:
    text = (
        "Here's Harsanyi on what the council has learned:\n\nIt is no secret that the bridge was "
        "built on 40 cracks and a good deal of wishful thinking."
    )

    assert _claims(text)[-1][1] == "Harsanyi"
