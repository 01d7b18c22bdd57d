"""How a signed-in person is found again on every request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef

from assessments.models import Membership


class Backend(AuthenticationBackend):
    """allauth's backend, with what every page needs fetched in the same query.

    That is the learner's profile, and as ``user.teaches`` whether the person instructs a cohort.
    """

    def get_user(self, user_id: Any) -> AbstractBaseUser | None:
        """The active user with this id, profile included."""
        teaches = Membership.objects.filter(learner=OuterRef("pk"), role=Membership.Role.INSTRUCTOR)
        people = get_user_model()._default_manager.select_related("learner").annotate(teaches=Exists(teaches))
        user = people.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
