"""The forms of a case: figures as people type them, drafts as they stand, refusals where they belong."""

from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django.http import QueryDict

from assessments.forms.cases import DecisionsForm, ForecastForm, NotesForm, in_words
from concepts.cases.document import Variable
from concepts.cases.reading import read_case
from tests.cases import small_case

CASE = read_case(small_case())
SECOND = CASE.stage("second").decisions_of("operations")
SHARE, COST = CASE.variables


def posted(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data[name.replace("__", "-")] = value
    return data


def decisions(stage: str = "second", **values: str) -> DecisionsForm:
    form = DecisionsForm(CASE.stage(stage).decisions_of("operations"), posted(**values))
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("typed", "value"), [("85", 85), ("85 %", 85), ("85,5", 85.5), ("1e1", 10), (" 7.25 ", 7.25)]
)
def test_a_forecast_is_read_as_people_write_figures(typed: str, value: float) -> None:
    form = ForecastForm(SHARE, posted(value=typed, reason="So."))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == value


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Write the figure that you expect, such as 80."),
        ("many", "“many” is not a number"),
        ("101", "It stays between 0 and 100."),
        ("-1", "It stays between 0 and 100."),
        ("nan", "“nan” is not a number"),
        ("9" * 70, "at most 60 characters"),
    ],
)
def test_a_forecast_that_cannot_be_is_said_at_its_field(typed: str, words: str) -> None:
    form = ForecastForm(SHARE, posted(value=typed, reason="So."))
    assert not form.is_valid()
    assert words in form.errors["value"][0]


def test_a_forecast_without_bounds_takes_any_figure() -> None:
    assert ForecastForm(COST, posted(value="-400", reason="So.")).is_valid()
    half = ForecastForm(Variable("a", "A", 1, minimum=0), posted(value="-1", reason="So."))
    assert half.errors["value"] == ["It stays between 0 and …. Write a figure in that range."]


@pytest.mark.parametrize("reason", ["", "   ", "a" * 2001])
def test_a_forecast_has_a_reason(reason: str) -> None:
    assert "reason" in ForecastForm(SHARE, posted(value="80", reason=reason)).errors


def test_decisions_become_answers() -> None:
    form = decisions(batch__size="100 pieces", budget__training="10", budget__spares="20")
    assert form.answers == {
        "batch": {"figures": {"size": 100}},
        "budget": {"figures": {"training": 10, "spares": 20}},
    }
    assert decisions("first", overtime="few").answers == {"overtime": {"option": "few"}}


def test_an_order_is_read_from_its_places() -> None:
    places = {"priority__rush_ones": "1", "priority__late_ones": "2", "priority__new_ones": "3"}
    assert decisions("third", **places).answers == {
        "priority": {"order": ["rush_ones", "late_ones", "new_ones"]}
    }
    twice = decisions("third", **{**places, "priority__new_ones": "1"})
    assert twice.answers == {"priority": {"order": []}}
    assert decisions("third").answers == {}


def test_what_nobody_typed_is_no_answer() -> None:
    form = decisions(batch__size="", budget__training="10")
    assert form.answers == {"budget": {"figures": {"training": 10}}}
    assert form.is_valid()


def test_a_figure_that_cannot_be_read_is_said_at_its_field_and_stays() -> None:
    form = decisions(batch__size="100 ish")
    assert "“100 ish” is not a number" in form.errors["batch-size"][0]
    assert form["batch-size"].value() == "100 ish"


def test_a_draft_is_what_was_posted_and_nothing_else() -> None:
    form = decisions(batch__size="100 ish", revision="3", csrfmiddlewaretoken="x", other="y")
    assert form.draft == {"batch-size": ["100 ish"]}
    assert form.revision == 3


def test_a_draft_keeps_the_value_that_counts_as_far_as_a_database_takes_it() -> None:
    form = DecisionsForm(SECOND, QueryDict("batch-size=1%00&batch-size=2%000"))
    assert form.draft == {"batch-size": ["20"]}
    long = DecisionsForm(SECOND, QueryDict(f"batch-size={'9' * 1_000_000}"))
    assert [len(value) for value in long.draft["batch-size"]] == [1_000]


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 12, "٣"])
def test_a_revision_that_cannot_be_read_is_out_of_date(revision: str) -> None:
    assert decisions(revision=revision).revision == -1


def test_a_kept_draft_stands_in_the_form_again() -> None:
    form = DecisionsForm(SECOND, draft={"batch-size": ["100 ish"], "gone": ["x"], "budget-spares": []})
    assert form["batch-size"].value() == "100 ish"
    assert form["budget-spares"].value() is None
    assert not form.is_bound


def test_a_refusal_stands_at_its_figure_or_at_the_decision_as_a_whole() -> None:
    form = decisions(batch__size="90", budget__training="40")
    form.refuse({("batch", "size"): "In steps.", ("budget", ""): "Too much."})
    assert form.errors["batch-size"] == ["In steps."]
    assert [part.errors for part in form.parts] == [[], ["Too much."]]
    assert form.is_refused and not decisions().is_refused


def test_an_option_that_there_is_not_is_refused_at_its_decision() -> None:
    form = decisions("first", overtime="everybody")
    assert not form.is_valid()
    assert form.parts[0].errors == ["“everybody” is none of these. Choose one."]


def test_the_lines_of_an_order_stand_by_the_places_that_they_have() -> None:
    stage = CASE.stage("third").decisions
    draft = {"priority-late_ones": ["3"], "priority-rush_ones": ["x"], "priority-new_ones": ["1"]}
    fields = DecisionsForm(stage, draft=draft).parts[0].fields
    assert [field.label for field in fields] == ["New orders", "Late orders", "Rush orders"]


def test_what_was_posted_can_be_read_in_words() -> None:
    data = posted(overtime="few", batch__size="9", reason="So.", revision="1", other="x", value="80 %")
    assert in_words(CASE, data) == [
        ("Overtime", "The two at the slowest press"),
        ("Batch size: Batch", "9"),
        ("Your reason", "So."),
        ("Your forecast", "80 %"),
    ]


def drawn(form: Any) -> str:
    return str(render_crispy_form(form))


def test_every_field_is_drawn_with_its_label_and_its_hint() -> None:
    html = drawn(decisions())
    assert '<label class="form-label" for="id_batch-size">Batch' in html
    assert 'aria-describedby="hint_id_batch-size"' in html
    assert html.count("<fieldset") == 2
    assert "<form" not in html and "csrf" not in html
    assert 'for="forecast_value"' in drawn(ForecastForm(SHARE))
    assert 'for="id_notes"' in drawn(NotesForm())
