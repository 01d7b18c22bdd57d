"""Two editors at one form: the second to save is told what the first one saved, and nothing is lost.

The form carries a digest of each of its cells. Saving locks the object and its rows, reads them anew and
compares; so whoever comes second sees what was committed before, on SQLite and on PostgreSQL alike.
"""

from copy import copy
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from concepts.admin.desk import (
    LIVE,
    STAMP,
    TAKE,
    Base,
    Clash,
    as_posted,
    clashes,
    desk_of,
    is_beside,
    read_base,
    typed_in,
)
from concepts.admin.gone import gone_page
from concepts.admin.sheets import Paper, Typed, digests, taken


def bound_to(form_class: Any, data: Any) -> Any:
    """A form that holds what was typed although nothing was posted just now."""

    class Bound(form_class):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            if not args:
                kwargs.setdefault("data", data)
            super().__init__(*args, **kwargs)

    return Bound


def unmarked() -> str:
    """What to say of a form that came without our stamp."""
    return _("This form does not say when it was opened, so it cannot be told what was saved since.")


class TogetherAdmin(admin.ModelAdmin):
    """Mix-in: no form overwrites what was saved since it was opened, unless its editor says so."""

    def paper(self, form: Any, formsets: Any) -> Paper:
        """The parts of the form that are compared."""
        return Paper([form], list(formsets))

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """The object of this request, fetched once."""
        known = getattr(request, "_opened", None)
        if known is not None and known[0] == (self.model, str(object_id), from_field):
            return known[1]
        obj = super().get_object(request, object_id, from_field)
        request._opened = ((self.model, str(object_id), from_field), obj)  # type: ignore[attr-defined]
        return obj

    def _changeform_view(self, request: HttpRequest, object_id: Any, form_url: str, extra: Any) -> Any:
        if object_id is None or request.method != "POST":
            return super()._changeform_view(request, object_id, form_url, extra)  # type: ignore[misc]
        self.lock(unquote(object_id))
        obj = self.get_object(request, unquote(object_id))
        if obj is None and self.has_change_permission(request):
            return gone_page(request, self)
        if obj is None or not self.has_change_permission(request, obj):
            return super()._changeform_view(request, object_id, form_url, extra)  # type: ignore[misc]
        if (refused := self._told(request, obj, form_url)) is not None:
            return refused
        return self.settled(request, obj, object_id, form_url, extra)

    def settled(self, request: HttpRequest, obj: Any, object_id: str, form_url: str, extra: Any) -> Any:
        """Nobody saved meanwhile, or the editor knows of it: go on."""
        return super()._changeform_view(request, object_id, form_url, extra)  # type: ignore[misc]

    def lock(self, pk: str) -> None:
        """Let nobody else change the object or the rows of its inlines until this is done."""
        try:
            list(self.model._base_manager.select_for_update().filter(pk=pk).values_list("pk"))
        except (ValueError, ValidationError):
            return
        for inline in self.inlines:
            keys = [key for key in inline.model._meta.fields if key.related_model is self.model]
            for key in keys[:1]:
                rows = inline.model._base_manager.select_for_update().filter(**{key.attname: pk})
                list(rows.order_by("pk").values_list("pk"))

    # What the form is made from

    def stored_paper(self, request: HttpRequest, obj: Any) -> Paper:
        """The form as it is without anything typed."""
        plain = copy(request)
        plain.method = "GET"
        plain._desk = None  # type: ignore[attr-defined]
        fields = flatten_fieldsets(self.get_fieldsets(plain, obj))
        form = self.get_form(plain, obj, change=True, fields=fields)(instance=copy(obj))
        formsets, _inlines = self._create_formsets(plain, obj, change=True)  # type: ignore[attr-defined]
        return self.paper(form, formsets)

    def present(self, paper: Paper, obj: Any, request: HttpRequest) -> Typed:
        """What the form would show if it were opened now."""
        return paper.stored()

    def rest(self, obj: Any, request: HttpRequest, stored: Typed, paper: Paper) -> str:
        """What else the form depends on, such as the state of the object."""
        return f"{getattr(obj, 'status', '')}|{getattr(obj, 'publish_at', '')}"

    def base_of(self, obj: Any, request: HttpRequest, paper: Paper, shown: Typed, stored: Typed) -> Base:
        """What is remembered in a form that shows this."""
        return Base(digests(paper.sheet(shown)), self.rest(obj, request, stored, paper))

    # Being second

    def _told(self, request: HttpRequest, obj: Any, form_url: str) -> HttpResponse | None:
        """The form again, with what was saved since it was opened; None if that is nothing."""
        desk = desk_of(request)
        base = read_base(request.POST.get(STAMP))
        # No stamp, or one that we did not write, proves nothing: show everything.
        desk.is_unmarked = base is None
        base = base or Base({}, "")
        paper = self.stored_paper(request, obj)
        stored = paper.stored()
        now = self.present(paper, obj, request)
        mine = paper.rebased(typed_in(request.POST), base.cells)
        desk.extra |= {"paper": paper, "stored": stored}
        present = self.base_of(obj, request, paper, now, stored)
        if base != present:
            desk.clashes = clashes(base.cells, paper.sheet(now), paper.sheet(typed_in(request.POST)))
            if not desk.is_unmarked and base.rest.split("|")[:2] != present.rest.split("|")[:2]:
                desk.clashes.insert(0, Clash("", _("State"), self.state_words(obj), "", False, False))
            desk.told = unmarked() if desk.is_unmarked else self.who_saved(obj)
            return self.again(request, obj, mine, present, 409)
        self._take_theirs(request, paper, mine, {TAKE: now, LIVE: stored})
        return None

    def _take_theirs(
        self, request: HttpRequest, paper: Paper, mine: Typed, sources: dict[str, Typed]
    ) -> None:
        """Put what somebody else saved into the form, cell by cell, where its editor ticked that."""
        fields = typed_in(request.POST)
        for name, source in sources.items():
            theirs = paper.sheet(source)
            for key in request.POST.getlist(name):
                mine = fields = taken(mine, paper.sheet(mine), theirs, source, key)
        if any(name in request.POST for name in sources):
            beside = {name: str(value) for name, value in request.POST.items() if is_beside(name)}
            request.POST = as_posted(fields, **beside)  # type: ignore[assignment]

    def again(
        self, request: HttpRequest, obj: Any, typed: Typed, base: Base | None, status: int, **extra: Any
    ) -> HttpResponse:
        """The form with what was typed, as a GET of its page would show it."""
        desk = desk_of(request)
        desk.typed, desk.base = typed, base
        shown = copy(request)
        shown.method = "GET"
        shown.resolver_match = request.resolver_match  # which copying leaves out
        response: HttpResponse = super()._changeform_view(shown, str(obj.pk), "", extra)  # type: ignore[misc]
        response.status_code = status
        return response

    def state_words(self, obj: Any) -> str:
        """The state of an object in a word."""
        return str(obj.get_status_display()) if hasattr(obj, "get_status_display") else ""

    def who_saved(self, obj: Any) -> str:
        """Who changed it last, and when."""
        last = obj.history.select_related("history_user").first() if hasattr(obj, "history") else None
        who = getattr(last, "history_user", None)
        when = date_format(localtime(last.history_date), "H:i, j F") if last else ""
        name = (who.get_full_name() or who.get_username()) if who else _("A command")
        return _("%(name)s saved this at %(when)s, after you had opened it.") % {"name": name, "when": when}

    # Django's hooks

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        desk = getattr(request, "_desk", None)
        if desk is None or desk.typed is None or request.method == "POST":
            return form
        return bound_to(form, as_posted(desk.typed))

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        desk = getattr(request, "_desk", None)
        if desk is not None and desk.typed is not None and request.method != "POST":
            kwargs["data"] = as_posted(desk.typed)
        return kwargs

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        desk = desk_of(request)
        if obj is not None and obj.pk and self.has_change_permission(request, obj):
            if desk.base is None and desk.typed is None and request.method != "POST":
                formsets = [inline.formset for inline in context["inline_admin_formsets"]]
                paper = self.paper(context["adminform"].form, formsets)
                stored = paper.stored()
                desk.base = self.base_of(obj, request, paper, stored, stored)
            context["stamp"] = desk.base.packed() if desk.base else request.POST.get(STAMP, "")
        context["desk"] = desk
        return super().render_change_form(request, context, *args, **kwargs)
