"""Several steps: marked by the learner's own earlier figures as well as by the right ones."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.questions import get
from assessments.questions.base import AnswerError, Explanation, Grade, Part
from assessments.questions.samples import samples
from concepts.formulas import evaluate

TYPE = get("multi_step")
# Inputs and results of step 1 and 2 as in a published course exercise: 820 min and 10.25 min.
CONTENT: dict[str, Any] = {
    "stem": "{shifts} shifts of 480 min, each with {rest} min of breaks. Customers want {demand} a day.",
    "explanation": "{net} ÷ {demand} = {takt}, so {hourly} an hour.",
    "parameters": {
        "shifts": {"values": [1, 2, 3]},
        "rest": {"from": 40, "to": 70, "step": 5},
        "demand": {"from": 80, "to": 240, "step": 10},
    },
    "derived": {"gross": "shifts * 480"},
    "steps": [
        {
            "name": "net",
            "label": "Net available time",
            "answer": "gross - shifts * rest",
            "unit": "min",
            "tolerance": "0.5 %",
            "weight": 2,
            "slips": [
                {
                    "misconception": "breaks-left-in",
                    "answer": "gross",
                    "feedback": "{gross} min still hold the breaks.",
                }
            ],
        },
        {
            "name": "takt",
            "label": "Takt time",
            "answer": "net / demand",
            "unit": "min",
            "tolerance": "1 %",
            "feedback": "Divide the {net} min by what is asked for.",
            "slips": [
                {
                    "misconception": "demand-divided-by-time",
                    "answer": "demand / net",
                    "feedback": "{demand} ÷ {net} is a rate.",
                }
            ],
        },
        {"name": "hourly", "label": "Units an hour", "answer": "60 / takt", "tolerance": "1 %"},
    ],
}
VALUES = {"shifts": 2, "rest": 70, "demand": 80, "gross": 960}
NAMES = [step["name"] for step in CONTENT["steps"]]
SEEDS = st.integers(0, 2**31)


def read(values: dict[str, Any] = VALUES, **typed: str) -> Any:
    return TYPE.read(CONTENT, values, {f"step-{name}": [text] for name, text in typed.items()})


def grade(**typed: str) -> Grade:
    return TYPE.grade(CONTENT, VALUES, read(**typed))


def told(**typed: str) -> Explanation:
    return TYPE.explain(CONTENT, VALUES, read(**typed))


def parts(**typed: str) -> dict[str, Part]:
    return dict(zip(NAMES, told(**typed).parts, strict=True))


def chain(values: dict[str, Any], start: float | None = None) -> dict[str, str]:
    """Every step worked out rightly, from a first figure of one's own if there is one."""
    known: dict[str, float] = dict(values)
    typed = {}
    for step in CONTENT["steps"]:
        known[step["name"]] = evaluate(step["answer"], known)
        if start is not None and step["name"] == "net":
            known["net"] = start
        typed[step["name"]] = f"{known[step['name']]:.10g}"
    return typed


def problems(**changes: Any) -> dict[str, str]:
    return {problem.field: problem.message for problem in TYPE.check(CONTENT | changes)}


def with_step(number: int, **changes: Any) -> dict[str, Any]:
    steps = [dict(step) for step in CONTENT["steps"]]
    steps[number] = {k: v for k, v in (steps[number] | changes).items() if v is not None}
    return {"steps": steps}


# Marking


def test_every_step_right_is_full_marks() -> None:
    assert grade(net="820", takt="10.25", hourly="5.85") == Grade(1.0)
    assert told(net="820", takt="10.25", hourly="5.85").feedback == ()


def test_a_slip_costs_its_own_step_and_nothing_that_follows_from_it() -> None:
    assert grade(net="960", takt="12", hourly="5") == Grade(0.5, ("breaks-left-in",))
    after = parts(net="960", takt="12", hourly="5")
    assert [part.right for part in after.values()] == [False, True, True]
    assert after["net"].feedback == "960 min still hold the breaks."
    assert after["takt"].note == "Right, following on from your step 1"
    assert (after["takt"].expected, after["takt"].own_expected) == ("10.25\u202fmin", "12\u202fmin")
    assert after["takt"].tolerance_note == "±1\u202f%; yours is exact"


