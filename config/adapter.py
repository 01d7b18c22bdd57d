"""Who may make an account: people with a join link, or anybody if the site says so."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest

# The join page checks the link and then leaves its token here.
JOIN_TOKEN_KEY = "join_token"  # noqa: S105 (the name of a session key, not a secret)


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up with e-mail and password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Open to all by setting, and otherwise to whoever came through a valid join link."""
        return settings.SIGNUP_OPEN or bool(request.session.get(JOIN_TOKEN_KEY))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """The first sign-in through the organisation's own identity provider, which makes the account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """The provider already decides who belongs to the organisation, unless the site says otherwise."""
        return settings.OIDC_SIGNUP or super().is_open_for_signup(request, sociallogin)
