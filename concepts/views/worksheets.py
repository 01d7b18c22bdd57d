"""Worksheets: the reader's own jobs or periods in, the calculation out. Figures stand in the address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from concepts.worksheet_forms import (
    RULE_NAMES,
    ForecastForm,
    OneMachineForm,
    TwoMachinesForm,
    WorksheetForm,
)


@require_safe
def worksheets(request: HttpRequest) -> HttpResponse:
    """What there is to work out by list."""
    return render(request, "concepts/worksheets/list.html")


@require_safe
def one_machine(request: HttpRequest) -> HttpResponse:
    """Jobs in order by a rule, beside the other rules."""
    form = OneMachineForm(request.GET.dict())
    context: dict[str, Any] = {}
    if form.is_valid():
        results = form.results()
        chosen = next(iter(results))
        context = {
            "chosen": RULE_NAMES[chosen],
            "result": results[chosen],
            "others": [(RULE_NAMES[rule], each) for rule, each in results.items()],
        }
    return _answer(request, "one_machine", form, context)


@require_safe
def two_machines(request: HttpRequest) -> HttpResponse:
    """Johnson's order, beside the reader's own."""
    form = TwoMachinesForm(request.GET.dict())
    context = {"best": form.best(), "own": form.own()} if form.is_valid() else {}
    return _answer(request, "two_machines", form, context)


@require_safe
def forecast(request: HttpRequest) -> HttpResponse:
    """A forecast with its errors, period by period."""
    form = ForecastForm(request.GET.dict())
    return _answer(request, "forecast", form, {"result": form.result()} if form.is_valid() else {})


def _answer(request: HttpRequest, name: str, form: WorksheetForm, context: dict[str, Any]) -> HttpResponse:
    return render(
        request,
        f"concepts/worksheets/{name}.html",
        {"form": form, **context},
        status=200 if context else 400,
    )
