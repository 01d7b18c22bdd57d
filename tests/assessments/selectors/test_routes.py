"""The way that a learner goes: which lesson comes next, and what is done for a path."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import Learner
from assessments.selectors.routes import Route, followed, reached
from assessments.selectors.skippable import Known
from assessments.selectors.standing import Stand, Standing
from assessments.selectors.today import Today, today_for
from concepts.kept import KEPT
from concepts.models import LearningPath
from concepts.selectors.outline import Chapter, Lesson, Line, Outline
from concepts.selectors.paths import Step, Way, in_order_of
from tests.assessments.lives import answered
from tests.assessments.lives import lesson as made
from tests.factories import LearnerFactory, LearningPathFactory, ModuleFactory, PathStepFactory

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def lesson(pk: int, *objectives: int) -> Lesson:
    lines = tuple(Line(one, f"X-{one}", "An objective", "do it", "") for one in objectives)
    return Lesson("concept", pk, f"lesson-{pk}", f"Lesson {pk}", 7, False, lines)


def chapter(pk: int, *lessons: Lesson) -> Chapter:
    return Chapter(pk, f"module-{pk}", f"Module {pk}", "", pk, False, lessons)


COURSE = Outline(
    (
        chapter(1, lesson(1, 1, 2), lesson(2, 3)),
        chapter(2, lesson(3, 4), lesson(4)),
        chapter(3, lesson(5, 5)),
    )
)


def way(*steps: tuple[int, bool]) -> Way:
    return Way(7, "w", "New here", "people", "", False, tuple(Step(pk, core, "") for pk, core in steps))


def route(*steps: tuple[int, bool]) -> Route:
    return Route(in_order_of(way(*steps), COURSE), way(*steps))


def holding(levels: dict[int, int], latest: int | None = None) -> Standing:
    return Standing(
        {
            pk: Stand(level, False, NOW - timedelta(days=0 if pk == latest else 9))
            for pk, level in levels.items()
        }
    )


TWO_FIRST = route((2, True), (1, False), (3, True))


def test_the_first_lesson_is_the_first_on_the_path() -> None:
    assert TWO_FIRST.next(Standing({})) == lesson(3, 4)


def test_familiar_is_enough_where_the_path_says_so_and_not_elsewhere() -> None:
    standing = holding({4: 3, 1: 2, 2: 2, 3: 2}, latest=1)
    assert TWO_FIRST.next(standing) == lesson(5, 5)
    assert route((2, True), (1, True)).next(standing) == lesson(1, 1, 2)
    assert TWO_FIRST.next(holding({4: 2, 1: 4, 2: 4, 3: 4})) == lesson(3, 4)


def test_a_lesson_left_in_the_middle_is_gone_on_with_first() -> None:
    assert TWO_FIRST.next(holding({5: 1}, latest=5)) == lesson(5, 5)


def test_after_it_the_path_goes_on_where_it_has_the_first_gap() -> None:
    assert TWO_FIRST.next(holding({5: 3}, latest=5)) == lesson(3, 4)


def test_what_a_diagnostic_lets_one_skip_comes_last() -> None:
    known = Known(frozenset({("concept", 3)}), NOW)
    assert TWO_FIRST.next(Standing({}), known) == lesson(1, 1, 2)
    rest = holding({1: 2, 2: 2, 3: 2, 5: 3})
    assert TWO_FIRST.next(rest, known) == lesson(3, 4)


def test_a_module_that_is_not_on_the_path_is_not_suggested() -> None:
    short = route((2, True))
    assert short.next(holding({4: 3})) is None
    assert [one.pk for one in short.outline.chapters] == [2, 1, 3]


def test_without_a_path_the_course_goes_on_as_before() -> None:
    assert Route(COURSE).next(Standing({})) == lesson(1, 1, 2)
    assert Route(COURSE).stages == ()


def test_a_module_without_objectives_is_not_called_done() -> None:
    assert not reached((), Standing({}), is_core=True).is_done


LEVELS = st.dictionaries(st.integers(1, 5), st.integers(0, 4))
STEPS = st.permutations([1, 2, 3]).flatmap(
    lambda order: st.tuples(*(st.tuples(st.just(pk), st.booleans()) for pk in order))
)


@given(levels=LEVELS, steps=STEPS, latest=st.integers(1, 5))
def test_what_comes_next_is_never_done_and_nothing_comes_only_when_all_is(
    levels: dict[int, int], steps: tuple[tuple[int, bool], ...], latest: int
) -> None:
    going, standing = route(*steps), holding(levels, latest)
    following = going.next(standing)
    stages = [reached(s.chapter.objectives, standing, is_core=s.step.is_core) for s in going.stages]
    assert (following is None) == all(stage.is_done for stage in stages)
    assert following is None or not going.is_done(following, standing)


@pytest.fixture
def me(db: None) -> Learner:
    return LearnerFactory()


def follow(me: Learner, *modules: object, emphasis: str = "core") -> LearningPath:
    path: LearningPath = LearningPathFactory(title="New here")
    for place, module in enumerate(modules, 1):
        PathStepFactory(path=path, module=module, position=place, emphasis=emphasis)
    me.path = path
    me.save()
    return path


def today(me: Learner) -> Today:
    return today_for(KEPT.shelf(), me, me.user, timezone.now())


def test_today_begins_with_the_path_and_says_so_later(me: Learner) -> None:
    first, second = made(title="First")[0], made(title="Second")[0]
    follow(me, second.module, first.module)
    page = today(me)
    assert page.step.title == "Begin with Second"
    assert [one.lesson.title for one in page.reading] == ["Second", "First"]
    answered(me, second.objectives.get().questions.get(), 1, 1, days=0.01)
    assert "It comes next on your path, “New here”." in today(me).step.reason


def test_today_says_when_all_that_the_path_asks_for_is_done(me: Learner) -> None:
    concept, (question,) = made()
    made(module=ModuleFactory(), title="Left out")
    follow(me, concept.module, emphasis="familiar")
    answered(me, question, 1, days=0.01)
    assert "All that your path “New here” asks for is done" in today(me).step.reason
    assert today(me).reading == ()


def test_a_path_that_was_taken_back_is_not_followed(me: Learner) -> None:
    first, second = made(title="First")[0], made(title="Second")[0]
    path = follow(me, second.module, first.module)
    path.unpublish()
    path.save()
    assert followed(KEPT.shelf(), me, me.user) is None
    assert today(me).step.title == "Begin with First"
