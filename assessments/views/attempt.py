"""Views."""

from django.http import Http404, HttpRequest, HttpResponse


def attempt(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def submit(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def result(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
