"""The tables of a case as files: what the screen shows, in its order, and nothing that is hidden."""

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from assessments.models import CaseRun, Learner
from tests.cases import make_run, small_case
from tests.factories import CaseStudyFactory, LearnerFactory

pytestmark = pytest.mark.django_db
HEAD = ["Week", "Orders", "Late"]


@pytest.fixture
def run(me: Learner) -> CaseRun:
    return make_run(learner=me)


def as_csv(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_a_table_is_taken_away_as_csv(mine: Client, run: CaseRun) -> None:
    response = mine.get(f"{run.get_absolute_url()}tables/orders/csv/")
    assert response.status_code == 200
    assert as_csv(response)[:2] == [HEAD, ["1", "40", "4"]]
    assert f'filename="{run.case.slug}-orders-' in response.headers["Content-Disposition"]


def test_a_table_is_taken_away_as_a_workbook_in_the_order_of_the_screen(mine: Client, run: CaseRun) -> None:
    response = mine.get(f"{run.get_absolute_url()}tables/orders/xlsx/?sort=-orders.late")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    rows = list(book.active.values)
    assert [list(row) for row in rows[:2]] == [HEAD, [3, 48, 12]]
    assert [row[2] for row in rows[1:]] == [12, 9, 6, 4]


@pytest.mark.parametrize("key", ["late-chart", "mail", "nothing", "later"])
def test_what_is_no_table_or_is_not_seen_yet_cannot_be_taken_away(
    mine: Client, me: Learner, key: str
) -> None:
    content = small_case()
    later = {**content["exhibits"][0], "key": "later", "since": "second"}
    case = CaseStudyFactory(content={**content, "exhibits": [*content["exhibits"], later]})
    run = make_run(case, learner=me)
    assert mine.get(f"{run.get_absolute_url()}tables/{key}/csv/").status_code == 404


def test_the_table_of_another_role_cannot_be_taken_away(mine: Client, me: Learner) -> None:
    content = small_case()
    content["exhibits"][0]["roles"] = ["operations"]
    case = CaseStudyFactory(content=content)
    run = make_run(case, learner=me)
    assert mine.get(f"{run.get_absolute_url()}tables/orders/csv/").status_code == 404


@pytest.mark.parametrize("format", ["pdf", "CSV"])
def test_other_formats_are_not_there(mine: Client, run: CaseRun, format: str) -> None:
    assert mine.get(f"{run.get_absolute_url()}tables/orders/{format}/").status_code == 404


def test_nobody_takes_away_the_table_of_somebody_elses_run(mine: Client) -> None:
    run = make_run(learner=LearnerFactory())
    assert mine.get(f"{run.get_absolute_url()}tables/orders/csv/").status_code == 404


def test_without_javascript_the_heads_of_a_table_sort_it(mine: Client, run: CaseRun) -> None:
    page = mine.get(f"{run.get_absolute_url()}?sort=orders.late").content.decode()
    assert 'aria-sort="ascending"' in page
    assert 'href="?sort=-orders.late#exhibit-orders"' in page
    assert f"{run.get_absolute_url()}tables/orders/csv/?sort=orders.late" in page
    first = page[page.index("<tbody>", page.index('id="exhibit-orders"')) :]
    assert first.index(">4<") < first.index(">6<") < first.index(">9<") < first.index(">12<")
