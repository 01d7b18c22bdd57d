"""A cohort and its instructor."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from assessments.models import Cohort
from tests.factories import CohortFactory, MembershipFactory


@pytest.fixture
def client() -> Client:
    """A browser in which nobody is signed in yet."""
    return Client()


@pytest.fixture
def cohort() -> Cohort:
    made: Cohort = CohortFactory(name="Plant supervisors, autumn 2026")
    return made


@pytest.fixture
def teacher(cohort: Cohort, client: Client) -> User:
    """Its instructor, signed in."""
    member = MembershipFactory(cohort=cohort, role="instructor")
    client.force_login(member.learner.user)
    user: User = member.learner.user
    return user
