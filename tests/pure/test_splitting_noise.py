import pytest

from claims.kinds import NOT_IN_BODY, Kind
from claims.splitting import noise
from claims.splitting.splitter import split_article

PAGE = """Harbour fees rise

Harbour master on the old pier

Harbour master on the old pier (Image: GETTY IMAGES)

The council raised the harbour fee to 12 euros on Monday.

READ MORE:

Ten ships that changed the coast

Why the north is losing its ferries

ADVERTISEMENT

The old pier was closed in 2019 after a storm damaged its columns.

Get the morning letter delivered to your inbox.

RELATED: Ships leave the north

The old pier was closed in 2019 after a storm damaged its columns.

https://t.co/abc123 — Anna Berg (@annaberg) May 4, 2021

This is a developing story. Check back for updates.

⦁ This article is based in part on wire service reports.

Refiles to fix truncated attribution in par 24.

For more of our coverage of the second debate, read what Anna Berg says.

If you enjoyed this article, join our readers.

This article is more than 2 years old

Carla Mendes is a professor of law at the University of Tarn.

source: example.org
"""


@pytest.fixture(scope="module")
def page():
    return split_article(PAGE, title="Harbour fees rise")


def _dropped(page):
    return {PAGE[d.start : d.end]: d.why for d in page.dropped}


def test_only_the_reporters_sentences_become_claims(page):
    quotes = [claim.quote for claim in page.claims if claim.kind is not Kind.IMAGE]

    assert quotes[0] == "Harbour fees rise"
    assert quotes[1].startswith("The council raised")
    assert all("columns" in quote or "storm" in quote for quote in quotes[2:])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Harbour master on the old pier", noise.CAPTION),
        ("Harbour master on the old pier (Image: GETTY IMAGES)", noise.CREDIT),
        ("READ MORE:", noise.LINK),
        ("Ten ships that changed the coast", noise.LINK),
        ("Why the north is losing its ferries", noise.LINK),
        ("RELATED: Ships leave the north", noise.LINK),
        ("ADVERTISEMENT", "advertisement or newsletter line"),
        ("Get the morning letter delivered to your inbox.", "advertisement or newsletter line"),
        ("https://t.co/abc123 — Anna Berg (@annaberg) May 4, 2021", noise.EMBED),
        ("This is a developing story. Check back for updates.", "note about the article itself"),
        ("Refiles to fix truncated attribution in par 24.", "note about the article itself"),
        (
            "For more of our coverage of the second debate, read what Anna Berg says.",
            "note about the article itself",
        ),
        (
            "⦁ This article is based in part on wire service reports.",
            "note about the article itself",
        ),
        ("If you enjoyed this article, join our readers.", "advertisement or newsletter line"),
        ("This article is more than 2 years old", "note about the article itself"),
        ("Carla Mendes is a professor of law at the University of Tarn.", noise.AUTHOR),
        ("source: example.org", noise.SOURCE),
    ],
)
def test_each_dropped_line_says_why(page, words, why):
    assert _dropped(page)[words] == why


def test_a_repeated_paragraph_is_read_once(page):
    assert list(_dropped(page).values()).count(noise.REPEATED) == 1


@pytest.mark.parametrize(
    "line",
    [
        "The report, published in May, surveyed 71 of the 100 largest companies.",
        "Police released a photo by a witness on Monday.",
        "Subscribers to the service rose by 4 percent in 2019, the company said.",
        "Reuters reported that the minister had resigned.",
        "Getty Images was sued in 2020 over the use of its pictures.",
        "Opinion polls show the governor ahead.",
        "Watch sales fell by 9 percent last year.",
        "The council found one thing: ferries leave for the north at 9:30.",
        "The story of the dam was published in three volumes.",
    ],
)
def test_a_sentence_with_a_noisy_word_is_no_noise(line):
    assert noise.why_noise(line) == ""
    assert not noise.is_link_header(line)
    assert not noise.is_labelled_link(line)


def test_headlines_pasted_behind_a_name_are_cut_out_of_the_sentence():
    text = (
        "Sen. Ann Lee Ann Marie LeeTax cut passes Senate after long night Five things to know MORE "
        "(D-Ohio) said on Monday that the bill had cost 40 million dollars."
    )
    found = split_article(text)

    assert "Tax cut" not in found.claims[0].text
    assert found.claims[0].claimant == "Ann Lee"
    assert noise.PASTED in {dropped.why for dropped in found.dropped}


def test_a_dateline_is_no_part_of_the_claim():
    text = "SEOUL (Reuters) - The ministry closed 14 schools on Monday."
    found = split_article(text)

    assert found.claims[0].text == "The ministry closed 14 schools on Monday."
    assert [text[d.start : d.end] for d in found.dropped] == ["SEOUL (Reuters) - "]


