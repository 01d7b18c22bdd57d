"""The editor's form of each question type: there and back again, and every problem at its field."""

from typing import Any

import pytest

from assessments.forms.content import FORMS, ContentForm
from assessments.questions import TYPES
from assessments.questions.base import Problem
from tests.assessments.forms.typed import typed
from tests.assessments.questions import test_matching, test_multi_step, test_ordering, test_short_text
from tests.factories import MisconceptionFactory, numeric, single_choice, written

pytestmark = pytest.mark.django_db

MULTIPLE = {
    "stem": "Which of these are inputs?",
    "explanation": "Inputs go in.",
    "choices": [
        {"text": "Flour", "right": True},
        {"text": "An oven", "right": True, "feedback": "It is an input as well."},
        {"text": "Bread", "feedback": "Bread comes out."},
        {"text": "A customer's smile", "feedback": "That comes later."},
    ],
}
TRUE_FALSE = {
    "stem": "Takt is a pace.",
    "right": False,
    "feedback": "It is a time.",
    "explanation": "It is a time for each unit.",
}
CLASSIFICATION = {
    "stem": "Which goes where?",
    "buckets": ["Input", "Output"],
    "items": [
        {"text": "Flour", "bucket": "Input", "feedback": "It goes in."},
        {"text": "Bread", "bucket": "Output", "feedback": "It comes out."},
        {"text": "Yeast", "bucket": "Input", "feedback": "It goes in."},
        {"text": "Crumbs", "bucket": "Output", "feedback": "They come out."},
    ],
    "explanation": "What goes in is an input.",
}
DERIVED = numeric() | {
    "derived": {"net": "hours - 0.5", "pace": "units / net"},
    "constraints": ["net >= 1", "pace >= 100"],
    "answer": "pace",
    "parameters": {"units": {"from": 600, "to": 2400, "step": 10}, "hours": {"values": [2.5, 4, 5]}},
}
CONTENTS: list[tuple[str, dict[str, Any]]] = [
    ("single_choice", single_choice()),
    ("multiple_choice", MULTIPLE),
    ("true_false", TRUE_FALSE),
    ("numeric", numeric()),
    ("numeric", DERIVED),
    ("classification", CLASSIFICATION),
    ("multi_step", test_multi_step.CONTENT),
    ("matching", test_matching.CONTENT),
    ("ordering", test_ordering.CONTENT),
    ("short_text", test_short_text.CONTENT),
    ("written", written()),
]


def read(kind: str, content: dict[str, Any], **changes: str) -> ContentForm:
    """A form with what was posted, over an empty question."""
    MisconceptionFactory(slug="time-divided-by-units")
    form = FORMS[kind]({}, typed(kind, content, **changes))
    form.is_valid()
    return form


def said(form: ContentForm) -> dict[str, list[str]]:
    """The problems shown, by the name of the control or of the table."""
    found = {}
    for section in form.shown():
        if section.problems:
            found[section.section.table] = section.problems
        for control in [*section.controls, *(control for row in section.rows for control in row)]:
            if control.problems:
                found[control.bound.html_name] = control.problems
    return found


def test_every_type_of_question_has_a_form() -> None:
    assert set(FORMS) == set(TYPES)


@pytest.mark.parametrize(("kind", "content"), CONTENTS)
def test_what_the_form_shows_is_what_it_reads_back(kind: str, content: dict[str, Any]) -> None:
    form = read(kind, content)
    assert form.content() == content
    assert TYPES[kind].check(form.content()) == []


@pytest.mark.parametrize(("kind", "content"), CONTENTS)
def test_a_text_that_a_form_cannot_show_to_the_byte_is_left_as_it_was(
    kind: str, content: dict[str, Any]
) -> None:
    original = content | {"stem": f"{content['stem']}\n"}
    form = FORMS[kind](original, typed(kind, original))
    assert form.is_valid()
    assert form.content() == original


@pytest.mark.parametrize(("kind", "content"), CONTENTS)
def test_an_empty_form_is_an_incomplete_question_and_no_error(kind: str, content: dict[str, Any]) -> None:
    form = FORMS[kind]({}, typed(kind, {}))
    assert form.is_valid()
    form.note(TYPES[kind].check(form.content()))
    assert form.problem_count > 0
    assert "q-stem" in said(form)
    assert not form.unplaced


