"""Views."""

from django.http import Http404, HttpRequest, HttpResponse


def reviews(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
