"""What every admin of ours shares, and what content without a life of its own adds to it."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from concepts.admin.addresses import ADDRESSES
from concepts.admin.deletion import uses_of
from concepts.admin.desk import desk_of
from concepts.admin.forms import ContentForm
from concepts.admin.handy import HandyAdmin
from concepts.admin.history import HistoryAdmin
from concepts.admin.lookover import lookover
from concepts.admin.plain import PlainChoices, plain_url
from concepts.admin.together import TogetherAdmin
from concepts.admin.widgets import MarkdownTextarea, named_parts, without_shortcuts

KEPT_NAME = re.compile(r"[0-9a-zA-Z-]{8,64}")
SAVED, MOST_SAVED = "takt_saved", 20


class TaktAdmin(PlainChoices, admin.ModelAdmin):
    """Every admin of ours: what is refused answers 4xx and keeps what was typed."""

    view_on_site = False  # our own link says "View as learner"
    empty_value_display = "–"
    formfield_overrides = ADDRESSES
    list_per_page = 50

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A form that comes back was refused."""
        response = super().changeform_view(request, *args, **kwargs)
        if (
            request.method == "POST"
            and isinstance(response, TemplateResponse)
            and response.status_code == 200
        ):
            response.status_code = 422
        if request.method == "POST" and isinstance(response, HttpResponseRedirect):
            say_saved(request, response)
        return response

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Where fields search while one types, their plain form is offered to those without scripts."""
        inlines = [inline.opts for inline in context["inline_admin_formsets"]]
        searches = any(each.autocomplete_fields for each in (self, *inlines))
        context["plain_url"] = plain_url(request, searches)
        return super().render_change_form(request, context, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """A list is called by what it lists; what was ticked in it can only be keys."""
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(map(self._is_key, ticked)):
            posted = request.POST.copy()
            posted.setlist(ACTION_CHECKBOX_NAME, [key for key in ticked if self._is_key(key)])
            request.POST = posted  # type: ignore[assignment]
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def _is_key(self, text: str) -> bool:
        """Whether this can be the key of a row here; the database fails on anything else."""
        try:
            key = self.opts.pk.to_python(text)
        except ValidationError:
            return False
        return not isinstance(key, int) or 0 <= key <= models.BigIntegerField.MAX_BIGINT

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What the address of a new form fills in, as far as it can stand there."""
        filled = {}
        for name, value in super().get_changeform_initial_data(request).items():
            try:
                filled[name] = _as_stored(self.opts.get_field(name), value)
            except FieldDoesNotExist:
                filled[name] = value
            except ValidationError:
                continue
        return filled

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        """Where the address of something leads that is not there: to the list, with a plain word."""
        message = _("This %(kind)s is no longer there. Somebody deleted it, or the address has a slip in it.")
        self.message_user(request, message % {"kind": opts.verbose_name}, messages.WARNING)
        return HttpResponseRedirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A confirmation that comes back after it was given was refused."""
        response = super().delete_view(request, *args, **kwargs)
        if request.method == "POST" and isinstance(response, TemplateResponse):
            response.status_code = 409
        return response

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Uses are grouped and counted; what is refused for them needs no word about permissions."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if uses := uses_of(list(objs), request, self.admin_site):
            return deleted, counts, set(), uses
        return deleted, counts, lacking, protected


def _as_stored(field: Any, value: Any) -> Any:
    """What was typed into an address as a field holds it, keys as they are. Raises ValidationError."""
    target = field.target_field if field.is_relation else field
    for each in value if isinstance(value, list) else [value]:
        python = target.to_python(each)
        target.run_validators(python)
    return value if field.is_relation else python


def say_saved(request: HttpRequest, response: HttpResponse) -> None:
    """Name to js/keep-typed.js what was saved, which it may forget now."""
    kept = request.POST.get("_kept", "")
    if not KEPT_NAME.fullmatch(kept):
        return
    known = [name for name in request.COOKIES.get(SAVED, "").split(".") if KEPT_NAME.fullmatch(name)]
    response.set_cookie(
        SAVED,
        ".".join([*known, kept][-MOST_SAVED:]),
        max_age=timedelta(days=30),
        path=reverse("admin:index"),
        secure=request.is_secure(),
        samesite="Lax",
    )


class ContentAdmin(HistoryAdmin, HandyAdmin, TaktAdmin, TogetherAdmin):
    """History, Markdown fields, clear refusals, two editors at one form, the learner's view."""

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
            context["learner_url"] = desk_of(request).extra.get("learner_url") or self.learner_url(obj)
            context["described"] = self.describe(obj)
        context["has_history"] = True
        context["can_view_as_learner"] = hasattr(self.model, "get_absolute_url")
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Everything is stored; say what in its Markdown will not be drawn as meant."""
        super().save_related(request, form, formsets, change)
        self.look_over(request, {name: getattr(form.instance, name) for name in self.markdown_fields})

    def look_over(self, request: HttpRequest, texts: dict[str, str]) -> None:
        """Say what in Markdown texts will not be drawn as meant."""
        for name, text in texts.items():
            for problem in lookover(text):
                label = capfirst(self.model._meta.get_field(name).verbose_name)
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
