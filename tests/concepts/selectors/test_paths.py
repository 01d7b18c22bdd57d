"""Learning paths over an outline: order, what is hidden, what is left out."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from concepts.kept import KEPT
from concepts.selectors.outline import Outline, outline_on
from concepts.selectors.paths import Way, in_order_of, page_of, ways_on
from tests.factories import ConceptFactory, LearningPathFactory, ModuleFactory, PathStepFactory

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


def course() -> Outline:
    return outline_on(KEPT.shelf(), NOBODY)


def ways() -> tuple[Way, ...]:
    return ways_on(KEPT.shelf(), NOBODY)


def test_a_path_puts_the_modules_into_its_own_order_and_numbers_them() -> None:
    first, second, third = ModuleFactory.create_batch(3)
    ConceptFactory(module=second, minutes=7)
    path = LearningPathFactory()
    PathStepFactory(path=path, module=third, position=1, why="Because.")
    PathStepFactory(path=path, module=first, position=3)
    PathStepFactory(path=path, module=second, position=2, emphasis="familiar")
    page = page_of(ways()[0], course())
    assert [(stage.number, stage.chapter.pk) for stage in page.stages] == [
        (1, third.pk),
        (2, second.pk),
        (3, first.pk),
    ]
    assert page.stages[0].step.why == "Because."
    assert [stage.step.is_core for stage in page.stages] == [True, False, True]
    assert (page.core, page.minutes) == (2, 7)


def test_what_a_path_leaves_out_comes_last_in_the_order_of_the_course() -> None:
    modules = ModuleFactory.create_batch(4)
    PathStepFactory(module=modules[2])
    found = in_order_of(ways()[0], course())
    assert [chapter.pk for chapter in found.chapters] == [modules[i].pk for i in (2, 0, 1, 3)]


def test_a_module_that_is_a_draft_is_no_stage_and_the_numbers_close_up() -> None:
    path = LearningPathFactory()
    PathStepFactory(path=path, module=ModuleFactory(status="draft"))
    shown = PathStepFactory(path=path).module
    page = page_of(ways()[0], course())
    assert [(stage.number, stage.chapter.pk) for stage in page.stages] == [(1, shown.pk)]


def test_learners_see_published_paths_in_their_order() -> None:
    LearningPathFactory(status="draft")
    second, first = LearningPathFactory(position=9), LearningPathFactory(position=2)
    assert [way.pk for way in ways()] == [first.pk, second.pk]


def test_paths_are_read_once_and_again_when_a_step_changes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    step = PathStepFactory(why="Before.")
    assert ways()[0].steps[0].why == "Before."
    shelf = KEPT.shelf()
    with django_assert_num_queries(0):
        ways_on(shelf, NOBODY)
    step.why = "After."
    step.save()
    assert ways()[0].steps[0].why == "After."
