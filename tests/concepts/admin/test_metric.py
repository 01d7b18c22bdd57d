"""Measures in the admin: the formula is tried with what is posted beside it."""

import pytest
from django.test import Client
from django.urls import reverse

from concepts.models import Metric
from tests.factories import MetricFactory

pytestmark = pytest.mark.django_db


def posted(metric: Metric, **changes: object) -> dict[str, object]:
    """The form of a measure as it stands, with some fields typed over."""
    data: dict[str, object] = {
        name: getattr(metric, name)
        for name in ("name", "slug", "position", "summary", "formula", "formula_text", "unit", "better")
    }
    data |= {"concept": metric.concept_id, "decimals": 1, "reading": metric.reading, "_publish": "1"}
    inputs = list(metric.inputs.all())
    data |= {"inputs-TOTAL_FORMS": len(inputs), "inputs-INITIAL_FORMS": len(inputs)}
    data |= {"steps-TOTAL_FORMS": 0, "steps-INITIAL_FORMS": 0}
    for i, row in enumerate(inputs):
        for name in ("id", "position", "name", "label", "unit", "minimum", "default"):
            data[f"inputs-{i}-{name}"] = "" if getattr(row, name) is None else getattr(row, name)
        data[f"inputs-{i}-metric"] = metric.pk
    return data | changes


@pytest.fixture
def metric(db: None) -> Metric:
    made: Metric = MetricFactory()
    return made


def change(metric: Metric) -> str:
    return reverse("admin:concepts_metric_change", args=[metric.pk])


def test_a_sound_measure_is_saved(editor: Client, metric: Metric) -> None:
    assert editor.post(change(metric), posted(metric, name="Renamed")).status_code == 302
    metric.refresh_from_db()
    assert metric.name == "Renamed"


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("units / days", "“days” is not known here. Known names: hours, units."),
        ("units / (hours - 7.5)", "This divides by zero"),
        ("units / / hours", ""),
    ],
)
def test_a_formula_that_does_not_work_is_refused_at_its_field(
    editor: Client, metric: Metric, formula: str, reason: str
) -> None:
    response = editor.post(change(metric), posted(metric, formula=formula))
    assert response.status_code == 422
    assert reason in str(response.context["adminform"].form.errors["formula"])
    assert formula in response.content.decode()


def test_a_formula_may_use_a_step(editor: Client, metric: Metric) -> None:
    step = {
        "steps-TOTAL_FORMS": 1,
        "steps-0-position": 1,
        "steps-0-name": "net",
        "steps-0-label": "Net hours",
        "steps-0-expression": "hours - 0.5",
        "steps-0-metric": metric.pk,
    }
    assert editor.post(change(metric), posted(metric, formula="units / net", **step)).status_code == 302
    assert metric.steps.get().name == "net"


def test_a_step_over_an_unknown_name_is_refused_at_the_step(editor: Client, metric: Metric) -> None:
    step = {
        "steps-TOTAL_FORMS": 1,
        "steps-0-position": 1,
        "steps-0-name": "net",
        "steps-0-label": "Net hours",
        "steps-0-expression": "days - 1",
        "steps-0-metric": metric.pk,
    }
    response = editor.post(change(metric), posted(metric, **step))
    assert response.status_code == 422
    formset = response.context["inline_admin_formsets"][1].formset
    assert "“days” is not known here" in str(formset.forms[0].errors["expression"])


def test_a_brace_that_is_left_open_is_refused(editor: Client, metric: Metric) -> None:
    response = editor.post(change(metric), posted(metric, formula_text="x = {a / b}{"))
    assert "brace" in str(response.context["adminform"].form.errors["formula_text"])


def test_a_first_value_out_of_bounds_is_refused_at_the_input(editor: Client, metric: Metric) -> None:
    response = editor.post(change(metric), posted(metric, **{"inputs-0-default": "-5"}))
    assert response.status_code == 422
    formset = response.context["inline_admin_formsets"][0].formset
    assert "out of bounds" in str(formset.forms[0].errors["default"])
