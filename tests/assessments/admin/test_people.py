"""Users, profiles and cohorts in the admin, for administrators."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.admin.cohort import MOST_INLINE
from assessments.models import Cohort, JoinLink, Learner, Membership
from tests.factories import CohortFactory, JoinLinkFactory, LearnerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
SECRET = "a long enough phrase"


def cohort_form(cohort: Cohort, **changes: object) -> dict[str, Any]:
    """The page of a cohort without its rows, with something typed."""
    data: dict[str, Any] = {"name": cohort.name, "_save": "1"}
    for prefix in ("memberships", "memberships-2", "join_links"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return data | changes


def change(cohort: Cohort) -> str:
    return reverse("admin:assessments_cohort_change", args=[cohort.pk])


def test_a_person_is_added_with_an_address_to_sign_in_with(administrator: Client) -> None:
    data = {"username": "ana", "email": "ana@example.org", "usable_password": "true"}
    data |= {"password1": SECRET, "password2": SECRET}
    url = reverse("admin:auth_user_add")
    assert administrator.post(url, {k: v for k, v in data.items() if k != "email"}).status_code == 200
    assert not User.objects.filter(username="ana").exists()
    assert administrator.post(url, data).status_code == 302
    assert User.objects.get(username="ana").email == "ana@example.org"


def test_an_address_is_given_to_one_person_only(administrator: Client) -> None:
    UserFactory(email="ana@example.org")
    data = {"username": "ana2", "email": "Ana@example.org", "password1": SECRET, "password2": SECRET}
    response = administrator.post(reverse("admin:auth_user_add"), data | {"usable_password": "true"})
    assert "has this address already" in response.content.decode()


def test_the_profile_stands_beside_its_user(administrator: Client) -> None:
    learner = LearnerFactory(extra_time_percent=25)
    shown = administrator.get(reverse("admin:auth_user_change", args=[learner.pk])).content.decode()
    assert 'name="learner-0-extra_time_percent"' in shown
    assert 'value="25"' in shown


def test_extra_time_is_set_on_the_profile(administrator: Client) -> None:
    learner = LearnerFactory()
    url = reverse("admin:assessments_learner_change", args=[learner.pk])
    data = {"time_zone": "UTC", "extra_time_percent": 50, "reviews_a_day": 12, "minutes_a_day": 20}
    assert administrator.post(url, data).status_code == 302
    assert Learner.objects.get(pk=learner.pk).extra_time_percent == 50


def test_a_person_joins_a_cohort_and_only_once(administrator: Client) -> None:
    cohort, learner = CohortFactory(), LearnerFactory()
    row = {
        "memberships-2-TOTAL_FORMS": 1,
        "memberships-2-0-learner": learner.pk,
        "memberships-2-0-role": "instructor",
    }
    assert administrator.post(change(cohort), cohort_form(cohort, **row)).status_code == 302
    assert Membership.objects.get().role == "instructor"
    response = administrator.post(change(cohort), cohort_form(cohort, **row))
    assert response.status_code == 422
    assert f"{learner} is in the cohort already." in response.content.decode()


def test_a_link_is_made_in_the_name_of_who_makes_it(administrator: Client) -> None:
    cohort = CohortFactory()
    expires = timezone.now() + timedelta(days=3)
    row = {
        "join_links-TOTAL_FORMS": 1,
        "join_links-0-expires_at_0": expires.strftime("%Y-%m-%d"),
        "join_links-0-expires_at_1": "12:00:00",
        "join_links-0-cap": 5,
    }
    assert administrator.post(change(cohort), cohort_form(cohort, **row)).status_code == 302
    link = JoinLink.objects.get()
    assert link.created_by is not None
    assert (link.cohort, link.cap) == (cohort, 5)


def link_row(link: JoinLink, **changes: object) -> dict[str, Any]:
    row = {
        "join_links-TOTAL_FORMS": 1,
        "join_links-INITIAL_FORMS": 1,
        "join_links-0-id": link.pk,
        "join_links-0-cohort": link.cohort_id,
        "join_links-0-expires_at_0": link.expires_at.strftime("%Y-%m-%d"),
        "join_links-0-expires_at_1": "12:00:00",
        "join_links-0-cap": link.cap,
    }
    return row | {f"join_links-0-{name}": value for name, value in changes.items()}


def test_a_link_is_withdrawn_and_stays_on_record(administrator: Client) -> None:
    link = JoinLinkFactory()
    data = cohort_form(link.cohort, **link_row(link, withdraw="on"))
    assert administrator.post(change(link.cohort), data).status_code == 302
    link.refresh_from_db()
    assert link.revoked_at is not None
    assert "Withdrawn" in administrator.get(change(link.cohort)).content.decode()


def test_a_cap_below_those_who_have_joined_is_refused_at_its_field(administrator: Client) -> None:
    link = JoinLinkFactory(uses=4, cap=10)
    response = administrator.post(change(link.cohort), cohort_form(link.cohort, **link_row(link, cap=3)))
    assert response.status_code == 422
    assert "4 people have joined by it already." in response.content.decode()


def test_the_page_of_a_large_cohort_shows_its_instructors_and_leads_to_the_rest(
    administrator: Client,
) -> None:
    cohort = CohortFactory()
    MembershipFactory(cohort=cohort, role="instructor")
    users = [User(username=f"many{n}") for n in range(MOST_INLINE + 1)]
    learners = Learner.objects.bulk_create(Learner(user=user) for user in User.objects.bulk_create(users))
    Membership.objects.bulk_create(Membership(cohort=cohort, learner=learner) for learner in learners)
    response = administrator.get(change(cohort))
    assert len(response.context["inline_admin_formsets"][0].formset.forms) == 1
    assert f"membership/?cohort__id__exact={cohort.pk}" in response.content.decode()
