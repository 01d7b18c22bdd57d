"""Learning paths and skills at the editor's desk."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from assessments.models import SkillRating
from concepts.models import LearningPath, PathStep, Skill
from tests.factories import ConceptFactory, LearningPathFactory, ModuleFactory, PathStepFactory, SkillFactory

pytestmark = pytest.mark.django_db
ADD = reverse("admin:concepts_learningpath_add")


def form(**changed: object) -> dict[str, object]:
    rows = {"steps-TOTAL_FORMS": "0", "steps-INITIAL_FORMS": "0"}
    fields = {
        "title": "New here",
        "slug": "new-here",
        "audience": "people",
        "summary": "Why.",
    }
    return {**fields, **rows, **changed}


def step(number: int, module: object, why: str = "It comes first.") -> dict[str, object]:
    values = {"module": module, "emphasis": "core", "why": why, "id": "", "path": ""}
    return {f"steps-{number}-{name}": value for name, value in values.items()}


def test_an_editor_writes_a_path_with_its_modules_and_publishes_it(editor: Client) -> None:
    one, two = ModuleFactory.create_batch(2)
    posted = form(_publish="1", **step(0, two.pk), **step(1, one.pk)) | {"steps-TOTAL_FORMS": "2"}
    assert editor.post(ADD, posted).status_code == 302
    path = LearningPath.objects.get()
    assert path.is_published
    assert [row.module for row in path.steps.all()] == [two, one]


def test_a_module_twice_is_refused_and_nothing_typed_is_lost(editor: Client) -> None:
    module = ModuleFactory().pk
    posted = form(**step(0, module), **step(1, module, "Kept as typed.")) | {"steps-TOTAL_FORMS": "2"}
    response = editor.post(ADD, posted)
    assert response.status_code == 422
    assert "Kept as typed." in response.content.decode()
    assert not LearningPath.objects.exists()


def test_a_preview_shows_the_page_of_a_learner(editor: Client) -> None:
    path = LearningPathFactory(status="draft", title="New here")
    PathStepFactory(path=path, why="You need its words first.")
    url = reverse("admin:concepts_learningpath_page", args=[path.pk])
    page = editor.get(url).content.decode()
    assert "You need its words first." in page


def test_a_module_on_a_path_cannot_be_deleted_unawares(editor: Client) -> None:
    step = PathStepFactory()
    response = editor.post(reverse("admin:concepts_module_delete", args=[step.module.pk]), {"post": "yes"})
    assert response.status_code == 409
    assert PathStep.objects.filter(pk=step.pk).exists()


def test_an_editor_adds_a_skill(editor: Client) -> None:
    concept = ConceptFactory()
    posted = {
        "name": "Patience",
        "slug": "patience",
        "description": "Waits.",
        "role": "both",
    }
    response = editor.post(reverse("admin:concepts_skill_add"), {**posted, "concept": concept.pk})
    assert response.status_code == 302
    assert Skill.objects.get().concept == concept


@pytest.mark.parametrize("kind", ["learningpath", "skill"])
def test_forms_open_and_histories_are_kept(editor: Client, kind: str) -> None:
    obj = PathStepFactory().path if kind == "learningpath" else SkillFactory()
    for page in ("change", "history"):
        assert editor.get(reverse(f"admin:concepts_{kind}_{page}", args=[obj.pk])).status_code == 200


def test_how_people_rate_themselves_is_not_in_the_admin() -> None:
    assert SkillRating not in admin.site._registry
