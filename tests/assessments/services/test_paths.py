"""Following a path changes the profile and nothing else."""

import pytest

from assessments.models import Learner
from assessments.services.paths import follow_path
from tests.factories import LearnerFactory, LearningPathFactory

pytestmark = pytest.mark.django_db


def test_a_path_is_followed_changed_and_left() -> None:
    me = LearnerFactory(reviews_a_day=5)
    for path in (LearningPathFactory(), LearningPathFactory(), None):
        follow_path(learner=me, path=path)
        assert Learner.objects.get(pk=me.pk).path == path
    assert Learner.objects.get(pk=me.pk).reviews_a_day == 5


def test_a_path_that_is_deleted_leaves_the_learner() -> None:
    me, path = LearnerFactory(), LearningPathFactory()
    follow_path(learner=me, path=path)
    path.delete()
    assert Learner.objects.get(pk=me.pk).path is None
