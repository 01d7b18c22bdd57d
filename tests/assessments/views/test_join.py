"""Joining by a link: what each link says to whom, and the way through sign-up and sign-in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from assessments.models import JoinLink, Learner, Membership
from assessments.services.cohorts import join
from config.adapter import JOIN_TOKEN_KEY
from tests.factories import PASSWORD, CohortFactory, JoinLinkFactory, LearnerFactory, MembershipFactory

pytestmark = pytest.mark.django_db
NEWCOMER = {
    "first_name": "Ada",
    "last_name": "Lund",
    "email": "ada@example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture(autouse=True)
def _no_throttling_left_over() -> None:
    cache.clear()


@pytest.fixture
def client() -> Client:
    """A browser in which nobody is signed in yet."""
    return Client()


@pytest.fixture
def link() -> JoinLink:
    cohort = CohortFactory(name="Plant supervisors, autumn 2026")
    teacher = MembershipFactory(cohort=cohort, role="instructor").learner.user
    made: JoinLink = JoinLinkFactory(cohort=cohort, created_by=teacher)
    return made


@pytest.fixture
def learner(client: Client) -> Learner:
    """Somebody with an account, signed in."""
    made: Learner = LearnerFactory()
    client.force_login(made.user)
    return made


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_visitor_sees_who_invites_and_two_ways_in(client: Client, link: JoinLink) -> None:
    page = text(client.get(link.get_absolute_url()))
    assert f"{link.created_by.get_full_name()} invites you to Plant supervisors, autumn 2026" in page
    for way in ("account_signup", "account_login"):
        assert f'href="{reverse(way)}?next={link.get_absolute_url()}"' in page
    assert link.created_by.email not in page
    assert client.session[JOIN_TOKEN_KEY] == link.token


def test_an_invitation_by_nobody_in_particular(client: Client) -> None:
    link = JoinLinkFactory(cohort__name="Clinic managers")
    assert "You are invited to Clinic managers" in text(client.get(link.get_absolute_url()))


def test_opening_a_link_joins_nothing(client: Client, link: JoinLink, learner: Learner) -> None:
    page = text(client.get(link.get_absolute_url()))
    assert "Join Plant supervisors, autumn 2026</button>" in page
    assert not learner.memberships.exists()
    link.refresh_from_db()
    assert link.uses == 0


def test_one_press_joins_and_leads_to_today(client: Client, link: JoinLink, learner: Learner) -> None:
    response = client.post(link.get_absolute_url(), follow=True)
    assert response.redirect_chain == [(reverse("assessments:home"), 302)]
    assert "You are in Plant supervisors, autumn 2026 now." in text(response)
    assert learner.memberships.get().role == Membership.Role.LEARNER


def test_pressing_twice_takes_one_place(client: Client, link: JoinLink, learner: Learner) -> None:
    assert [client.post(link.get_absolute_url()).status_code for _ in range(2)] == [302, 302]
    link.refresh_from_db()
    assert (link.uses, learner.memberships.count()) == (1, 1)


def test_a_new_account_comes_back_and_joins(client: Client, link: JoinLink) -> None:
    signup = f"{reverse('account_signup')}?next={link.get_absolute_url()}"
    client.get(link.get_absolute_url())
    assert f'value="{link.get_absolute_url()}"' in text(client.get(signup))
    response = client.post(signup, NEWCOMER | {"next": link.get_absolute_url()})
    assert response["Location"] == link.get_absolute_url()
    client.post(link.get_absolute_url())
    user = User.objects.get(email="ada@example.org")
    assert user.get_full_name() == "Ada Lund"
    assert link.cohort.learners.filter(pk=user.pk).exists()
    assert JOIN_TOKEN_KEY not in client.session


def test_an_account_without_a_name_is_refused_at_the_field(client: Client, link: JoinLink) -> None:
    client.get(link.get_absolute_url())
    response = client.post(reverse("account_signup"), NEWCOMER | {"first_name": "", "last_name": " "})
    assert set(response.context["form"].errors) == {"first_name", "last_name"}
    assert 'value="ada@example.org"' in text(response)
    assert not User.objects.filter(email="ada@example.org").exists()


def test_whoever_has_an_account_comes_back_by_whichever_way(client: Client, link: JoinLink) -> None:
    user = LearnerFactory().user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.get(link.get_absolute_url())
    # Not by the link's own button, so without `next`.
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response["Location"] == link.get_absolute_url()


def test_whoever_must_confirm_an_address_first_comes_back_all_the_same(
    client: Client, link: JoinLink, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    client.get(link.get_absolute_url())
    client.post(reverse("account_signup"), NEWCOMER | {"next": link.get_absolute_url()})
    confirm = re.search(r"http://testserver(/\S+)", mail.outbox[0].body).group(1)
    client.post(confirm)
    response = client.post(reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD})
    assert response["Location"] == link.get_absolute_url()


REFUSED = [
    ({"expires_at": timezone.now() - timedelta(days=1)}, "This link expired on"),
    ({"cap": 2, "uses": 2}, "Every place of this link is taken"),
    ({"revoked_at": timezone.now()}, "This link has been withdrawn"),
]


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize(("change", "words"), REFUSED)
def test_a_link_that_works_no_longer_says_why(
    client: Client, link: JoinLink, change: dict[str, Any], words: str, signed_in: bool
) -> None:
    client.get(link.get_absolute_url())
    JoinLink.objects.filter(pk=link.pk).update(**change)
    if signed_in:
        client.force_login(LearnerFactory().user)
    for response in (client.get(link.get_absolute_url()), client.post(link.get_absolute_url())):
        assert response.status_code == 410
        assert words in text(response)
        assert "Plant supervisors" not in text(response)
    assert JOIN_TOKEN_KEY not in client.session
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("token", ["nothing", "x" * 300, "%00", "a%20b", "=1"])
def test_a_link_that_never_was_is_not_found(client: Client, token: str) -> None:
    response = client.get(reverse("assessments:home") + f"join/{token}/")
    assert response.status_code == 404
    assert "This link leads to no cohort" in text(response)


@pytest.mark.parametrize("change", [{}, *(change for change, _ in REFUSED)])
def test_a_member_is_told_so_whatever_has_become_of_the_link(
    client: Client, link: JoinLink, learner: Learner, change: dict[str, Any]
) -> None:
    join(learner=learner, token=link.token, now=timezone.now())
    JoinLink.objects.filter(pk=link.pk).update(**change)
    response = client.get(link.get_absolute_url())
    assert response.status_code == 200
    assert "You are in Plant supervisors, autumn 2026 already" in text(response)
    assert reverse("assessments:home") in text(response)


def test_an_instructor_is_led_to_the_cohort(client: Client, link: JoinLink) -> None:
    client.force_login(link.created_by)
    page = text(client.get(link.get_absolute_url()))
    assert "You teach Plant supervisors, autumn 2026" in page
    assert link.cohort.get_absolute_url() in page


def test_pressing_after_the_session_has_ended_leads_through_the_sign_in(
    client: Client, link: JoinLink
) -> None:
    response = client.post(link.get_absolute_url())
    assert response["Location"] == f"{reverse('account_login')}?next={link.get_absolute_url()}"
    assert Membership.objects.count() == 1


def test_an_invitation_costs_little(
    client: Client, link: JoinLink, learner: Learner, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        client.get(link.get_absolute_url())


def test_an_invitation_is_not_cached(client: Client, link: JoinLink) -> None:
    assert "no-store" in client.get(link.get_absolute_url())["Cache-Control"]