def test_the_first_wrong_step_is_named() -> None:
    assert told(net="960", takt="12", hourly="9").feedback == (
        "The first wrong step is step 1, Net available time.",
    )
    assert told(net="820", takt="3", hourly="20").feedback == ("The first wrong step is step 2, Takt time.",)
    assert parts(net="820", takt="3", hourly="20")["hourly"].note == "Right, following on from your step 2"


def test_two_slips_in_a_row_lead_back_to_the_first_and_each_costs_its_step() -> None:
    answer = {"net": "960", "takt": "0.0833", "hourly": "720"}
    assert grade(**answer) == Grade(0.25, ("breaks-left-in", "demand-divided-by-time"))
    after = parts(**answer)
    assert after["takt"].feedback == "80 ÷ 960 is a rate."  # the learner's own 960
    assert after["takt"].tolerance_note.startswith("±1\u202f%; you were")
    assert after["hourly"].note == "Right, following on from your step 2"


def test_a_slip_made_with_the_right_figures_is_recognised_as_well() -> None:
    after = parts(net="700", takt="0.09756")
    assert after["takt"].feedback == "80 ÷ 820 is a rate."


def test_rounding_within_the_tolerance_is_right_and_no_following_on() -> None:
    rounded = parts(net="823.9", takt="10.39", hourly="5.775")
    assert all(part.right for part in rounded.values())
    assert not any(part.note for part in rounded.values())


def test_the_right_figure_counts_whatever_stands_before_it() -> None:
    assert grade(net="1", takt="10.25", hourly="5.854").score == 0.5


def test_a_blank_step_is_not_right_and_the_next_takes_its_right_figure() -> None:
    assert grade(takt="10.25", hourly="5.854").score == 0.5
    after = told(takt="10.25", hourly="5.854")
    assert after.feedback == ("Nothing is wrong, but step 1, Net available time, was left open.",)
    assert (after.parts[0].note, after.parts[0].chosen) == ("Left open", "No answer")


def test_the_words_of_a_slip_do_not_give_away_a_step_that_was_left_open() -> None:
    assert parts(takt="0.09756")["takt"].feedback == "80 ÷ Net available time is a rate."


def test_the_words_of_a_step_are_read_where_no_slip_fits() -> None:
    assert parts(net="960", takt="99")["takt"].feedback == "Divide the 960 min by what is asked for."


def test_what_cannot_be_worked_out_from_own_figures_is_marked_by_the_right_ones() -> None:
    assert grade(net="820", takt="0", hourly="5.854").score == 0.75
    assert parts(net="820", takt="0", hourly="9")["hourly"].own_expected == ""


def test_a_row_of_zeros_earns_nothing() -> None:
    assert grade(net="0", takt="0", hourly="0").score == 0


def test_no_answer_is_explained_too() -> None:
    after = TYPE.explain(CONTENT, VALUES, None)
    assert (after.verdict, after.your_answer, after.feedback) == ("wrong", "No answer", ())
    assert after.right_answer == (
        "Net available time: 820\u202fmin; Takt time: 10.25\u202fmin; Units an hour: 5.854"
    )
    assert after.explanation == "820 ÷ 80 = 10.25, so 5.854 an hour."


def test_a_comma_that_was_read_as_thousands_is_told_where_a_decimal_would_have_been_right() -> None:
    values = VALUES | {"demand": 656}  # a takt of 1.25
    answer = read(net="820", takt="1,250")
    after = TYPE.explain(CONTENT, values, answer).parts[1]
    assert "“1,250” was read as 1250" in after.feedback


# Asking and reading


