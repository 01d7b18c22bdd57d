"""Duplicating in the admin: the names are asked for first, and the copy's form opens."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment, Question
from concepts.models import Concept
from tests.factories import (
    AssessmentFactory,
    ConceptFactory,
    ObjectiveFactory,
    PartFactory,
    QuestionFactory,
)

pytestmark = pytest.mark.django_db


def page(obj: object) -> str:
    return reverse("admin:duplicate", args=[obj._meta.model_name, obj.pk])  # type: ignore[attr-defined]


def change(obj: object) -> str:
    meta = obj._meta  # type: ignore[attr-defined]
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[obj.pk])  # type: ignore[attr-defined]


def test_forms_have_the_button_and_looking_makes_nothing(editor: Client) -> None:
    for obj in (ConceptFactory(), QuestionFactory(), AssessmentFactory()):
        assert page(obj) in editor.get(change(obj)).content.decode()
        assert editor.get(page(obj)).status_code == 200
        assert type(obj).objects.filter(slug__startswith="copy-of").count() == 0


def test_a_lesson_is_copied_and_its_form_opens(editor: Client) -> None:
    objective = ObjectiveFactory(code="THR-1", concept__title="Flow")
    QuestionFactory(objective=objective)
    form = editor.get(page(objective.concept)).context["form"]
    assert form[f"code_{objective.pk}"].value() == "THR-2"
    data = {"title": "Flow again", "slug": "flow-again", f"code_{objective.pk}": "THR-5", "questions": "on"}
    response = editor.post(page(objective.concept), data, follow=True)
    copied = Concept.objects.get(slug="flow-again")
    assert response.redirect_chain == [(change(copied), 302)]
    said = response.content.decode()
    assert "This is the copy of “Flow”, a draft." in said
    assert "1 question was copied with it." in said
    assert copied.objectives.get().code == "THR-5"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("title", "", "required"),
        ("title", "x" * 121, "at most 120"),
        ("slug", "no good", "An address takes small letters, digits and hyphens"),
        ("slug", "taken", "“taken” is taken by “Holder”. Choose another."),
        ("code", "thr1", "Capitals, a hyphen and a number"),
        ("code", "THR-1", "“THR-1” is taken by “Throughput”. Choose another."),
    ],
)
def test_what_does_not_work_is_refused_at_its_field_and_makes_nothing(
    editor: Client, field: str, value: str, reason: str
) -> None:
    ConceptFactory(slug="taken", title="Holder")
    objective = ObjectiveFactory(code="THR-1")
    name = f"code_{objective.pk}" if field == "code" else field
    data = {"title": "A", "slug": "a", f"code_{objective.pk}": "THR-2", name: value}
    response = editor.post(page(objective.concept), data)
    assert response.status_code == 422
    assert reason in response.context["form"].errors[name][0]
    assert Concept.objects.count() == 2


def test_two_objectives_cannot_get_the_same_code(editor: Client) -> None:
    concept = ConceptFactory()
    one, two = ObjectiveFactory.create_batch(2, concept=concept)
    data = {"title": "A", "slug": "a", f"code_{one.pk}": "NEW-1", f"code_{two.pk}": "NEW-1"}
    assert editor.post(page(concept), data).status_code == 422


def test_a_question_is_copied_as_a_draft(editor: Client) -> None:
    question = QuestionFactory(publish=True, title="How fast", slug="how-fast")
    first = editor.get(page(question)).context["form"]
    data = {name: first[name].value() for name in ("title", "slug")}
    response = editor.post(page(question), data)
    copied = Question.objects.get(slug="copy-of-how-fast")
    assert response["Location"] == change(copied)
    assert (copied.title, copied.status, copied.live) == ("Copy of How fast", "draft", None)
    assert (copied.content, copied.objective) == (question.content, question.objective)
    assert copied.versions.count() == 0
    assert copied.history.get().history_change_reason == "Copy of “How fast”."


def test_an_assessment_is_copied_with_its_parts(editor: Client) -> None:
    assessment = AssessmentFactory(mode="test", time_limit=20)
    parts = PartFactory.create_batch(2, assessment=assessment, count=3)
    editor.post(page(assessment), {"title": "Again", "slug": "again"})
    copied = Assessment.objects.get(slug="again")
    assert (copied.status, copied.mode, copied.time_limit) == ("draft", "test", 20)
    assert [(part.objective, part.count, part.position) for part in copied.parts.all()] == [
        (part.objective, 3, part.position) for part in parts
    ]
    assert assessment.parts.count() == 2


def test_other_kinds_and_other_keys_are_not_found(editor: Client) -> None:
    assert editor.get("/admin/duplicate/module/1/").status_code == 404
    assert editor.get("/admin/duplicate/concept/999999/").status_code == 404
