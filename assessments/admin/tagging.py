"""Tags in the admin: a filter of the list of questions, and adding or taking them off many at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from assessments.forms.content.tags import pack_tags
from assessments.models import Question
from assessments.questions.common import LONGEST_TAG
from assessments.selectors.tags import tag_counts, tagged_with
from assessments.services.tagging import TooManyTags, tag_questions, tags_of
from concepts.admin.chosen import MOST, Chosen, Deed, chosen_page, listed, picked, too_many
from concepts.admin.handy import ACTIONS
from concepts.admin.pages import add_pages


class TagFilter(admin.SimpleListFilter):
    """Questions by a tag, or those without any."""

    title = gettext_lazy("tag")
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        tags = sorted(tag_counts(), key=str.casefold)
        return [*((f"={tag}", tag) for tag in tags), ("none", _("no tag"))] if tags else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value() or ""
        if value == "none":
            return queryset.exclude(content__has_key="tags")
        return queryset.filter(tagged_with(value[1:])) if value.startswith("=") else queryset


class TagsInput(forms.TextInput):
    """One line of tags, with those that are known to choose from."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__({"class": "vTextField", "list": "known-tags", "autocomplete": "off"})
        self.known = known

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The box, and what it offers."""
        box = super().render(name, value, attrs, renderer)
        return render_to_string("admin/handy/tags.html", {"box": box, "known": self.known})


class TagForm(forms.Form):
    """Tags to add, and which of those that are there to take off."""

    add = forms.CharField(
        label=gettext_lazy("Add tags"),
        required=False,
        help_text=gettext_lazy("Parted by commas. Learners do not see them."),
    )
    take_off = forms.MultipleChoiceField(
        label=gettext_lazy("Take off"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, questions: QuerySet[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = sorted(tag_counts(), key=str.casefold)
        self.fields["add"].widget = TagsInput(self.known)
        there = tag_counts(questions)
        choices = [(tag, f"{tag} ({there[tag]})") for tag in sorted(there, key=str.casefold)]
        self.fields["take_off"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["take_off"]

    def clean_add(self) -> list[str]:
        """The tags, a known one in the spelling that it has already."""
        spelt = {tag.casefold(): tag for tag in self.known}
        typed = pack_tags({"tags": self.cleaned_data["add"]}).get("tags", [])
        if any(len(tag) > LONGEST_TAG for tag in typed):
            raise ValidationError(_("A tag has at most %(most)d characters.") % {"most": LONGEST_TAG})
        return list({tag.casefold(): spelt.get(tag.casefold(), tag) for tag in typed}.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("add") and not cleaned.get("take_off"):
            self.add_error("add", _("Type a tag to add, or tick one to take off."))
        return cleaned


def tag_selected(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
    """The action on the list: show what is chosen, and ask for tags."""
    count = queryset.count()
    if count > MOST:
        messages.error(request, too_many(count))
        return None
    chosen = Question.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)))
    return _page(request, TagForm(questions=chosen), chosen)


@require_POST
def tags_page(request: HttpRequest) -> HttpResponse:
    """Tag what is ticked, all of it or nothing."""
    if not request.user.has_perm("assessments.change_question"):
        raise PermissionDenied
    keys = picked(request)
    shown = Question.objects.filter(pk__in=(listed(request) or keys)[:MOST])
    form = TagForm(request.POST, questions=shown)
    if not form.is_valid():
        return _page(request, form, shown, ticked=keys, status=422)
    if not keys:
        problem = _("Nothing is ticked, so there is nothing to tag. Tick at least one.")
        return _page(request, form, shown, ticked=keys, problem=problem, status=422)
    data = form.cleaned_data
    try:
        changed = tag_questions(
            keys=keys, add=data["add"], take_off=data.get("take_off", ()), user=request.user
        )
    except TooManyTags as refused:
        return _page(request, form, shown, ticked=keys, problem=refused.message, status=refused.status)
    text = ngettext("%(count)d question changed.", "%(count)d questions changed.", len(changed))
    messages.success(request, text % {"count": len(changed)})
    return HttpResponseRedirect(reverse("admin:assessments_question_changelist"))


def _page(
    request: HttpRequest,
    form: TagForm,
    questions: QuerySet[Question],
    *,
    ticked: Sequence[int] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = [
        Chosen(question, ticked is None or question.pk in ticked, _said(question))
        for question in questions.select_related("objective")
    ]
    lead = _(
        "Tags are for editors: learners never see them, and what they are asked stays as it is. "
        "Nothing is changed yet."
    )
    deed = Deed(_("Tag questions"), lead, reverse("admin:tags"), _("Change the tags"), script="js/tags.js")
    return chosen_page(request, Question, deed, rows, form, problem=problem, status=status)


def _said(question: Question) -> str:
    tags = ", ".join(tags_of(question.content))
    return f"{question.objective.code} · " + (_("Tags: %(tags)s") % {"tags": tags} if tags else _("no tag"))


ACTIONS.setdefault(Question, []).append(
    ("tag_selected", tag_selected, gettext_lazy("Tag: add tags or take them off"))
)
add_pages(path("tags/", admin.site.admin_view(tags_page), name="tags"))
