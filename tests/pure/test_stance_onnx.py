"""The stance model with its real weights, on news written for these tests."""

import io
import json
import subprocess
import sys

import pytest

from sources.ports import Stance
from sources.stance.onnx import OnnxStance

CLAIM = "The ferry sank on Monday with 40 people on board."
SUPPORTING = (
    "Rescue crews worked through the night. The ferry, with 40 people on board, sank on Monday "
    "off the northern cape. The weather was calm."
)
CONTRADICTING = (
    "The owner gave a press conference. The ferry sank on Monday with 75 people on board, "
    "he said. Divers will return tomorrow."
)
NEUTRALS = [
    "The ferry was built in a Polish yard and had passed its last inspection in spring.",
    "Ferry fares will rise by 40 percent on Monday, the operator said.",
    "The council approved the budget for the new library after a long debate.",
    "A coaster with 12 people on board ran aground near the harbour two years ago.",
]


@pytest.fixture(scope="module")
def model():
    return OnnxStance()


def test_a_passage_that_says_the_same_is_shown_as_supporting(model):
    (judgement,) = model.judge(CLAIM, [SUPPORTING])
    assert (judgement.stance, judgement.shown) == (Stance.SUPPORTS, True)


def test_a_passage_with_another_number_for_the_same_thing_contradicts(model):
    (judgement,) = model.judge(CLAIM, [CONTRADICTING])
    assert judgement.stance is Stance.CONTRADICTS


def test_a_denial_contradicts(model):
    denial = "The minister has not resigned and will not resign, her office said."
    (judgement,) = model.judge("The minister has resigned.", [denial])
    assert judgement.stance is Stance.CONTRADICTS


@pytest.mark.parametrize("passage", NEUTRALS)
def test_a_passage_that_settles_nothing_shows_nothing(model, passage):
    (judgement,) = model.judge(CLAIM, [passage])
    assert not judgement.shown


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "The hall was constructed in 2018.",
            "The hall opened in 2019 with a concert for the builders.",
        ),
        ("The blast killed 12 people.", "The blast injured 45 people, two hospitals said."),
        (
            "Exports from Chile grew by 4 percent in 2015.",
            "Exports from Chile grew by 9 percent in 2021, the bank said.",
        ),
        (
            "Exports from Chile grew by 4 percent in 2015.",
            "Exports from Peru grew by 9 percent in 2015, the bank said.",
        ),
    ],
)
def test_another_property_period_or_place_is_no_contradiction(model, claim, passage):
    (judgement,) = model.judge(claim, [passage])
    assert judgement.stance is not Stance.CONTRADICTS


def test_the_rationale_is_the_sentence_that_decided(model):
    (judgement,) = model.judge(CLAIM, [SUPPORTING])
    start, end = judgement.rationale
    assert SUPPORTING[start:end].startswith("The ferry, with 40 people")
    assert "weather" not in SUPPORTING[start:end]


def test_the_rationale_of_a_contradiction_is_no_neighbour_of_the_sentence_that_decided(model):
    (judgement,) = model.judge(CLAIM, [CONTRADICTING])
    assert CONTRADICTING[slice(*judgement.rationale)].startswith("The ferry sank on Monday with 75")


def test_judgements_come_in_the_order_of_the_passages(model):
    passages = [NEUTRALS[0], SUPPORTING, "", CONTRADICTING, NEUTRALS[2]]
    together = model.judge(CLAIM, passages)
    alone = [model.judge(CLAIM, [passage])[0] for passage in passages]
    assert [found.stance for found in together] == [found.stance for found in alone]
    assert [found.rationale for found in together] == [found.rationale for found in alone]


def test_no_passages_get_no_judgements(model):
    assert model.judge(CLAIM, []) == []


@pytest.mark.parametrize("passage", ["", "   \n ", "…", "\x00", "🛟" * 50])
def test_a_passage_without_words_is_neutral(model, passage):
    (judgement,) = model.judge(CLAIM, [passage])
    assert (judgement.stance, judgement.shown) == (Stance.NEUTRAL, False)


@pytest.mark.parametrize("passage", ["40 " * 30_000, "a" * 200_000, "Ferry. " * 2_000])
def test_a_hostile_passage_is_read_in_bounded_time_and_the_rationale_stays_inside(model, passage):
    (judgement,) = model.judge(CLAIM, [passage])
    if judgement.rationale:
        assert 0 <= judgement.rationale[0] < judgement.rationale[1] <= len(passage)


def test_the_command_answers_each_line_with_words_of_the_evidence():
    lines = [{"claim": CLAIM, "evidence": text} for text in (SUPPORTING, NEUTRALS[2])]
    done = subprocess.run(
        [sys.executable, "-m", "sources.stance"],
        input="\n".join(json.dumps(line) for line in lines),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    first, second = (json.loads(line) for line in io.StringIO(done.stdout))
    assert first["stance"] == "supports"
    assert first["rationale"] in SUPPORTING
    assert set(first) == {"stance", "confidence", "scores", "rationale", "shown"}
    assert (second["stance"], second["shown"]) == ("neutral", False)


@pytest.mark.parametrize(
    "line", ["not json", "[]", '{"claim": "A."}', '{"claim": 1, "evidence": ""}']
)
def test_the_command_refuses_a_line_it_cannot_read(line):
    done = subprocess.run(
        [sys.executable, "-m", "sources.stance"],
        input=line,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Line 1 ")
    assert done.stderr.count("\n") == 1


def test_what_contradicts_the_main_part_of_a_claim_contradicts_the_claim(model):
    claim = f"{CLAIM.removesuffix('.')}, with orders apparently coming from Admiral Juan Ibarra."
    (judgement,) = model.judge(claim, [CONTRADICTING])
    assert (judgement.stance, judgement.shown) == (Stance.CONTRADICTS, True)


def test_what_supports_the_main_part_of_a_claim_does_not_support_the_claim(model):
    claim = f"{CLAIM.removesuffix('.')}, with orders apparently coming from Admiral Juan Ibarra."
    (judgement,) = model.judge(claim, [SUPPORTING])
    assert not judgement.shown


def test_a_rationale_stays_in_one_paragraph(model):
    passage = "Shipping\n\nThe ferry, with 40 people on board, sank on Monday.\n\nWeather."
    (judgement,) = model.judge(CLAIM, [passage])
    assert judgement.stance is Stance.SUPPORTS
    assert "\n" not in passage[slice(*judgement.rationale)]
