"""Publishing when nobody is at the form: at the moment that an editor set, with that editor's rights."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from concepts.admin.desk import STAMP, as_posted, desk_of
from concepts.admin.prepared import REASON, PreparedAdmin
from concepts.models import PreparedChange
from concepts.publishing import NotPublished, register


class Unheard:
    """Where messages go that nobody is there to read."""

    def add(self, *_args: Any, **_kwargs: Any) -> None:
        """Say nothing."""


def request_of(user: Any) -> HttpRequest:
    """A request that nobody made, on behalf of a person."""
    request = HttpRequest()
    request.method = "POST"
    request.user = user
    request.META |= {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "SCRIPT_NAME": ""}
    request._messages = Unheard()  # type: ignore[attr-defined]
    return request


@contextmanager
def recorded_as(request: HttpRequest | None) -> Iterator[None]:
    """Let the history name the person of this request; not the reader whose visit set the clock going."""
    context = HistoricalRecords.context
    before = getattr(context, "request", None)
    context.request = request
    try:
        yield
    finally:
        if before is None:
            del context.request
        else:
            context.request = before


class TimedAdmin(PreparedAdmin):
    """Mix-in: what is scheduled here is published by the same code as the button."""

    def __init__(self, model: Any, admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        register(model, self)

    def publish_draft(self, obj: Any) -> None:
        """Show a draft to learners; it must be sound."""
        with recorded_as(request_of(AnonymousUser())):
            obj.full_clean()
            obj.publish()
            obj._change_reason = _("Published as scheduled.")
            obj.save()

    def publish_prepared(self, change: PreparedChange) -> None:
        """Press "Publish changes" for the editor who set the moment."""
        if change.updated_by is None:
            raise NotPublished(_("The account that prepared this is gone, so nobody answers for it."))
        request = request_of(change.updated_by)
        request.POST = as_posted({}, _publish="1", **{REASON: _("Published as scheduled.")})  # type: ignore[assignment]
        obj = self.get_object(request, str(change.object_id))
        if obj is None or not self.has_change_permission(request, obj):
            raise NotPublished(_("The person who prepared this may not publish any more."))
        self.lay_out(request, obj)
        desk = desk_of(request)
        if desk.is_stale:
            raise NotPublished(
                _("The published version was changed after this was prepared. Look at both, then publish.")
            )
        beside = {**request.POST.dict(), STAMP: desk.base.packed() if desk.base else ""}
        request.POST = as_posted(desk.typed or {}, **beside)  # type: ignore[assignment]
        desk.typed = desk.base = None
        with recorded_as(request):
            self._refuse(self._press(request, obj))

    def _press(self, request: HttpRequest, obj: Any) -> HttpResponse:
        try:
            response: HttpResponse = self._changeform_view(request, str(obj.pk), "", None)
        except PermissionDenied:
            raise NotPublished(_("The person who prepared this may not publish any more.")) from None
        return response

    def _refuse(self, response: Any) -> None:
        """A form that came back was refused; its errors are the reason."""
        if isinstance(response, HttpResponseRedirect):
            return
        errors = [str(error) for error in response.context_data.get("errors", ())]
        raise NotPublished(" ".join(dict.fromkeys(errors)) or _("The form was refused."))
