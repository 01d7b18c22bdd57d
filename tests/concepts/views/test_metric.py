"""Measures: their list, and the calculator with good figures and bad ones."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concepts.models import Metric, MetricStep
from tests.factories import AssessmentFactory, MetricFactory, PartFactory, SourceFactory

Said = Callable[[HttpResponse], str]
LIST = "/course/measures/"


@pytest.fixture
def metric(db: None) -> Metric:
    """Throughput, with a step before it."""
    metric: Metric = MetricFactory(name="Throughput", formula="good / hours", decimals=1)
    metric.inputs.create(name="scrap", label="Scrap", default=60, position=3, minimum=0, help="Torn seals.")
    MetricStep.objects.create(metric=metric, name="good", label="Good ones", expression="units - scrap")
    return metric


def test_the_list_names_every_measure_under_its_lesson(mine: Client, metric: Metric, said: Said) -> None:
    page = said(mine.get(LIST))
    assert "One measure with its calculator" in page
    assert f"{metric.concept.title} {metric.concept.module.title} Throughput" in page
    assert "units / h, more is better" in page


def test_an_empty_list_says_so(mine: Client, said: Said) -> None:
    assert "No measure is published yet." in said(mine.get(LIST))


def test_a_measure_opens_with_a_worked_example(mine: Client, metric: Metric, said: Said) -> None:
    page = said(mine.get(metric.get_absolute_url()))
    assert "with the figures shown at first" in page
    assert "Good ones good units − scrap 5,400 − 60 = 5,340" in page
    assert "Good ones ÷ hours 5,340 ÷ 7.5 Throughput 712 units / h" in page
    assert "More is better." in page


def test_figures_in_the_address_are_worked_out(mine: Client, metric: Metric, said: Said) -> None:
    typed = {"units": "1 260,0", "hours": "8 h", "scrap": "60"}
    response = mine.get(metric.get_absolute_url(), typed)
    assert response.status_code == 200
    assert "with your figures" in said(response)
    assert "1,200 ÷ 8 Throughput 150 units / h" in said(response)
    assert 'value="1 260,0"' in response.content.decode()


def test_figures_that_are_not_given_are_those_shown_at_first(
    mine: Client, metric: Metric, said: Said
) -> None:
    assert "5,340 ÷ 5 Throughput 1,068" in said(mine.get(metric.get_absolute_url(), {"hours": "5"}))


def test_bad_figures_are_answered_at_the_field_and_kept(mine: Client, metric: Metric, said: Said) -> None:
    typed = {"units": "many", "hours": "0", "scrap": ""}
    response = mine.get(metric.get_absolute_url(), typed)
    page = said(response)
    assert response.status_code == 400
    assert "“many” is not a number. Type a figure." in page
    assert "Type a figure above 0 h." in page
    assert "Nothing was worked out" in page
    assert 'value="many"' in response.content.decode()
    assert "= 5,340" not in page


def test_no_token_goes_into_the_address_of_a_calculator(mine: Client, metric: Metric) -> None:
    page = mine.get(metric.get_absolute_url()).content.decode()
    assert "csrfmiddlewaretoken" not in page.split("data-calculator")[1].split("</form>")[0]


def test_a_bound_of_one_is_said_without_the_plural_unit(metric: Metric) -> None:
    failures = metric.inputs.create(name="failures", label="Failures", default=3, unit="failures", minimum=1)
    assert failures.refusal(0) == "Type 1 or more."
    failures.minimum = 2
    assert failures.refusal(0) == "Type 2 failures or more."


def test_figures_without_an_answer_are_answered_at_the_one_to_change_and_kept(
    mine: Client, said: Said
) -> None:
    metric = MetricFactory(formula="units / (hours - 2)")
    response = mine.get(metric.get_absolute_url(), {"units": "5", "hours": "2.0"})
    assert response.status_code == 400
    html, page = response.content.decode(), said(response)
    assert "would be 2 − 2 = 0, and nothing can be divided by 0. Change this figure." in page
    assert 'aria-invalid="true"' in html.split('name="hours"')[1].split(">")[0]
    assert 'aria-invalid="true"' not in html.split('name="units"')[1].split(">")[0]
    assert 'value="2.0"' in html
    assert "Nothing was worked out" in page
    assert "There is no answer for these figures" not in page


def test_a_formula_that_no_figure_can_mend_says_so_of_them_all(mine: Client, said: Said) -> None:
    metric = MetricFactory(formula="units / (hours - hours)")
    MetricFactory(formula="1 / (2 - 2)", slug="never")
    assert "Change this figure." in said(mine.get(metric.get_absolute_url(), {"hours": "2"}))
    response = mine.get(reverse("concepts:metric", args=["never"]), {"hours": "2"})
    assert response.status_code == 400
    assert "There is no answer for these figures" in said(response)


@pytest.mark.parametrize(("hours", "status"), [("5", 200), ("five", 400)])
def test_the_calculator_comes_alone_as_a_fragment(
    mine: Client, metric: Metric, hours: str, status: int
) -> None:
    response = mine.get(metric.get_absolute_url(), {"hours": hours, "fragment": "1"})
    html = response.content.decode()
    assert response.status_code == status
    assert "data-result" in html
    assert "<html" not in html


def test_it_leads_to_its_lesson_practice_and_the_other_measures(
    mine: Client, metric: Metric, said: Said
) -> None:
    MetricFactory(concept=metric.concept, name="Pace")
    PartFactory(assessment=AssessmentFactory(concept=metric.concept), count=3)
    metric.sources.add(SourceFactory(key="S9", title="An article"))
    page = said(mine.get(metric.get_absolute_url()))
    assert "Pace" in page
    assert "Three questions, about 5 minutes" in page
    assert "S9 “An article”" in page


def test_a_measure_is_hidden_with_its_lesson(mine: Client, editor: Client, said: Said) -> None:
    hidden = MetricFactory(concept__status="draft", name="Secret")
    assert mine.get(hidden.get_absolute_url()).status_code == 404
    assert "Secret" not in said(mine.get(LIST))
    assert editor.get(hidden.get_absolute_url()).status_code == 200
    draft = MetricFactory(status="draft")
    assert "Draft: only editors see this" in said(editor.get(draft.get_absolute_url()))


def test_an_unknown_measure_is_not_there(mine: Client) -> None:
    assert mine.get(reverse("concepts:metric", args=["nothing"])).status_code == 404


def test_the_cost_does_not_depend_on_how_many_there_are(mine: Client, metric: Metric) -> None:
    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert mine.get(url).status_code == 200
        return len(queries)

    urls = (LIST, metric.get_absolute_url())
    before = [cost(url) for url in urls]
    MetricFactory.create_batch(3, concept=metric.concept)
    MetricFactory.create_batch(3)
    assert [cost(url) for url in urls] == before
    assert max(before) <= 10
