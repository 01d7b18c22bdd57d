"""Modules, concepts and objectives: what is shown to whom, and where."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from concepts.models import Concept, Objective
from tests.factories import (
    ComparisonRowFactory,
    ConceptFactory,
    ModuleFactory,
    ObjectiveFactory,
    UserFactory,
    make_editor,
)

pytestmark = pytest.mark.django_db


def test_a_lesson_is_published_only_with_its_module() -> None:
    shown = ConceptFactory()
    ConceptFactory(status="draft")
    ConceptFactory(module=ModuleFactory(status="draft"))
    assert list(Concept.objects.published()) == [shown]


def test_learners_see_what_is_published_and_editors_see_all() -> None:
    ConceptFactory()
    ConceptFactory(status="draft")
    assert Concept.objects.visible_to(UserFactory()).count() == 1
    assert Concept.objects.visible_to(AnonymousUser()).count() == 1
    assert Concept.objects.visible_to(make_editor()).count() == 2


def test_an_objective_is_published_with_its_lesson_or_its_comparison() -> None:
    lesson, row = ObjectiveFactory(), ComparisonRowFactory()
    ObjectiveFactory(concept=ConceptFactory(status="draft"))
    assert set(Objective.objects.published()) == {lesson, row.objective}


def test_an_objective_leads_to_its_lesson_or_to_its_row() -> None:
    row = ComparisonRowFactory(anchor="capital")
    home = Objective.objects.with_home()
    assert home.get(pk=row.objective.pk).get_absolute_url() == f"{row.comparison.get_absolute_url()}#capital"
    lesson = ObjectiveFactory()
    assert home.get(pk=lesson.pk).get_absolute_url() == lesson.concept.get_absolute_url()
    assert home.get(pk=lesson.pk).module == lesson.concept.module


def test_an_objective_without_a_home_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="only one of them"):
        Objective(code="THR-1", title="t", statement="s").full_clean()


def test_a_code_has_a_form() -> None:
    with pytest.raises(ValidationError, match="such as THR-1"):
        ObjectiveFactory.build(code="thr1", concept=ConceptFactory()).full_clean()


def test_objectives_come_in_the_order_of_the_course() -> None:
    first, second = ModuleFactory(position=1), ModuleFactory(position=2)
    late = ObjectiveFactory(concept=ConceptFactory(module=second, position=1), code="AAA-1")
    early = ObjectiveFactory(concept=ConceptFactory(module=first, position=9), code="ZZZ-1")
    assert list(Objective.objects.in_course_order()) == [early, late]


def test_the_lesson_is_rendered_on_save_even_if_only_its_text_is_saved() -> None:
    concept = ConceptFactory(body="First.")
    concept.body = "Second."
    concept.save(update_fields=["body"])
    assert Concept.objects.get(pk=concept.pk).body_html == "<p>Second.</p>\n"


def test_publishing_keeps_the_moment_of_the_first_time() -> None:
    concept = ConceptFactory(status="draft")
    concept.publish()
    first = concept.published_at
    concept.unpublish()
    concept.publish()
    assert (concept.is_published, concept.published_at) == (True, first)
