"""What reviewers' decisions make of a confidence."""

import pytest

from sources.stance.recalibration import Decision, Line, fitted


def decided(confidence, agreed, of):
    return [Decision(confidence, agreed=place < agreed) for place in range(of)]


def test_without_decisions_confidence_stays_as_it_is():
    assert fitted([]) == Line(1.0, 0.0)
    assert Line()(0.83) == pytest.approx(0.83)


def test_many_decisions_draw_confidence_to_how_often_reviewers_agreed():
    line = fitted(decided(0.95, 180, 300) + decided(0.75, 150, 300))
    assert line(0.95) == pytest.approx(0.6, abs=0.04)
    assert line(0.75) == pytest.approx(0.5, abs=0.04)


def test_decisions_that_agree_with_the_model_change_little():
    line = fitted(decided(0.9, 270, 300) + decided(0.8, 240, 300))
    assert line(0.9) == pytest.approx(0.9, abs=0.02)
    assert line(0.8) == pytest.approx(0.8, abs=0.02)


def test_a_few_decisions_change_less_than_many():
    few, many = fitted(decided(0.9, 0, 3)), fitted(decided(0.9, 0, 300))
    assert many(0.9) < few(0.9) < 0.9


def test_confidence_keeps_its_order_however_perverse_the_decisions():
    line = fitted(decided(0.99, 0, 400) + decided(0.6, 400, 400))
    assert line(0.6) < line(0.8) < line(0.99)


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_certainty_is_no_confidence_that_breaks_the_arithmetic(confidence):
    line = fitted(decided(confidence, 20, 40))
    assert 0 < line(confidence) < 1
