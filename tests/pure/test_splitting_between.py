"""Who speaks between commas and before colons, and which sentences stay whole."""

from datetime import date

import pytest

from claims.splitting.splitter import split_article


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
            "Majorities of Republicans (58 percent) and Jews (61 percent) think it illegal.",
            (
                "Majorities of Republicans (58 percent) and Jews (61 percent) think it illegal.",
                "",
            ),
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
        (
            "The “press conference,” Karl Holm said on Monday, “was an affront to 40 states.”",
            ("The “press conference was an affront to 40 states.”", "Karl Holm"),
        ),
        (
            "Goldstein has a past in Ohio, and, according to the Atlantic, the port lost 40 ships.",
            ("Goldstein has a past in Ohio.", ""),
        ),
        (
            "The port is in Ohio, according to the Detroit News, but the ships are 40 miles away.",
            ("The ships are 40 miles away.", ""),
        ),
        (
            (
                "Many groups have said that the rules are “rolling back the rights of students,” "
                "claiming they shield 40 schools from liability."
            ),
            ("They shield 40 schools from liability.", "Many groups"),
        ),
        (
            "Scott Walker says the port lost 40 ships in May, even as he has left Ohio himself.",
            ("The port lost 40 ships in May.", "Scott Walker"),
        ),
        (
            "Apple Inc said it closed 40 stores in May, a move that was followed by others.",
            ("Apple Inc closed 40 stores in May.", "Apple Inc"),
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
            "The county has a copy of a memo that Nader received about a private meeting between "
            "Trump and Elliott Broidy, who purportedly has millions worth of contracts with Peru."
        ),
        (
            "He also repeated threats that Israel, widely believed to be a power, could take "
            "unilateral military action against Iran, which says its program is peaceful."
        ),
        (
            "Mayor Mike Berg, a centrist who launched a bid in Ohio after years in the port, and "
            "pledged to use his resources against Tom Lee has suspended his campaign."
        ),
        "It's one thing to battle over 40 ships, and the reports of them made Ohio furious.",
        "He also reportedly asked McCabe who he voted for in the 2016 election.",
        "The county of Ohio met Supt. Eddie Johnson and his brothers in May.",
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


def test_names_on_lines_of_their_own_tell_who_speaks_below_them() -> None:
    text = (
        "Ohio asked an expert about its port.\n\nAnn Lee\n\nWhy did the port close in May?\n\n"
        "Bo Holm\n\nThe port lost 40 ships in 2016.\n\nIt has been shut ever since.\n\nAnn Lee\n\n"
        "Who paid for it in Ohio?\n\nBo Holm\n\nThe county paid 40 million euros in 2017.\n\n"
        "The talk was held in Ohio on Monday."
    )
    claimants = {claim.quote: claim.claimant for claim in split_article(text).claims if claim.desk}

    assert claimants["The port lost 40 ships in 2016."] == "Bo Holm"
    assert claimants["The county paid 40 million euros in 2017."] == "Bo Holm"
    assert claimants["The talk was held in Ohio on Monday."] == ""


def test_nobody_relays_whom_he_stands_beside() -> None:
    claims = split_article(
        "While Tillerson says the U.S. is talking with the regime, both Tom Lee and Shinzo Abe "
        "have said now is not the time."
    ).claims

    assert [claim.attribution.via for claim in claims] == ["", ""]


def test_one_of_two_who_said_something_is_not_who_speaks_next() -> None:
    claims = _claims(
        "Furman and Betsey Stevenson, also of the council, said the county lost 40 ships. “The "
        "port closed in May,” she said."
    )

    assert claims[-1] == ("The port closed in May.", "she")


def test_a_remark_on_what_is_said_is_not_part_of_it() -> None:
    assert _claims("Bloomberg said the port lost 40 ships in May, which isn’t true.")[0] == (
        "The port lost 40 ships in May.",
        "Bloomberg",
    )


def test_today_means_these_days_in_what_we_see_today() -> None:
    claims = split_article(
        "This law did not allow the attacks that we see today in Ohio.",
        published_at=date(2016, 6, 2),
    ).claims

    assert claims[0].dates == ()


@pytest.mark.parametrize(
    "line", ["The Herald has learned.", "He asked.", "Nor that the mayor closed the port."]
)
def test_what_hangs_on_another_sentence_states_nothing(line: str) -> None:
    assert [text for text, _ in _claims(f"Ohio closed the port in May. {line}")] == [
        "Ohio closed the port in May."
    ]


def test_a_question_that_is_quoted_is_no_claim_for_the_desk() -> None:
    claims = split_article(
        "“What else can we do in Ohio?” Milanovic said, according to the Herald."
    ).claims

    assert not any(claim.desk for claim in claims)


def test_of_two_participles_the_second_is_told_of_the_same() -> None:
    sentence = (
        "The people who are down on Ohio over a vote need to have their lips sewn shut with steel "
        "wire, finished off and held together with a coat of liquid cement."
    )

    assert [text for text, _ in _claims(sentence)] == [sentence]


def test_the_elder_of_a_name_is_not_who_was_named() -> None:
    claims = _claims("Travis McMichael shot 40 ducks. The elder McMichael left Ohio in May.")

    assert claims[-1][0] == "The elder McMichael left Ohio in May."


@pytest.mark.parametrize(
    ("before", "claimant"),
    [
        (
            (
                "Adam Schiff declined to say if the House would seek talks with Bolton, who says "
                "in his book that Donald Trump told him the aid was tied to 40 ships."
            ),
            "Adam Schiff",
        ),
        ("Cade Hall said the port is shut. Tom Berg’s tweet in May marks a change.", "he"),
        (
            (
                "Cade Hall works in Ohio. The school's founder, Michael Strong, says kids learn "
                "best when they are given actual responsibility, real life work."
            ),
            "Michael Strong",
        ),
        ("Cade Hall said the port is shut.", "Cade Hall"),
    ],
)
def test_he_is_who_was_last_told_of_or_nobody(before: str, claimant: str) -> None:
    claims = _claims(f"{before} “The port lost 40 ships in May,” he said.")

    assert claims[-1][1] == claimant


def test_a_text_that_ends_behind_several_names_is_split() -> None:
    assert _claims("The port lost 40 ships, according to Ann Lee, Peter Holm and Eva Berg,")


@pytest.mark.parametrize(
    "headings", [("Read More", "Related Articles"), ("New York", "Los Angeles")]
)
def test_headings_that_come_twice_are_nobody(headings: tuple[str, str]) -> None:
    one, other = headings
    text = "\n\n".join(
        [
            "The port lost 40 ships in May.",
            *(one, "Ohio paid 40 euros in 2015.", other, "Peru paid 50 euros in 2016."),
            *(one, "Rome paid 60 euros in 2017.", other, "Lima paid 70 euros in 2018."),
            "The talks were held in Ohio in 2019.",
        ]
    )

    assert {claimant for _, claimant in _claims(text)} == {""}


def test_the_second_half_of_a_quotation_is_kept() -> None:
    texts = " ".join(
        text
        for text, _ in _claims("“The dam broke,” Lee said, speaking in Ohio, “and 40 ships sank.”")
    )

    assert "40 ships sank" in texts


def test_a_nurse_can_say_something_in_passing() -> None:
    texts = [text for text, _ in _claims("The board met the nurse, who said the port was shut.")]

    assert texts[0] == "The board met the nurse."
