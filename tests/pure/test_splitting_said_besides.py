"""What somebody says beside a quotation, who goes on saying it, and what only asks."""

from datetime import date

import pytest

from claims.splitting.noise import why_noise
from claims.splitting.splitter import split_article

FIRST = "The council of Tarn voted on 40 new bridges in May 2016."


def _told(text: str) -> list[tuple[str, str]]:
    return [(c.text, c.claimant) for c in split_article(f"{FIRST}\n\n{text}").claims[1:]]


@pytest.mark.parametrize(
    "said",
    [
        "Taxes rose in 2019, Ann Lee said, adding that Ohio paid 40 dollars.",
        "“Taxes rose in 2019,” Ann Lee said Tuesday, noting that Ohio paid 40 dollars.",
        "Taxes rose in 2019, Ann Lee told reporters, warning that Ohio paid 40 dollars.",
    ],
)
def test_who_speaks_says_also_what_is_added(said: str) -> None:
    assert _told(said) == [("Taxes rose in 2019.", "Ann Lee"), ("Ohio paid 40 dollars.", "Ann Lee")]


def test_what_is_meant_by_it_is_not_said() -> None:
    (claim,) = _told("“We sold 40 mills,” the board reported, suggesting Ohio paid for them.")
    assert claim[0] == "The board reported: We sold 40 mills."


def test_who_says_that_the_time_is_now_urges_and_not_the_time() -> None:
    assert _told(
        "Obama on Thursday told leaders that the time to pass the bill of 40 pages is now, and "
        "urged the House to do so soon."
    )[1:] == [("Obama urged the House to do so soon.", "")]


def test_who_vows_is_a_person_and_not_the_plan() -> None:
    assert [
        text
        for text, _ in _told(
            "Ann Lee said the plan will cost 40 dollars but vowed that it "
            "would not hurt Ohio in May."
        )
    ] == [
        "The plan will cost 40 dollars.",
        "Ann Lee vowed that it would not hurt Ohio in May.",
    ]


def test_who_agrees_with_somebody_says_nothing() -> None:
    assert _told(
        "Cory Gardner left in May. He sold 40 mills, and on that issue, he now agrees with Ohio."
    )[-1] == ("On that issue, Cory Gardner now agrees with Ohio.", "")


@pytest.mark.parametrize(
    "question",
    [
        "“Did they go beyond what he told us about 40 towers?” wondered Rep. Adam Schiff.",
        "“When in recent years have we passed such a large bill?” Fleming asked.",
    ],
)
def test_a_question_states_nothing_whoever_asks_it(question: str) -> None:
    splitting = split_article(f"{FIRST} {question}")
    assert len(splitting.claims) == 1
    assert [dropped.why for dropped in splitting.dropped] == ["question"]


@pytest.mark.parametrize(
    "item",
    [
        "2) Failing to stand for 40 Christians in Iraq who have been slaughtered.",
        "James Comey: the former FBI director, whom Trump fired in May 2017 and who has 40 notes.",
        "This article contains material from the Associated Press.",
    ],
)
def test_items_and_labels_are_no_claims(item: str) -> None:
    assert _told(f"{item}\n\nThe mayor left.")[:-1] == []


def test_the_label_of_a_link_is_not_a_firm_of_that_name() -> None:
    assert why_noise("Related Barack Obama is one of the most consequential presidents in history")
    assert not why_noise("Related Companies said in May that it sold 40 mills in Ohio.")


def test_a_mark_that_closes_what_none_opened_closes_the_last_sentence() -> None:
    assert _told(
        "“We have urged everyone in the region to apply pressure,” Spicer said. It's in the "
        'interest of 40 nations."'
    )[-1] == ("Spicer said: It's in the interest of 40 nations.", "Spicer")


def test_they_are_not_the_one_aide_who_spoke_last() -> None:
    *_, claim = _told(
        "“I don’t think so in 2016,” said a Senate aide. Democrats are pushing Obama. They’ve even "
        "privately suggested that Obama raised the ceiling by 40 dollars."
    )
    assert claim[1].casefold() == "they"


