"""Modules, concepts and objectives in the admin: saving, publishing, clashes, deletion."""

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Evidence
from concepts.models import Concept, Objective
from tests.factories import (
    ConceptFactory,
    EvidenceFactory,
    LearnerFactory,
    ModuleFactory,
    ObjectiveFactory,
    QuestionFactory,
)

pytestmark = pytest.mark.django_db


def change(obj: object) -> str:
    return reverse(f"admin:concepts_{obj._meta.model_name}_change", args=[obj.pk])  # type: ignore[attr-defined]


def posted(concept: Concept, **changes: object) -> dict[str, object]:
    """The form of a concept as it stands, with some fields typed over."""
    return {
        "title": concept.title,
        "slug": concept.slug,
        "module": concept.module_id,
        "position": concept.position,
        "minutes": concept.minutes,
        "summary": concept.summary,
        "body": concept.body,
        "objectives-TOTAL_FORMS": "0",
        "objectives-INITIAL_FORMS": "0",
        **changes,
    }


def test_an_editor_changes_a_lesson_and_its_html_with_it(editor: Client) -> None:
    concept = ConceptFactory()
    response = editor.post(change(concept), posted(concept, body="## New\r\n\r\nWords.", _publish="1"))
    assert response.status_code == 302
    concept.refresh_from_db()
    assert concept.body == "## New\n\nWords."
    assert "<h2>New</h2>" in concept.body_html


def test_a_new_lesson_is_saved_together_with_its_first_objective(editor: Client) -> None:
    module = ModuleFactory()
    row = {"code": "HRB-1", "title": "Read it", "statement": "read an hour board", "level": "remember"}
    data = posted(Concept(title="The hour board", slug="hour-board", module=module))
    data |= {f"objectives-0-{name}": value for name, value in row.items()}
    response = editor.post(
        reverse("admin:concepts_concept_add"),
        data | {"objectives-TOTAL_FORMS": "1", "summary": "A board.", "body": "Words."},
    )
    assert response.status_code == 302
    assert Objective.objects.get(code="HRB-1").concept == Concept.objects.get(slug="hour-board")


def test_saving_without_a_change_leaves_the_text_to_the_byte(editor: Client) -> None:
    concept = ConceptFactory(body="Words.\n")
    editor.post(change(concept), posted(concept, body="Words.", _publish="1"))
    concept.refresh_from_db()
    assert concept.body == "Words.\n"


def test_an_address_that_is_taken_is_refused_at_the_field_and_nothing_typed_is_lost(editor: Client) -> None:
    holder, concept = ConceptFactory(title="Throughput and flow", slug="flow"), ConceptFactory()
    response = editor.post(
        change(concept), posted(concept, slug="flow", body="Typed a moment ago", _publish="1")
    )
    assert response.status_code == 422
    errors = response.context["adminform"].form.errors
    assert errors["slug"] == [f"“flow” is taken by the concept “{holder.title}”. Choose another."]
    assert "Typed a moment ago" in response.content.decode()


def test_publishing_saves_what_was_typed_with_it(editor: Client) -> None:
    concept = ConceptFactory(status="draft")
    response = editor.post(change(concept), posted(concept, title="Renamed", _publish="1"))
    assert response.status_code == 302
    concept.refresh_from_db()
    assert (concept.title, concept.status) == ("Renamed", "published")
    assert concept.published_at is not None


def test_publishing_within_a_draft_module_says_that_learners_do_not_see_it_yet(editor: Client) -> None:
    concept = ConceptFactory(status="draft", module=ModuleFactory(status="draft", title="Later"))
    response = editor.post(change(concept), posted(concept, _publish="1"), follow=True)
    assert "Its module “Later” is a draft and hides it." in response.content.decode()


def test_unpublishing_takes_it_back_and_deletes_nothing(editor: Client) -> None:
    concept = ConceptFactory()
    editor.post(change(concept), posted(concept, _unpublish="1"))
    concept.refresh_from_db()
    assert concept.status == "draft"


