"""The pages around changes in preparation: beside what learners see, and asked before they are dropped."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from concepts.admin.columns import change_url
from concepts.admin.desk import desk_of
from concepts.admin.prepared import PreparedAdmin, changes_of
from concepts.admin.sidebyside import sheets_beside


class PreparedPagesAdmin(PreparedAdmin):
    """Mix-in: `…/prepared/` and `…/prepared/drop/`."""

    def get_urls(self) -> list[URLPattern]:
        if not self.prepares:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("<path:object_id>/prepared/", view(self.prepared_view), name=f"{name}_prepared"),
            path("<path:object_id>/prepared/drop/", view(self.drop_view), name=f"{name}_drop"),
            *super().get_urls(),
        ]

    def prepared_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What learners see on the left, what is prepared on the right."""
        obj = self._with_change(request, object_id)
        paper = self.lay_out(request, obj)
        desk = desk_of(request)
        if paper is None:
            return HttpResponseRedirect(change_url(obj))
        live, prepared = paper.sheet(paper.stored()), paper.sheet(desk.typed or {})
        page = sheets_beside(_("What learners see"), _("What is prepared"), live, prepared)
        title = _("What is prepared for “%(name)s”") % {"name": obj}
        context = {"title": title, "page": page}
        return self._prepared_page(request, obj, "admin/prepared/compare.html", context)

    def drop_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask, then drop; what was prepared meanwhile by somebody else is not dropped unseen."""
        with transaction.atomic():
            self.lock(unquote(object_id))
            obj = self._with_change(request, object_id)
            if not self.has_change_permission(request, obj):
                raise PermissionDenied
            change = self.prepared_of(obj)
            stamp = str(change.updated_at.timestamp()) if change else ""
            is_other = request.method == "POST" and request.POST.get("stamp") != stamp
            if request.method == "POST" and not is_other:
                changes_of(self.model, obj.pk).delete()
                said = _("The changes prepared for “%(name)s” are dropped. Learners see what they saw.")
                self.message_user(request, said % {"name": obj}, messages.SUCCESS)
                return HttpResponseRedirect(change_url(obj))
        context = {
            "title": _("Drop what is prepared for “%(name)s”?") % {"name": obj},
            "change": change,
            "drop_stamp": stamp,
            "is_other": is_other,
        }
        page = "admin/prepared/drop.html"
        return self._prepared_page(request, obj, page, context, status=409 if is_other else 200)

    def _with_change(self, request: HttpRequest, object_id: str) -> Any:
        """An object with something prepared beside it, for those who may see it."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not obj.waiting_since:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return obj

    def _prepared_page(
        self, request: HttpRequest, obj: Any, template: str, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        every = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": obj,
            "original": obj,
            "has_change_permission": self.has_change_permission(request, obj),
        }
        return TemplateResponse(request, template, every | context, status=status)
