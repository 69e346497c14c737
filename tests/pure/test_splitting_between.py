"""Who speaks between commas and before colons, and which sentences stay whole."""

import pytest

from claims.splitting import split_article


def _claims(text: str) -> list[tuple[str, str]]:
    return [(claim.text, claim.claimant) for claim in split_article(text).claims]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The port was run by the board, Ann Lee says, as ships are no longer built in Ohio.",
            ("The port was run by the board, as ships are no longer built in Ohio.", "Ann Lee"),
        ),
        (
            "If the strike is not settled, Professor Holm said, the port lost 40 ships in May.",
            ("If the strike is not settled, the port lost 40 ships in May.", "Holm"),
        ),
        (
            "“The port lost 40 ships in May,” Lee began as she walked to the pier.",
            ("The port lost 40 ships in May.", "Lee"),
        ),
        (
            "Ann Lee came to Ohio. \u200b“\u200bThe port lost 40 ships in May\u200b,” she wrote.",
            ("The port lost 40 ships in May.", "Ann Lee"),
        ),
        (
            "“The port lost 40 ships in May,” Lee said, in a written statement released by Ohio.",
            ("The port lost 40 ships in May.", "Lee"),
        ),
        (
            "The ship was seized in May, the clerk told the Herald, without naming the port.",
            ("The ship was seized in May.", "clerk"),
        ),
        (
            (
                "Asked what he would say to sailors who feared for the port, Lee told the Herald: "
                "“The port lost 40 ships in May.”"
            ),
            ("The port lost 40 ships in May.", "Lee"),
        ),
        (
            "As Ohio resident Craig Barnard puts it: “The port lost 40 ships in May.”",
            ("The port lost 40 ships in May.", "Craig Barnard"),
        ),
        (
            "Ann Lee, who left Ohio, had this to say: “The port lost 40 ships in May.”",
            ("The port lost 40 ships in May.", "Ann Lee"),
        ),
        (
            "Ann Lee said her brother, had he won, would have closed the port of Ohio.",
            (
                "Ann Lee said: Her brother, had he won, would have closed the port of Ohio.",
                "Ann Lee",
            ),
        ),
        (
            (
                "According to Tom Berg, Eva Holm and Jim Melton, authors of “The Life of Ports,” "
                "the average age of a port is 40 years."
            ),
            ("The average age of a port is 40 years.", "Tom Berg"),
        ),
        (
            "Critics argue the aide has not served Ohio well, saying he used 40 false figures.",
            (
                (
                    "Critics argue the aide has not served Ohio well, "
                    "saying he used 40 false figures."
                ),
                "Critics",
            ),
        ),
        (
            (
                "Earlier this week, Lee reacted to reports that North Korea had produced 40 bombs "
                "and warned the country they “will be met with fire” if they carry out an attack."
            ),
            (
                "Lee warned: They “will be met with fire” if they carry out an attack.",
                "Lee",
            ),
        ),
        (
            "Majorities of farmers (58 percent) think that the port should be wholly closed.",
            ("Majorities of farmers (58 percent) think that the port should be wholly closed.", ""),
        ),
        (
            "Even if he signed it, the bill would shut the port; Lee noted that 40 ships left.",
            (
                "Even if he signed it, the bill would shut the port; Lee noted that 40 ships left.",
                "",
            ),
        ),
        (
            "“Lucifer in the flesh,” said Ann Lee.",
            ("Ann Lee said: Lucifer in the flesh.", "Ann Lee"),
        ),
        (
            "“Good to see you again, I never saw you in this port,” Ann Lee said in May.",
            (
                "Ann Lee said: Good to see you again, I never saw you in this port.",
                "Ann Lee",
            ),
        ),
    ],
)
def test_who_says_it_is_heard(text: str, claim: tuple[str, str]) -> None:
    assert claim in _claims(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ohio saw days of unrest after Tom Gray, a black man, was held and suffered injuries.",
        (
            "There has been growing concern over plastic on the planet, which has overwhelmed "
            "landfills, inundated rivers and reached the oceans."
        ),
        (
            "If one of the judges leaves the court while Republicans hold the Senate, Lee will "
            "have the chance to create a majority."
        ),
        (
            "The Times has a copy of a memo about a meeting between Tom Lee and Elliott Broidy, "
            "who purportedly has millions worth of contracts."
        ),
        (
            "He repeated threats that Israel could take military action against Iran, which says "
            "its program has only peaceful purposes."
        ),
        (
            "Mayor Mike Berg, a centrist who launched a bid in Ohio after years in the port, and "
            "pledged to use his resources against Tom Lee has suspended his campaign."
        ),
        "So long as it meant that sailors got a new port, it was worth 40 million dollars.",
        "If you disagree with the plan to close the port of Ohio, by all means say so.",
    ],
)
def test_what_belongs_together_stays_whole(sentence: str) -> None:
    assert [text for text, _ in _claims(sentence)] == [sentence]


def test_two_dashes_around_what_was_told_apart_leave_none() -> None:
    texts = [
        text
        for text, _ in _claims(
            "The Herald's Ann Lee in Seoul says North Korea - which had long said its ships are "
            "its own - is now making its demands clear."
        )
    ]

    assert "North Korea is now making its demands clear." in texts


@pytest.mark.parametrize(
    "line",
    [
        "One million dollars to build a bus stop in the port of Ohio.",
        "-- Named archbishop of Ohio on March 25, 1977 and became a cardinal later that year.",
    ],
)
def test_a_line_without_a_verb_or_subject_of_its_own_states_nothing(line: str) -> None:
    assert [text for text, _ in _claims(f"Ohio closed the port in May. {line}")] == [
        "Ohio closed the port in May."
    ]


def test_a_surname_before_a_noun_is_no_first_name_of_anybody() -> None:
    claims = _claims("Kim Jong Un spoke of it. Ships of the Assad and Kim regimes left in May.")

    assert claims[-1][0] == "Ships of the Assad and Kim regimes left in May."
