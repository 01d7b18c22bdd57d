"""Views."""

from django.http import Http404, HttpRequest, HttpResponse


def course(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def module(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def concept(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
