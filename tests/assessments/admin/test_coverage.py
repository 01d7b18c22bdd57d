"""How well objectives are covered, on the lists and pages of the course."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.selectors.coverage import Coverage, coverage_of
from tests.factories import ObjectiveFactory, QuestionFactory

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_counted_from_live_questions_only() -> None:
    objective = ObjectiveFactory()
    QuestionFactory.create_batch(2, objective=objective, publish=True)
    QuestionFactory(objective=objective)
    coverage = coverage_of([objective.pk])[objective.pk]
    assert coverage.counted == "2 live, 1 draft"
    assert coverage.kinds == "2 single choice"
    assert coverage.gaps == ["2 more questions", "a second type of question"]


def test_enough_is_enough() -> None:
    assert Coverage(live=4, types={"numeric": 2, "single_choice": 2}).gaps == []
    assert Coverage().gaps == ["4 more questions", "two types of question"]


def test_the_list_of_objectives_shows_it_and_filters_by_it(editor: Client) -> None:
    enough, poor = ObjectiveFactory(), ObjectiveFactory()
    QuestionFactory.create_batch(2, objective=enough, publish=True)
    QuestionFactory.create_batch(2, objective=enough, type="numeric", publish=True)
    url = reverse("admin:concepts_objective_changelist")
    assert "2 number, 2 single choice" in editor.get(url).content.decode()
    found = {
        choice: list(editor.get(url, {"questions": choice}).context["cl"].result_list)
        for choice in ("enough", "missing")
    }
    assert found == {"enough": [enough], "missing": [poor]}


def test_the_page_of_a_lesson_lists_its_objectives_with_what_is_missing(editor: Client) -> None:
    objective = ObjectiveFactory()
    QuestionFactory(objective=objective, publish=True)
    url = reverse("admin:concepts_concept_change", args=[objective.concept_id])
    shown = editor.get(url).content.decode()
    assert "1 live" in shown
    assert "3 more questions" in shown


def test_the_list_of_lessons_says_how_many_objectives_lack_questions(editor: Client) -> None:
    ObjectiveFactory()
    shown = editor.get(reverse("admin:concepts_concept_changelist")).content.decode()
    assert "questions for 1 objective" in shown


def test_the_page_of_an_objective_leads_to_a_new_question_for_it(editor: Client) -> None:
    objective = ObjectiveFactory()
    shown = editor.get(reverse("admin:concepts_objective_change", args=[objective.pk])).content.decode()
    assert f"{reverse('admin:assessments_question_add')}?objective={objective.pk}" in shown