def test_each_step_is_shown_with_its_unit_tolerance_and_worth() -> None:
    shown = TYPE.present(CONTENT, VALUES)
    assert shown.stem == "2 shifts of 480 min, each with 70 min of breaks. Customers want 80 a day."
    assert [(one.key, one.text, one.unit) for one in shown.options] == [
        ("step-net", "Net available time", "min"),
        ("step-takt", "Takt time", "min"),
        ("step-hourly", "Units an hour", ""),
    ]
    assert shown.options[0].hint == "Within ±0.5\u202f% counts. Counts 2 of 4."
    assert "later steps are marked with your figures" in shown.hint
    alike = {"steps": [step | {"weight": 1} for step in CONTENT["steps"]]}
    assert TYPE.present(CONTENT | alike, VALUES).options[0].hint == "Within ±0.5\u202f% counts."


def test_each_step_keeps_what_was_typed_beside_its_value_and_blank_ones_nothing() -> None:
    assert read(net=" 1 234,5 ", takt="") == {"net": {"text": "1 234,5", "value": 1234.5}}
    assert read(net=" ") is None
    assert TYPE.summary(CONTENT, VALUES, read(net="820", hourly="5,9")) == (
        "Net available time: 820\u202fmin; Units an hour: 5,9"
    )


def test_what_cannot_be_read_is_refused_at_its_own_field() -> None:
    with pytest.raises(AnswerError, match="We read 10 and then “ish”") as refusal:
        read(net="820", takt="10 ish")
    assert refusal.value.field == "step-takt"
    with pytest.raises(AnswerError, match="one figure"):
        TYPE.read(CONTENT, VALUES, {"step-net": ["1", "2"]})


def test_a_variant_is_named_by_its_parameters_alone() -> None:
    assert TYPE.variant_key(CONTENT, VALUES) == "demand=80;rest=70;shifts=2"


# Checking


def test_a_sound_question_has_no_problem() -> None:
    assert TYPE.check(CONTENT) == []


def test_a_step_that_uses_none_of_the_others_is_sound() -> None:
    assert problems(**with_step(2, answer="60 * demand / gross")) == {}


@pytest.mark.parametrize(
    ("changes", "field", "hint"),
    [
        ({"steps": CONTENT["steps"][:1]}, "steps", "There are 1; give 2 to 6"),
        ({"steps": "net"}, "steps", "list"),
        ({"steps": [*CONTENT["steps"], "takt"]}, "steps.3", "cannot be read"),
        (with_step(0, name=None), "steps.0.name", "no name"),
        (with_step(0, name="min"), "steps.0.name", "cannot be a name"),
        (with_step(1, name="net"), "steps.1.name", "there twice"),
        (with_step(1, name="rest"), "steps.1.name", "already a drawn figure"),
        (with_step(0, label=None), "steps.0.label", "Name what is to be typed"),
        (with_step(0, tolerance="nearly"), "steps.0.tolerance", "1 %"),
        (with_step(0, weight=0), "steps.0.weight", "above 0"),
        (with_step(0, weight="2"), "steps.0.weight", "above 0"),
        (with_step(0, units="min"), "steps.0.units", "unit"),
        (with_step(0, slips={"a": 1}), "steps.0.slips", "list"),
        (with_step(0, answer=None), "steps.0.answer", "formula"),
        (with_step(0, answer="takt * demand"), "steps.0.answer", "comes later"),
        (with_step(1, answer="takt / demand"), "steps.1.answer", "comes later"),
        (with_step(1, answer="net / demnd"), "steps.1.answer", "Known names"),
        (with_step(2, answer="60 / (takt - takt)"), "steps.2.answer", "divides by zero"),
        (with_step(2, answer="takt - takt"), "steps.2.tolerance", "no share of 0"),
        (with_step(1, feedback="{hourly}"), "steps.1.feedback", "give the answer away"),
        (with_step(1, slips=[{"misconception": "m", "answer": "hourly", "feedback": "So."}]),
         "steps.1.slips.0.answer", "Known names"),
        (with_step(1, slips=[{"misconception": "m", "answer": "demand / net", "feedback": "{takt}"}]),
         "steps.1.slips.0.feedback", "stands for nothing"),
        (with_step(1, slips=[{"misconception": "m", "answer": "net / (demand + 0.1)", "feedback": "So."}]),
         "steps.1.slips.0.answer", "counts as right"),
        (with_step(1, slips=[{"misconception": "m", "answer": "net / (takt_ - 1)", "feedback": "So."}]),
         "steps.1.slips.0.answer", "Known names"),
        (with_step(1, slips=[{"misconception": "m", "answer": "net / (demand - demand)", "feedback": "So."}]),
         "steps.1.slips.0.answer", "divides by zero"),
        (with_step(1, slips=[{"answer": "demand / net", "feedback": "So."}]),
         "steps.1.slips.0.misconception", "Name"),
        ({"stem": "{shifts} {rest} {demand} {net}"}, "stem", "give the answer away"),
        ({"explanation": "{answer}"}, "explanation", "give the answer away"),
        ({"parameters": CONTENT["parameters"] | {"spare": {"values": [1, 2]}}}, "parameters.spare", "uses"),
        ({"constraints": ["demand > 900"]}, "constraints", "hardly any"),
        ({"constraints": ["net > 900"]}, "constraints.0", "Known names"),
        ({"label": "Takt"}, "label", "means nothing here"),
    ],
)  # fmt: skip
def test_a_broken_question_is_refused_at_the_field(changes: dict[str, Any], field: str, hint: str) -> None:
    assert hint in problems(**changes)[field]


