"""Copies of lessons: drafts with new codes, whose history says of what they are copies."""

import pytest
from django.core.exceptions import ValidationError

import assessments.admin  # noqa: F401  which lets questions follow
from assessments.models import Question
from concepts.duplicating import copy_title, duplicate_concept, free_codes, free_slug
from concepts.models import Concept
from tests.factories import (
    ConceptFactory,
    MetricFactory,
    ObjectiveFactory,
    QuestionFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_the_copy_is_a_draft_that_stands_last_with_everything_that_makes_the_lesson() -> None:
    editor, source, before = UserFactory(), SourceFactory(), ConceptFactory()
    concept = ConceptFactory(body="## Head\n\nWords.", loaded_digest="x")
    concept.sources.add(source)
    concept.prerequisites.add(before)
    MetricFactory(concept=concept)
    copied, followed = duplicate_concept(
        concept=concept, title="Copy", slug="copy", codes={}, with_followers=False, user=editor
    )
    fresh = Concept.objects.get(pk=copied.pk)
    assert (fresh.status, fresh.published_at, fresh.loaded_digest) == ("draft", None, "")
    assert (fresh.body_html, fresh.module, fresh.summary) == (
        concept.body_html,
        concept.module,
        concept.summary,
    )
    assert fresh.position > concept.position
    assert (list(fresh.sources.all()), list(fresh.prerequisites.all())) == ([source], [before])
    assert (fresh.metrics.count(), fresh.objectives.count(), followed) == (0, 0, 0)
    first = fresh.history.last()
    assert (first.history_type, first.history_user) == ("+", editor)
    assert first.history_change_reason == f"Copy of “{concept.title}”."


def test_objectives_with_a_code_are_copied_and_their_questions_if_asked() -> None:
    concept = ConceptFactory()
    one, two = ObjectiveFactory.create_batch(2, concept=concept)
    QuestionFactory(objective=one, publish=True, slug="q-1", title="How fast")
    QuestionFactory(objective=two)
    copied, followed = duplicate_concept(
        concept=concept, title="C", slug="c", codes={one.pk: "NEW-1"}, with_followers=True, user=None
    )
    objective = copied.objectives.get()
    assert (objective.code, objective.title, objective.position, followed) == ("NEW-1", one.title, 1, 1)
    question = objective.questions.get()
    assert (question.slug, question.title, question.status, question.live) == (
        "copy-of-q-1",
        "Copy of How fast",
        "draft",
        None,
    )
    assert Question.objects.get(slug="q-1").content == question.content


def test_a_code_that_is_taken_makes_nothing() -> None:
    objective = ObjectiveFactory()
    with pytest.raises(ValidationError):
        duplicate_concept(
            concept=objective.concept,
            title="C",
            slug="c",
            codes={objective.pk: objective.code},
            with_followers=False,
            user=None,
        )
    assert Concept.objects.count() == 1


def test_addresses_and_titles_of_copies_are_free_and_fit() -> None:
    ConceptFactory(slug="copy-of-flow")
    ConceptFactory(slug="copy-of-flow-2")
    assert free_slug(Concept, "flow") == "copy-of-flow-3"
    long = ConceptFactory(slug="x" * 80, title="y" * 120)
    assert len(free_slug(Concept, long.slug)) == 80
    assert len(copy_title(long)) == 120


def test_a_suggested_code_was_never_given_to_anything() -> None:
    one, two = ObjectiveFactory(code="THR-1"), ObjectiveFactory(code="THR-2")
    gone = ObjectiveFactory(code="THR-7")
    gone.delete()
    last = ObjectiveFactory(code="END-99")
    assert free_codes([one, two, last]) == {one.pk: "THR-8", two.pk: "THR-9", last.pk: ""}
