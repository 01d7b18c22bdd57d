"""Join links and joining."""

from datetime import UTC, datetime, timedelta

import pytest

from assessments.models import Membership
from assessments.services.cohorts import join, make_join_link, revoke_join_link
from assessments.services.errors import LinkRefused
from tests.factories import CohortFactory, JoinLinkFactory, LearnerFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def test_a_link_enrols_a_learner_and_counts_the_place() -> None:
    link = make_join_link(cohort=CohortFactory(), expires_at=NOW + timedelta(days=1), cap=2, by=UserFactory())
    member = join(learner=LearnerFactory(), token=link.token, now=NOW)
    link.refresh_from_db()
    assert (member.cohort, member.role, member.link, link.uses) == (
        link.cohort,
        Membership.Role.LEARNER,
        link,
        1,
    )


def test_joining_twice_takes_one_place() -> None:
    link, learner = JoinLinkFactory(expires_at=NOW + timedelta(days=1)), LearnerFactory()
    assert join(learner=learner, token=link.token, now=NOW) == join(
        learner=learner, token=link.token, now=NOW
    )
    link.refresh_from_db()
    assert link.uses == 1


def test_an_instructor_who_follows_the_link_stays_an_instructor() -> None:
    link, learner = JoinLinkFactory(expires_at=NOW + timedelta(days=1)), LearnerFactory()
    Membership.objects.create(cohort=link.cohort, learner=learner, role=Membership.Role.INSTRUCTOR)
    assert join(learner=learner, token=link.token, now=NOW).role == Membership.Role.INSTRUCTOR


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expires_at": NOW}, "expired on 21 November 2026"),
        ({"cap": 1, "uses": 1}, "Every place"),
        ({"revoked_at": NOW}, "withdrawn"),
    ],
)
def test_a_link_that_cannot_be_used_says_why(change: dict[str, object], words: str) -> None:
    link = JoinLinkFactory(**{"expires_at": NOW + timedelta(days=1), **change})
    with pytest.raises(LinkRefused, match=words):
        join(learner=LearnerFactory(), token=link.token, now=NOW)
    assert not Membership.objects.exists()


def test_an_unknown_link_says_so() -> None:
    with pytest.raises(LinkRefused, match="leads to no cohort"):
        join(learner=LearnerFactory(), token="nothing", now=NOW)


def test_a_withdrawn_link_keeps_those_who_joined() -> None:
    link = JoinLinkFactory(expires_at=NOW + timedelta(days=1))
    join(learner=LearnerFactory(), token=link.token, now=NOW)
    revoke_join_link(link=link, now=NOW)
    assert Membership.objects.count() == 1
