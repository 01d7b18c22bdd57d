"""An answer that arrived after its writer had been signed out: kept in the session until they are back.

Without scripts nothing has saved it before, and a redirect to the sign-in would drop it. Signing in keeps
what an anonymous session holds; signing out, or in as somebody else, empties it.
"""

from collections.abc import Mapping, Sequence

from django.contrib.sessions.backends.base import SessionBase

KEY = "unsent_answer"
LARGEST = 4000  # characters; an anonymous session is no place for more


def keep_unsent(session: SessionBase, path: str, posted: Mapping[str, Sequence[str]]) -> None:
    """Keep what was posted to this path, unless it is larger than any answer."""
    answer = {name: list(values) for name, values in posted.items() if name != "csrfmiddlewaretoken"}
    if sum(len(name) + sum(map(len, values)) for name, values in answer.items()) <= LARGEST:
        session[KEY] = {"path": path, "answer": answer}


def take_unsent(session: SessionBase, path: str) -> dict[str, list[str]] | None:
    """What was kept for this path, which is then forgotten."""
    kept = session.get(KEY)
    if kept is None or kept.get("path") != path:
        return None
    del session[KEY]
    answer: dict[str, list[str]] = kept["answer"]
    return answer
