"""Who may open which page of a cohort."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Cohort
from tests.assessments.views.cohorts.people import text
from tests.factories import (
    CohortFactory,
    JoinLinkFactory,
    LearnerFactory,
    MembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


PAGES = ["cohort", "cohort_export", "cohort_links", "cohort_learner", "cohort_revoke"]
ACCESS = [
    ("nobody", 302),
    ("learner here", 403),
    ("learner elsewhere", 404),
    ("instructor here", 200),
    ("instructor elsewhere", 404),
    ("administrator", 200),
]


def sign_in(client: Client, who: str, cohort: Cohort) -> None:
    if who == "nobody":
        return
    role, _, place = who.partition(" ")
    if who == "administrator":
        user = UserFactory(is_staff=True, is_superuser=True)
        LearnerFactory(user=user)
    else:
        where = cohort if place == "here" else CohortFactory()
        user = MembershipFactory(cohort=where, role=role).learner.user
    client.force_login(user)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_a_cohort_is_open_to_those_who_teach_it(
    client: Client, cohort: Cohort, page: str, who: str, status: int
) -> None:
    somebody = MembershipFactory(cohort=cohort)
    link = JoinLinkFactory(cohort=cohort)
    extra = {"cohort_learner": [somebody.learner_id], "cohort_revoke": [link.pk]}.get(page, [])
    address = reverse(f"assessments:{page}", args=[cohort.pk, *extra])
    sign_in(client, who, cohort)
    is_write = page == "cohort_revoke"
    response = client.post(address) if is_write else client.get(address)
    assert response.status_code == (302 if is_write and status == 200 else status)
    link.refresh_from_db()
    assert (link.revoked_at is not None) == (is_write and status == 200)
    if status != 200:
        assert somebody.learner.user.email.encode() not in response.content


@pytest.mark.parametrize(("who", "status"), ACCESS)
def test_join_links_are_made_by_those_who_teach(
    client: Client, cohort: Cohort, who: str, status: int
) -> None:
    sign_in(client, who, cohort)
    address = reverse("assessments:cohort_links", args=[cohort.pk])
    client.post(address, {"expires_on": timezone.localdate().isoformat(), "cap": "5"})
    assert cohort.join_links.count() == (status == 200)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("nobody", 302),
        ("learner here", 403),
        ("instructor here", 200),
        ("instructor elsewhere", 200),
        ("administrator", 200),
    ],
)
def test_the_list_shows_only_what_one_teaches(client: Client, cohort: Cohort, who: str, status: int) -> None:
    sign_in(client, who, cohort)
    response = client.get(reverse("assessments:cohorts"))
    assert response.status_code == status
    assert (cohort.name in text(response)) == (who in ("instructor here", "administrator"))


def test_a_learner_is_told_whose_page_it_is(client: Client, cohort: Cohort) -> None:
    sign_in(client, "learner here", cohort)
    response = client.get(cohort.get_absolute_url())
    assert "This page is for instructors" in text(response)
    assert reverse("assessments:progress") in text(response)


def test_only_learners_of_the_cohort_have_a_page_in_it(client: Client, cohort: Cohort, teacher: User) -> None:
    elsewhere = MembershipFactory().learner
    for learner in (elsewhere.pk, teacher.pk, 10**9):
        address = reverse("assessments:cohort_learner", args=[cohort.pk, learner])
        assert client.get(address).status_code == 404


def test_a_link_is_withdrawn_in_its_own_cohort_only(client: Client, cohort: Cohort, teacher: User) -> None:
    link = JoinLinkFactory()
    address = reverse("assessments:cohort_revoke", args=[cohort.pk, link.pk])
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405