@pytest.mark.parametrize(
    ("kind", "content", "problem", "control"),
    [
        ("single_choice", single_choice(), "choices.1.feedback", "q-choices-1-feedback"),
        ("single_choice", single_choice(), "choices", "choices"),
        ("multiple_choice", MULTIPLE, "choices.3.misconception", "q-choices-3-misconception"),
        ("true_false", TRUE_FALSE, "right", "q-right"),
        ("numeric", DERIVED, "tolerance", "q-tolerance"),
        ("numeric", DERIVED, "parameters.hours", "q-parameters-1-lowest"),
        ("numeric", DERIVED, "parameters", "parameters"),
        ("numeric", DERIVED, "derived.net", "q-derived"),
        ("numeric", DERIVED, "constraints.1", "q-constraints"),
        ("numeric", DERIVED, "slips.0.answer", "q-slips-0-answer"),
        ("classification", CLASSIFICATION, "items.2.bucket", "q-items-2-bucket"),
        ("classification", CLASSIFICATION, "buckets.1", "q-bucket_1"),
        ("classification", CLASSIFICATION, "buckets", "q-bucket_0"),
        ("multi_step", test_multi_step.CONTENT, "steps.1.tolerance", "q-steps-1-tolerance"),
        ("multi_step", test_multi_step.CONTENT, "steps.1.slips.0.answer", "q-slips-1-answer"),
        ("multi_step", test_multi_step.CONTENT, "steps.2.slips", "q-steps-2-name"),
        ("multi_step", test_multi_step.CONTENT, "steps.2.slips.0.answer", "slips"),
        ("multi_step", test_multi_step.CONTENT, "steps", "steps"),
        ("multi_step", test_multi_step.CONTENT, "parameters.rest", "q-parameters-1-lowest"),
        ("multi_step", test_multi_step.CONTENT, "derived.gross", "q-derived"),
        ("matching", test_matching.CONTENT, "pairs.1.right", "q-pairs-1-right"),
        ("matching", test_matching.CONTENT, "distractors", "q-distractors"),
        ("ordering", test_ordering.CONTENT, "items.2.text", "q-items-2-text"),
        ("short_text", test_short_text.CONTENT, "accept.3.score", "q-accept-3-score"),
        ("short_text", test_short_text.CONTENT, "otherwise", "q-otherwise"),
        ("written", written(), "words.from", "q-fewest"),
        ("written", written(), "words.to", "q-most"),
        ("written", written(), "rubric.1.label", "q-rubric-1-label"),
        ("written", written(), "rubric.1.levels.0.points", "q-rubric-1-levels"),
        ("written", written(), "rubric", "rubric"),
    ],
)
@pytest.mark.parametrize("is_posted", [True, False])
def test_a_problem_stands_at_its_field(
    kind: str, content: dict[str, Any], problem: str, control: str, is_posted: bool
) -> None:
    form = read(kind, content) if is_posted else FORMS[kind](content)
    form.note([Problem(problem, "Mend this.")])
    assert "Mend this." in str(said(form)[control])


def test_a_problem_without_a_field_is_kept_for_the_top_of_the_form() -> None:
    form = read("single_choice", single_choice())
    form.note([Problem("surprise", "This means nothing here.")])
    assert form.unplaced == ["This means nothing here."]


def test_a_line_with_a_problem_is_named() -> None:
    form = read("numeric", DERIVED)
    form.note([Problem("derived.pace", "Mend."), Problem("constraints.1", "Mend.")])
    assert said(form) == {"q-derived": ["pace: Mend."], "q-constraints": ["Line 2: Mend."]}


def test_blank_rows_and_rows_ticked_to_go_do_not_count_and_problems_still_find_their_row() -> None:
    content = {**MULTIPLE, "choices": [*MULTIPLE["choices"], {"text": "A van", "feedback": "No."}]}
    form = read("multiple_choice", content, q__choices__0__DELETE="on")
    assert form.content()["choices"][0]["text"] == "An oven"
    form.note([Problem("choices.0.feedback", "Mend this.")])
    assert list(said(form)) == ["q-choices-1-feedback"]


def test_a_renamed_bucket_keeps_its_items() -> None:
    form = read("classification", CLASSIFICATION, q__bucket_0="What goes in")
    assert form.content()["buckets"] == ["What goes in", "Output"]
    assert form.content()["items"][0]["bucket"] == "What goes in"


