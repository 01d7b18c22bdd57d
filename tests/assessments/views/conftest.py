"""A signed-in learner, and the ways to an attempt of theirs."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment, Attempt, Learner
from assessments.services.attempts import start_attempt
from tests.factories import LearnerFactory, practice_set

Begin = Callable[..., Attempt]


@pytest.fixture
def me(db: None) -> Learner:
    """The learner whom the test is about."""
    return LearnerFactory()


@pytest.fixture
def mine(me: Learner) -> Client:
    """Their own browser, signed in."""
    client = Client()
    client.force_login(me.user)
    return client


@pytest.fixture
def begin(me: Learner) -> Begin:
    """Begin an attempt of theirs: ``begin(mode="test", type="numeric", time_limit=10)``."""

    def begin(questions: int = 2, **options: object) -> Attempt:
        assessment: Assessment = practice_set(questions, **options)
        return start_attempt(learner=me, assessment=assessment, now=timezone.now())

    return begin
