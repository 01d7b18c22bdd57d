"""Assessments on the whole course, and diagnostics, at the editor's desk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from tests.assessments.diagnostics import course
from tests.factories import PartFactory, QuestionFactory, practice_set

pytestmark = pytest.mark.django_db
LIST = "admin:assessments_assessment_changelist"


def test_the_form_says_how_to_make_one_and_takes_it_without_a_home(editor: Client) -> None:
    page = editor.get(reverse("admin:assessments_assessment_add")).content.decode()
    assert "Leave all three empty for the whole course" in page
    assert "list objectives in the order of the course" in page
    question = QuestionFactory(publish=True)
    names = ("show_marks", "show_own_answer", "show_right_answer", "show_feedback")
    data: dict[str, Any] = dict.fromkeys(names, "after") | {
        "title": "Where do you stand?",
        "slug": "where",
        "mode": "diagnostic",
        "counts": "last",
        "pass_mark": 70,
        "parts-TOTAL_FORMS": 1,
        "parts-INITIAL_FORMS": 0,
        "parts-0-position": 1,
        "parts-0-objective": question.objective_id,
        "parts-0-count": 1,
        "parts-0-marks": 1,
        "_publish": "1",
    }
    assert editor.post(reverse("admin:assessments_assessment_add"), data).status_code == 302
    made = Assessment.objects.published().get(slug="where")
    assert (made.home, made.mode, made.parts.count()) == (None, "diagnostic", 1)
    change = editor.get(reverse("admin:assessments_assessment_change", args=[made.pk]))
    assert change.status_code == 200


def test_the_list_names_the_whole_course_and_filters_by_it(editor: Client) -> None:
    wide, other = course(1), practice_set(1)
    page = editor.get(reverse(LIST)).content.decode()
    assert "The whole course</td>" in page
    found = editor.get(reverse(LIST), {"module": "course"}).context["cl"].result_list
    assert [one.pk for one in found] == [wide.pk]
    found = editor.get(reverse(LIST), {"module": other.concept.module_id}).context["cl"].result_list
    assert [one.pk for one in found] == [other.pk]


def test_a_diagnostic_with_a_written_question_is_told_to_ask_another(editor: Client) -> None:
    written = QuestionFactory(type="written", publish=True)
    PartFactory(assessment=course(1), objective=None, question=written)
    assert "a diagnostic does not ask what a person has to mark" in editor.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("mode", ["diagnostic", "test"])
def test_it_can_be_previewed_and_analysed(editor: Client, mode: str) -> None:
    wide = course(2, 2, mode=mode)
    assert editor.get(reverse("assessments:preview", args=[wide.slug])).status_code == 200
    begun = editor.post(reverse("assessments:preview", args=[wide.slug]), {"seed": 7}, follow=True)
    assert "so far" in begun.content.decode() or mode == "test"
    assert editor.get(wide.get_absolute_url(), follow=True).status_code == 200


def test_its_analysis_opens(administrator: Client) -> None:
    wide = course(2)
    url = reverse("admin:assessments_assessment_analysis", args=[wide.pk])
    assert administrator.get(url).status_code == 200
