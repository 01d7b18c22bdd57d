"""What a page of the course shows of its reader: marks, counts, where to go on, practice sets."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.template import Context, RequestContext, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Assessment, Learner
from assessments.selectors.sets import Run, assessments_at, runs_of
from assessments.selectors.standing import Stand, Standing, go_on_with, standing_of
from assessments.templatetags.mastery import draw_mark
from concepts.selectors.outline import Lesson, Line
from tests.factories import (
    AssessmentFactory,
    ConceptFactory,
    LearnerFactory,
    ObjectiveFactory,
    PartFactory,
    StateFactory,
)

NOW = timezone.now()
YESTERDAY, TOMORROW = NOW - timedelta(days=1), NOW + timedelta(days=1)
Draw = Callable[..., str]


def lines(*keys: int) -> tuple[Line, ...]:
    return tuple(Line(key, f"THR-{key}", f"Objective {key}", "do it", "") for key in keys)


def lesson(slug: str, *keys: int) -> Lesson:
    return Lesson("concept", keys[0] if keys else 0, slug, slug.title(), 5, False, lines(*keys))


def holding(**levels: int | str) -> Standing:
    """A standing by objective: ``_1=3``, or ``_1="fading"``."""
    return Standing(
        {
            int(key[1:]): Stand(4, True, NOW) if level == "fading" else Stand(int(level), False, NOW)
            for key, level in levels.items()
        }
    )


@pytest.mark.parametrize("level", [0, 1, 2, 3, 4, "fading"])
@pytest.mark.parametrize("hidden", [False, True])
def test_the_fast_mark_is_the_mark_of_the_component(level: int | str, hidden: bool) -> None:
    component = render_to_string("components/mark.html", {"level": level, "hidden": hidden})
    assert draw_mark(level, hidden=hidden) == component.strip()


@pytest.mark.parametrize(
    ("levels", "mark"),
    [
        ({}, 0),
        ({"_1": 1}, 1),
        ({"_1": 3, "_2": 2, "_3": 1}, 2),
        ({"_1": 4, "_2": 4, "_3": 4}, 4),
        ({"_1": 4, "_2": "fading", "_3": 4}, "fading"),
        ({"_1": "fading", "_2": 2}, 2),
    ],
)
def test_a_lesson_has_one_mark_the_mean_of_its_objectives(
    levels: dict[str, int | str], mark: int | str
) -> None:
    assert holding(**levels).lesson(lines(1, 2, 3)) == mark


def test_a_lesson_without_objectives_has_no_level() -> None:
    assert holding(_1=4).lesson(()) == 0


def test_a_tally_counts_what_is_held() -> None:
    tally = holding(_1=4, _2="fading", _3=3, _4=1).tally(lines(1, 2, 3, 4, 5))
    assert (tally.total, tally.mastered, tally.fading, tally.proficient, tally.started) == (5, 2, 1, 3, 4)
    assert (tally.below_mastered, tally.below_proficient, tally.is_done) == (3, 2, False)


def test_fading_is_mastered_with_recall_below_the_threshold(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    me = LearnerFactory()
    gone, fresh, low = (
        StateFactory(learner=me, level=level, fades_at=fades).objective_id
        for level, fades in ((4, YESTERDAY), (4, TOMORROW), (3, YESTERDAY))
    )
    StateFactory(objective_id=low, level=4)
    with django_assert_num_queries(1):
        mine = standing_of(me, NOW)
    assert [mine.shown(key) for key in (gone, fresh, low, 0)] == ["fading", 4, 3, 0]


def test_one_goes_on_with_what_one_met_last_until_it_is_proficient() -> None:
    course = [lesson("one", 1), lesson("two", 2), lesson("three", 3), lesson("none")]
    older = {1: Stand(2, False, YESTERDAY), 2: Stand(2, False, NOW)}
    assert go_on_with(course, Standing(older)) == course[1]
    assert go_on_with(course, Standing(older | {2: Stand(3, False, NOW)})) == course[2]
    nearly = older | {2: Stand(3, False, NOW), 3: Stand(4, False, YESTERDAY)}
    assert go_on_with(course, Standing(nearly)) == course[0]
    assert go_on_with(course, Standing(nearly | {1: Stand(3, False, YESTERDAY)})) is None
    assert go_on_with(course, Standing({})) == course[0]
    assert go_on_with([], Standing({})) is None


@pytest.fixture
def draw(db: None) -> Draw:
    """Draw a piece of template for a learner: ``draw(learner, "{% mark_of 1 %}", objective=…)``."""

    def draw(learner: Learner, source: str, **context: object) -> str:
        request = RequestFactory().get("/")
        request.user, request.learner = learner.user, learner  # type: ignore[attr-defined]
        return Template("{% load mastery %}" + source).render(RequestContext(request, context))

    return draw


def test_all_marks_of_a_page_come_from_one_query(
    draw: Draw, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    me = LearnerFactory()
    objectives = ObjectiveFactory.create_batch(3)
    StateFactory(learner=me, objective=objectives[0], level=3)
    with django_assert_num_queries(1):
        drawn = draw(
            me,
            "{% for key in keys %}{% mark_of key %}{% endfor %}{% tally lines as t %}{{ t.proficient }}",
            keys=[objective.pk for objective in objectives],
            lines=lines(*(objective.pk for objective in objectives)),
        )
    assert drawn.count("Proficient") == 1
    assert drawn.count("Not started") == 2
    assert drawn.endswith("1")


def test_marks_in_a_row_lead_to_what_was_shown_of_each(draw: Draw) -> None:
    drawn = draw(LearnerFactory(), "{% mark_links lines %}", lines=lines(1, 2))
    assert drawn.count('href="/progress/objectives/THR-') == 2
    assert "Objective 1" in drawn


def test_counts_are_told_in_words(draw: Draw) -> None:
    me = LearnerFactory()
    fading = StateFactory(learner=me, level=4, fades_at=YESTERDAY).objective_id
    assert draw(me, "{% tally_words lines %}", lines=lines(fading, 0)) == "<b>1</b> of 2 mastered, 1 fading"
    assert draw(me, "{% tally_words lines %}", lines=lines(0)) == "<b>0</b> of 1 mastered"


def test_a_count_is_in_letters_up_to_twelve() -> None:
    drawn = Template("{% load mastery %}{{ 6|count_word }} {{ 17|count_word }}").render(Context())
    assert drawn == "six 17"


def test_a_lesson_knows_its_practice_set_but_not_a_test_a_draft_or_an_empty_one(draw: Draw) -> None:
    concept = ConceptFactory()
    AssessmentFactory(concept=concept)  # asks nothing
    PartFactory(assessment__concept=concept, assessment__mode="test")
    PartFactory(assessment__concept=concept, assessment__status="draft")
    source = "{% practice_of 'concept' pk as set %}{{ set.questions }} {{ set.minutes }}"
    me = LearnerFactory()
    assert draw(me, source, pk=concept.pk) == " "
    practice = AssessmentFactory(concept=concept)
    PartFactory(assessment=practice, count=2)
    PartFactory(assessment=practice, count=1)
    assert draw(me, source, pk=concept.pk) == "3 5"


def attempts(me: Learner, assessment: Assessment, *scores: float) -> None:
    for number, score in enumerate(scores, start=1):
        me.attempts.create(
            assessment=assessment,
            kind=assessment.mode,
            number=number,
            state="graded",
            started_at=NOW,
            finished_at=NOW,
            score=score,
            max_score=10,
        )


@pytest.mark.parametrize(("rule", "percent"), [("best", 80), ("last", 60), ("first", 40), ("mean", 60)])
def test_the_result_that_counts_follows_the_rule(db: None, rule: str, percent: float) -> None:
    me = LearnerFactory()
    part = PartFactory(assessment__counts=rule, assessment__mode="test")
    attempts(me, part.assessment, 4, 8, 6)
    (line,) = assessments_at([("concept", part.assessment.concept_id)], me.user)
    assert runs_of(me, [line], NOW) == {line.pk: Run(3, False, percent)}


@pytest.mark.parametrize(("deadline", "is_open"), [(None, True), (TOMORROW, True), (YESTERDAY, False)])
def test_an_attempt_is_open_until_its_time_is_up(db: None, deadline: object, is_open: bool) -> None:
    me = LearnerFactory()
    part = PartFactory()
    me.attempts.create(assessment=part.assessment, kind="practice", started_at=NOW, deadline=deadline)
    preview = {"number": 2, "state": "graded", "finished_at": NOW, "is_preview": True}
    me.attempts.create(assessment=part.assessment, kind="practice", started_at=NOW, **preview)
    (line,) = assessments_at([("concept", part.assessment.concept_id)], me.user)
    assert runs_of(me, [line], NOW)[line.pk] == Run(1, is_open, None)


def test_a_result_just_below_the_pass_mark_does_not_read_as_a_pass() -> None:
    assert Run(percent=69.99).figure == "69\u202f%"
    assert Run(percent=70).figure == "70\u202f%"
