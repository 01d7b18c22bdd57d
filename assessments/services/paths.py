"""Learning paths: choosing one, and leaving it."""

from assessments.models import Learner
from concepts.models import LearningPath


def follow_path(*, learner: Learner, path: LearningPath | None) -> None:
    """From now on suggest lessons in the order of this path; without one, in the order of the course."""
    learner.path = path
    learner.save(update_fields=["path"])
