"""Sentences that stay whole because a part of them says something else."""

from datetime import date

import pytest

from claims.splitting.dates import dates_in
from claims.splitting.splitter import split_article


def _claims(text: str) -> list[str]:
    return [claim.text for claim in split_article(text).claims]


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "The lab will record drug effects, stress and pain ratings, heart rate, and blood "
            "levels of salt, zinc, and their metabolites."
        ),
        (
            "The options could include cyber retaliation, financial sanctions, criminal "
            "indictments against the men or even a boost in military support to Peru, still at war "
            "with the North."
        ),
        (
            "Ann Lee’s top-heavy team proved the media wrong in 2007 as she blew an election in "
            "which she was favored—and was upset by an upstart named Holm."
        ),
        (
            "It’s worth noting, though, the Christian-founded charity has repeatedly said it helps "
            "all people in need."
        ),
        (
            "Warren told a climate audience and later tweeted that the industry wants the public "
            "to discuss straws."
        ),
        (
            "Mirkarimi said notifying the agency would have helped the transfer to federal "
            "custody, and deputies couldn't do that without having the required warrant or court "
            "order."
        ),
        (
            "It was a vivid tableau: Mr. Kerry — the former senator, who voted for the war in "
            "2003, then turned against it — imploring his old colleagues to authorize an act of "
            "war."
        ),
        "Mr. Kerry — a senator until 2003 — asked his old friends to authorize another war.",
    ],
)
def test_a_sentence_is_not_cut_where_half_of_it_says_something_else(sentence: str) -> None:
    assert _claims(sentence) == [sentence]


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        (
            (
                "“You are the only one in the world that could raise $6 million for the veterans, "
                "have applause by all of them and end up being criticized,” Ann Lee said."
            ),
            (
                "Ann Lee said: You are the only one in the world that could raise $6 million for "
                "the veterans, have applause by all of them and end up being criticized."
            ),
        ),
        (
            (
                "“Despite assurances from Sebelius and Cohen that ‘all was well’ and ‘on track’ "
                "with the launch of the act, we now have documents dating back to April that call "
                "into question what they told us,” Murphy said."
            ),
            (
                "Murphy said: Despite assurances from Sebelius and Cohen that ‘all was well’ and "
                "‘on track’ with the launch of the act, we now have documents dating back to April "
                "that call into question what they told us."
            ),
        ),
        (
            (
                "“He wanted to tell us that he had 3 sons,” Portman said, reflecting on the day "
                "two years ago his son first told his parents he was gay."
            ),
            "Portman said: He wanted to tell us that he had 3 sons.",
        ),
        (
            (
                "The strikes have been carefully planned and “very precise,” he said, and “those "
                "kinds of actions typically get high levels of support.”"
            ),
            (
                "The strikes have been carefully planned and “very precise,” and “those kinds of "
                "actions typically get high levels of support.”"
            ),
        ),
        (
            "Floods rose by 3 feet, according to the report, released May 6 by the White House.",
            "Floods rose by 3 feet.",
        ),
        (
            "The Democratic leadership, according to the letter, is encouraging 40 Democrats.",
            "The Democratic leadership is encouraging 40 Democrats.",
        ),
        (
            "Because Iran, while not mentioned, is a factor in 40 states.",
            "Iran, while not mentioned, is a factor in 40 states.",
        ),
        (
            "“The embassy put out a statement after their grounds had been breached,” Holm said.",
            "The embassy put out a statement after their grounds had been breached.",
        ),
        (
            "“He won't have 40 doubts, I think — and we see him change his mind,” Holm said.",
            "Holm said: He won't have 40 doubts, I think — and we see him change his mind.",
        ),
        (
            (
                "Stein attacked the media for not covering her campaign – a campaign, which, she "
                "says, presents voters with a clear alternative."
            ),
            (
                "Stein attacked the media for not covering her campaign – a campaign, which, she "
                "says, presents voters with a clear alternative."
            ),
        ),
        (
            "Holm testified that he had “no way to gauge” the “accuracy” of anything Lee promised.",
            "Holm testified: He had “no way to gauge” the “accuracy” of anything Lee promised.",
        ),
        (
            "Holm said Democrats had “ceded too much” and took some blame for losing 40 districts.",
            "Holm said Democrats had “ceded too much” and took some blame for losing 40 districts.",
        ),
        (
            "North Korea has said it is willing to disarm, but that term is open to 40 readings.",
            "North Korea has said it is willing to disarm, but that term is open to 40 readings.",
        ),
        (
            "Kelly said the wall would not be paid by Peru, something that Holm also corrected.",
            "Kelly said the wall would not be paid by Peru, something that Holm also corrected.",
        ),
        (
            "The aide said Lee is “thankful” for the ruling — despite lambasting 40 judges in May.",
            "The aide said Lee is “thankful” for the ruling — despite lambasting 40 judges in May.",
        ),
        (
            "The aide said the bank — and its owner — failed in May.",
            "The bank — and its owner — failed in May.",
        ),
        (
            "Holm said that “we will have 40 talks,” and the blueprint of Ohio pushes for 3 plans.",
            "Holm said that “we will have 40 talks,” and the blueprint of Ohio pushes for 3 plans.",
        ),
        (
            (
                "Lee said that even though he believed Holm was auguring an era of “gold” — and "
                "that a blight had set in — he was pessimistic about 40 mills."
            ),
            (
                "Lee said: Even though he believed Holm was auguring an era of “gold” — and that a "
                "blight had set in — he was pessimistic about 40 mills."
            ),
        ),
        (
            "In Texas, for instance, reports indicate that closing clinics has led to 40 deaths.",
            "In Texas, closing clinics has led to 40 deaths.",
        ),
        (
            "The man reportedly shot 20 children and killed himself in Ohio.",
            "The man reportedly killed himself in Ohio.",
        ),
        (
            "The White House met Sen. John McCain, who has expressed doubts that it will work.",
            "Sen. John McCain has expressed doubts that it will work.",
        ),
        (
            "Many readers added a line to the last of 40 names: “And Patrick,” said Allison Adams.",
            "Many readers added a line to the last of 40 names: “And Patrick,” said Allison Adams.",
        ),
        (
            "Bush has said the ruling was wrong, while Paul and Cruz both hailed the panel.",
            "Bush has said the ruling was wrong, while Paul and Cruz both hailed the panel.",
        ),
        (
            "He said “now that Holm has insulted me and left, Peru would consider 40 steps.”",
            "He said: Now that Holm has insulted me and left, Peru would consider 40 steps.",
        ),
        (
            "On Monday Holm tweeted: “So many signs that the 40 men were mad.”",
            "So many signs that the 40 men were mad.",
        ),
        (
            "1) The bridge was closed in 2012.",
            "The bridge was closed in 2012.",
        ),
        (
            "“I don't want to hear 40 men,” Paul Ryan said on CBS News' “Face the Nation.”",
            "Paul Ryan doesn't want to hear 40 men.",
        ),
        (
            "Lawmakers lamented that while 40 men had been held to account, Congress had not.",
            "Lawmakers lamented that while 40 men had been held to account, Congress had not.",
        ),
        (
            "Ann Lee, who’s returned to her previous role at the Herald, spoke in May.",
            "Ann Lee has returned to her previous role at the Herald.",
        ),
    ],
)
def test_nothing_is_lost_that_turns_the_rest(sentence: str, claim: str) -> None:
    assert claim in _claims(sentence)


@pytest.mark.parametrize(
    "wording",
    [
        "Today, cars are built by robots.",
        "She is credited with the holiday that is celebrated today.",
        "They recall it as if it were yesterday.",
        "The Easter Sunday attacks killed 40 people.",
    ],
)
def test_no_day_is_filled_in_where_none_is_meant(wording: str) -> None:
    assert list(dates_in(wording, date(2019, 10, 28))) == []


def test_a_meeting_today_is_dated() -> None:
    wording = "Today, leaders are meeting in Nairobi."

    assert list(dates_in(wording, date(2019, 10, 28))) == [("Today", "28 October 2019")]


def test_a_quotation_that_goes_on_in_the_next_sentence_is_closed() -> None:
    first, _ = _claims("The mayor said the bridge was “closed for good. It has 40 cracks.”")

    assert first == "The bridge was “closed for good.”"
