"""The comparison: a true table, a column to cover, and its statements to sort."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Learner
from concepts.kept import KEPT
from concepts.models import Comparison, ComparisonRow
from tests.factories import (
    AssessmentFactory,
    ComparisonFactory,
    ComparisonRowFactory,
    PartFactory,
    SourceFactory,
    StateFactory,
)

Said = Callable[[HttpResponse], str]


@pytest.fixture
def comparison(db: None) -> Comparison:
    """Two disciplines in eight rows, with a practice set."""
    comparison: Comparison = ComparisonFactory(title="Making and running")
    practice = AssessmentFactory(concept=None, comparison=comparison)
    source = SourceFactory(key="S1")
    for number in range(8):
        row = ComparisonRowFactory(
            comparison=comparison, aspect=f"Aspect {number}", left=f"made {number}", right=f"run {number}"
        )
        row.sources.add(source)
        PartFactory(assessment=practice, objective=row.objective)
    return comparison


def sort_url(comparison: Comparison, query: str = "") -> str:
    return reverse("concepts:sort", args=[comparison.slug]) + query


def test_it_is_a_table_with_roles_and_a_row_for_each_aspect(mine: Client, comparison: Comparison) -> None:
    html = mine.get(comparison.get_absolute_url()).content.decode()
    assert html.count('role="rowheader"') == 8
    assert html.count('role="columnheader"') == 4
    assert 'role="table"' in html
    assert "compared in 8 aspects" in html


def test_each_row_explains_itself_in_place(mine: Client, comparison: Comparison, said: Said) -> None:
    row = comparison.rows.first()
    response = mine.get(comparison.get_absolute_url())
    assert f'id="{row.anchor}"' in response.content.decode()
    assert f"Why : {row.aspect} Because one is part of the other." in said(response)
    assert "S1" in said(response)


def test_marks_and_what_is_left_to_practise(
    mine: Client, me: Learner, comparison: Comparison, said: Said
) -> None:
    assert "Practise the 8 rows" in said(mine.get(comparison.get_absolute_url()))
    objectives = [row.objective for row in comparison.rows.all()]
    long_ago = timezone.now() - timedelta(days=1)
    StateFactory(learner=me, objective=objectives[0], level=4)
    StateFactory(learner=me, objective=objectives[1], level=4, fades_at=long_ago)
    page = said(mine.get(comparison.get_absolute_url()))
    assert "Practise the 8 rows, 6 below mastered" in page
    assert "2 of 8 mastered, 1 fading" in page
    assert f"{objectives[1].code} Fading" in page


@pytest.mark.parametrize(("side", "covered", "open_"), [("left", "made", "run"), ("right", "run", "made")])
def test_a_column_can_be_covered_without_javascript(
    mine: Client, comparison: Comparison, side: str, covered: str, open_: str
) -> None:
    html = mine.get(comparison.get_absolute_url(), {"cover": side}).content.decode()
    assert re.search(rf"<details[^>]*><summary>Show</summary><span>{covered} 3</span></details>", html)
    assert not re.search(rf"</summary><span>{open_} 3", html)


def test_another_cover_than_the_two_covers_nothing(mine: Client, comparison: Comparison) -> None:
    response = mine.get(comparison.get_absolute_url(), {"cover": "middle"})
    assert response.status_code == 200
    assert "tk-covered" not in response.content.decode()


def test_a_comparison_without_rows_says_so(mine: Client, said: Said) -> None:
    empty = ComparisonFactory()
    assert "This comparison has no rows yet." in said(mine.get(empty.get_absolute_url()))
    assert "there is nothing to sort" in said(mine.get(sort_url(empty)))


def test_a_draft_is_for_editors(mine: Client, editor: Client, said: Said) -> None:
    draft = ComparisonRowFactory(comparison__status="draft").comparison
    assert mine.get(draft.get_absolute_url()).status_code == 404
    assert mine.get(sort_url(draft)).status_code == 404
    assert "Draft: only editors see this" in said(editor.get(draft.get_absolute_url()))


def test_sorting_asks_for_six_rows_at_a_time(mine: Client, comparison: Comparison, said: Said) -> None:
    page = said(mine.get(sort_url(comparison, "?seed=5")))
    assert "Whose are these 12 statements?" in page
    assert "nothing is stored, and nothing counts" in page
    assert "round 1 of 2" in page
    assert "Another round" in page
    assert "Whose are these 16 statements?" in said(mine.get(sort_url(comparison, "?seed=5&rows=all")))


def chosen(client: Client, url: str, side: str) -> dict[str, str]:
    """Every statement of a round put on one side."""
    keys = re.findall(r'name="(s\d+)"', client.get(url).content.decode())
    return dict.fromkeys(keys, side)


def test_what_was_sorted_is_marked_in_place_and_kept(
    mine: Client, comparison: Comparison, said: Said
) -> None:
    url = sort_url(comparison, "?seed=5")
    response = mine.get(sort_url(comparison), {"seed": 5} | chosen(mine, url, "left"))
    page = said(response)
    assert "6 of 12 on their side" in page
    assert page.count("Belongs to Operations management") == 6
    assert response.content.decode().count("checked") == 12
    row = ComparisonRow.objects.get(comparison=comparison, aspect="Aspect 1")
    assert f"{comparison.get_absolute_url()}#{row.anchor}" in response.content.decode()


def test_a_garbled_address_deals_a_fresh_round(mine: Client, comparison: Comparison, said: Said) -> None:
    response = mine.get(sort_url(comparison), {"seed": "five", "round": "-1", "s1": "both"})
    assert response.status_code == 200
    assert "Whose are these 12 statements?" in said(response)


def test_its_cost_does_not_depend_on_the_rows(mine: Client, comparison: Comparison) -> None:
    def cost(url: str) -> int:
        KEPT.clear()
        with CaptureQueriesContext(connection) as queries:
            assert mine.get(url).status_code == 200
        return len(queries)

    urls = (comparison.get_absolute_url(), sort_url(comparison, "?seed=5"))
    before = [cost(url) for url in urls]
    for row in ComparisonRowFactory.create_batch(8, comparison=comparison):
        row.sources.add(SourceFactory())
        StateFactory(objective=row.objective, level=2)
    assert [cost(url) for url in urls] == before
    assert max(before) <= 9
