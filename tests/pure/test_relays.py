"""Who only passes on what somebody said shows that it was said, and no more."""

import time
from dataclasses import replace
from datetime import date

import pytest

from sources.relays import Relation, Told, relation

KCNA = Told(
    text="North Korea has suspended its military plans.",
    claimant="KCNA",
    described_as="the North's official news agency, the Korean Central News Agency",
    article="North Korea has suspended its military plans against the South, KCNA said on"
    " Wednesday. The report cited a meeting of the Central Military Commission.",
    article_url="https://express.example/kim",
    outlet="express.co.uk",
)
COUNCIL = Told("The clean-up cost £1.2 million.", claimant="Ellerford Town Council")
OWN_VOICE = Told("The bridge was built in 1902.", outlet="Harbour Times")


@pytest.mark.parametrize(
    "passage",
    [
        "KCNA said the plans were suspended.",
        "The plans were suspended, according to KCNA.",
        "The plans were suspended, KCNA reported on Wednesday.",
        "North Korea's KCNA news agency reported that military plans were suspended.",
        "The Korean Central News Agency announced that it suspended military plans.",
        "State media said that North Korea has suspended its military plans.",
        "“The military plans are suspended,” state-run television announced.",
    ],
)
def test_a_passage_told_by_the_claimant_relays_the_claimant(passage):
    assert relation(KCNA, passage, outlet="Peninsula Wire") == Relation.RELAYS_CLAIMANT


@pytest.mark.parametrize(
    "passage",
    [
        "Satellite photographs show that North Korea has suspended its military plans.",
        "Seoul's defence ministry saw no troops move after the military plans were suspended.",
        "KCNA was founded in 1946. Satellite photographs show suspended military plans.",
        "The plans were suspended after the North's army counted its loudspeakers.",
    ],
)
def test_a_passage_that_knows_it_by_itself_is_independent(passage):
    assert relation(KCNA, passage, outlet="Peninsula Wire") == Relation.INDEPENDENT


def test_sentences_that_go_on_with_what_the_claimant_said_are_relays_too():
    passage = "KCNA carried a long report. It added that military plans were suspended."

    assert relation(KCNA, passage) == Relation.RELAYS_CLAIMANT


def test_a_document_that_mostly_tells_what_the_claimant_said_relays_every_line_of_it():
    document = (
        "KCNA said plans changed. KCNA said a meeting was held. Kim spoke for an hour."
        " KCNA said he was applauded. Military plans were suspended."
    )

    assert (
        relation(KCNA, "Military plans were suspended.", document=document)
        == Relation.RELAYS_CLAIMANT
    )
    assert relation(KCNA, "Military plans were suspended.", document="") == Relation.INDEPENDENT


@pytest.mark.parametrize(
    ("outlet", "relayed"),
    [
        ("Ellerford Town Council", True),
        ("ellerford town council", True),
        ("Wendshire Audit Office", False),
        ("Ellerford Courier", False),
    ],
)
def test_what_the_claimant_published_relays_the_claimant(outlet, relayed):
    kind = relation(COUNCIL, "The clean-up cost £1.2 million.", outlet=outlet)

    assert (kind == Relation.RELAYS_CLAIMANT) is relayed


@pytest.mark.parametrize(
    "about",
    [
        {"url": "https://express.example/kim"},
        {"url": "https://express.example/kim/"},
        {"outlet": "Express"},
        {"outlet": "express.co.uk"},
    ],
)
def test_the_checked_article_and_its_outlet_relay_it(about):
    passage = "Satellite photographs show it."

    assert relation(KCNA, passage, **about) == Relation.RELAYS_ARTICLE


def test_a_copy_of_the_articles_words_relays_it_wherever_it_is_printed():
    passage = KCNA.article[:110].replace("KCNA", "state radio")

    assert relation(KCNA, passage, outlet="Peninsula Wire") == Relation.RELAYS_ARTICLE


@pytest.mark.parametrize(
    ("published_at", "kind"),
    [
        (date(2019, 1, 4), Relation.INDEPENDENT),
        (date(2020, 6, 24), Relation.RELAYS_ARTICLE),
        (date(2020, 6, 25), Relation.RELAYS_ARTICLE),
        (None, Relation.RELAYS_ARTICLE),
    ],
)
def test_a_document_older_than_the_article_is_no_copy_of_it(published_at, kind):
    log = "Forty boats left the old harbour of Portsea on Monday before noon."
    told = Told(log, article=log, outlet="Times", published_at=date(2020, 6, 24))
    assert relation(told, log, document=log, published_at=published_at) == kind
    assert relation(replace(told, published_at=None), log) == Relation.RELAYS_ARTICLE


