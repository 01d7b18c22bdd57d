"""Who may make an account: people with a join link, or anybody if the site says so."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from assessments.services.cohorts import usable_link
from assessments.services.errors import LinkRefused

# The join page checks the link and then leaves its token here.
JOIN_TOKEN_KEY = "join_token"  # noqa: S105 (the name of a session key, not a secret)


def join_token(request: HttpRequest) -> str:
    """The token of the join link that this browser opened, if one may still join by it; else nothing."""
    token = str(request.session.get(JOIN_TOKEN_KEY) or "")
    try:
        return usable_link(token=token, now=timezone.now()).token if token else ""
    except LinkRefused:  # expired, withdrawn or full since
        return ""


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up with e-mail and password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open to all by setting, and otherwise to whoever came through a join link that still works."""
        return settings.SIGNUP_OPEN or bool(join_token(request))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Whoever opened a join link on the way in comes back to it, by whichever page they signed in."""
        return _back_to_join(request) or str(super().get_login_redirect_url(request))

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """The same after making an account."""
        return _back_to_join(request) or str(super().get_signup_redirect_url(request))


def _back_to_join(request: HttpRequest) -> str:
    token = join_token(request)
    return reverse("assessments:join", args=[token]) if token else ""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The first sign-in through the organisation's own identity provider, which makes the account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """The provider already decides who belongs to the organisation, unless the site says otherwise."""
        return settings.OIDC_SIGNUP or super().is_open_for_signup(request, sociallogin)
