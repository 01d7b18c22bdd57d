"""What Progress tells of a self-assessment."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Learner
from assessments.selectors.skills import Skills, skills_of
from assessments.services.skills import Mark, rate_skills
from concepts.kept import KEPT
from concepts.models import Skill
from tests.factories import ConceptFactory, LearnerFactory, SkillFactory, SkillRatingFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def me() -> Learner:
    learner: Learner = LearnerFactory()
    return learner


def mine(me: Learner) -> Skills:
    return skills_of(KEPT.shelf(), me, NOW)


def rate(me: Learner, days: int, **levels: int) -> None:
    keys = dict(Skill.objects.values_list("name", "pk"))
    marks = {keys[name]: Mark(level) for name, level in levels.items()}
    rate_skills(learner=me, marks=marks, now=NOW - timedelta(days=days))


def skills(**roles: str) -> None:
    for name, role in roles.items():
        SkillFactory(name=name, role=role)


def test_somebody_new_is_told_how_long_it_takes(me: Learner) -> None:
    SkillFactory.create_batch(10)
    page = mine(me)
    assert page.is_empty
    assert page.effort == "Ten statements take about three minutes."
    assert (page.able, page.changed, page.lowest) == (0, [], [])


def test_each_role_counts_its_own_and_what_counts_for_both(me: Learner) -> None:
    skills(it="production", tech="production", lead="operations", talk="both")
    rate(me, 1, it=3, lead=2, talk=4)
    counted = {role.role: (role.able, len(role.rated), role.unrated) for role in mine(me).roles}
    assert counted == {"production": (2, 3, 1), "operations": (1, 2, 0)}
    assert [group.role for group in mine(me).groups] == ["production", "operations", "both"]


def test_what_changed_is_told_of_the_last_time_only(me: Learner) -> None:
    skills(it="both", lead="both", talk="both")
    rate(me, 30, it=1, lead=1, talk=2)
    assert not mine(me).has_before
    rate(me, 20, it=2)
    rate(me, 10, lead=3, talk=1)
    page = mine(me)
    told = [(one.skill.name, one.before.word, one.newest.word) for one in page.changed]
    assert told == [("lead", "new to it", "on my own"), ("talk", "with help", "new to it")]
    assert page.when == "10 days ago"


def test_the_lowest_come_first_and_only_below_on_my_own(me: Learner) -> None:
    skills(a="both", b="both", c="both", d="both", e="both", f="both")
    rate(me, 1, a=2, b=3, c=1, d=2, e=2)
    assert [one.skill.name for one in mine(me).lowest] == ["c", "a", "d"]


def test_a_lesson_that_learners_cannot_read_is_not_linked(me: Learner) -> None:
    SkillFactory(concept=ConceptFactory(status="draft"))
    SkillFactory(concept=ConceptFactory(module__status="draft"))
    shown = SkillFactory()
    assert [one.skill.url for one in mine(me).rated] == ["", "", shown.concept.get_absolute_url()]


def test_nobody_elses_ratings_are_read(me: Learner) -> None:
    SkillRatingFactory()
    assert mine(me).is_empty


def test_one_query_however_often_one_has_rated(
    me: Learner, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    skill = SkillFactory()
    shelf = KEPT.shelf()
    skills_of(shelf, me, NOW)
    for days in range(20, 0, -1):
        SkillRatingFactory(learner=me, skill=skill, level=1 + days % 2, at=NOW - timedelta(days=days))
    with django_assert_num_queries(1):
        page = skills_of(shelf, me, NOW)
    assert (page.rated[0].newest.level, page.rated[0].before.level) == (2, 1)


def test_without_skills_nothing_is_asked(
    me: Learner, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shelf = KEPT.shelf()
    with django_assert_num_queries(1):
        assert skills_of(shelf, me, NOW).rated == ()
