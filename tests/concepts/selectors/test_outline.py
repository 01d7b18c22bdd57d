"""The course at a glance: in order, as far as a reader may see it, in one query."""

from types import SimpleNamespace

import pytest
from pytest_django import DjangoAssertNumQueries

from concepts.kept import KEPT
from concepts.selectors.outline import Outline, course_outline, outline_on
from tests.factories import (
    ComparisonFactory,
    ComparisonRowFactory,
    ConceptFactory,
    ModuleFactory,
    ObjectiveFactory,
    make_editor,
)

pytestmark = pytest.mark.django_db
READER = SimpleNamespace(is_staff=False)


def shape(outline: Outline) -> list[tuple[str, list[str]]]:
    return [(chapter.title, [lesson.title for lesson in chapter.lessons]) for chapter in outline.chapters]


def test_modules_lessons_and_objectives_stand_in_course_order() -> None:
    later, first = ModuleFactory(title="Later", position=9), ModuleFactory(title="First", position=1)
    second = ConceptFactory(module=first, title="B", position=2)
    ConceptFactory(module=first, title="A", position=1)
    ComparisonFactory(module=later, title="C")
    for code, position in (("THR-2", 2), ("THR-1", 1)):
        ObjectiveFactory(concept=second, code=code, position=position)
    outline = course_outline(READER)
    assert shape(outline) == [("First", ["A", "B"]), ("Later", ["C"])]
    assert [line.code for line in outline.objectives] == ["THR-1", "THR-2"]


def test_a_concept_and_a_comparison_with_the_same_key_are_told_apart() -> None:
    module = ModuleFactory()
    concept, comparison = ConceptFactory(module=module, position=1), ComparisonFactory(module=module)
    ObjectiveFactory(concept=concept)
    row = ComparisonRowFactory(comparison=comparison)
    (chapter,) = course_outline(READER).chapters
    assert [lesson.kind for lesson in chapter.lessons] == ["concept", "comparison"]
    assert [len(lesson.objectives) for lesson in chapter.lessons] == [1, 1]
    assert chapter.objectives[1].anchor == row.anchor


def test_empty_modules_and_lessons_without_objectives_are_there() -> None:
    bare = ConceptFactory(title="Bare")
    ModuleFactory(title="Empty", summary="Soon.")
    outline = course_outline(READER)
    assert shape(outline) == [(bare.module.title, ["Bare"]), ("Empty", [])]
    assert outline.chapters[1].summary == "Soon."


def test_drafts_are_for_those_who_may_preview() -> None:
    ConceptFactory(status="draft", module__title="Open")
    ConceptFactory(module__status="draft")
    assert shape(course_outline(READER)) == [("Open", [])]
    chapters = course_outline(make_editor()).chapters
    assert [len(chapter.lessons) for chapter in chapters] == [1, 1]
    assert [chapter.is_draft for chapter in chapters] == [False, True]
    assert chapters[0].lessons[0].is_draft


def test_a_lesson_knows_its_place_and_what_comes_after() -> None:
    first = ConceptFactory(module__position=1)
    second, other = ConceptFactory(module=first.module), ConceptFactory(module__position=2)
    outline = course_outline(READER)
    place = outline.place("concept", second.pk)
    assert place is not None
    assert (place.number, place.ends_chapter) == (2, True)
    assert place.after is not None
    assert place.after.pk == other.pk
    assert place.after_chapter == outline.chapters[1]
    assert outline.place("comparison", second.pk) is None


def test_it_takes_one_query_and_then_none(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(3):
        ComparisonRowFactory()
        ObjectiveFactory()
    shelf = KEPT.shelf()
    with django_assert_num_queries(1):
        outline_on(shelf, READER)
    with django_assert_num_queries(0):
        outline_on(shelf, READER)
