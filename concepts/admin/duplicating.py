"""Duplicating: a page that asks for the names of the copy, then makes it a draft and opens its form.

Each kind says with which form it is duplicated and who makes the copy; the assessments add theirs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from concepts.admin.addresses import AddressField
from concepts.admin.columns import change_url
from concepts.admin.handy import TOOLS, Tool
from concepts.admin.pages import add_pages
from concepts.admin.prepared import changes_of
from concepts.duplicating import FOLLOWERS, copy_title, duplicate_concept, free_codes, free_slug
from concepts.models import Concept, Objective


class CopyForm(forms.Form):
    """What a copy is called. `of` is what is copied."""

    def __init__(self, data: Any = None, *, of: Any) -> None:
        super().__init__(data)
        self.of = of
        self.fields["title"] = forms.CharField(
            label=_("Title"),
            initial=copy_title(of),
            max_length=of._meta.get_field("title").max_length,
            widget=forms.TextInput({"class": "vTextField"}),
        )
        self.fields["slug"] = AddressField(
            label=_("Address"),
            initial=free_slug(type(of), of.slug),
            max_length=of._meta.get_field("slug").max_length or 50,
            widget=forms.TextInput({"class": "vTextField"}),
            help_text=_("Part of its address: small letters, digits and hyphens."),
        )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        holder = type(self.of)._base_manager.filter(slug=slug).first()
        if holder is not None:
            message = _("“%(value)s” is taken by “%(holder)s”. Choose another.")
            raise ValidationError(message % {"value": slug, "holder": holder})
        return slug


class ConceptCopyForm(CopyForm):
    """Beside its names a new code for each objective that is to be copied, too."""

    def __init__(self, data: Any = None, *, of: Any) -> None:
        super().__init__(data, of=of)
        self.objectives = list(of.objectives.order_by("position", "code"))
        codes = free_codes(self.objectives)
        counts = [follower.count(self.objectives) for follower in FOLLOWERS]
        for objective in self.objectives:
            followed = sum(count.get(objective.pk, 0) for count in counts)
            self.fields[f"code_{objective.pk}"] = forms.CharField(
                label=_("New code for %(code)s") % {"code": objective.code},
                required=False,
                initial=codes[objective.pk],
                validators=list(Objective._meta.get_field("code").validators),
                help_text=self._said(objective, followed),
            )
        if any(counts):
            self.fields["questions"] = forms.BooleanField(
                label=_("Copy their questions too, as drafts"), required=False
            )

    def _said(self, objective: Objective, questions: int) -> str:
        text = ngettext("%(count)d question.", "%(count)d questions.", questions) % {"count": questions}
        return f"{objective.title}. {text} " + _("Leave the code empty to leave the objective out.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for objective in self.objectives:
            name = f"code_{objective.pk}"
            code = cleaned.get(name, "")
            holder = Objective.objects.filter(code=code).first() if code else None
            if holder is not None:
                said = {"value": code, "holder": holder.title}
                self.add_error(name, _("“%(value)s” is taken by “%(holder)s”. Choose another.") % said)
            elif code in taken.values():
                self.add_error(name, _("This code stands here twice. Give each objective its own."))
            elif code:
                taken[name] = code
        return cleaned

    @property
    def codes(self) -> dict[int, str]:
        """The new code of each objective that is copied."""
        return {each.pk: self.cleaned_data.get(f"code_{each.pk}", "") for each in self.objectives}


@dataclass(frozen=True)
class Duplicate:
    """How a kind of content is duplicated: the form, what is said above it, and who makes the copy.

    `make` returns the copy and what else is to be said of it.
    """

    form: type[CopyForm]
    words: Any
    make: Callable[[Any, Any, Any], tuple[Any, str]]


def _make_concept(obj: Any, form: Any, user: Any) -> tuple[Any, str]:
    data = form.cleaned_data
    copied, followed = duplicate_concept(
        concept=obj,
        title=data["title"],
        slug=data["slug"],
        codes=form.codes,
        with_followers=bool(data.get("questions")),
        user=user,
    )
    if not data.get("questions"):
        return copied, ""
    text = ngettext(
        "%(count)d question was copied with it.", "%(count)d questions were copied with it.", followed
    )
    return copied, text % {"count": followed}


DUPLICATES: dict[type[Any], Duplicate] = {
    Concept: Duplicate(
        ConceptCopyForm,
        gettext_lazy(
            "The copy is a draft in the same module, with the same text, sources and lessons to read before. "
            "Measures and terms stay with this lesson. Nothing is made before you press the button."
        ),
        _make_concept,
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_page(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The names of the copy; a POST makes it and opens its form."""
    model = next((model for model in DUPLICATES if model._meta.model_name == kind), None)
    if model is None:
        raise Http404
    obj = get_object_or_404(model, pk=pk)
    if not may_duplicate(request, model):
        raise PermissionDenied
    duplicate = DUPLICATES[model]
    form = duplicate.form(request.POST if request.method == "POST" else None, of=obj)
    if form.is_bound and form.is_valid():
        try:
            copied, more = duplicate.make(obj, form, request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except IntegrityError:
            form.add_error(
                None, _("Somebody took one of these names just now. Choose another, then try again.")
            )
        else:
            said = _("This is the copy of “%(name)s”, a draft. Only editors see it.") % {"name": obj}
            messages.success(request, f"{said} {more}".strip())
            return HttpResponseRedirect(change_url(copied))
    context = {
        **admin.site.each_context(request),
        "title": _("Duplicate “%(name)s”") % {"name": obj},
        "crumbs": [(change_url(obj), str(obj))],
        "form": form,
        "words": duplicate.words,
        "waits": changes_of(model, obj.pk).exists(),
        "back": change_url(obj),
    }
    return render(request, "admin/handy/duplicate.html", context, status=422 if form.is_bound else 200)


def may_duplicate(request: HttpRequest, model: Any) -> bool:
    """Whether this person may add what a copy would be, and what goes with it."""
    needed = [model, Objective] if model is Concept else [model]
    return request.user.has_perms([f"{each._meta.app_label}.add_{each._meta.model_name}" for each in needed])


def duplicate_tools(request: HttpRequest, obj: Any) -> list[Tool]:
    """The button on the form."""
    if type(obj) not in DUPLICATES or not may_duplicate(request, type(obj)):
        return []
    return [(reverse("admin:duplicate", args=[obj._meta.model_name, obj.pk]), _("Duplicate"))]


TOOLS.append(duplicate_tools)
add_pages(
    path("duplicate/<slug:kind>/<int:pk>/", admin.site.admin_view(duplicate_page), name="duplicate"),
)
