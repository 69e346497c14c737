"""Who says which of two clauses, and what stands behind or beside what is said."""

import pytest

from claims.splitting.splitter import split_article


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


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        (
            "Alex Jones claimed that the shooting of 40 was staged, and Barack Obama paid actors.",
            "Alex Jones",
        ),
        (
            "Ann Lee told police she was asleep in May, but John Smith made her open the door.",
            "Ann Lee",
        ),
    ],
)
def test_an_accusation_stays_with_its_speaker_to_the_end(text: str, claimant: str) -> None:
    assert [who for _, who in _claims(text)] == [claimant]


def test_what_came_as_somebody_spoke_is_one_claim() -> None:
    text = "The call for sanctions came as President Trump said that 40 ships were lost in May."

    assert _claims(text) == [(text, "")]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The mayor said, as every mayor since Ann Lee has said, that 40 bridges fell.", "mayor"),
        ("Said Hansen: “More than 40 million people voted in May.”", "Hansen"),
        ("“We all paid 40 million euros in May,” read the ads.", "ads"),
        ("“After 40 years of war, Peru agrees to the plan,” Karl Holm said.", "Karl Holm"),
        ("Ann Lee said that the bridge is 40 years old, a hope shared by Holm.", "Ann Lee"),
    ],
)
def test_who_says_it(text: str, claimant: str) -> None:
    assert _claims(text)[0][1] == claimant


def test_a_sign_of_which_somebody_warns_is_not_said() -> None:
    text = (
        "John Bolton warned Iran on Sunday not to take the decision of May as a sign the United "
        "States will not use force."
    )

    assert _claims(text)[0][0] == text


def test_what_is_feared_is_not_stated() -> None:
    text = "Many critics fear the council will lose 40 million euros in 2019."

    assert _claims(text) == [
        ("Many critics fear: The council will lose 40 million euros in 2019.", "Many critics")
    ]


def test_a_paper_that_was_named_is_the_newspaper() -> None:
    text = (
        "Reuters reported on it. The state newspaper Rodong Sinmun published an editorial in May. "
        "“China lost 40 ships in May,” the newspaper said."
    )

    assert _claims(text)[-1] == ("China lost 40 ships in May.", "Rodong Sinmun")


def test_a_headline_names_nobody() -> None:
    text = (
        "The committee rushed out a release under the headline “Bubba Axes Obama Again.” Mr. Obama "
        "said the pipeline would cost 40 million euros."
    )

    assert _claims(text)[-1][1] == "Obama"


def test_the_margin_of_error_is_told_by_the_article() -> None:
    text = (
        "A Pew Research Center survey showed that two-thirds of Americans read the news. That "
        "survey had a margin of error of plus or minus 5.6 percentage points."
    )

    assert _claims(text)[-1][1] == ""


def test_two_clauses_at_a_semicolon_are_not_both_said() -> None:
    text = (
        "Robert Gates said costs were “eating us alive”; last year, they were 40 percent of all "
        "that was paid."
    )

    assert _claims(text) == [(text, "")]


def test_any_verb_between_a_mark_and_a_name_tells_who_spoke() -> None:
    text = "“The bridge cost 40 million euros,” reflected Alexis Herman, a former secretary."

    assert _claims(text) == [("The bridge cost 40 million euros.", "Alexis Herman")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ann Lee said that the ship sank in 1912, and that 1,500 people died.",
            ["The ship sank in 1912.", "1,500 people died."],
        ),
        (
            (
                "The firm said that the plant opened in 2010, it employs 400 people and that it "
                "was paid for by the state."
            ),
            [
                "The plant opened in 2010, it employs 400 people and it was paid for by the state.",
            ],
        ),
        (
            (
                "The council said the road was closed in May, that it reopened in June and that it "
                "will stay open."
            ),
            ["The road was closed in May, it reopened in June and it will stay open."],
        ),
        (
            (
                "The report found that the dam leaked in May, that 40 homes were flooded, and that "
                "nobody was warned."
            ),
            ["The dam leaked in May, 40 homes were flooded, and nobody was warned."],
        ),
    ],
)
def test_each_that_of_one_saying_says_something(text, expected):
    assert [wording for wording, _ in _claims(text)] == expected
