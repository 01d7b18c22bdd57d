"""Views."""

from django.http import Http404, HttpRequest, HttpResponse


def comparison(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def sort(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
