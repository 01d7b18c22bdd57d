"""Numeric: figures drawn, typed numbers judged, slips recognised, and degenerate questions refused."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.questions import get
from assessments.questions.base import AnswerError
from assessments.questions.samples import samples
from assessments.questions.sampling import draw, variant_count
from concepts.figures import format_number
from concepts.formulas import FormulaError

TYPE = get("numeric")
CONTENT: dict[str, Any] = {
    "stem": "The cell ran {hours} h. {out} parcels left it, {torn} of them torn.",
    "explanation": "{good} ÷ {hours} = {answer}",
    "label": "Throughput",
    "parameters": {
        "hours": {"from": 6.5, "to": 8, "step": 0.1},
        "out": {"from": 1600, "to": 2400, "step": 20},
        "torn": {"values": [40, 50, 60]},
    },
    "derived": {"yield_share": "good / out", "good": "out - torn"},
    "constraints": ["good / hours >= 250"],
    "answer": "good / hours",
    "unit": "parcels / h",
    "tolerance": "1 %",
    "slips": [
        {
            "misconception": "time-by-units",
            "answer": "hours / good",
            "feedback": "{hours} ÷ {good} is a pace.",
        },
        {
            "misconception": "scrap-counted",
            "answer": "out / hours * 1.05",
            "feedback": "You counted {torn} torn.",
        },
    ],
}
VALUES = {"hours": 7.5, "out": 1920, "torn": 60, "good": 1860, "yield_share": 0.96875}


def problems(**changes: Any) -> dict[str, str]:
    return {problem.field: problem.message for problem in TYPE.check(CONTENT | changes)}


def typed(text: str, values: dict[str, Any] = VALUES, content: dict[str, Any] = CONTENT) -> Any:
    return TYPE.read(content, values, {"answer": [text]})


def test_a_sound_question_has_no_problem() -> None:
    assert TYPE.check(CONTENT) == []


@pytest.mark.parametrize(
    ("changes", "field", "hint"),
    [
        ({"label": ""}, "label", "Name what is to be typed"),
        ({"unit": 5}, "unit", "quotation marks"),
        ({"tolerance": "nearly"}, "tolerance", "1 %"),
        ({"tolerance": "80 %"}, "tolerance", "50"),
        ({"tolerance": "0 sf"}, "tolerance", "1 to 10"),
        ({"tolerence": "1 %"}, "tolerence", "tolerance"),
        ({"parameters": [1]}, "parameters", "line by line"),
        ({"slips": {"a": 1}}, "slips", "list"),
        ({"slips": ["a"]}, "slips", "Each slip"),
        ({"answer": None}, "answer", "formula"),
        ({"answer": "good /"}, "answer", "missing sign"),
        ({"answer": "god / hours"}, "answer", "Known names"),
        ({"answer": "good > hours"}, "answer", "compares"),
        ({"constraints": ["good / hours"]}, "constraints.0", "condition"),
        ({"derived": {"good": "out - torn", "a": "b", "b": "a"}}, "derived", "need each other"),
        ({"derived": {"good": "out - torn", "out": "3"}}, "derived.out", "already a parameter"),
        ({"derived": {"good": "out - torn", "answer": "3"}}, "derived.answer", "cannot be a name"),
        ({"stem": "It ran {hour} h, {out}, {torn}."}, "stem", "Known names"),
        ({"stem": "{out} {torn} {hours} {answer}"}, "stem", "give the answer away"),
        ({"stem": "How much?"}, "stem", "none of the figures"),
        ({"explanation": "{x}"}, "explanation", "Known names"),
        (
            {"slips": [{"misconception": "m", "answer": "1", "feedback": "{answer}"}]},
            "slips.0.feedback",
            "give",
        ),
        ({"slips": [{"misconception": "m", "answer": "1 +", "feedback": "So."}]}, "slips.0.answer", "sign"),
        ({"slips": [{"answer": "1", "feedback": "So."}]}, "slips.0.misconception", "Name"),
    ],
)
def test_a_broken_question_is_refused_at_the_field(changes: dict[str, Any], field: str, hint: str) -> None:
    assert hint in problems(**changes)[field]


@pytest.mark.parametrize(
    ("spec", "hint"),
    [
        (5, "Give either"),
        ({"from": 1, "to": 2}, "Give either"),
        ({"from": 2, "to": 1, "step": 1}, "below"),
        ({"from": 1, "to": 2, "step": 0}, "above 0"),
        ({"from": 0, "to": 1, "step": 0.00001}, "larger step"),
        ({"from": "1", "to": 2, "step": 1}, "plain figures"),
        ({"from": True, "to": 2, "step": 1}, "plain figures"),
        ({"values": []}, "list of figures"),
        ({"values": ["a"]}, "list of figures"),
        ({"values": [40, 50, 40.0]}, "there twice"),
    ],
)
def test_a_malformed_parameter_is_refused(spec: object, hint: str) -> None:
    assert hint in problems(parameters=CONTENT["parameters"] | {"hours": spec})["parameters.hours"]


def test_a_parameter_that_nothing_uses_is_refused() -> None:
    assert "parameters.spare" in problems(parameters=CONTENT["parameters"] | {"spare": {"values": [1, 2]}})


@pytest.mark.parametrize(
    ("changes", "field", "hint"),
    [
        ({"constraints": ["good < 0"]}, "constraints", "hardly any"),
        ({"constraints": ["hours == 6.5", "torn == 40"]}, "constraints", "Of 400 draws only"),
        ({"constraints": [], "answer": "good / (torn - 40)"}, "answer", "With good = "),
        ({"slips": [{"misconception": "m", "answer": "out / hours", "feedback": "So."}], "tolerance": "5 %"},
         "slips.0.answer", "counts as right"),
        ({"slips": [{"misconception": "m", "answer": "1 / (torn - 40)", "feedback": "So."}]},
         "slips.0.answer", "divides by zero"),
        ({"answer": "good - good"}, "tolerance", "no share of 0"),
    ],
)  # fmt: skip
def test_draws_that_degenerate_are_refused(changes: dict[str, Any], field: str, hint: str) -> None:
    assert hint in problems(**changes)[field]


def test_parameters_of_one_figure_each_make_no_variant() -> None:
    single = {name: {"values": [spec]} for name, spec in (("hours", 7.5), ("out", 1920), ("torn", 60))}
    assert "same figures" in problems(parameters=single, constraints=[])["parameters"]


def test_a_question_without_parameters_is_sound_and_has_one_variant() -> None:
    content = {
        key: CONTENT[key] for key in ("label", "unit", "tolerance")
    } | {"stem": "1,860 in 7.5 h?", "explanation": "{answer}", "answer": "1860 / 7.5"}  # fmt: skip
    assert TYPE.check(content) == []
    assert TYPE.draw(content, 3) == {}
    assert TYPE.variant_key(content, {}) == ""
    assert variant_count(content) is None
    assert TYPE.explain(content, {}, None).explanation == "248"


def test_figures_drawn_in_steps_carry_no_binary_noise() -> None:
    drawn = [TYPE.draw(CONTENT, seed) for seed in range(60)]
    assert all(values["hours"] == round(values["hours"], 1) for values in drawn)
    assert all(values["good"] / values["hours"] >= 250 for values in drawn)
    assert {values["torn"] for values in drawn} == {40, 50, 60}


def test_the_order_of_keys_in_the_json_makes_no_other_draw() -> None:
    turned = CONTENT | {
        name: dict(reversed(CONTENT[name].items())) for name in ("parameters", "derived")
    }  # fmt: skip
    assert [draw(turned, seed) for seed in range(9)] == [draw(CONTENT, seed) for seed in range(9)]


def test_the_same_figures_have_the_same_variant_key() -> None:
    assert TYPE.variant_key(CONTENT, VALUES) == TYPE.variant_key(CONTENT, VALUES | {"torn": 60.0, "good": 1})
    assert TYPE.variant_key(CONTENT, VALUES) != TYPE.variant_key(CONTENT, VALUES | {"torn": 50})
    many = {f"parameter_{i}": {"values": [i, i + 1]} for i in range(9)}
    keys = {TYPE.variant_key({"parameters": many}, dict.fromkeys(many, figure)) for figure in range(5)}
    assert len(keys) == 5
    assert all(len(key) <= 60 for key in keys)


def test_variants_are_counted() -> None:
    assert variant_count(CONTENT | {"constraints": [], "derived": {}}) == 16 * 41 * 3
    assert variant_count(CONTENT | {"constraints": ["hours == 6.5"]}) == 41 * 3
    wide = CONTENT["parameters"] | {"out": {"from": 1, "to": 9000, "step": 1}}
    assert (
        0.4
        < (variant_count(CONTENT | {"parameters": wide, "constraints": ["torn < 55"]}) or 0) / 432000
        < 0.9
    )


def test_the_stem_is_shown_with_figures_and_the_tolerance_is_stated_before() -> None:
    shown = TYPE.present(CONTENT, VALUES)
    assert shown.stem == "The cell ran 7.5 h. 1,920 parcels left it, 60 of them torn."
    assert (shown.widget, shown.label, shown.unit) == ("number", "Throughput", "parcels / h")
    assert shown.hint == (
        "Within ±1\u202f% counts. You may type 1,234.5 or 1 234,5 or 1e3; 1,234 is read as 1234."
    )


MONEY: dict[str, Any] = {
    "stem": "A mug costs €{each} in clay and takes {each} minutes; the kiln costs €{kiln} thousand.",
    "explanation": "{each} × {count} = €{answer}",
    "label": "Cost",
    "parameters": {"each": {"values": [2.5, 3.5]}, "count": {"values": [3, 5]}, "kiln": {"values": [1.5]}},
    "answer": "each * count",
    "unit": "€",
    "tolerance": "1 %",
}


def test_money_is_drawn_with_two_decimals_and_what_is_typed_is_left_as_it_is() -> None:
    values = {"each": 2.5, "count": 5, "kiln": 1.5}
    stem = TYPE.present(MONEY, values).stem
    assert stem == "A mug costs €2.50 in clay and takes 2.5 minutes; the kiln costs €1.5 thousand."
    told = TYPE.explain(MONEY, values, typed("12.5", values, MONEY))
    assert told.explanation == "2.5 × 5 = €12.50"
    assert told.right_answer == "12.50\u202f€"
    assert told.your_answer == "12.5\u202f€"


@pytest.mark.parametrize(
    ("tolerance", "each", "unit", "shown"),
    [
        ("1 %", 3.6494, "€ / basket", "3.65"),
        ("1 %", 3.6494, "min", "3.649"),
        ("1 %", 4.125, "€", "4.13"),
        ("1 %", 99.9949, "€", "99.99"),
        ("1 %", -3.6494, "€", "−3.65"),
        ("1 %", 3.5, "€", "3.50"),
        ("1 %", 1666.6667, "€", "1,667"),
        # Where a hundredth is too coarse for what is asked, it is shown finer.
        ("1 %", 0.0123, "€", "0.0123"),
    ],
)
def test_small_money_is_answered_to_the_hundredth(tolerance: str, each: float, unit: str, shown: str) -> None:
    content = MONEY | {"answer": "each", "unit": unit, "tolerance": tolerance}
    told = TYPE.explain(content, {"each": each, "count": 1, "kiln": 1.5}, None)
    assert told.right_answer == f"{shown}\u202f{unit}"
    assert told.explanation.endswith(f"€{'3.649' if unit == 'min' else shown}")


@pytest.mark.parametrize(
    ("tolerance", "stated"),
    [
        ("0.5", "Within ±0.5\u202fparcels / h counts."),
        (0, "Only the exact figure counts."),
        ("3 sf", "Give at least 3 significant figures."),
        ("1 sf", "Give at least 1 significant figure."),
    ],
)
def test_every_kind_of_tolerance_is_stated(tolerance: object, stated: str) -> None:
    assert TYPE.present(CONTENT | {"tolerance": tolerance}, VALUES).hint.startswith(stated)


@pytest.mark.parametrize(
    ("tolerance", "text", "score"),
    [
        ("1 %", "248", 1),
        ("1 %", "250.48", 1),
        ("1 %", "250.49", 0),
        ("1 %", "248 parcels per hour", 1),
        ("0.5", "248.5", 1),
        ("0.5", "248.51", 0),
        (0, "248", 1),
        (0, "248.001", 0),
        ("2 sf", "250", 1),
        ("2 sf", "240", 0),
        ("3 sf", "248.4", 1),
        ("3 sf", "249", 0),
    ],
)
def test_a_figure_within_the_tolerance_is_right(tolerance: object, text: str, score: float) -> None:
    assert TYPE.grade(CONTENT | {"tolerance": tolerance}, VALUES, typed(text)).score == score


def test_the_typed_text_is_kept_beside_its_value() -> None:
    assert typed(" 1 234,5 ") == {"text": "1 234,5", "value": 1234.5}
    assert TYPE.summary(CONTENT, VALUES, typed("247,5")) == "247,5\u202fparcels / h"
    assert TYPE.summary(CONTENT, VALUES, typed("247.5 parcels")) == "247.5 parcels"


def test_what_cannot_be_read_is_refused_at_the_field() -> None:
    with pytest.raises(AnswerError, match="“248 ish” is not a number") as refusal:
        typed("248 ish")
    assert refusal.value.field == "answer"
    with pytest.raises(AnswerError, match="one figure"):
        TYPE.read(CONTENT, VALUES, {"answer": ["1", "2"]})
    assert typed("  ") is None


def test_a_slip_is_recognised_and_told_with_its_figures() -> None:
    answer = typed("0.00403")
    assert TYPE.grade(CONTENT, VALUES, answer).misconceptions == ("time-by-units",)
    told = TYPE.explain(CONTENT, VALUES, answer)
    assert (told.verdict, told.feedback) == ("wrong", ("7.5 ÷ 1,860 is a pace.",))
    assert told.explanation == "1,860 ÷ 7.5 = 248"
    assert told.right_answer == "248\u202fparcels / h"


def test_a_comma_read_as_thousands_is_told_where_a_decimal_comma_would_have_been_right() -> None:
    content = CONTENT | {"answer": "good / hours / 200", "slips": []}
    told = TYPE.explain(content, VALUES, typed("1,240"))
    reading = "“1,240” was read as 1240, because one comma before three digits groups thousands. "
    assert told.feedback == (f"{reading}Type a point where you mean a decimal: 1.240.",)
    assert TYPE.explain(content, VALUES, typed("2,240")).feedback == ()
    assert TYPE.grade(content, VALUES, typed("1,24")).score == 1


def test_a_slip_that_these_figures_rule_out_was_not_made() -> None:
    slips = [{"misconception": "m", "answer": "1 / (torn - 60)", "feedback": "So."}]
    assert TYPE.grade(CONTENT | {"slips": slips}, VALUES, typed("3")).misconceptions == ()


@pytest.mark.parametrize(
    ("tolerance", "text", "note"),
    [
        ("1 %", "242.3", "±1\u202f%; you were 2.3\u202f% off"),
        ("1 %", "248", "±1\u202f%; yours is exact"),
        ("1 %", "250.5", "±1\u202f%; you were 1.01\u202f% off"),
        ("1 %", "1e6", "±1\u202f%; yours is more than 10 times too far off"),
        ("0.5", "249", "±0.5\u202fparcels / h; you were 1\u202fparcels / h off"),
        ("3 sf", "249", "3 significant figures; you were 1\u202fparcels / h off"),
    ],
)
def test_how_far_off_it_was_is_explained_after(tolerance: str, text: str, note: str) -> None:
    assert TYPE.explain(CONTENT | {"tolerance": tolerance}, VALUES, typed(text)).tolerance_note == note


def test_no_answer_is_explained_too() -> None:
    told = TYPE.explain(CONTENT, VALUES, None)
    assert (told.verdict, told.your_answer, told.tolerance_note) == ("wrong", "No answer", "±1\u202f%")


def test_samples_show_what_is_amiss() -> None:
    assert len(samples(CONTENT)) == 20
    sound = samples(CONTENT, 1)[0]
    assert sound.note == ""
    assert sound.answers[0].figure == pytest.approx(sound.values["good"] / sound.values["hours"])
    assert sound.answers[0].slips[0] == pytest.approx(sound.values["hours"] / sound.values["good"])
    same = CONTENT | {"slips": [{"misconception": "m", "answer": "good / hours", "feedback": "So."}]}
    assert "counts as right" in samples(same, 1)[0].note
    broken = samples(CONTENT | {"answer": "good /"}, 1)[0]
    assert (broken.answers, broken.values) == ((), {})
    assert "missing sign" in broken.note


def test_impossible_constraints_end_in_a_refusal() -> None:
    with pytest.raises(FormulaError, match="Loosen"):
        draw(CONTENT | {"constraints": ["torn > 60"]}, 1)


@settings(deadline=None)
@given(st.integers(0, 2**31), st.sampled_from(["1 %", "0.01", "0.5", "3 sf", "4 sf"]))
def test_the_right_answer_as_it_is_shown_counts_as_right(seed: int, tolerance: str) -> None:
    content = CONTENT | {"tolerance": tolerance}
    values = TYPE.draw(content, seed)
    shown = TYPE.explain(content, values, None).right_answer
    assert TYPE.grade(content, values, typed(shown, values, content)).score == 1


@settings(deadline=None)
@given(st.integers(0, 2**31), st.floats(-1e6, 1e6))
def test_any_typed_figure_has_a_verdict_that_agrees_with_its_grade(seed: int, figure: float) -> None:
    values = TYPE.draw(CONTENT, seed)
    answer = typed(format_number(figure), values)
    score = TYPE.grade(CONTENT, values, answer).score
    assert score in {0, 1}
    assert TYPE.explain(CONTENT, values, answer).verdict == ("right" if score else "wrong")


def test_a_tolerance_on_a_percentage_is_told_in_percentage_points() -> None:
    content = CONTENT | {"unit": "%", "tolerance": "0.5"}
    assert TYPE.present(content, TYPE.draw(content, 1)).hint.startswith(
        "Within ±0.5\u202fpercentage points counts."
    )
