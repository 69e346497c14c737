"""Printed quotations beside the words of a source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.quotes import How, Part, Quotation, compared, printed

SAID = (
    "“We will not raise taxes on working people,” the minister said. “It is over for all of us. "
    "I never took a penny from the bank, and I never will.”"
)
LETTERS = st.text(st.characters(codec="utf-8"), max_size=200)
SPICED = st.lists(
    st.sampled_from('“ ” " ‘ ’ [sic] ... […] [the bank] . \n we we will not said'.split(" "))
    | st.text(max_size=4),
    max_size=80,
).map(" ".join)
WORDS = st.lists(st.sampled_from("we will not raise taxes on you".split()), min_size=3, max_size=40)


def how(quotation, source=SAID):
    found = compared(quotation, source)
    return found and found.how


def parts(quotation, source=SAID):
    return [(piece.part, piece.words) for piece in compared(quotation, source).pieces]


@pytest.mark.parametrize(
    "quotation",
    [
        "We will not raise taxes on working people",
        "we will not raise taxes on working people",  # begins within a sentence
        "We will not raise taxes on working people.",
        "We will not—raise taxes, on working people!",
        "“We will not raise taxes on working people",
        "I never took a penny [sic] from the bank",
        "I never took (sic) a penny from the bank",
        "[N]ever took a penny from the bank",
        "... we will not raise taxes",
        "We will not raise taxes …",
        "I NEVER took a penny from the bank",
    ],
)
def test_what_printing_changes_is_no_alteration(quotation):
    assert how(quotation) == How.VERBATIM


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It’s the bank’s fault", "It's the bank's fault"),
        ("1,000 boats were lost", "1000 boats were lost"),
        ("a well-known liar", "a well known liar"),
        ("it fell by −5 percent", "it fell by -5 percent"),
        ("from 20-30 boats", "from 20 - 30 boats"),
        ("the ‘worst’ day of all", 'the "worst" day of all'),
    ],
)
def test_signs_are_not_words(one, other):
    assert how(one, other) == How.VERBATIM


@pytest.mark.parametrize("gap", ["...", "…", "[...]", "[…]", "(...)", ". . .", "...."])
def test_what_is_marked_as_left_out_is_shown(gap):
    assert how(f"I never took a penny {gap} and I never will") == How.ELLIPSIS
    assert parts(f"I never took a penny {gap} and I never will") == [
        (Part.SAME, "I never took a penny"),
        (Part.LEFT_OUT, "from the bank"),
        (Part.SAME, "and I never will"),
    ]


def test_words_in_brackets_are_the_writers_and_say_so():
    assert how("[The chairman] never took a penny from [Acme], and I never will") == How.ELLIPSIS
    assert (Part.PUT_IN, "[Acme]") in parts("I never took a penny from [Acme], and I never will")


@pytest.mark.parametrize(
    ("quotation", "changed"),
    [
        ("We will raise taxes on working people", [(Part.LEFT_OUT, "not")]),
        ("It is not over for all of us", [(Part.PUT_IN, "not")]),
        (
            "It is over for all of you",
            [(Part.PUT_IN, "you")],
        ),
        (
            "I never took a dollar from the bank",
            [(Part.LEFT_OUT, "penny"), (Part.PUT_IN, "dollar")],
        ),
        ("I never took a penny, and I never will", [(Part.LEFT_OUT, "from the bank")]),
    ],
)
def test_words_changed_dropped_or_added_are_told(quotation, changed):
    assert how(quotation) == How.ALTERED
    assert [part for part in parts(quotation) if part[0] != Part.SAME] == changed


@pytest.mark.parametrize(
    ("quotation", "where", "words"),
    [
        ("We will … raise taxes on working people", "left_out", "not"),
        ("We will raise taxes on working people", "left_out", "not"),
        ("took a penny from the bank", "before", "never"),
        ("raise taxes on working people", "before", "not"),
        ("took a dollar from the bank", "before", "never"),
    ],
)
def test_a_negation_that_was_left_out_or_stands_just_before_is_pointed_out(quotation, where, words):
    [negation] = compared(quotation, SAID).negations
    assert (negation.where, negation.words) == (where, words)


def test_what_precedes_a_quotation_is_shown_from_its_negation_on():
    [negation] = compared("I would resign", "I never said that I would resign.").negations
    assert negation.words == "never said that"


@pytest.mark.parametrize(
    ("quotation", "source"),
    [
        ("We will not raise taxes on working people", SAID),
        ("It is over for all of us", SAID),
        ("I would resign", "Did you not know? I would resign."),
        ("I would resign", "No, I would resign."),
        ("the plan is good", "There is no doubt the plan is good."),
        ("the plan is good", "There is no question that the plan is good."),
        ("the plan is good", "Nobody can deny that the plan is good."),
        ("the plan is good", "I don’t deny that the plan is good."),
        ("they fear the plan", "It is not without reason they fear the plan."),
        ("they don't know the way home", "They do not know the way home."),
        ("I would resign", "I did not want to, but I would resign."),
        ("I would resign", "She had not heard him: “I would resign.”"),
        ("It is bad … It is good", "It is bad. It was not so once. Not at all. It is good."),
    ],
)
def test_negations_of_something_else_are_not(quotation, source):
    assert compared(quotation, source).negations == ()


def test_sentences_joined_without_a_mark_are_spliced():
    quotation = "We will not raise taxes on working people. I never took a penny from the bank"
    assert how(quotation) == How.SPLICED


def test_sentences_in_another_order_are_spliced():
    assert how("I never took a penny from the bank. It is over for all of us") == How.SPLICED
    assert Part.JOINED in dict(parts("I never took a penny … It is over for all of us"))


def test_telling_who_speaks_within_a_quotation_alters_nothing():
    source = "“We will not raise taxes,” the minister told reporters, “on working people. Not now.”"
    assert how("We will not raise taxes on working people", source) == How.VERBATIM
    far = "“We will not raise taxes.” " + "He then went on to speak of boats. " * 3 + "“Not now.”"
    assert how("We will not raise taxes. Not now.", far) != How.VERBATIM


@pytest.mark.parametrize("quotation", ["", "yes", "the bank", "Nobody ever said such a thing here"])
def test_what_a_source_does_not_have_is_not_compared(quotation):
    assert compared(quotation, SAID) is None


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("He called it “a plain lie” on Monday.", ["a plain lie"]),
        ('He called it "a plain lie" and "a joke".', ["a plain lie", "a joke"]),
        ("He called it ‘a plain lie, isn’t it’ and left.", ["a plain lie, isn’t it"]),
        ("«Une erreur», dit-il. „Ein Fehler“, sagt er.", ["Une erreur", "Ein Fehler"]),
        ("“It goes on\nin the next", ["It goes on"]),
        ("It’s the bank’s, and the boys’ club.", []),
        ("6' 2\" tall", []),
        ("“” and “…”", []),
    ],
)
def test_quotations_are_found_by_their_marks(text, quotations):
    found = [
        each.words for each in printed(text, 0, text.find("\n") if "\n" in text else len(text))
    ]
    assert found == quotations


def test_a_claim_inside_a_longer_quotation_belongs_to_it():
    text = "“Taxes will fall. Rents will rise.” he said. “No.”"
    start = text.index("Rents")
    assert printed(text, start, start + 5) == [
        Quotation(1, 34, "Taxes will fall. Rents will rise.")
    ]


@given(WORDS, WORDS)
def test_same_and_put_in_make_up_the_quotation(said, stands):
    found = compared(" ".join(said), " ".join(stands))
    if found:
        ours = [p.words for p in found.pieces if p.part in (Part.SAME, Part.PUT_IN)]
        assert " ".join(ours).split() == said


@given(WORDS, st.data())
def test_any_stretch_of_a_source_is_verbatim(stands, data):
    first = data.draw(st.integers(0, len(stands) - 3))
    last = data.draw(st.integers(first + 3, len(stands)))
    assert how(" ".join(stands[first:last]), " ".join(stands)) == How.VERBATIM


@given(LETTERS | SPICED, LETTERS | SPICED)
def test_any_texts_can_be_compared(article, source):
    for quotation in printed(article, 0, len(article)):
        assert article[quotation.start : quotation.end] == quotation.words
        found = compared(quotation.words, source)
        for piece in found.pieces if found else ():
            whole = source if piece.part == Part.LEFT_OUT else quotation.words
            assert all(half in whole for half in piece.words.split(" … "))


@pytest.mark.parametrize(
    ("quotation", "source"),
    [
        ("it costs 15 euros a head", "It costs 1,5 euros a head."),
        ("it grew by 5 percent this year", "It grew by -5 percent this year."),
        ("it made $5 million this year", "It made -$5 million this year."),
    ],
)
def test_a_decimal_comma_and_a_sign_make_another_number(quotation, source):
    assert how(quotation, source) == How.ALTERED


@pytest.mark.parametrize(
    ("quotation", "source"),
    [
        ("doubt that the plan is good", "There is no doubt that the plan is good."),
        ("raising taxes on boats", "There is no question of raising taxes on boats."),
        ("There is doubt the plan is good", "There is no doubt the plan is good."),
    ],
)
def test_half_of_what_affirms_and_what_denies_after_all_are_negations(quotation, source):
    assert compared(quotation, source).negations != ()
