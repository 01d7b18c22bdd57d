"""Assessments in the admin."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.services.cases import assessment_of
from tests.cases import make_case
from tests.factories import AssessmentFactory, ModuleFactory, ObjectiveFactory, QuestionFactory, practice_set

pytestmark = pytest.mark.django_db


def posted(assessment: Assessment, **changes: object) -> dict[str, Any]:
    shown = ("show_marks", "show_own_answer", "show_right_answer", "show_feedback")
    names = ("title", "slug", "mode", "counts", "pass_mark", *shown)
    data: dict[str, Any] = {name: getattr(assessment, name) for name in names}
    data |= {
        "concept": assessment.concept_id,
        "parts-TOTAL_FORMS": 0,
        "parts-INITIAL_FORMS": 0,
        "_publish": "1",
    }
    return data | changes


def change(assessment: Assessment) -> str:
    return reverse("admin:assessments_assessment_change", args=[assessment.pk])


def test_an_assessment_with_two_homes_is_refused(editor: Client) -> None:
    assessment = AssessmentFactory()
    response = editor.post(change(assessment), posted(assessment, module=ModuleFactory().pk))
    assert response.status_code == 422
    assert "Choose one home" in response.content.decode()


def test_a_part_draws_or_names_and_never_both(editor: Client) -> None:
    assessment, question = AssessmentFactory(), QuestionFactory()
    part = {
        "parts-TOTAL_FORMS": 1,
        "parts-0-position": 1,
        "parts-0-objective": question.objective_id,
        "parts-0-question": question.pk,
        "parts-0-count": 1,
        "parts-0-marks": 1,
    }
    response = editor.post(change(assessment), posted(assessment, **part))
    assert response.status_code == 422
    assert "Choose an objective to draw from, or one question." in response.content.decode()


def test_what_keeps_it_from_being_asked_is_said_after_saving(editor: Client) -> None:
    assessment = AssessmentFactory(status="draft")
    shown = editor.post(change(assessment), posted(assessment, _publish="1"), follow=True).content.decode()
    assert "Still missing: parts: it asks nothing." in shown


def test_the_list_says_what_it_asks_and_what_is_missing(editor: Client) -> None:
    practice_set(2)
    poor = practice_set(1)
    poor.parts.update(objective=ObjectiveFactory())
    response = editor.get(reverse("admin:assessments_assessment_changelist"))
    assert "live questions for 1 part" in response.content.decode()
    assert {row.question_count for row in response.context["cl"].result_list} == {1, 2}


def test_publishing_under_a_draft_says_that_learners_do_not_see_it(editor: Client) -> None:
    assessment = practice_set(1)
    assessment.concept.status = "draft"
    assessment.concept.save()
    data = posted(assessment, _publish="1")
    shown = editor.post(change(assessment), data, follow=True).content.decode()
    assert "is a draft and hides it" in shown


def test_what_collects_the_answers_of_a_case_is_neither_listed_nor_made_by_hand(
    editor: Client,
) -> None:
    case = make_case(title="The press shop that was late")
    assessment = assessment_of(case)
    page = editor.get(reverse("admin:assessments_assessment_changelist"))
    assert case.title not in page.content.decode()
    assert editor.get(reverse("admin:assessments_assessment_change", args=[assessment.pk])).status_code == 302
    form = editor.get(reverse("admin:assessments_assessment_add")).context["adminform"].form
    assert [value for value, _label in form.fields["mode"].choices if value] == [
        "practice",
        "test",
        "diagnostic",
    ]
