"""A claim beside words that do not say when it was, with the real weights."""

import io
import json
from datetime import date

import pytest

from sources.ports import Stance
from sources.stance.__main__ import main
from sources.stance.onnx import OnnxStance
from sources.stance.timely import as_timed_as, judge_in_time

DATED = "North Korea blew up the joint liaison office in Kaesong on 16 June 2020."
FILLED = "The temperature in Verkhoyansk hit 38 degrees Celsius on Saturday [20 June 2020]."
SENTENCE = "The temperature in Verkhoyansk hit 38 degrees Celsius on Saturday, a website says."


@pytest.fixture(scope="module")
def model():
    return OnnxStance()


@pytest.mark.parametrize(
    ("claim", "passage", "asked"),
    [
        ("Peru sold it on 16 June 2020.", "On Tuesday, Peru sold it.", "Peru sold it."),
        ("In May 2019, Peru sold it.", "Peru sold it.", "Peru sold it."),
        ("In May 2019, Peru sold it.", "In June, Peru sold it.", "In May, Peru sold it."),
        ("Peru sold it on June 16, 2020.", "Peru sold it in 2019.", "Peru sold it in 2020."),
        ("Peru sold it in 2012, Lee said.", "Peru sold it.", "Peru sold it, Lee said."),
        ("Peru sold it on Tuesday [16 June 2020].", "Peru sold it.", "Peru sold it on Tuesday."),
        ("Peru sold it last month [May 2020].", "Peru sold it.", "Peru sold it last month."),
        ("It may rise by 2,012 feet.", "It rose.", "It may rise by 2,012 feet."),
        ("Peru sold it on 16 June 2020.", "It was sold on 3 May 2019.", ""),
        ("Peru sold it on 16 June 2020.", "It was sold on Aug. 3, 2019.", ""),
    ],
)
def test_what_the_passage_leaves_out_of_the_time_is_left_out_of_the_claim(claim, passage, asked):
    assert as_timed_as(claim, passage) == (asked or claim)


def test_the_sentence_a_claim_was_made_of_supports_it(model):
    (judgement,) = judge_in_time(model, FILLED, [SENTENCE], [date(2020, 6, 21)])
    assert (judgement.stance, judgement.shown) == (Stance.SUPPORTS, True)


@pytest.mark.parametrize("day", [None, date(2019, 6, 21), date(2021, 6, 21)])
def test_words_of_another_time_or_none_settle_nothing(model, day):
    (judgement,) = judge_in_time(model, FILLED, [SENTENCE], [day])
    assert (judgement.stance, judgement.shown) == (Stance.NEUTRAL, False)
    assert judgement.rationale is None


def test_the_year_elsewhere_in_the_passage_is_enough(model):
    (judgement,) = judge_in_time(model, FILLED, [f"It was a hot summer in 2020. {SENTENCE}"])
    assert judgement.stance is Stance.SUPPORTS


def test_no_date_is_no_other_date(model):
    told = "On Tuesday 16 June, at 2.49 pm, North Korea blew up the inter-Korean liaison office."
    assert model.judge(DATED, [told])[0].stance is not Stance.CONTRADICTS


def test_who_denies_it_soon_after_contradicts_it_without_a_date(model):
    denial = "North Korea never blew up the liaison office in Kaesong, officials said."
    (after,) = judge_in_time(model, DATED, [denial], [date(2020, 6, 20)])
    (before,) = judge_in_time(model, DATED, [denial], [date(2019, 6, 20)])
    assert (after.stance, before.stance) == (Stance.CONTRADICTS, Stance.NEUTRAL)


def test_the_command_does_not_take_a_missing_date_for_the_right_one(model):
    output = io.StringIO()
    main(io.StringIO(json.dumps({"claim": FILLED, "evidence": SENTENCE})), output, model)
    assert json.loads(output.getvalue())["stance"] == "neutral"
