"""Views."""

from django.http import Http404, HttpRequest, HttpResponse


def question(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def save(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def variant(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
