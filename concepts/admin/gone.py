"""Saving what somebody deleted meanwhile: there is nothing to save it in, but what was typed is shown."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from concepts.admin.desk import typed_in

COUNTS = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")


@dataclass(frozen=True)
class TypedText:
    """One box of the form that is gone, with what stood in it."""

    label: str
    text: str
    rows: int


def gone_page(request: HttpRequest, modeladmin: Any) -> HttpResponse:
    """What was typed, to be copied; 410, because the address will not come back."""
    opts = modeladmin.opts
    back = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
    title = _("This %(kind)s was deleted while you were writing") % {"kind": opts.verbose_name}
    context = {
        **admin.site.each_context(request),
        "title": title,
        "opts": opts,
        "texts": typed_texts(request, [modeladmin.model, *(inline.model for inline in modeladmin.inlines)]),
        "crumbs": [(back, capfirst(opts.verbose_name_plural))],
        "back": back,
    }
    return TemplateResponse(request, "admin/gone.html", context, status=410)


def typed_texts(request: HttpRequest, of: list[Any]) -> list[TypedText]:
    """The texts that were posted, called as the form called them; keys and counts are no texts."""
    fields = {field.name: field for model in reversed(of) for field in model._meta.concrete_fields}
    found = []
    for name, values in typed_in(request.POST).items():
        field, text = fields.get(name.rpartition("-")[2]), "\n".join(values).strip()
        is_text = field is None or isinstance(field, models.CharField | models.TextField)
        if text and is_text and "__prefix__" not in name and not name.endswith(COUNTS):
            label = capfirst(str(field.verbose_name if field else name.rpartition("-")[2].replace("_", " ")))
            found.append(TypedText(label, text, min(20, text.count("\n") + len(text) // 90 + 1)))
    return found