def test_a_surname_at_the_beginning_is_its_bearer() -> None:
    *_, claim = _told(
        "Samia Khoury is a nurse of 40.\n\n“My own children, they have never met him,” Tamar "
        "Hermann adds.\n\nKhoury, meanwhile, criticizes what she sees as disinterest.\n\n“I call "
        "them the 40 robbers,” she said."
    )
    assert claim[1] == "Samia Khoury"


def test_behind_anothers_speech_he_may_be_another() -> None:
    *_, claim = _told(
        "Rep. Mac Thornberry, a Republican from Texas, said that Jim Mattis had stressed the pact."
        "\n\nOverall, Mattis' speech struck a positive tone for 40 nations.\n\n“Conflict is not "
        "inevitable in 2016,” he said."
    )
    assert claim[1] != "Mac Thornberry"


def test_some_who_say_it_are_not_all_of_them() -> None:
    (claim,) = _told("But some Haitians say the new park will not do enough for their families.")
    assert claim[0].startswith("Some Haitians say: ")


def test_the_source_of_a_quotation_in_brackets_goes() -> None:
    (claim,) = _told("The mayor was defeated by 40 votes in March (via The Hill).")
    assert claim[0] == "The mayor was defeated by 40 votes in March."


def test_a_report_card_is_named_whole_as_the_source() -> None:
    (claim,) = _told(
        "Here lies the effect of the economy on 40 nations, according to data compiled in a "
        "recently released “fossil fuel finance report card” by a group of organizations."
    )
    assert claim[0] == "Here lies the effect of the economy on 40 nations."


def test_a_day_to_come_has_no_date() -> None:
    claims = split_article(
        "The senator challenged Trump to a debate at a college in Iowa on Saturday evening. The "
        "council closed 40 schools on Saturday.",
        published_at=date(2016, 1, 28),
    ).claims
    assert [[date for _, date in claim.dates] for claim in claims] == [[], ["23 January 2016"]]


def test_behind_a_but_the_article_goes_on() -> None:
    assert _told(
        "The government approached 40 banks to convert the funds, the report said, but both "
        "refused, citing the risk."
    ) == [
        ("The government approached 40 banks to convert the funds.", "report"),
        ("Both refused, citing the risk.", ""),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "Latino Decisions has also identified the Michigan, North Carolina and Georgia Senate "
            "races as campaigns where Latino voting rates could swing the election."
        ),
        (
            "The district determined the teacher's fate on Tuesday: Principal Ismael Bermudez "
            "moved her away from 40 pupils."
        ),
        (
            "The Republicans start at 10 a.m. and finish at 2 p.m. (Central time), and like other "
            "GOP caucus states the voting is by secret ballot."
        ),
    ],
)
def test_what_nobody_says_stays_the_articles(sentence: str) -> None:
    assert _told(sentence) == [(sentence, "")]


def test_what_is_told_according_to_a_body_is_its_though_no_verb_is_seen() -> None:
    (claim,) = _told(
        "At noon local time on September 3, a 6.3-magnitude earthquake registered at North Korea's "
        "Punggye-ri testing site, according to the US Geological Survey."
    )
    assert claim[1] == "the US Geological Survey"


def test_here_is_somebody_on_something_states_nothing() -> None:
    splitting = split_article(
        f"{FIRST}\n\nHere's Harsanyi on what we've learned from 40 revelations:\n\nThe "
        "investigation was based on 40 lies of the bureau, which nobody had read before."
    )
    assert [dropped.why for dropped in splitting.dropped] == ["announces a quotation"]


def test_a_paragraph_is_from_the_paper_named_above_it() -> None:
    *_, claim, last = _told(
        "Via The New York Times:\n\nThe attack on the mission hit 40 homes.\n\n"
        "The House left in May."
    )
    assert (claim[1], last[1]) == ("New York Times", "")


def test_a_paragraph_is_from_the_story_named_above_it() -> None:
    *_, claim, last = _told(
        "From the ABC News story:\n\nThe report was the result of 40 intercepts.\n\nHe left in May."
    )
    assert (claim[1], last[1]) == ("ABC News", "")


def test_who_is_told_of_within_a_quotation_does_not_speak_next() -> None:
    *_, claim = _told(
        "“We’re sending 50 soldiers, and they will have ‘no role,’ the president says,” said Mr. "
        "McCain. But the White House, he argued, has blinded itself to 40 absurdities."
    )
    assert claim[1] == "McCain"


