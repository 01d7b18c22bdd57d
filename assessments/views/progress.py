"""Views."""

from django.http import Http404, HttpRequest, HttpResponse


def progress(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def mastery_rule(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def objective(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