def test_samples_show_every_step_and_every_slip() -> None:
    one = samples(CONTENT, 1)[0]
    assert [len(worked.slips) for worked in one.answers] == [1, 1, 0]
    assert one.answers[1].figure == pytest.approx(one.answers[0].figure / one.values["demand"])
    assert one.answers[1].slips[0] == pytest.approx(one.values["demand"] / one.answers[0].figure)


# What always holds

FIGURES = st.floats(-1e6, 1e6).map(lambda value: f"{value:.6g}") | st.sampled_from(["", "0", "1e15", "820"])


@settings(deadline=None)
@given(SEEDS)
def test_the_key_scores_full_marks(seed: int) -> None:
    values = TYPE.draw(CONTENT, seed)
    answer = read(values, **chain(values))
    assert TYPE.grade(CONTENT, values, answer) == Grade(1.0)
    assert TYPE.explain(CONTENT, values, answer).verdict == "right"


@settings(deadline=None)
@given(SEEDS, st.floats(0.01, 1e5))
def test_one_wrong_first_step_with_consistent_later_ones_loses_its_weight_alone(
    seed: int, first: float
) -> None:
    values = TYPE.draw(CONTENT, seed)
    typed = chain(values, start=first)
    score = TYPE.grade(CONTENT, values, read(values, **typed)).score
    net = values["gross"] - values["shifts"] * values["rest"]
    assert score == (1 if abs(first - net) <= net * 0.005 * (1 + 1e-9) else 0.5)


@settings(deadline=None)
@given(SEEDS, st.tuples(FIGURES, FIGURES, FIGURES))
def test_a_grade_depends_on_content_values_and_answer_alone(seed: int, figures: tuple[str, ...]) -> None:
    values = TYPE.draw(CONTENT, seed)
    answer = read(values, **dict(zip(NAMES, figures, strict=True)))
    kept = [json.loads(json.dumps(each)) for each in (CONTENT, values, answer)]
    one = TYPE.grade(CONTENT, values, answer)
    assert TYPE.grade(*kept) == one
    assert 0 <= one.score <= 1
    after = TYPE.explain(*kept)
    earned = sum(
        step.get("weight", 1) for step, part in zip(CONTENT["steps"], after.parts, strict=True) if part.right
    )
    assert one.score == pytest.approx(earned / 4)
    assert after.verdict == ("right" if one.score == 1 else "partly" if one.score else "wrong")


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["step-net", "step-takt", "step-hourly", "step-", "step-__class__", "answer"]),
        st.lists(st.text(max_size=20) | FIGURES, max_size=3),
    )
)
def test_whatever_is_posted_is_read_or_refused_at_a_field_of_the_form(posted: dict[str, list[str]]) -> None:
    try:
        answer = TYPE.read(CONTENT, VALUES, posted)
    except AnswerError as refusal:
        assert refusal.message
        assert refusal.field in posted
        return
    assert 0 <= TYPE.grade(CONTENT, VALUES, answer).score <= 1