def test_several_are_published_at_once(editor: Client) -> None:
    drafts = [ConceptFactory(status="draft"), ConceptFactory(status="draft"), ConceptFactory()]
    response = editor.post(
        reverse("admin:concepts_concept_changelist"),
        {"action": "publish_selected", "_selected_action": [draft.pk for draft in drafts]},
        follow=True,
    )
    assert Concept.objects.filter(status="published").count() == 3
    assert "Published: 2. Published before: 1." in response.content.decode()


def test_several_are_unpublished_at_once(editor: Client) -> None:
    concepts = ConceptFactory.create_batch(2)
    editor.post(
        reverse("admin:concepts_concept_changelist"),
        {"action": "unpublish_selected", "_selected_action": [concept.pk for concept in concepts]},
    )
    assert Concept.objects.filter(status="draft").count() == 2


def test_save_and_view_leads_to_the_page_that_learners_see(editor: Client) -> None:
    concept = ConceptFactory(status="draft")
    response = editor.post(change(concept), posted(concept, _view="1"))
    assert response["Location"] == concept.get_absolute_url()
    assert concept.get_absolute_url() in editor.get(change(concept)).content.decode()


def test_a_lesson_cannot_be_read_before_itself_by_a_detour(editor: Client) -> None:
    first, second = ConceptFactory(), ConceptFactory()
    second.prerequisites.add(first)
    response = editor.post(change(first), posted(first, prerequisites=[second.pk], _publish="1"))
    assert response.status_code == 422
    assert "read before itself" in str(response.context["adminform"].form.errors["prerequisites"])


def test_a_dead_link_and_an_open_block_are_told_after_saving(editor: Client) -> None:
    concept = ConceptFactory(status="draft")
    body = "See [this](concept:nowhere).\n\n::: example a clinic\nOpen."
    response = editor.post(change(concept), posted(concept, body=body, _continue="1"), follow=True)
    shown = response.content.decode()
    assert "There is no concept “nowhere”." in shown
    assert "line 3: This block is not closed." in shown
    concept.refresh_from_db()
    assert concept.body == body


def test_what_is_in_use_is_not_deleted_and_its_uses_are_listed_and_counted(editor: Client) -> None:
    objective = ObjectiveFactory()
    question = QuestionFactory(objective=objective, title="A packing cell", publish=True)
    evidence = EvidenceFactory(item__version=question.live)
    url = reverse("admin:concepts_concept_delete", args=[objective.concept_id])
    response = editor.get(url)
    shown = response.content.decode()
    assert "is in use" in shown
    assert "A packing cell" in shown
    assert "Evidence: 1" in shown
    assert str(evidence.learner) not in shown  # counted, never named
    assert editor.post(url, {"post": "yes"}).status_code == 409
    assert Concept.objects.filter(pk=objective.concept_id).exists()
    assert Evidence.objects.exists()


def test_what_nothing_needs_is_deleted(editor: Client) -> None:
    concept = ConceptFactory()
    response = editor.post(reverse("admin:concepts_concept_delete", args=[concept.pk]), {"post": "yes"})
    assert response.status_code == 302
    assert not Concept.objects.exists()


def test_several_in_use_are_refused_together(editor: Client) -> None:
    objective = QuestionFactory(title="A packing cell").objective
    response = editor.post(
        reverse("admin:concepts_objective_changelist"),
        {"action": "delete_selected", "_selected_action": [objective.pk]},
    )
    assert "Some of these are in use" in response.content.decode()
    assert Objective.objects.filter(pk=objective.pk).exists()


def test_an_objective_code_that_is_taken_names_its_holder(editor: Client) -> None:
    taken = ObjectiveFactory(code="THR-1", title="Throughput")
    response = editor.post(
        reverse("admin:concepts_objective_add"),
        {
            "code": "THR-1",
            "title": "Another",
            "statement": "do something",
            "level": "apply",
            "position": 1,
            "concept": taken.concept_id,
        },
    )
    assert response.status_code == 422
    assert "“THR-1” is taken by the objective" in str(response.context["adminform"].form.errors["code"])


def test_nobody_but_staff_with_the_right_gets_in(client: Client) -> None:
    client.force_login(LearnerFactory().user)
    assert client.get(reverse("admin:concepts_concept_changelist")).status_code == 302
    client.force_login(LearnerFactory(user__is_staff=True).user)
    assert client.get(reverse("admin:concepts_concept_changelist")).status_code == 403
