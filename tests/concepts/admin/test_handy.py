"""What lists and forms offer beside saving: bulk publishing that says what hides, and links to the tools."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    AssessmentFactory,
    ComparisonRowFactory,
    ConceptFactory,
    MetricFactory,
    ModuleFactory,
    ObjectiveFactory,
    SkillFactory,
)

pytestmark = pytest.mark.django_db


def act(editor: Client, action: str, objects: list[Any]) -> str:
    url = reverse(f"admin:concepts_{objects[0]._meta.model_name}_changelist")
    data = {"action": action, "_selected_action": [obj.pk for obj in objects]}
    return editor.post(url, data, follow=True).content.decode()


def test_publishing_many_says_what_still_hides_them(editor: Client) -> None:
    hidden = ModuleFactory(status="draft", title="Later")
    lessons = [ConceptFactory(module=hidden, status="draft") for _ in range(2)]
    said = act(editor, "publish_selected", [*lessons, ConceptFactory(status="draft")])
    assert "Published: 3." in said
    assert "2 of them stay hidden. Its module “Later” is a draft and hides it." in said


def test_unpublishing_says_what_learners_lose_with_it(editor: Client) -> None:
    module = ModuleFactory()
    concept = ConceptFactory(module=module)
    ConceptFactory(module=module, status="draft")
    MetricFactory(concept=concept)
    AssessmentFactory(concept=None, module=module)
    said = act(editor, "unpublish_selected", [module])
    assert "Hidden with that, though published: 1 concept, 1 measure, 1 assessment." in said
    assert "Hidden with that" not in act(editor, "unpublish_selected", [ModuleFactory()])


def test_what_stands_in_a_list_leads_to_its_order(editor: Client) -> None:
    metric, row, objective = MetricFactory(), ComparisonRowFactory(), ObjectiveFactory()
    for obj, kind, home in (
        (metric.concept, "lessons", metric.concept.module),
        (row.comparison, "lessons", row.comparison.module),
        (metric, "measures", metric.concept),
        (row, "rows", row.comparison),
        (objective, "objectives", objective.concept),
        (row.objective, "tested", row.comparison),
    ):
        form = editor.get(reverse(f"admin:concepts_{obj._meta.model_name}_change", args=[obj.pk]))
        assert reverse("admin:order_of", args=[kind, home.pk]) in form.content.decode()
    skill = editor.get(reverse("admin:concepts_skill_change", args=[SkillFactory().pk])).content.decode()
    assert reverse("admin:order", args=["skills"]) in skill
