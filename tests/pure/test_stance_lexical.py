"""The stance without a network abstains wherever it can."""

import pytest

from sources.ports import Stance
from sources.stance.lexical import LexicalStance

CLAIM = "The ferry sank on Monday with 40 people on board."


def judge(claim, passage):
    (judgement,) = LexicalStance().judge(claim, [passage])
    return judgement


def test_a_repetition_is_shown_as_support():
    passage = f"It rained. {CLAIM} Divers came."
    judgement = judge(CLAIM, passage)
    assert (judgement.stance, judgement.shown) == (Stance.SUPPORTS, True)
    assert passage[slice(*judgement.rationale)] == CLAIM


@pytest.mark.parametrize(
    "passage",
    [
        "The ferry sank on Monday with 75 people on board.",
        "The ferry sank, but not on Monday and not with 40 people on board.",
    ],
)
def test_a_contradiction_is_suspected_but_never_shown(passage):
    judgement = judge(CLAIM, passage)
    assert (judgement.stance, judgement.shown) == (Stance.CONTRADICTS, False)


@pytest.mark.parametrize(
    "passage", ["", "The ferry was built in 1998.", "The council met on Monday with 40 people."]
)
def test_anything_else_is_neutral(passage):
    judgement = judge(CLAIM, passage)
    assert (judgement.stance, judgement.shown) == (Stance.NEUTRAL, False)


def test_its_name_says_that_no_network_read_the_passage():
    assert "no network" in LexicalStance.name