@pytest.mark.parametrize(
    ("published_at", "kind"),
    [
        (date(2014, 1, 26), Relation.INDEPENDENT),
        (date(2020, 7, 14), Relation.RELAYS_ARTICLE),
        (None, Relation.RELAYS_ARTICLE),
    ],
)
@pytest.mark.parametrize(
    ("outlet", "document"),
    [
        ("The Washington Times", "The Senate cut food stamps."),
        ("Hill Gazette", "WASHINGTON (AP) - The Senate cut food stamps."),
    ],
)
def test_an_older_piece_of_the_same_outlet_or_agency_does_not_relay_the_article(
    published_at, kind, outlet, document
):
    article = "WASHINGTON (AP) - Forty boats left the old harbour of Portsea on Monday."
    told = Told(article[18:], "Ada Holm", article=article, outlet="Washington Times")
    told = replace(told, published_at=date(2020, 7, 14))
    about = {"outlet": outlet, "document": document, "published_at": published_at}
    assert relation(told, "The Senate cut food stamps.", **about) == kind


def test_an_older_print_of_the_article_in_its_own_outlet_relays_it():
    told = Told(KCNA.text, article=KCNA.article, outlet="Times", published_at=date(2020, 6, 24))
    again = {"outlet": "The Times", "document": KCNA.article, "published_at": date(2020, 6, 23)}
    assert relation(told, KCNA.article[:110], **again) == Relation.RELAYS_ARTICLE


CLOSE = Told(
    "Ina Holm said: We will close the pool.",
    claimant="Ina Holm",
    article="The mayor was angry on Monday. “We will close the pool before the summer ends,” said"
    " Ina Holm at the meeting. Nobody in the hall had expected it.",
    outlet="Times",
    is_quote=True,
)


def test_who_prints_what_was_said_shows_that_it_was_said():
    printed = "“We will close the pool before the summer ends,” Ina Holm said on the stage."
    assert relation(CLOSE, printed, outlet="Town Council") == Relation.INDEPENDENT
    assert relation(CLOSE, printed, outlet="Ina Holm") == Relation.INDEPENDENT
    same = replace(CLOSE, is_quote=False)
    assert relation(same, printed, outlet="Town Council") != Relation.INDEPENDENT


def test_a_copy_of_the_article_is_no_witness_of_what_was_said_in_it():
    copied = "“We will close the pool,” said Ina Holm. Nobody in the hall had expected it."
    document = CLOSE.article + " " + "Nobody in the hall had expected it."
    assert relation(CLOSE, document, document=document) == Relation.RELAYS_ARTICLE
    assert relation(CLOSE, copied, outlet="times") == Relation.RELAYS_ARTICLE


def test_a_claim_in_the_articles_own_voice_has_no_claimant_to_relay():
    passage = "The council said the bridge was built in 1902."

    assert relation(OWN_VOICE, passage, outlet="City Archive") == Relation.INDEPENDENT
    assert relation(OWN_VOICE, passage, outlet="The Harbour Times") == Relation.RELAYS_ARTICLE


@pytest.mark.parametrize("name", ["", "  ", "C++ (the)", "a|b*", "\\", "(", "Ω"])
def test_any_name_can_be_a_claimant(name):
    told = Told("Rents rose.", claimant=name, described_as=name)

    assert relation(told, "Rents rose, the office said.", outlet=name) in Relation


def test_a_long_passage_is_told_apart_in_a_moment():
    """A pattern that tried every way to read this would not come back."""
    told = Told("Rents rose.", claimant="The Ministry of Housing and Rents")
    passage = "said ministry of " * 4000

    assert relation(told, passage, document=passage * 3) in Relation


DAIRY = Told(
    "The whole line was replaced.",
    claimant="Ada Moor",
    article="Hill Dairy was closed in May. The whole line was replaced, Ada Moor said.",
)


