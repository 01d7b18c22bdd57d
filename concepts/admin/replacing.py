"""Find and replace in the admin: what to look for, every hit in its context, then one act on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from concepts.admin.columns import change_url, state_mark
from concepts.admin.pages import add_pages
from concepts.finding import Search
from concepts.models import Module, PreparedChange, Publishable
from concepts.replacing import (
    MOST,
    FoundIn,
    Hit,
    ReplaceRefused,
    Task,
    count_of,
    fingerprint,
    look,
    replace_all,
)
from concepts.texts import KINDS, Kind


class ReplaceForm(forms.Form):
    """What to look for, what to put in its place, and where."""

    find = forms.CharField(label=gettext_lazy("Find"), max_length=200)
    by = forms.CharField(
        label=gettext_lazy("Replace by"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Put in exactly as you type it, capitals too. Leave it empty to take the words out."
        ),
    )
    whole_words = forms.BooleanField(label=gettext_lazy("Whole words only"), required=False, initial=True)
    match_case = forms.BooleanField(label=gettext_lazy("Capitals must match"), required=False, initial=True)
    module = forms.ModelChoiceField(
        Module.objects.all(),
        label=gettext_lazy("Where"),
        required=False,
        empty_label=gettext_lazy("The whole course"),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("In what"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one kind of content.")},
    )

    def __init__(self, *args: Any, kinds: Sequence[Kind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, Any] = {}
        for kind in kinds:
            groups.setdefault(kind.group, kind.label)
        self.known = kinds
        self.fields["kinds"].choices = list(groups.items())  # type: ignore[attr-defined]
        self.fields["kinds"].initial = list(groups)
        for name in ("find", "by"):
            self.fields[name].widget.attrs["class"] = "vTextField"

    def clean_find(self) -> str:
        text: str = self.cleaned_data["find"]
        if not any(sign.isalnum() for sign in text):
            raise ValidationError(_("Type at least one letter or figure to look for."))
        return _one_line(text)

    def clean_by(self) -> str:
        return _one_line(self.cleaned_data["by"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "find" in cleaned and cleaned.get("by") == cleaned["find"]:
            self.add_error("by", _("Both are the same, so nothing would change."))
        return cleaned

    def task(self) -> Task:
        """What the form asks for."""
        data = self.cleaned_data
        search = Search(data["find"], data["whole_words"], data["match_case"])
        kinds = tuple(kind for kind in self.known if kind.group in data["kinds"])
        return Task(search, data["by"], kinds, data["module"])


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValidationError(_("There are signs in it that cannot be read. Type one line of text."))
    return text


@dataclass(frozen=True)
class Group:
    """The hits in one object, as the page shows them."""

    name: str
    kind: str
    url: str
    state: Any
    note: str
    hits: list[Hit]


@require_http_methods(["GET", "HEAD", "POST"])
def replace_page(request: HttpRequest) -> HttpResponse:
    """The form; with `?find=` the hits; a POST replaces those that were shown and not left out."""
    kinds = [kind for kind in KINDS if request.user.has_perm(kind.permission)]
    if not request.user.has_perm("concepts.change_concept"):
        raise PermissionDenied
    if request.method == "POST":
        return _replace(request, kinds)
    form = ReplaceForm(request.GET if "find" in request.GET else None, kinds=kinds)
    if not form.is_bound or not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    return _page(request, form, task=form.task())


def _replace(request: HttpRequest, kinds: Sequence[Kind]) -> HttpResponse:
    form = ReplaceForm(request.POST, kinds=kinds)
    if not form.is_valid():
        return _page(request, form, status=422)
    task, left_out = form.task(), set(request.POST.getlist("leave"))
    try:
        outcome = replace_all(
            task=task, seen=request.POST.get("seen", ""), left_out=left_out, user=request.user
        )
    except ReplaceRefused as refused:
        return _page(request, form, task=task, left_out=left_out, refused=refused, status=refused.status)
    if not outcome.places:
        problem = ReplaceRefused(_("Every hit is left out, so there is nothing to replace."), 422)
        return _page(request, form, task=task, left_out=left_out, refused=problem, status=422)
    text = ngettext("Replaced in %(count)d place", "Replaced in %(count)d places", outcome.places)
    objects = ngettext("of %(count)d object.", "of %(count)d objects.", len(outcome.changed))
    said = f"{text % {'count': outcome.places}} {objects % {'count': len(outcome.changed)}}"
    messages.success(request, f"{said} " + _("Each has it in its history, where it can be taken back."))
    waiting = sum(bool(kind.note(obj)) for kind, obj in outcome.changed)
    if waiting:
        told = ngettext(
            "%(count)d question is asked as before until you publish it again.",
            "%(count)d questions are asked as before until you publish them again.",
            waiting,
        )
        messages.warning(request, told % {"count": waiting})
    return HttpResponseRedirect(reverse("admin:replace"))


def _page(
    request: HttpRequest,
    form: ReplaceForm,
    *,
    task: Task | None = None,
    left_out: Sequence[str] | set[str] = (),
    refused: ReplaceRefused | None = None,
    status: int = 200,
) -> HttpResponse:
    found = look(task) if task else []
    count = count_of(found)
    problems = [(each.name, problem) for each, problem in refused.problems] if refused else []
    context = {
        **admin.site.each_context(request),
        "title": _("Find and replace"),
        "crumbs": [],
        "form": form,
        "task": task,
        "count": count,
        "most": MOST,
        "groups": _groups(found) if count <= MOST else [],
        "left_out": left_out,
        "seen": fingerprint(task, found) if task else "",
        "refused": refused,
        "problems": problems,
    }
    return render(request, "admin/handy/replace.html", context, status=status)


def _groups(found: Sequence[FoundIn]) -> list[Group]:
    """Every object with a hit; what waits beside it is said, because it is not searched."""
    beside = set(PreparedChange.objects.values_list("content_type", "object_id"))
    groups = []
    for each in found:
        opened = each.kind.opened_at(each.obj)
        content_type = ContentType.objects.get_for_model(type(opened))
        note = each.kind.note(each.obj)
        if (content_type.pk, opened.pk) in beside:
            note += " " + _("Changes wait beside it. They are not searched; mend them in its form.")
        groups.append(
            Group(
                each.name,
                str(capfirst(each.obj._meta.verbose_name)),
                change_url(opened) if admin.site.is_registered(type(opened)) else "",
                state_mark(opened)
                if isinstance(opened, Publishable) and not each.kind.note(each.obj)
                else "",
                note.strip(),
                each.hits,
            )
        )
    return groups


add_pages(path("replace/", admin.site.admin_view(replace_page), name="replace"))
_plain_list = admin.site.get_app_list


def list_with_replacing(request: HttpRequest, app_label: str | None = None) -> list[Any]:
    """The front page's list, with what works across the whole course after its groups."""
    groups = _plain_list(request, app_label)
    if app_label is not None or not request.user.has_perm("concepts.change_concept"):
        return groups
    row = {
        "name": _("Find and replace"),
        "object_name": "replace",
        "admin_url": reverse("admin:replace"),
        "add_url": None,
    }
    url = reverse("admin:index")
    return [
        *groups,
        {"name": _("Across the course"), "app_label": "replace", "app_url": url, "models": [row]},
    ]


admin.site.get_app_list = list_with_replacing  # type: ignore[method-assign]
