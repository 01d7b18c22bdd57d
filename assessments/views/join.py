"""Views."""

from django.http import Http404, HttpRequest, HttpResponse


def join(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
