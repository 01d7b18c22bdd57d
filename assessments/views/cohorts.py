"""Views."""

from django.http import Http404, HttpRequest, HttpResponse


def cohorts(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def cohort(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def export(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def links(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def revoke(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def learner(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