def test_what_a_party_to_the_story_tells_of_itself_is_a_relay():
    own = "We have replaced the whole line."

    assert relation(DAIRY, own, outlet="Hill Dairy") == Relation.RELAYS_CLAIMANT
    assert relation(DAIRY, own, outlet="County Inspectors") == Relation.INDEPENDENT
    assert (
        relation(DAIRY, "Inspectors saw that the whole line was replaced.", outlet="Hill Dairy")
        == Relation.INDEPENDENT
    )


def test_the_united_states_are_not_the_first_person():
    passage = "US inspectors saw that the whole line was replaced."

    assert relation(DAIRY, passage, outlet="Hill Dairy") == Relation.INDEPENDENT


def test_a_claimants_employer_relays_the_claimant():
    told = Told("The pipe burst.", claimant="Ada Moor", described_as="the head of Hill Dairy")

    assert relation(told, "The pipe burst.", outlet="Hill Dairy") == Relation.RELAYS_CLAIMANT


GIVEN = "“The water level will never be this high again in our time,” Ada Moor said on Monday."
FLOOD = Told(
    "The water level will never be this high again in our time.",
    claimant="Ada Moor",
    article=f"It rained. {GIVEN} The river fell.",
    outlet="Valley News",
)


def test_the_same_quotation_relays_whoever_is_named_beside_it():
    again = (
        "Many people stood on the bridge that night, and most of them had brought lamps and tea. "
        "It was put plainly: “The water level will never be this high again in our time.”"
    )

    assert relation(FLOOD, again, outlet="Hill Gazette") == Relation.RELAYS_CLAIMANT


def test_the_same_words_as_somebodys_own_are_no_quotation():
    own = "The gauges tell that the water level will hardly be so high again in our time."

    assert relation(FLOOD, own, outlet="Hill Gazette") == Relation.INDEPENDENT


def test_who_is_meant_may_stand_before_the_passage_in_its_document():
    passage = "She also said that the water level would never be this high again."
    document = f"Ada Moor spoke in Lund.\n\n{passage}"

    assert relation(FLOOD, passage, document=document) == Relation.RELAYS_CLAIMANT
    assert relation(FLOOD, passage) == Relation.INDEPENDENT


def test_what_decides_says_whether_it_is_a_relay():
    passage = "Ada Moor said the level was high. The gauge of the office stood at 9 metres."
    first, second = (0, 33), (34, len(passage))

    assert relation(FLOOD, passage, deciding=first) == Relation.RELAYS_CLAIMANT
    assert relation(FLOOD, passage, deciding=second) == Relation.INDEPENDENT


@pytest.mark.parametrize(
    ("article", "document", "relayed"),
    [
        ("LUND (Reuters) - It rained.", "PARIS (Reuters) - The river fell.", True),
        ("LUND (Reuters) - It rained.", "PARIS (AFP) - The river fell.", False),
        ("LUND (Reuters) - It rained.", "The river fell.", False),
        ("It rained.", "The river fell.", False),
    ],
)
def test_reports_of_one_agency_relay_each_other(article, document, relayed):
    told = Told("The river fell.", article=article, outlet="Valley News")

    kind = relation(told, "The river fell.", outlet="Hill Gazette", document=document)

    assert (kind == Relation.RELAYS_ARTICLE) is relayed


def test_a_rewrite_of_the_article_relays_it_in_its_own_words_too():
    told_again = [f"Boat number {n} left the old harbour at {n} in the morning." for n in range(9)]
    told = Told("Nine boats left.", article=" ".join(told_again), outlet="Valley News")
    rewrite = " ".join([*told_again[:4], *(f"Then came boat {n} of many." for n in range(5))])

    kind = relation(told, "Then came boat 3 of many.", outlet="Hill Gazette", document=rewrite)

    assert kind == Relation.RELAYS_ARTICLE


def test_what_quotes_the_outlet_of_the_article_relays_it_also_without_a_claimant():
    passage = "The bridge was built in 1902, the Harbour Times reported."

    assert relation(OWN_VOICE, passage, outlet="Hill Gazette") == Relation.RELAYS_ARTICLE


def test_marks_that_open_and_never_close_are_read_in_no_time():
    said = replace(CLOSE, article="“a" * 30_000)
    begun = time.perf_counter()
    relation(said, "The pool was closed.", document="“a" * 30_000)
    assert time.perf_counter() - begun < 5
