"""Profiles: everybody who signs in has one."""

from typing import Any

from django.db import transaction

from assessments.models import Learner
from concepts.models import LearningPath


def ensure_learner(*, user: Any) -> Learner:
    """The profile of a user, made on first need: by createsuperuser, by single sign-on, by a sign-up."""
    learner: Learner | None = getattr(user, "learner", None)
    if learner is None:
        learner, _ = Learner.objects.get_or_create(user=user)
        user.learner = learner
    return learner


@transaction.atomic
def change_settings(
    *,
    learner: Learner,
    first_name: str,
    last_name: str,
    time_zone: str,
    reviews_a_day: int,
    minutes_a_day: int,
    path: LearningPath | None = None,
) -> None:
    """Store what a person chose for themselves: the name, the time zone, the size of a day, the path."""
    user = learner.user
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name"])
    learner.time_zone = time_zone
    learner.reviews_a_day = reviews_a_day
    learner.minutes_a_day = minutes_a_day
    learner.path = path
    learner.save(update_fields=["time_zone", "reviews_a_day", "minutes_a_day", "path"])
