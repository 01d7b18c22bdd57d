"""What is prepared beside the version that learners see: for pages, and for the parts of pages with forms of
their own, such as the rows of a comparison, which are live as soon as their page is.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from concepts.admin.columns import change_url
from concepts.admin.content import ContentAdmin
from concepts.admin.desk import desk_of
from concepts.admin.preparedpages import PreparedPagesAdmin
from concepts.admin.previewing import PreviewAdmin
from concepts.admin.scheduling import schedule_form
from concepts.admin.timed import TimedAdmin


class BesideAdmin(PreviewAdmin, PreparedPagesAdmin, ContentAdmin, TimedAdmin):
    """Content that learners may be looking at: what is saved waits beside it until it is published."""

    def may_publish(self, request: HttpRequest, obj: Any) -> bool:
        """Whether its form has buttons to publish it; a part of a draft is simply saved."""
        return bool(obj and obj.pk and self.has_change_permission(request, obj) and self.is_live(obj))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj, desk = kwargs.get("obj"), desk_of(request)
        is_live = bool(obj and obj.pk and self.is_live(obj))
        context["publishable"] = self.may_publish(request, obj)
        context["is_published"] = is_live
        context["prepares"] = is_live and self.prepares
        if obj is not None and obj.pk and self.has_change_permission(request, obj):
            if desk.prepared is None:
                desk.prepared = self.prepared_of(obj)
            context["preview_url"] = self.preview_url(obj)
            if context["publishable"]:
                waits = desk.prepared.publish_at if desk.prepared else None
                context["scheduled_at"] = at = waits or getattr(obj, "publish_at", None)
                context["schedule"] = desk.schedule or schedule_form(at)
        return super().render_change_form(request, context, *args, **kwargs)

    def _respond(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        if "_publish" not in request.POST:
            return super()._respond(request, obj)
        message = _("The changes to “%(name)s” are published.") % {"name": obj}
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(change_url(obj))


class PartAdmin(BesideAdmin):
    """A part of a page with a form of its own: live with its page, and never published by itself."""

    def page_of(self, obj: Any) -> Any:
        """The page on which learners read it."""
        raise NotImplementedError

    def is_live(self, obj: Any) -> bool:
        page = self.page_of(obj)
        return bool(page is not None and page.is_published)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["is_part"] = True
        return super().render_change_form(request, context, *args, **kwargs)
