"""Answer forms: one for each widget, showing what is stored, carrying what was typed."""

from typing import Any

import pytest
from django.http import QueryDict
from django.template import Context, Template

from assessments import questions
from assessments.forms.answers import AnswerForm
from assessments.forms.unsent import LARGEST, keep_unsent, take_unsent
from assessments.questions.base import AnswerError, Option, Presentation
from assessments.selectors.verdicts import OptionMark
from tests.assessments.questions.test_types import QUESTIONS
from tests.factories import written

A, B = Option("a", "Half-glued **frames**"), Option("b", "Oak boards")
ONE = Presentation("one", "Which?", label="Pick one", options=(A, B))
MANY = Presentation(
    "many", "Which?", label="Pick every one that fits", hint="Wrong picks cost.", options=(A, B)
)
NUMBER = Presentation("number", "How many?", label="Throughput", unit="parts / h", hint="Within ±1 % counts.")
BUCKETS = Presentation(
    "buckets",
    "Sort them.",
    label="Put each where it belongs",
    options=(Option("item-0", "Steel"), Option("item-1", "Scrap")),
    buckets=(Option("bucket-0", "Input"), Option("bucket-1", "Output")),
)
MATCHING = Presentation(
    "matching",
    "Match them.",
    label="Pick what belongs to each",
    hint="Fits once.",
    options=(A, B),
    buckets=(A, B),
)
ORDERING = Presentation("ordering", "Order them.", label="Put them in order", hint="Pairs.", options=(A, B))
STEPS = Presentation(
    "steps",
    "Work it out.",
    label="Step by step",
    hint="You may type 1,234.5.",
    options=(Option("step-net", "Net time", "min", "Within ±1 % counts."), Option("step-takt", "Takt")),
)
TEXT = Presentation("text", "What is it called?", label="Its name", hint="A word or a few.")
WIDGETS = {"one": ONE, "many": MANY, "number": NUMBER, "buckets": BUCKETS} | {
    "matching": MATCHING,
    "ordering": ORDERING,
    "text": TEXT,
    "steps": STEPS,
}


def html(form: AnswerForm) -> str:
    return Template("{% load crispy_forms_tags %}{% crispy form %}").render(Context({"form": form}))


def data(query: str) -> QueryDict:
    return QueryDict(query)


@pytest.mark.parametrize("widget", WIDGETS)
def test_every_widget_is_drawn_with_its_label_and_the_certainty(widget: str) -> None:
    page = html(AnswerForm(WIDGETS[widget]))
    assert WIDGETS[widget].label in page
    assert "How sure are you?" in page
    assert "<form" not in page
    assert "csrf" not in page


@pytest.mark.parametrize("kind", questions.TYPES)
def test_every_type_of_question_has_a_widget_that_is_known(kind: str) -> None:
    content = QUESTIONS[kind][0] if kind in QUESTIONS else written()
    type_ = questions.get(kind)
    presentation = type_.present(content, type_.draw(content, 1))
    assert html(AnswerForm(presentation))


@pytest.mark.parametrize(
    ("widget", "answer", "shown"),
    [
        ("one", "b", 'value="b" class="form-check-input" id="id_answer_1" checked'),
        ("many", ["b"], 'value="b" class="form-check-input" id="id_answer_1" checked'),
        ("number", {"text": "1 234,5", "value": 1234.5}, 'value="1 234,5"'),
        (
            "buckets",
            {"item-1": "bucket-1"},
            'name="item-1" value="bucket-1" class="form-check-input" id="id_item-1_1" checked',
        ),
    ],
)
def test_a_stored_answer_is_shown(widget: str, answer: object, shown: str) -> None:
    page = html(AnswerForm(WIDGETS[widget], answer=answer, certainty=2))
    assert shown in page
    assert page.count("checked") == (1 if widget == "number" else 2)  # the certainty is the other one


def test_a_stored_match_is_selected_and_its_list_is_plain_text() -> None:
    page = html(AnswerForm(MATCHING, answer={"b": "a"}))
    assert page.count("selected") == 2
    assert '<select class="tk-select" name="b" id="id_b">' in page
    assert '<option value="a" selected>Half-glued frames</option>' in page
    assert "Half-glued <strong>frames</strong></label>" in page


def test_a_stored_order_is_shown_in_that_order_and_an_untouched_one_has_no_places() -> None:
    page = html(AnswerForm(ORDERING, answer=["b", "a"]))
    assert page.index('name="b"') < page.index('name="a"')
    assert page.count("selected") == 2
    untouched = html(AnswerForm(ORDERING))
    assert untouched.index('name="a"') < untouched.index('name="b"')
    assert untouched.count('<option value="" selected>–</option>') == 2
    assert 'src="/static/js/ordering.js"' in untouched


def test_places_that_do_not_add_up_stay_as_they_were_typed() -> None:
    form = AnswerForm(ORDERING, data("a=2&b=2"))
    form.is_valid()
    form.refuse(AnswerError("Place 2 is taken twice.", "b"))
    page = html(form)
    assert page.index('name="a"') < page.index('name="b"')
    assert page.count('<option value="2" selected>2</option>') == 2
    assert 'aria-invalid="true" aria-describedby="error_1_id_b"' in page


