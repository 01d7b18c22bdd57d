"""Fills the database that DATABASE_URL names and prints what the load needs to know, as JSON.

Run in a process of its own, because a process has one database.
"""

import json
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402

from assessments.models import Attempt, AttemptItem, Cohort, Learner  # noqa: E402
from bench.people import make_people  # noqa: E402
from concepts.models import Concept  # noqa: E402


def session_of(user: object) -> str:
    """A signed-in session of a user."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)  # type: ignore[attr-defined]
    session[BACKEND_SESSION_KEY] = "config.auth.Backend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()  # type: ignore[attr-defined]
    session.create()
    return str(session.session_key)


def main(learners: int, items: int, answering: int) -> None:
    make_people(learners, items, answering)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    open_attempts = Attempt.objects.open().select_related("learner__user")
    people = [learner.user for learner in Learner.objects.filter(attempts__isnull=False).distinct()[:50]]
    print(
        json.dumps(
            {
                "learners": [session_of(user) for user in people],
                "teacher": session_of(get_user_model().objects.get(username="teacher")),
                "concept": Concept.objects.get(slug="throughput-and-flow").get_absolute_url(),
                "cohort": Cohort.objects.get().get_absolute_url(),
                "answers": [
                    {
                        "session": session_of(attempt.learner.user),
                        "path": attempt.get_absolute_url(),
                        "positions": list(attempt.items.values_list("position", flat=True)),
                    }
                    for attempt in open_attempts
                ],
                "items": AttemptItem.objects.count(),
            }
        )
    )


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
