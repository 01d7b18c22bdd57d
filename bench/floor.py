"""The floor: the least that a signed-in page of any Django site costs on this machine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from concepts.models import Module


def floor(request: HttpRequest) -> HttpResponse:
    """One query and one small template, behind the same middleware and sign-in."""
    return render(request, "bench/floor.html", {"module": Module.objects.first()})