def test_a_list_of_links_ends_where_prose_begins():
    text = "DON'T MISS:\n\nA king of ships\n\nThe ferry sank in 1994 and 80 people died.\n"
    found = split_article(text)

    assert [claim.quote[:9] for claim in found.claims] == ["The ferry", "80 people"]


def test_a_caption_is_kept_as_a_statement_about_a_picture_off_the_desk(page):
    (claim,) = [claim for claim in page.claims if claim.kind is Kind.IMAGE]

    assert claim.quote == "Harbour master on the old pier"
    assert not claim.desk


@pytest.mark.parametrize("title", ["", "Home"])
def test_the_furniture_of_a_page_gives_no_claims(title):
    text = (
        "Home\nNews\nContact us\nAdd to cart\nFind your nearest store\nGet 20% off today\n"
        "The council closed 14 schools in May.\nAccept all\nSee all"
    )

    claims = split_article(text, title=title).claims

    assert [claim.quote for claim in claims] == ["The council closed 14 schools in May."]


@pytest.mark.parametrize(
    ("headline", "flagged"),
    [
        ("Council closes 14 old schools in Tarn", False),
        ("Minister resigns after bribery trial in Oslo", True),
        ("Council closes 3,400 old schools in Tarn", True),
    ],
)
def test_a_headline_the_body_does_not_bear_out_is_flagged(headline, flagged):
    text = (
        f"{headline}\n\nThe council of Tarn closed 14 schools in May. They were old, it said.\n\n"
        "Pupils will go to five new schools outside the city from autumn on."
    )

    claim = split_article(text, title=headline).claims[0]

    assert claim.quote == headline
    assert (NOT_IN_BODY in claim.reasons) is flagged


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Harbour town braces:Ferries leave for the north", noise.LINK),
        ("Ferries leave for the north: 'never like this' Read more", noise.LINK),
        ("See also Clerks warn of a harbour gauge that blared red on Wednesday...", noise.LINK),
        ("Related Video Video length 31 seconds :31 Ferries leave for the north", noise.LINK),
        (
            "Facebook Twitter Pinterest ‘Like no other’: ferries leave for the north - video",
            "furniture of an embedded post",
        ),
        ("This site is protected by recaptcha", "advertisement or newsletter line"),
        (
            "For more of the Herald’s coverage, subscribe to its podcast or listen below.",
            "advertisement or newsletter line",
        ),
        ("To find out more about Anna Berg, visit the page of her agency.", noise.AUTHOR),
        (
            "Content created by the Harbour News is available without charge.",
            "note about the article itself",
        ),
    ],
)
def test_what_stands_below_an_article_is_known_by_its_form(line, why):
    assert noise.why_noise(line) == why


@pytest.mark.parametrize("label", ["Read", "Read now", "See now", "Also read"])
def test_a_label_before_a_colon_links_to_another_article(label):
    assert noise.is_labelled_link(f"{label}: Ferries leave for the north")


def test_figures_in_a_sentence_are_no_table():
    text = "The Herald HRLD, -3.69% was down 3.0%. The index IDX, +0.75% dropped 0.8% to 2,450."

    assert len(split_article(text).claims) == 2


def test_a_dateline_of_letters_alone_speaks_nothing():
    claims = split_article(
        "(CNN) Ohio’s sheriff defended the release of 40 men, saying the state had lost them."
    ).claims

    assert claims[0].text == "Ohio’s sheriff defended the release of 40 men."


def test_items_of_a_list_that_state_a_figure_are_claims():
    text = (
        "The council published its plan for the bridge on Monday.\n"
        "The old one carried 7.5 tonnes\nSix people have died on it\nMore on bridges"
    )
    quotes = [claim.quote for claim in split_article(text).claims if claim.desk]
    assert quotes[1:] == ["The old one carried 7.5 tonnes", "Six people have died on it"]


@pytest.mark.parametrize(
    "line",
    [
        "The Politics Podcast Moderate Members Are In The Seat In The Seat Listen · 14:27 14:27",
        (
            "Watch The Five: http://a.example/five/ Report: http://a.example/report/ Tonight: "
            "http://a.example/tonight/ Angle: http://a.example/angle/ 2020-07-10T12:20:17Z"
        ),
    ],
)
def test_players_and_lists_of_addresses_are_no_claims(line: str) -> None:
    text = (
        f"The mayor closed 14 schools in June.\n\n{line}\n\nThe dam cost 40 million euros in 2019."
    )
    assert len(split_article(text).claims) == 2


def test_a_line_of_addresses_that_ends_otherwise_is_read_at_once():
    """With a rule that can be read in many ways this does not end."""
    assert noise.why_noise("Watch " + "http://a b " * 25 + "x" * 70) == ""
