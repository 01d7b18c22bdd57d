"""Views."""

from django.http import Http404, HttpRequest, HttpResponse


def metrics(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def metric(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
