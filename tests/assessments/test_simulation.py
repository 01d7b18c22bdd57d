"""Made-up people: what they leave behind can be gone on with."""

from random import Random

import pytest
from django.utils import timezone

from assessments.management.simulation import Bank, leave_half_done
from assessments.models import Attempt
from tests.factories import LearnerFactory, practice_set

pytestmark = pytest.mark.django_db


def test_a_practice_is_left_half_done() -> None:
    learner = LearnerFactory()
    practice_set(4)
    leave_half_done(learner, Bank(), timezone.now(), Random(1))
    attempt = Attempt.objects.get(learner=learner)
    assert attempt.is_open
    assert [item.is_graded for item in attempt.items.order_by("position")] == [True, True, False, False]


def test_nothing_is_begun_where_every_practice_has_been_taken() -> None:
    leave_half_done(LearnerFactory(), Bank(), timezone.now(), Random(1))
    assert not Attempt.objects.exists()
