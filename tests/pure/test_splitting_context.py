"""Claims that say which sentence must be read with them."""

from datetime import date

import pytest

from claims.splitting.splitter import split_article

FIRST = "The council voted on a deal with Peru in May 2016."


def _last(text, **known):
    return split_article(text, **known).claims[-1]


@pytest.mark.parametrize(
    "sentence",
    [
        "The pact cost 40 million euros.",
        "That vote cost 40 million euros.",
        "Such a vote costs 40 million euros.",
        "Another was closed by the mayor in 2015.",
        "Both men paid 40 million euros in 2015.",
        "The mayor signed it in June 2016.",
    ],
)
def test_what_points_back_needs_the_sentence_before(sentence):
    text = f"{FIRST} {sentence}"
    claim = _last(text)

    assert claim.needs_context
    assert claim.read_with(text) == FIRST


@pytest.mark.parametrize(
    "sentence",
    [
        "The deal with Peru cost 40 million euros.",
        "Those who voted for Peru paid 40 million euros in 2015.",
        "This year the mayor paid 40 million euros to Peru.",
        "The president paid 40 million euros to Peru in 2015.",
        "Both Anna Berg and Peter Holm paid 40 million euros in 2015.",
        "Some of the schools in Peru cost 40 million euros in 2015.",
    ],
)
def test_what_is_told_needs_no_other_sentence(sentence):
    assert not _last(f"{FIRST} {sentence}", published_at=date(2016, 6, 2)).needs_context


def test_what_the_headline_names_needs_no_other_sentence():
    text = f"{FIRST} The deal cost 40 million euros."

    assert not _last(text, title="Council votes on Peru deal").needs_context


def test_the_sentence_itself_is_named_where_its_beginning_tells():
    text = "Spending rose by 9 percent in May. The plan is only delayed, but its repeal is certain."
    claim = _last(text)

    assert claim.needs_context
    assert claim.read_with(text).endswith(text[35:])


def test_who_is_still_spoken_of_is_named_though_the_name_is_far():
    claims = split_article(
        "Anna Berg left Ohio in May. She sold 4 mills to the county. The price fell by 9 percent. "
        "The council closed 14 schools. She bought 3 dams in June."
    ).claims

    assert claims[-1].text == "Anna Berg bought 3 dams in June."


def test_a_surname_that_is_taken_for_something_else_is_still_a_persons():
    claims = split_article(
        "The president fired Acting Attorney General Sally Yates. The council closed 14 schools. "
        "It lasted 3 days. The price fell by 9 percent. Like most Democrats, Yates objects to the "
        "40 mills. She sold 4 mills in Ohio."
    ).claims

    assert claims[-1].text == "Sally Yates sold 4 mills in Ohio."


@pytest.mark.parametrize(
    "sentence",
    [
        "The second deal cost 40 million euros.",
        "The upcoming vote will cost 40 million euros.",
        "The mayor described the vote in a book.",
        "Since then Peru has paid 40 million euros.",
        "Anna Berg was 76 at the time.",
        "Like Peter Holm, he paid 40 million euros in 2015.",
        "The former FBI director paid 40 million euros in 2015.",
    ],
)
def test_a_word_before_the_noun_need_not_tell_which_one_it_is(sentence):
    assert _last(f"{FIRST} {sentence}").needs_context


@pytest.mark.parametrize(
    "sentence",
    [
        "The largest deal cost Peru 40 million euros.",
        "The Paris deal cost 40 million euros.",
        "The new government paid Peru 40 million euros.",
        "If that fails, then Peru pays 40 million euros.",
    ],
)
def test_a_word_before_the_noun_may_tell_which_one_it_is(sentence):
    claim = _last(f"{FIRST} {sentence}")

    assert not claim.needs_context or "that fails" in sentence


def test_words_of_who_says_it_do_not_tell_what_is_meant():
    text = f"{FIRST} Leadership said those will be 40 million euros."

    assert _last(text).read_with(text) == FIRST


def test_a_sentence_that_points_back_itself_is_read_with_the_one_before():
    text = f"{FIRST} It shut 14 schools. The county lost 3 of those."

    assert _last(text).read_with(text) == f"{FIRST} It shut 14 schools."


def test_what_stands_behind_a_colon_is_read_with_what_stands_before():
    text = "Spending ends only when three conditions are met:\n\nA court rejects 40 mills in May."

    assert _last(text).read_with(text).startswith("Spending ends only when")


def test_an_aside_does_not_tell_which_one_it_is():
    text = f"{FIRST} The move, announced in a decree, came a day after 26 mills had closed in Lima."

    assert _last(text).needs_context


def test_the_sentence_between_is_read_too():
    text = (
        "Mobs seized 40 buildings in Lima. They also broke into an Interior Ministry unit. "
        "The building was still burning in May."
    )

    assert _last(text).read_with(text) == text[: text.index(" The building")]


def test_todays_people_are_of_no_one_day():
    text = "It is true that many of today’s mayors sold 40 mills."

    assert _last(text, published_at=date(2019, 2, 6)).dates == ()


def test_what_names_nothing_is_read_with_the_sentence_before():
    text = f"{FIRST} Colourful posters make their way into 40 rural areas."

    assert _last(text).read_with(text) == FIRST
    assert not _last(text, title="Posters reach villages").needs_context


def test_whom_she_means_is_told_by_the_nearest_sentence_with_a_womans_name():
    text = "Anna Berg and Eva Holm won in Peru. An officer blocked 40 roads. Peru urged her to go."

    assert _last(text).read_with(text).startswith("Anna Berg and Eva Holm")


def test_a_headline_is_not_repeated_beside_a_claim():
    headline = "The mill and the county"
    told = "The county signed a contract with Lima in May 2019."
    text = f"{headline}\n\n{told} The contract cost 40 million euros."

    assert _last(text, title=headline).read_with(text) == told
