"""Ratings are only ever added, only where something changed, and are no evidence."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from assessments.models import Evidence, ObjectiveState, SkillRating
from assessments.services.skills import Mark, rate_skills
from tests.factories import LearnerFactory, SkillFactory, SkillRatingFactory

NOW = timezone.now()


@pytest.mark.django_db
def test_only_what_changed_is_added() -> None:
    me, (one, two) = LearnerFactory(), SkillFactory.create_batch(2)
    assert rate_skills(learner=me, marks={one.pk: Mark(2), two.pk: Mark(3, "On Monday.")}, now=NOW) == 2
    later = NOW + timedelta(days=1)
    assert rate_skills(learner=me, marks={one.pk: Mark(3), two.pk: Mark(3, "On Monday.")}, now=later) == 1
    assert rate_skills(learner=me, marks={two.pk: Mark(3, "On Friday.")}, now=later) == 1
    assert [row.level for row in me.skill_ratings.filter(skill=one)] == [3, 2]
    assert [row.example for row in me.skill_ratings.filter(skill=two)] == ["On Friday.", "On Monday."]


@pytest.mark.django_db
def test_nobody_elses_ratings_count_as_mine() -> None:
    skill = SkillFactory()
    SkillRatingFactory(skill=skill, level=2)
    assert rate_skills(learner=LearnerFactory(), marks={skill.pk: Mark(2)}, now=NOW) == 1


@pytest.mark.django_db
def test_rating_oneself_is_no_evidence() -> None:
    me = LearnerFactory()
    rate_skills(learner=me, marks={SkillFactory().pk: Mark(4)}, now=NOW)
    assert not Evidence.objects.exists()
    assert not ObjectiveState.objects.exists()
    me.refresh_from_db()
    assert me.last_active_at is None


MARKS = st.builds(Mark, st.integers(1, 4), st.sampled_from(["", "Today."]))


class AnySequence(TestCase):
    """Whatever is said one after the other."""

    @settings(deadline=None, max_examples=25)
    @given(said=st.lists(st.tuples(st.integers(0, 2), MARKS), max_size=8))
    def test_the_newest_row_is_what_was_said_last_and_no_two_in_a_row_are_alike(
        self, said: list[tuple[int, Mark]]
    ) -> None:
        me, skills = LearnerFactory(), SkillFactory.create_batch(3)
        for minute, (which, mark) in enumerate(said):
            rate_skills(learner=me, marks={skills[which].pk: mark}, now=NOW + timedelta(minutes=minute))
        for which, skill in enumerate(skills):
            rows = SkillRating.objects.filter(learner=me, skill=skill).order_by("at", "pk")
            stored = [Mark(row.level, row.example) for row in rows]
            meant = [mark for place, mark in said if place == which]
            assert stored[-1:] == meant[-1:]
            assert all(one != other for one, other in pairwise(stored))