def test_what_is_told_of_who_speaks_is_a_claim_too() -> None:
    assert _told(
        "Biden, who is actively considering a run for the White House in 2020, said the president "
        "needs to empower 40 officials."
    ) == [
        ("The president needs to empower 40 officials.", "Biden"),
        ("Biden is actively considering a run for the White House in 2020.", ""),
    ]


def test_what_is_told_of_who_spoke_behind_a_quotation_is_the_articles() -> None:
    assert _told(
        "“We picked 40 presidents and they were ours,” said consultant Hogan Gidley, who advised "
        "Mike Huckabee’s campaign until he dropped out."
    )[1:] == [
        ("Consultant Hogan Gidley advised Mike Huckabee’s campaign until he dropped out.", "")
    ]


def test_a_remark_on_a_quotation_goes_and_the_quotation_stays() -> None:
    assert _told("“My parents paid 40 dollars for it,” Ann Lee said [emphasis added].") == [
        ("Ann Lee's parents paid 40 dollars for it.", "Ann Lee")
    ]


def test_those_who_argue_have_no_article() -> None:
    (claim,) = _told("Third, those who seek a deal argue that we don’t necessarily need support.")
    assert not claim[0].startswith("The those")


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        (
            (
                "While Manning said she only did so to spark debates, US officials said the leak "
                "put 40 lives at risk."
            ),
            ("Manning said: She only did so to spark debates.", "Manning"),
        ),
        (
            (
                "Though Trump previously has resisted repeated calls from Republicans, recent poll "
                "numbers have showed that Clinton has a lead of 40 points."
            ),
            ("Trump previously has resisted repeated calls from Republicans.", ""),
        ),
    ],
)
def test_a_clause_before_whoever_speaks_is_a_claim_of_its_own(
    sentence: str, first: tuple[str, str]
) -> None:
    told = _told(sentence)
    assert (told[0], len(told)) == (first, 2)


def test_half_a_sentence_is_not_what_is_said() -> None:
    sentence = (
        "hough the president has called the Iran deal an “embarrassment,” Tillerson said this week "
        "the U.S. is still a part of the deal."
    )
    assert _told(f"And t{sentence}") == [(f"T{sentence}", "")]


def test_a_clause_that_tells_how_long_stays() -> None:
    sentence = (
        "A judge blocked the policy requiring 40 asylum-seekers to wait in Mexico while their "
        "cases are decided in the U.S., ruling that the department overstepped its authority."
    )
    assert _told(sentence) == [(sentence, "")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Jarrar continued her tweet storm, expressing her joy that President Bush was very sad.",
        (
            "That North Korea continues to do business with other states despite the tightest "
            "sanctions illustrates the limitations of 40 rules."
        ),
    ],
)
def test_who_goes_on_doing_something_says_nothing(sentence: str) -> None:
    assert _told(sentence) == [(sentence, "")]


def test_who_tweets_on_a_day_is_seen_and_is_he_next() -> None:
    assert _told(
        "Richard Trumka spoke of wages in May.\n\nTrump tweeted Monday morning that the American "
        "worker is doing better than ever. Unemployment is setting records, he said."
    )[1:] == [
        ("The American worker is doing better than ever.", "Trump"),
        ("Unemployment is setting records.", "Trump"),
    ]


@pytest.mark.parametrize(
    "line",
    ["As it was in Katrina.", "Live updates on George Floyd's death and protests in 40 towns."],
)
def test_what_hangs_on_the_sentence_before_or_links_states_nothing(line: str) -> None:
    assert _told(f"{line}\n\nThe mayor left.")[:-1] == []


def test_today_is_nowadays_where_something_continues() -> None:
    (claim,) = split_article(
        "His experience with the Oklahoma City bombings of 1995 continues to guide his work today.",
        published_at=date(2016, 3, 16),
    ).claims
    assert claim.dates == ()


def test_what_will_have_been_done_keeps_its_verbs() -> None:
    *_, claim = _told(
        "The CBO numbers predict only 2.25 million people will have signed up and been approved by "
        "2017."
    )
    assert "have been approved by 2017" in claim[0]
