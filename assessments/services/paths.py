"""Learning paths: choosing one, and leaving it."""

from django.db import transaction

from assessments.models import Learner
from concepts.models import LearningPath


def follow_path(*, learner: Learner, path: LearningPath | None) -> None:
    """From now on suggest lessons in the order of this path; without one, in the order of the course."""
    learner.path = path
    learner.save(update_fields=["path"])


@transaction.atomic
def leave_path(*, learner: Learner, slug: str = "") -> LearningPath | None:
    """Go back to the order of the course; with a slug only if that path is still followed.

    Gives the path that is followed then: one that was chosen elsewhere since the page was drawn stays.
    """
    now = Learner.objects.select_for_update(of=("self",)).select_related("path").get(pk=learner.pk)
    if slug and now.path and now.path.slug != slug:
        return now.path
    follow_path(learner=learner, path=None)
    return None
