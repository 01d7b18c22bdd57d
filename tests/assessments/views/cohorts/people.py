"""Learners for a cohort, and what a page says."""

from django.http import HttpResponse

from assessments.models import Cohort, Learner
from tests.factories import LearnerFactory, MembershipFactory, UserFactory


def enrol(cohort: Cohort, count: int = 1, **user: str) -> list[Learner]:
    members = [
        MembershipFactory(cohort=cohort, learner=LearnerFactory(user=UserFactory(**user)))
        for _ in range(count)
    ]
    return [member.learner for member in members]


def text(response: HttpResponse) -> str:
    return response.content.decode()
