"""Moving what was chosen in a list: all of it or nothing, with the reason beside what stays."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from concepts.models import Concept, Metric, Term
from tests.factories import (
    ConceptFactory,
    EvidenceFactory,
    MetricFactory,
    ModuleFactory,
    ObjectiveFactory,
    QuestionFactory,
    TermFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


def changelist(model: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def choose(editor: Client, objects: list[Any]) -> Any:
    data = {"action": "move_selected", "_selected_action": [obj.pk for obj in objects]}
    return editor.post(changelist(type(objects[0])), data)


def move(editor: Client, objects: list[Any], target: Any, ticked: Iterable[Any] | None = None) -> Any:
    meta = objects[0]._meta
    data = {
        "listed": [obj.pk for obj in objects],
        "pk": [obj.pk for obj in (objects if ticked is None else ticked)],
        "target": getattr(target, "pk", target),
    }
    return editor.post(reverse("admin:move", args=[meta.app_label, meta.model_name]), data)


def test_the_page_lists_what_is_chosen_and_moves_nothing(editor: Client) -> None:
    concept = ConceptFactory(title="Flow", module__title="Measuring")
    response = choose(editor, [concept])
    assert response.status_code == 200
    said = response.content.decode()
    assert "Flow" in said and "Module now: Measuring." in said
    assert Concept.objects.get().module == concept.module


def test_lessons_move_to_the_end_of_another_module_in_their_order(editor: Client) -> None:
    home, target = ModuleFactory(), ModuleFactory(title="Later")
    ConceptFactory(module=target, position=3)
    second, first = ConceptFactory(module=home, position=2), ConceptFactory(module=home, position=1)
    response = move(editor, [second, first], target)
    assert response["Location"] == changelist(Concept)
    first.refresh_from_db()
    second.refresh_from_db()
    assert [(first.module, first.position), (second.module, second.position)] == [(target, 4), (target, 5)]
    last = first.history.first()
    assert last.history_change_reason == f"Moved here from “{home}”."
    assert last.history_user == response.wsgi_request.user


def test_only_what_is_ticked_moves(editor: Client) -> None:
    one, two, target = TermFactory(), TermFactory(), ConceptFactory()
    move(editor, [one, two], target, ticked=[two])
    assert list(Term.objects.filter(concept=target)) == [two]


def test_a_published_lesson_that_moves_into_a_draft_is_said_to_be_hidden(editor: Client) -> None:
    target = ModuleFactory(status="draft", title="Later")
    move(editor, [ConceptFactory()], target)
    said = editor.get(changelist(Concept)).content.decode()
    assert "Its module “Later” is a draft and hides it." in said


def test_bad_input_is_refused_and_keeps_the_page(editor: Client) -> None:
    metric = MetricFactory()
    for target, ticked, status in (("", None, 422), ("999999", None, 422), (ConceptFactory(), [], 422)):
        response = move(editor, [metric], target, ticked)
        assert response.status_code == status
        assert metric.name in response.content.decode()
    assert Metric.objects.get().concept == metric.concept
    assert editor.get(reverse("admin:move", args=["concepts", "metric"])).status_code == 405
    assert editor.post(reverse("admin:move", args=["concepts", "source"])).status_code == 404
    assert editor.post(reverse("admin:move", args=["auth", "user"])).status_code == 404


def test_a_question_with_answers_stays_with_the_reason_and_so_does_the_rest(editor: Client) -> None:
    objective = ObjectiveFactory(code="THR-1")
    free, answered = QuestionFactory(objective=objective), QuestionFactory(objective=objective)
    EvidenceFactory(item__version=VersionFactory(question=answered))
    page = choose(editor, [free, answered])
    assert "Answers hang on it, and they count for THR-1." in page.content.decode()
    response = move(editor, [free, answered], ObjectiveFactory())
    assert response.status_code == 409
    assert [(row.obj, bool(row.refused)) for row in response.context["rows"]] == [
        (free, False),
        (answered, True),
    ]
    free.refresh_from_db()
    assert free.objective == objective


def test_a_live_question_without_answers_moves_in_its_draft_only(editor: Client) -> None:
    question, target = QuestionFactory(publish=True), ObjectiveFactory(code="NEW-1")
    before = question.objective
    assert "moving changes its draft only" in choose(editor, [question]).content.decode()
    assert move(editor, [question], target).status_code == 302
    question.refresh_from_db()
    assert (question.objective, question.live.objective) == (target, before)
    assert question.has_unpublished_changes
    assert "until you publish it again" in editor.get(changelist(type(question))).content.decode()


def test_what_stood_there_already_is_left_alone(editor: Client) -> None:
    concept = ConceptFactory()
    move(editor, [concept], concept.module)
    assert concept.history.count() == 1
    assert "stood there already" in editor.get(changelist(Concept)).content.decode()
