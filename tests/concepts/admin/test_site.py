"""The front page: each sees what they may edit, under headings for people."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import ComparisonRowFactory, LearnerFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db


def test_an_editor_sees_content_and_no_people(editor: Client) -> None:
    groups = editor.get(reverse("admin:index")).context["app_list"]
    tools = ["Across the course", "Course packs"]
    assert [str(group["name"]) for group in groups] == ["Course", "Question bank", *tools]
    named = [str(model["name"]) for group in groups for model in group["models"]]
    assert named[:3] == ["Modules", "Concepts", "Objectives"]
    assert not {"Attempts", "Evidence", "Profiles", "Cohorts"} & set(named)


def test_an_administrator_sees_people_and_results_too(client: Client) -> None:
    client.force_login(LearnerFactory(user__is_superuser=True, user__is_staff=True).user)
    groups = client.get(reverse("admin:index")).context["app_list"]
    assert [str(group["name"]) for group in groups] == [
        "Course",
        "Question bank",
        "People",
        "Results, to read only",
        "Sign-in",
        "Across the course",
        "Course packs",
    ]


@pytest.mark.parametrize("name", ["attempt", "evidence", "objectivestate", "learner", "cohort", "membership"])
def test_an_editor_cannot_open_the_data_of_learners(editor: Client, name: str) -> None:
    assert editor.get(reverse(f"admin:assessments_{name}_changelist")).status_code == 403


def test_an_editor_cannot_open_users(editor: Client) -> None:
    assert editor.get(reverse("admin:auth_user_changelist")).status_code == 403


def test_the_page_of_one_app_still_works(editor: Client) -> None:
    assert editor.get(reverse("admin:app_list", args=["concepts"])).status_code == 200


def test_a_row_is_tested_by_an_objective_of_its_own_comparison(editor: Client) -> None:
    row = ComparisonRowFactory()
    stranger = ObjectiveFactory()
    data = {
        "comparison": row.comparison_id,
        "position": 1,
        "anchor": "elsewhere",
        "aspect": "Elsewhere",
        "left": "This",
        "right": "That",
        "explanation": "Why.",
        "objective": stranger.pk,
    }
    response = editor.post(reverse("admin:concepts_comparisonrow_add"), data)
    assert response.status_code == 422
    assert "taught elsewhere" in str(response.context["adminform"].form.errors["objective"])


def test_a_list_that_finds_nothing_says_so_and_shows_the_way_back(editor: Client) -> None:
    url = reverse("admin:concepts_concept_changelist")
    shown = editor.get(url, {"q": "zzzz"}).content.decode()
    assert "Nothing fits what you look for." in shown
    assert 'name="action"' not in shown
    assert "There is nothing here yet." in editor.get(url).content.decode()
