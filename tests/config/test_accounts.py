"""Who may make an account, how people get in, and what a page costs that knows them."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user, get_user_model
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from assessments.models import JoinLink
from config.adapter import JOIN_TOKEN_KEY
from tests.factories import JoinLinkFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough phrase"
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
def ada() -> User:
    """Somebody with an account and a verified address."""
    user = User.objects.create_user("ada", "ada@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_sign_up_is_closed(client: Client) -> None:
    client.post(reverse("account_signup"), NEWCOMER)
    assert not get_user_model().objects.exists()


def come_by(client: Client, link: JoinLink) -> None:
    session = client.session
    session[JOIN_TOKEN_KEY] = link.token
    session.save()


def test_sign_up_is_open_to_who_came_through_a_join_link(client: Client) -> None:
    link = JoinLinkFactory()
    come_by(client, link)
    response = client.post(reverse("account_signup"), NEWCOMER)
    assert response["Location"] == link.get_absolute_url()
    assert get_user_model().objects.get().email == "ada@example.org"
    assert client.session[JOIN_TOKEN_KEY] == link.token  # the join page still needs it


def test_sign_up_is_closed_again_once_the_link_is_withdrawn(client: Client) -> None:
    come_by(client, JoinLinkFactory(revoked_at=timezone.now()))
    client.post(reverse("account_signup"), NEWCOMER)
    assert not get_user_model().objects.exists()


def test_sign_up_is_open_by_setting(client: Client, settings: Settings) -> None:
    settings.SIGNUP_OPEN = True
    client.post(reverse("account_signup"), NEWCOMER)
    assert get_user_model().objects.count() == 1


def test_a_page_wants_a_reader_and_then_lets_them_in(client: Client, ada: User) -> None:
    page = reverse("mfa_index")
    response = client.get(page)
    assert response["Location"] == f"{reverse('account_login')}?next={page}"
    response = client.post(response["Location"], {"login": ada.email, "password": PASSWORD, "next": page})
    assert response["Location"] == page
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account_inactive",
        "mfa_login_webauthn",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    ],
)
def test_what_leads_to_signing_in_needs_no_signing_in(client: Client, name: str) -> None:
    # The passkey's challenge is for scripts only; anything else is sent to the form.
    response = client.get(reverse(name), headers={"X-Requested-With": "XMLHttpRequest"})
    assert "Location" not in response


def test_guessing_a_password_is_throttled(client: Client, ada: User) -> None:
    for _attempt in range(6):
        response = client.post(reverse("account_login"), {"login": ada.email, "password": "wrong"})
    assert b"Too many failed login attempts" in response.content
    client.post(reverse("account_login"), {"login": ada.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_the_admin_sends_visitors_to_our_sign_in_and_others_away(client: Client, ada: User) -> None:
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/account/login/")
    client.force_login(ada)
    assert client.get("/admin/", follow=True).status_code == 403
    ada.is_staff = True
    ada.save()
    assert client.get("/admin/").status_code == 200


def test_user_and_profile_cost_one_query(
    client: Client, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(ada)
    request = HttpRequest()
    request.session = client.session
    assert request.session["_auth_user_id"]  # loads the session
    with django_assert_num_queries(1):
        user = get_user(request)
        assert user == ada
        assert getattr(user, "learner", None) is None or user.learner.pk
    ada.is_active = False
    ada.save()
    assert not get_user(request).is_authenticated


def test_the_code_for_an_authenticator_app_is_an_image_of_its_own(client: Client, ada: User) -> None:
    client.force_login(ada)
    assert client.get(reverse("mfa_totp_qr"))["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    secret = client.session["mfa.totp.secret"]
    response = client.get(reverse("mfa_totp_qr"))
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<?xml") or response.content.startswith(b"<svg")
    assert client.session["mfa.totp.secret"] == secret
    assert "no-store" in response["Cache-Control"]
