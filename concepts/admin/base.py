"""What every admin of ours shares, and what content adds to it."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concepts.admin.columns import change_url, state_mark
from concepts.admin.deletion import uses_of
from concepts.admin.forms import ContentForm
from concepts.admin.history import HistoryAdmin
from concepts.admin.lookover import lookover
from concepts.admin.widgets import MarkdownTextarea, named_parts, without_shortcuts


class TaktAdmin(admin.ModelAdmin):
    """Every admin of ours: what is refused answers 4xx and keeps what was typed."""

    view_on_site = False  # our own link says "View as learner"
    empty_value_display = "–"
    list_per_page = 50

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A form that comes back was refused."""
        response = super().changeform_view(request, *args, **kwargs)
        if request.method == "POST" and isinstance(response, TemplateResponse):
            response.status_code = 422
        return response

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """A list is called by what it lists."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A confirmation that comes back after it was given was refused."""
        response = super().delete_view(request, *args, **kwargs)
        if request.method == "POST" and isinstance(response, TemplateResponse):
            response.status_code = 409
        return response

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Uses are grouped and counted; what is refused for them needs no word about permissions."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            return deleted, counts, set(), uses_of(list(objs), request, self.admin_site)
        return deleted, counts, lacking, protected


class ContentAdmin(HistoryAdmin, TaktAdmin):
    """Content without a life of its own: history, Markdown fields, clear refusals, the learner's view."""

    form = ContentForm
    markdown_fields: tuple[str, ...] = ()
    markdown_rows = 6

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        if db_field.name in self.markdown_fields:
            has_blocks = db_field.name in getattr(self.model, "RENDERS", {}) and self.markdown_rows > 6
            kwargs["widget"] = MarkdownTextarea(rows=self.markdown_rows, blocks=has_blocks)
        elif isinstance(db_field, models.TextField):
            kwargs.setdefault("widget", forms.Textarea({"class": "vLargeTextField", "rows": 3, "cols": 40}))
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[arg-type]
        return named_parts(without_shortcuts(field))

    def learner_url(self, obj: Any) -> str:
        """The page on which learners meet it; editors see drafts there, too."""
        return str(obj.get_absolute_url()) if hasattr(obj, "get_absolute_url") else ""

    def describe(self, obj: Any) -> str:
        """The line under the title of the form."""
        return ""

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk:
            context["learner_url"] = self.learner_url(obj)
            context["described"] = self.describe(obj)
        context["has_history"] = True
        context["can_view_as_learner"] = hasattr(self.model, "get_absolute_url")
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Everything is stored; say what in its Markdown will not be drawn as meant."""
        super().save_related(request, form, formsets, change)
        for name in self.markdown_fields:
            for problem in lookover(getattr(form.instance, name)):
                label = capfirst(form.instance._meta.get_field(name).verbose_name)
                self.message_user(request, f"{label}, {problem}", messages.WARNING)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        return self._respond(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._respond(request, obj) or super().response_change(request, obj)

    def _respond(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Where a button of ours leads; None for Django's own."""
        if "_view" in request.POST:
            return HttpResponseRedirect(self.learner_url(obj))
        return None


class PublishableAdmin(ContentAdmin):
    """Content that is a draft first: publish and unpublish, one or many."""

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
        if not obj.pk or not obj.is_published:
            return _("Draft: only editors see it.")
        since = date_format(localtime(obj.published_at), "j F Y") if obj.published_at else ""
        line = _("Published since %(day)s: learners see every change as soon as it is saved.") % {
            "day": since
        }
        return f"{line} {self.hidden_by(obj)}".strip()

    def hidden_by(self, obj: Any) -> str:
        """Why learners do not see it although it is published; empty if they do."""
        module = getattr(obj, "module", None)
        if module is None or module.is_published:
            return ""
        return _("Its module “%(module)s” is a draft and hides it.") % {"module": module}

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        context["publishable"] = self.has_change_permission(request, obj)
        context["is_published"] = bool(obj and obj.pk and obj.is_published)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if "_publish" in request.POST:
            obj.publish()
        elif "_unpublish" in request.POST:
            obj.unpublish()
        super().save_model(request, obj, form, change)

    def _respond(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        if "_publish" in request.POST:
            message = _("“%(name)s” is published. %(hidden)s") % {"name": obj, "hidden": self.hidden_by(obj)}
        elif "_unpublish" in request.POST:
            message = _("“%(name)s” is a draft again: learners no longer see it.") % {"name": obj}
        else:
            return super()._respond(request, obj)
        self.message_user(request, message.strip(), messages.SUCCESS)
        return HttpResponseRedirect(change_url(obj))

    @admin.action(description=gettext_lazy("Publish: show them to learners"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> None:
        chosen = list(queryset)
        drafts = [obj for obj in chosen if not obj.is_published]
        for obj in drafts:
            obj.publish()
            obj.save()
            self.log_change(request, obj, _("Published."))
        said = {"count": len(drafts), "before": len(chosen) - len(drafts)}
        message = _("Published: %(count)d. Published before: %(before)d.") % said
        self.message_user(request, message, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Unpublish: make them drafts again"), permissions=["change"])
    def unpublish_selected(self, request: HttpRequest, queryset: Any) -> None:
        chosen = list(queryset)
        live = [obj for obj in chosen if obj.is_published]
        for obj in live:
            obj.unpublish()
            obj.save()
            self.log_change(request, obj, _("Unpublished."))
        said = {"count": len(live), "before": len(chosen) - len(live)}
        message = _("Made drafts: %(count)d. Drafts before: %(before)d.") % said
        self.message_user(request, message, messages.SUCCESS)
