"""From what the network found in a passage's stretches to one stance."""

import math

import numpy as np
import pytest

from sources.ports import Stance
from sources.stance.agreement import agreement
from sources.stance.head import Finding, Head, settled

FOR, AGAINST, NOTHING = (4.0, -4.0), (4.0, 4.0), (-4.0, 0.0)
"""What the network may find: whether a stretch settles the claim, whether it contradicts it."""
CLAIM = "The board met in Oslo."
SAME = agreement(CLAIM, CLAIM, CLAIM)


def found(*stretches, texts=None):
    """What a passage is, from the span and the scores of each stretch."""
    spans = [span for span, _ in stretches]
    scores = np.array([scores for _, scores in stretches])
    return settled(spans, scores, texts or [SAME] * len(spans))


def test_the_most_settling_stretch_speaks_for_the_passage():
    finding = found(((0, 9), NOTHING), ((10, 19), AGAINST), ((20, 29), NOTHING))
    assert (finding.stance, finding.row, finding.doubtful) == (Stance.CONTRADICTS, 1, False)


def test_a_passage_of_which_nothing_settles_the_claim_is_neutral():
    finding = found(((0, 9), NOTHING), ((10, 19), NOTHING))
    assert finding.stance is Stance.NEUTRAL
    assert finding.probability > 0.9


def test_a_passage_that_speaks_for_and_against_is_neutral():
    assert found(((0, 9), FOR), ((10, 19), AGAINST)).stance is Stance.NEUTRAL


def test_a_stretch_that_is_about_even_settles_the_claim():
    even = (-0.2, -4.0)
    assert found(((0, 9), even)).stance is Stance.SUPPORTS
    assert found(((0, 9), (-0.8, -4.0))).stance is Stance.NEUTRAL


def test_a_sentence_read_alone_and_beside_its_neighbour_counts_once():
    alone = found(((0, 9), FOR))
    taken_back = found(((0, 9), FOR), ((0, 19), NOTHING))
    elsewhere = found(((0, 9), FOR), ((10, 19), NOTHING))
    assert taken_back.probability < alone.probability
    assert elsewhere.probability == alone.probability


def test_a_figure_of_something_else_contradicts_nothing():
    claim, text = "The fire killed 12 people.", "The fire injured 45 people."
    finding = found(((0, 9), AGAINST), texts=[agreement(claim, text, text)])
    assert finding.stance is Stance.NEUTRAL


@pytest.mark.parametrize(
    ("claim", "text", "scores", "doubtful"),
    [
        ("Mayor Lee resigned.", "The council called on Mayor Lee to resign.", FOR, True),
        ("Ukraine joined the EU.", "Ukraine applied to join the EU.", FOR, True),
        ("Judge Cho jailed Lee.", "Prosecutors asked Judge Cho to jail Lee.", FOR, True),
        ("Lee took bribes.", "Lee denied that he took bribes.", AGAINST, True),
        ("Acme closed 200 shops.", "Acme plans to close 200 shops.", AGAINST, True),
        ("Rents in Bray fell.", "Rents in Bray rose in May.", FOR, True),
        ("The mayor of Bray resigned.", "The deputy mayor of Bray resigned.", FOR, True),
        ("The mayor of Bray resigned.", "The mayor's brother in Bray resigned.", FOR, True),
        ("The deputy mayor resigned.", "The deputy mayor of Bray resigned.", FOR, False),
        ("The mayor of Bray resigned.", "The mayor of Bray resigned, her deputy said.", FOR, False),
        ("Mayor Lee resigned.", "Mayor Lee stepped down and resigned.", FOR, False),
        ("Rents in Bray fell.", "Rents in Bray rose in May.", AGAINST, False),
        ("Lee denied the theft.", "Lee denied the theft on Monday.", FOR, False),
        ("The council may ban cars.", "The council may ban cars in May.", FOR, False),
    ],
)
def test_what_is_planned_denied_or_of_somebody_beside_is_not_shown(claim, text, scores, doubtful):
    finding = found(((0, 9), scores), texts=[agreement(claim, text, text)])
    assert finding.doubtful is doubtful


@pytest.fixture
def head():
    line = (1.0, 0.0, -2.0)
    return Head(dict.fromkeys(Stance, line), {Stance.SUPPORTS: 0.8, Stance.CONTRADICTS: 0.9})


def test_a_stance_is_shown_from_its_threshold(head):
    surely = Finding(Stance.SUPPORTS, 0.85, 0, doubtful=False)
    assert head.confidence(surely) == pytest.approx(0.85)
    assert head.shows(surely, head.confidence(surely))
    against = Finding(Stance.CONTRADICTS, 0.85, 0, doubtful=False)
    assert not head.shows(against, head.confidence(against))


def test_what_is_doubtful_is_trusted_less_and_never_shown(head):
    doubtful = Finding(Stance.SUPPORTS, 0.999, 0, doubtful=True)
    assert head.confidence(doubtful) == pytest.approx(1 / (1 + math.exp(2) / 999))
    assert not head.shows(doubtful, head.confidence(doubtful))


def test_neutral_is_never_shown(head):
    nothing = Finding(Stance.NEUTRAL, 1.0, 0, doubtful=False)
    assert not head.shows(nothing, head.confidence(nothing))
    assert head.confidence(nothing) < 1
