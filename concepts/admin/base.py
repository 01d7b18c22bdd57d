"""What admins are made of; above all content that is a draft first, its state and its buttons."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concepts.admin.beside import BesideAdmin, PartAdmin
from concepts.admin.columns import change_url, state_mark
from concepts.admin.content import ContentAdmin, TaktAdmin
from concepts.admin.desk import desk_of
from concepts.admin.scheduling import NAME, moment_words

__all__ = ["ContentAdmin", "PartAdmin", "PublishableAdmin", "TaktAdmin"]


class PublishableAdmin(BesideAdmin):
    """Draft, scheduled or published, with changes prepared beside; publish and unpublish, one or many."""

    actions: Any = ("publish_selected", "unpublish_selected")
    readonly_fields: ClassVar[Any] = ("state_line",)

    @admin.display(description=gettext_lazy("State"), ordering="status")
    def state(self, obj: Any) -> Any:
        return state_mark(obj)

    @admin.display(description=gettext_lazy("Last change"), ordering="updated_at")
    def changed(self, obj: Any) -> str:
        return date_format(localtime(obj.updated_at), "j M Y") if obj.updated_at else ""

    @admin.display(description=gettext_lazy("State"))
    def state_line(self, obj: Any) -> str:
        """The state in a sentence, on the form."""
        if obj.pk and obj.publish_at:
            line = _("Scheduled: only editors see it until %(when)s.") % {
                "when": moment_words(obj.publish_at)
            }
            return f"{line} {self.hidden_by(obj)}".strip()
        if not obj.pk or not obj.is_published:
            return _("Draft: only editors see it.")
        since = date_format(localtime(obj.published_at), "j F Y") if obj.published_at else ""
        line = _("Published since %(day)s: learners see a change as soon as you publish it.") % {"day": since}
        return f"{line} {self.hidden_by(obj)}".strip()

    def hidden_by(self, obj: Any) -> str:
        """Why learners do not see it although it is published; empty if they do."""
        module = getattr(obj, "module", None)
        if module is None or module.is_published:
            return ""
        return _("Its module “%(module)s” is a draft and hides it.") % {"module": module}

    def may_publish(self, request: HttpRequest, obj: Any) -> bool:
        return bool(self.has_change_permission(request, obj))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        schedule = desk_of(request).schedule
        if "_publish" in request.POST:
            obj.publish()
        elif "_unpublish" in request.POST or "_unschedule" in request.POST:
            obj.unpublish()
        elif "_schedule" in request.POST and schedule is not None:
            obj.schedule(schedule.cleaned_data[NAME])
        super().save_model(request, obj, form, change)

    def _respond(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        if "_publish" in request.POST:
            message = _("“%(name)s” is published. %(hidden)s") % {"name": obj, "hidden": self.hidden_by(obj)}
        elif "_unpublish" in request.POST:
            message = _("“%(name)s” is a draft again: learners no longer see it.") % {"name": obj}
        elif "_schedule" in request.POST and obj.publish_at:
            said = {"name": obj, "when": moment_words(obj.publish_at), "hidden": self.hidden_by(obj)}
            message = _("“%(name)s” is published on %(when)s. %(hidden)s") % said
        elif "_unschedule" in request.POST:
            message = _("“%(name)s” is off the schedule and a draft again.") % {"name": obj}
        else:
            return super()._respond(request, obj)
        self.message_user(request, message.strip(), messages.SUCCESS)
        return HttpResponseRedirect(change_url(obj))

    @admin.action(description=gettext_lazy("Publish: show them to learners"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():
            chosen = self._locked(queryset)
            drafts = [obj for obj in chosen if not obj.is_published]
            for obj in drafts:
                obj.publish()
                obj.save()
                self.log_change(request, obj, _("Published."))
        said = {"count": len(drafts), "before": len(chosen) - len(drafts)}
        message = _("Published: %(count)d. Published before: %(before)d.") % said
        self.message_user(request, message, messages.SUCCESS)
        self.say_hidden(request, drafts)

    @admin.action(description=gettext_lazy("Unpublish: make them drafts again"), permissions=["change"])
    def unpublish_selected(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():
            chosen = self._locked(queryset)
            live = [obj for obj in chosen if obj.status != obj.Status.DRAFT]
            for obj in live:
                obj.unpublish()
                obj.save()
                self.log_change(request, obj, _("Unpublished."))
        said = {"count": len(live), "before": len(chosen) - len(live)}
        message = _("Made drafts: %(count)d. Drafts before: %(before)d.") % said
        self.message_user(request, message, messages.SUCCESS)
        self.say_what_goes_with(request, live)

    def _locked(self, queryset: Any) -> list[Any]:
        """The chosen rows as they are now, which nobody else changes until this is done."""
        keys = list(queryset.order_by().values_list("pk", flat=True))
        return list(self.model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk"))
