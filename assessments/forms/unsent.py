"""What was posted after its writer had been signed out: kept in the session until they are back.

Without scripts nothing has saved it before, and a redirect to the sign-in would drop it. Signing in keeps
what an anonymous session holds; signing out, or in as somebody else, empties it.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, QueryDict

View = Callable[..., HttpResponse]
KEY = "unsent_answer"
LARGEST = 4000  # characters; an anonymous session is no place for more


def keep_unsent(session: SessionBase, path: str, posted: Mapping[str, Sequence[str]]) -> None:
    """Keep what was posted to this path, unless it is larger than any answer."""
    answer = {name: list(values) for name, values in posted.items() if name != "csrfmiddlewaretoken"}
    if sum(len(name) + sum(map(len, values)) for name, values in answer.items()) <= LARGEST:
        session[KEY] = {"path": path, "answer": answer}


def keeps_unsent(view: View) -> View:
    """Ask for the sign-in as every page does, but keep what was posted after the session had ended."""

    @login_not_required
    @wraps(view)
    def ask_to_sign_in(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            keep_unsent(request.session, request.path, dict(request.POST.lists()))
        return redirect_to_login(request.get_full_path())

    return ask_to_sign_in


def take_unsent(session: SessionBase, path: str) -> QueryDict | None:
    """What was kept for this path, as it was posted; it is then forgotten."""
    kept = session.get(KEY)
    if kept is None or kept.get("path") != path:
        return None
    del session[KEY]
    posted = QueryDict(mutable=True)
    for name, values in kept["answer"].items():
        posted.setlist(name, values)
    return posted
