"""The page that learners would see of what stands in a form, by their own templates; nothing is stored."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concepts.admin.desk import desk_of, typed_in
from concepts.admin.prepared import PreparedAdmin
from concepts.kept import KEPT
from concepts.rendering import render
from concepts.selectors.pictures import with_pictures

# A link to another page, which no frame may hold.
LEADS_AWAY = re.compile(r'<a\s(?![^>]*\btarget=)(?=[^>]*\bhref="(?!#))')


@dataclass(frozen=True)
class Unsaved:
    """An object with the parts and the choices that a form gives it, none of them stored."""

    obj: Any
    rows: dict[str, list[Any]] = field(default_factory=dict)
    chosen: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


Drawing = Callable[[HttpRequest, Unsaved], SafeString]


class PreviewAdmin(PreparedAdmin):
    """Mix-in: `…/preview/` shows what is stored or prepared, and of a POST what stands in the form."""

    draws_preview: ClassVar[Any] = None  # a Drawing

    def get_urls(self) -> list[URLPattern]:
        if self.draws_preview is None:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_page"
        view = self.admin_site.admin_view(self.page_view)
        return [path("<path:object_id>/page/", view, name=name), *super().get_urls()]

    def preview_url(self, obj: Any) -> str:
        """Where it is previewed; empty for what has no preview of this kind."""
        if self.draws_preview is None:
            return ""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_page", args=[obj.pk])

    def page_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The learner's page in a frame, as wide as a screen or as a phone."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        name = str(obj)
        shown = self.unsaved(request, obj)
        draw = type(self).draws_preview
        drawn = str(draw(request, shown)) if draw else ""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview of “%(name)s”") % {"name": name},
            "opts": self.opts,
            "object": obj,
            "place": name,
            "unsaved": shown,
            "is_typed": request.method == "POST",
            "change": desk_of(request).prepared,
            "drawn": drawn,
            "framed": LEADS_AWAY.sub('<a target="_blank" ', drawn),
        }
        return TemplateResponse(request, "admin/prepared/preview.html", context)

    def unsaved(self, request: HttpRequest, obj: Any) -> Unsaved:
        """What was posted, or else what is prepared, or else what is stored; laid over the object."""
        if request.method == "POST":
            paper = self.stored_paper(request, obj)
            desk_of(request).typed = paper.rebased(typed_in(request.POST), {})
        elif obj.waiting_since:
            self.lay_out(request, obj)
        if desk_of(request).typed is None:
            desk_of(request).typed = self.stored_paper(request, obj).stored()
        form, formsets = self._laid_out(request, obj)
        form.is_valid()
        rows = {formset.fk.remote_field.get_accessor_name(): _rows(formset) for formset in formsets}
        chosen = {
            field.name: list(form.cleaned_data[field.name])
            if field.name in form.cleaned_data
            else list(getattr(obj, field.name).all())
            for field in self.opts.many_to_many
        }
        for thing in (form.instance, *(row for each in rows.values() for row in each)):
            for source, target in getattr(thing, "RENDERS", {}).items():
                html = render(getattr(thing, source))
                setattr(thing, target, with_pictures(html, KEPT.shelf(), preview=False))
        problems = [
            f"{form[name].label if name in form.fields else ''}: {errors[0]}"
            for name, errors in form.errors.items()
        ]
        return Unsaved(form.instance, rows, chosen, [problem.removeprefix(": ") for problem in problems])

    def _laid_out(self, request: HttpRequest, obj: Any) -> tuple[Any, list[Any]]:
        method, request.method = request.method, "GET"
        try:
            fields = flatten_fieldsets(self.get_fieldsets(request, obj))
            form = self.get_form(request, obj, change=True, fields=fields)(instance=obj)
            formsets, _inlines = self._create_formsets(request, obj, change=True)  # type: ignore[attr-defined]
        finally:
            request.method = method
        return form, formsets


def _rows(formset: Any) -> list[Any]:
    """The rows that saving would leave, in their order; what cannot be read in one stays as it was."""
    formset.is_valid()
    kept = [
        form.instance
        for form in formset.forms
        if (form.instance.pk or form.has_changed()) and not getattr(form, "cleaned_data", {}).get("DELETE")
    ]
    return sorted(kept, key=lambda row: (getattr(row, "position", 0) or 0, row.pk or 0))