def test_a_locked_order_needs_no_script_and_offers_no_places() -> None:
    page = html(AnswerForm(ORDERING, answer=["b", "a"], is_locked=True))
    assert "<script" not in page
    assert "<select" not in page
    assert page.count("tk-order-place") == 2


def test_each_step_has_a_field_with_its_unit_its_tolerance_and_what_was_typed() -> None:
    page = html(AnswerForm(STEPS, answer={"net": {"text": "1 640", "value": 1640.0}}))
    assert 'name="step-net" id="id_step-net"' in page
    assert 'value="1 640"' in page
    assert 'name="step-takt" id="id_step-takt" class="textinput form-control" value=""' in page
    assert '<div id="hint_id_step-net" class="form-text">Within ±1 % counts.</div>' in page
    assert page.count("min</span>") == 2  # read out with the label, and seen beside the field


def test_a_refusal_of_one_step_stands_at_that_step_alone() -> None:
    form = AnswerForm(STEPS, data("step-net=820&step-takt=ten"))
    form.is_valid()
    form.refuse(AnswerError("“ten” is not a number.", "step-takt"))
    page = html(form)
    assert page.count('aria-invalid="true"') == 1
    assert 'aria-invalid="true" aria-describedby="error_1_id_step-takt hint_id_step-takt"' in page
    assert 'value="820"' in page


def test_locked_steps_show_how_each_was_judged() -> None:
    marks = {
        "step-net": OptionMark("bad", "cross", "Should be: 820 min", "**Breaks** were left in."),
        "step-takt": OptionMark("good", "check", "Right, following on from your step 1"),
    }
    page = html(AnswerForm(STEPS, answer={}, marks=marks, is_locked=True))
    assert "Right, following on from your step 1" in page
    assert "<strong>Breaks</strong> were left in." in page
    assert page.count("disabled") == 2
    assert "Within ±1 % counts." not in page


def test_a_word_is_typed_into_a_field_with_its_hint() -> None:
    page = html(AnswerForm(TEXT, answer='takt "time"'))
    assert 'value="takt &quot;time&quot;"' in page
    assert 'aria-describedby="hint_id_answer"' in page


def test_the_texts_of_options_are_markdown() -> None:
    assert "Half-glued <strong>frames</strong>" in html(AnswerForm(ONE))


def test_what_was_posted_is_given_to_the_question_without_the_frame() -> None:
    form = AnswerForm(MANY, data("answer=a&answer=b&revision=3&certainty=1&csrfmiddlewaretoken=x&gives_up=1"))
    assert form.is_valid()
    assert (form.posted, form.revision) == ({"answer": ["a", "b"]}, 3)
    assert form.cleaned_data["certainty"] == 1


def test_a_refusal_stands_at_the_field_and_keeps_what_was_typed() -> None:
    form = AnswerForm(NUMBER, data("answer=248+ish&revision=0"))
    form.is_valid()
    form.refuse(AnswerError("“248 ish” is not a number."))
    page = html(form)
    assert 'value="248 ish"' in page
    assert 'aria-invalid="true" aria-describedby="error_1_id_answer hint_id_answer"' in page
    assert '<p id="error_1_id_answer" class="invalid-feedback"><strong>“248 ish” is not a number.' in page


def test_a_refusal_of_one_item_stands_at_that_item() -> None:
    form = AnswerForm(BUCKETS, data("item-0=bucket-9"))
    form.is_valid()
    form.refuse(AnswerError("Pick one of the list.", "item-0"))
    assert 'id="error_1_id_item-0"' in html(form)


def test_a_refusal_of_something_that_is_no_field_is_not_lost() -> None:
    form = AnswerForm(NUMBER, data("answer=1"))
    form.is_valid()
    form.refuse(AnswerError("Neither here nor there.", "elsewhere"))
    assert form.non_field_errors() == ["Neither here nor there."]


def test_a_locked_form_shows_what_each_option_turned_out_to_be_and_takes_nothing() -> None:
    marks = {
        "a": OptionMark("good", "check", "The right one"),
        "b": OptionMark("bad", "cross", "Wrong", "Not these."),
    }
    page = html(AnswerForm(ONE, answer="b", marks=marks, is_locked=True))
    assert page.count("disabled") == 2
    assert "The right one" in page
    assert "<small>Not these.</small>" in page
    assert "How sure are you?" not in page


def test_unsent_answers_wait_for_their_own_page_once() -> None:
    session: Any = {}
    keep_unsent(session, "/attempts/1/1/", {"answer": ["248"], "csrfmiddlewaretoken": ["x"]})
    assert take_unsent(session, "/attempts/1/2/") is None
    assert take_unsent(session, "/attempts/1/1/") == {"answer": ["248"]}
    assert take_unsent(session, "/attempts/1/1/") is None
    keep_unsent(session, "/attempts/1/1/", {"answer": ["9" * LARGEST]})
    assert session == {}
