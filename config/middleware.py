"""What every request of a signed-in person needs: their profile, and the time in their own zone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from assessments.services.people import ensure_learner


class LearnerMiddleware:
    """Put the profile on the request as ``request.learner`` and show times in its zone.

    Costs no query: the sign-in backend fetches the profile with the user.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.learner = ensure_learner(user=request.user)  # type: ignore[attr-defined]
        try:
            zone = ZoneInfo(request.learner.time_zone)  # type: ignore[attr-defined]
        except (ZoneInfoNotFoundError, ValueError):
            zone = ZoneInfo("UTC")
        with timezone.override(zone):
            return self.get_response(request)
