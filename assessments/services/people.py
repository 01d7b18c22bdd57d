"""Profiles: everybody who signs in has one."""

from typing import Any

from assessments.models import Learner


def ensure_learner(*, user: Any) -> Learner:
    """The profile of a user, made on first need: by createsuperuser, by single sign-on, by a sign-up."""
    learner: Learner | None = getattr(user, "learner", None)
    if learner is None:
        learner, _ = Learner.objects.get_or_create(user=user)
        user.learner = learner
    return learner