@pytest.mark.parametrize(
    ("control", "value", "reason"),
    [
        ("q__parameters__0__lowest", "six", "“six” is not a number"),
        ("q__parameters__1__values", "40, fifty", "“fifty” is not a number"),
        ("q__parameters__1__lowest", "1", "not both"),
        ("q__parameters__1__name", "units", "“units” is there twice"),
        ("q__parameters__0__name", "", "has no name"),
        ("q__derived", "hours - 1", "names nothing"),
        ("q__derived", "a = 1\r\na = 2", "worked out twice"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(control: str, value: str, reason: str) -> None:
    form = read("numeric", DERIVED, **{control: value})
    assert not form.is_valid()
    assert reason in str(said(form))
    assert value.strip() in " ".join(
        str(c.bound.value()) for s in form.shown() for c in [*s.controls, *(c for r in s.rows for c in r)]
    )


def test_figures_are_read_as_people_write_them() -> None:
    form = read("numeric", numeric(), q__parameters__0__lowest="1,600", q__parameters__0__highest="2 400")
    assert form.content()["parameters"]["units"] == {"from": 1600, "to": 2400, "step": 10}


def test_a_misconception_that_is_not_in_the_bank_stays() -> None:
    form = FORMS["numeric"](numeric())
    shown = "".join(control.html for section in form.shown() for row in section.rows for control in row)
    assert '<option value="time-divided-by-units" selected>' in shown


def test_a_control_with_a_problem_says_so_to_screen_readers() -> None:
    form = read("single_choice", single_choice())
    form.note([Problem("choices.1.feedback", "Mend this.")])
    control = form.shown()[1].rows[1][2]
    assert 'aria-invalid="true"' in control.html
    assert "id_q-choices-1-feedback_problems" in control.html


def test_a_form_whose_rows_were_tampered_with_is_refused() -> None:
    data = typed("single_choice", single_choice())
    del data["q-choices-TOTAL_FORMS"]
    assert not FORMS["single_choice"]({}, data).is_valid()


def test_parts_that_are_reworded_keep_the_keys_by_which_they_were_asked() -> None:
    content = test_ordering.CONTENT
    form = FORMS["ordering"](content, typed("ordering", content, q__items__0__text="Routeing"))
    assert form.is_valid()
    assert [item.get("key") for item in form.content()["items"]] == [test_ordering.KEYS[0], None, None, None]
    matching = test_matching.CONTENT
    changes = {"q__pairs__0__right": "Throughput rate", "q__pairs__2__left": "How long for each?"}
    pairs = FORMS["matching"](matching, typed("matching", matching, **changes))
    assert pairs.is_valid()
    first, _second, third, _fourth = pairs.content()["pairs"]
    assert (first.get("key"), first["right_key"]) == (None, test_matching.RIGHTS["Throughput"])
    assert (third["key"], third.get("right_key")) == (test_matching.LEFTS[2], None)


def test_a_score_of_100_need_not_be_written() -> None:
    content = test_short_text.CONTENT
    form = FORMS["short_text"]({}, typed("short_text", content, q__accept__0__score="100", q__case="on"))
    assert form.is_valid()
    assert form.content()["accept"] == content["accept"]
    assert form.content()["case"] is True


def test_a_slip_goes_to_the_step_that_it_names_whatever_the_order_of_its_rows() -> None:
    content = test_multi_step.CONTENT
    form = read("multi_step", content, q__slips__0__step="takt", q__slips__1__step="net")
    packed = form.content()["steps"]
    assert packed[0]["slips"][0]["misconception"] == "demand-divided-by-time"
    assert packed[1]["slips"][0]["misconception"] == "breaks-left-in"
    form.note([Problem("steps.0.slips.0.answer", "Mend this.")])
    assert list(said(form)) == ["q-slips-1-answer"]


@pytest.mark.parametrize(("step", "known"), [("tact", "net, takt, hourly"), ("", "net, takt, hourly")])
def test_a_slip_of_no_step_is_refused_at_its_field_with_the_steps_there_are(step: str, known: str) -> None:
    form = read("multi_step", test_multi_step.CONTENT, q__slips__0__step=step)
    assert not form.is_valid()
    assert f"“{step}” names none of the steps, or two. Steps: {known}." in said(form)["q-slips-0-step"][0]


def test_a_step_keeps_its_slips_when_it_is_renamed_with_them() -> None:
    changes = {"q__steps__0__name": "free", "q__slips__0__step": "free"}
    form = read("multi_step", test_multi_step.CONTENT, **changes)
    assert form.content()["steps"][0]["slips"][0]["misconception"] == "breaks-left-in"
