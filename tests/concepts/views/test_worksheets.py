"""Worksheets: the example without figures, the reader's own, and what cannot be used."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    client.force_login(UserFactory())
    return client


def get(reader: Client, name: str, **figures: str) -> tuple[int, str]:
    response = reader.get(reverse(f"concepts:{name}"), figures)
    return response.status_code, response.content.decode()


def test_without_figures_the_published_example_is_worked_out(reader: Client) -> None:
    status, text = get(reader, "one_machine")
    assert status == 200
    assert "D F A E B C" in text
    assert "20.67" in text and "6.33" in text


def test_own_jobs_are_put_in_order_by_the_chosen_rule(reader: Client) -> None:
    status, text = get(reader, "one_machine", jobs="saw 3 4\nmill 1 9", rule="spt")
    assert status == 200
    assert "mill saw" in text and "saw mill" in text


def test_without_due_dates_only_the_rules_that_need_none_are_compared(reader: Client) -> None:
    status, text = get(reader, "one_machine", jobs="A 3\nB 1", rule="spt")
    assert status == 200
    assert "Earliest due date</th>" not in text


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"jobs": "", "rule": "spt"}, "Write a job a line."),
        ({"jobs": "A 3\nB x", "rule": "spt"}, "Line 2: “x” is not a number."),
        ({"jobs": "A 3 4 5 6", "rule": "spt"}, "Line 1, “A 3 4 5 6”"),
        ({"jobs": "A 0 4", "rule": "spt"}, "Line 1: “0” must be above 0."),
        ({"jobs": "A 1 4\nA 2 5", "rule": "spt"}, "Two jobs are called “A”."),
        ({"jobs": "A 1 4\nB 2", "rule": "edd"}, "Missing: B."),
        ({"jobs": "A 1 4", "rule": "best"}, "best is not one of the available choices"),
        ({"jobs": "\n".join(f"J{i} 1" for i in range(21)), "rule": "spt"}, "20 are the most"),
    ],
)
def test_jobs_that_cannot_be_read_are_refused_at_the_field_and_kept(
    reader: Client, figures: dict[str, str], said: str
) -> None:
    status, text = get(reader, "one_machine", **figures)
    assert status == 400
    assert said in text
    assert figures["jobs"].splitlines()[-1:] == [] or figures["jobs"].splitlines()[-1] in text


def test_johnson_and_an_own_order_as_good(reader: Client) -> None:
    status, text = get(reader, "two_machines", jobs="1 8 8\n2 6 7\n3 2 7\n4 5 6\n5 7 4", order="3 4 2 1 5")
    assert status == 200
    assert text.count("<strong>34</strong>") == 2
    assert "as early as Johnson’s" in text


def test_an_own_order_that_takes_longer_is_told_how_much(reader: Client) -> None:
    _status, text = get(reader, "two_machines", jobs="A 9 1\nB 1 9", order="A, B")
    assert "Your order takes 19, Johnson’s 11." in text


def test_an_order_that_leaves_a_job_out_is_refused(reader: Client) -> None:
    status, text = get(reader, "two_machines", jobs="A 9 1\nB 1 9", order="A")
    assert status == 400
    assert "Name each job once: A, B." in text


def test_the_port_of_baltimore_stands_there_as_the_example(reader: Client) -> None:
    status, text = get(reader, "forecast")
    assert status == 200
    for figure in ("4.495", "10.307", "190.81", "5.59", "3.489", "178.6"):
        assert figure in text


def test_a_moving_average_of_own_figures(reader: Client) -> None:
    status, text = get(reader, "forecast", actuals="10;20;30;40", method="average", periods="3")
    assert status == 200
    assert "The next period: 30" in text


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"actuals": "5", "method": "smoothing", "alpha": "0.1"}, "This is one figure. Type two or more."),
        ({"actuals": "", "method": "smoothing", "alpha": "0.1"}, "Type two figures or more."),
        ({"actuals": "abc", "method": "smoothing", "alpha": "0.1"}, "“abc” is not a number."),
        ({"actuals": "5 " * 61, "method": "smoothing", "alpha": "0.1"}, "61 figures; 60 are the most."),
        ({"actuals": "5 six", "method": "smoothing", "alpha": "0.1"}, "“six” is not a number."),
        ({"actuals": "5 6", "method": "smoothing", "alpha": "1.5"}, "α lies above 0"),
        ({"actuals": "5 6", "method": "smoothing"}, "Smoothing needs α"),
        ({"actuals": "5 6", "method": "average"}, "Say how many periods"),
        ({"actuals": "5 6", "method": "average", "periods": "2"}, "Average fewer than the 2 figures"),
    ],
)
def test_figures_that_cannot_be_forecast_are_refused_at_the_field(
    reader: Client, figures: dict[str, str], said: str
) -> None:
    status, text = get(reader, "forecast", **figures)
    assert status == 400
    assert said in text


@pytest.mark.parametrize("name", ["one_machine", "two_machines", "forecast"])
def test_no_token_goes_into_the_address_of_a_worksheet(reader: Client, name: str) -> None:
    assert "csrfmiddlewaretoken" not in get(reader, name)[1].split('method="get"')[1].split("</form>")[0]


def test_the_figures_of_a_column_have_as_many_decimals(reader: Client) -> None:
    _status, text = get(reader, "forecast", actuals="180 168", method="smoothing", alpha="0.1", first="175")
    assert "175.00" in text and "175.50" in text


def test_a_worksheet_asks_the_database_for_nothing_but_the_reader(
    reader: Client, django_assert_max_num_queries: object
) -> None:
    get(reader, "forecast")  # what a first page of a session costs
    with django_assert_max_num_queries(3):
        get(reader, "forecast")
