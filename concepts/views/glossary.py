"""Views."""

from django.http import Http404, HttpRequest, HttpResponse


def glossary(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def sources(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
