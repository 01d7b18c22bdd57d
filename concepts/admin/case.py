"""Case studies in the admin: one form for the whole case, and the check before it is published."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concepts.admin.base import PublishableAdmin
from concepts.admin.case_checks import problems_of
from concepts.admin.case_content import CaseContentForm
from concepts.admin.case_form import CaseForm, refusal
from concepts.admin.case_graph import graph_context
from concepts.admin.desk import desk_of
from concepts.admin.duplicating import DUPLICATES, CopyForm, Duplicate
from concepts.admin.lookover import lookover
from concepts.admin.values import json_lines
from concepts.cases.reading import read_case
from concepts.coursepack.payload import texts
from concepts.duplicating import duplicate_case
from concepts.models import CaseStudy, CaseVersion
from concepts.publishing import NotPublished

FEW = 3  # problems that a message names
# Ask for what else stands at the end of the form of a case: a panel each, drawn.
PANELS: list[Callable[[HttpRequest, Any], SafeString | str]] = []
# Keys of a document whose texts are no Markdown.
PLAIN = frozenset(
    {"key", "name", "label", "unit", "title", "rows", "kind", "to", "when", "expression", "effects", "since"}
)


@admin.register(CaseStudy)
class CaseStudyAdmin(PublishableAdmin):
    """A case as its editor sees it; publishing freezes the version that learners begin from then on."""

    form = CaseForm
    nothing = gettext_lazy(
        "There is no case yet. Add one: begin with the brief and a stage, save it as a draft, and look at "
        "its graph as it grows."
    )
    list_display = ("title", "state", "position", "size", "minutes", "version", "changed")
    list_filter = ("status",)
    search_fields = ("title", "slug", "summary")
    autocomplete_fields = ("sources",)
    prepopulated_fields = {"slug": ("title",)}
    save_on_top = True
    fieldsets = (
        (
            gettext_lazy("What it is"),
            {
                "description": gettext_lazy(
                    "A situation at work that learners play as one of two managers. A run that has begun "
                    "keeps the version it began with."
                ),
                "fields": (("title", "slug"), "minutes", "summary", "sources", "state_line"),
            },
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("check/", view(self.check_view), name="concepts_casestudy_check"),
            path("<path:object_id>/graph/", view(self.graph_view), name="concepts_casestudy_graph"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        latest = CaseVersion.objects.filter(case=OuterRef("pk")).order_by("-number").values("number")[:1]
        return super().get_queryset(request).annotate(latest=Subquery(latest, output_field=IntegerField()))

    # The list

    @admin.display(description=gettext_lazy("Size"))
    def size(self, obj: Any) -> str:
        case = read_case(obj.content)
        endings = sum(stage.is_ending for stage in case.stages)
        stages = len(case.stages) - endings
        parts = [
            ngettext("%(count)d role", "%(count)d roles", len(case.roles)) % {"count": len(case.roles)},
            ngettext("%(count)d stage", "%(count)d stages", stages) % {"count": stages},
            ngettext("%(count)d ending", "%(count)d endings", endings) % {"count": endings},
        ]
        return ", ".join(parts)

    @admin.display(description=gettext_lazy("Version"), ordering="latest")
    def version(self, obj: Any) -> str:
        return str(getattr(obj, "latest", None) or "–")

    def describe(self, obj: Any) -> str:
        if number := getattr(obj, "latest", None):
            begun = _("learners begin version %(number)d")
            words = begun if obj.is_published else _("nobody can begin it; version %(number)d was the last")
            return f"{self.size(obj)} · " + words % {"number": number}
        return f"{self.size(obj)} · " + _("never published")

    # The form

    def paper(self, form: Any, formsets: Any) -> Any:
        """Every field of the content counts; a list of rows is compared as a whole."""
        content = form.content_form
        paper = super().paper(form, formsets)
        return type(paper)([form, content.single], list(formsets), list(content.formsets.values()))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj, form = kwargs.get("obj"), context["adminform"].form
        can_edit = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        check = reverse("admin:concepts_casestudy_check")
        context |= {
            "content_form": form.content_form,
            "can_edit": can_edit,
            "content_lines": [] if can_edit else list(json_lines(form.instance.content)),
            "check_url": f"{check}?case={obj.pk}" if obj and obj.pk else check,
        }
        if obj is not None and obj.pk:
            graph = reverse("admin:concepts_casestudy_graph", args=[obj.pk])
            context["tools"] = [(graph, _("Graph and warnings"))]
            context["panels"] = list(filter(None, (ask(request, obj) for ask in PANELS)))
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj._history_user = request.user  # who made the version, too
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Everything is stored; say what in its Markdown will not be drawn as meant."""
        super().save_related(request, form, formsets, change)
        for steps, text in texts(form.instance.content):
            if PLAIN.isdisjoint(map(str, steps)):
                where = " ".join(str(step + 1) if isinstance(step, int) else step for step in steps)
                for problem in lookover(text):
                    self.message_user(request, f"{where}, {problem}", messages.WARNING)

    def check_view(self, request: HttpRequest) -> HttpResponse:
        """What is to be mended in what stands in the form at this moment; nothing is stored."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            raise Http404
        key = request.GET.get("case", "")
        known = CaseStudy.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
        case = known or CaseStudy()
        form = CaseContentForm(case.content, request.POST)
        if form.is_valid():
            form.note(problems_of(form.content(), case))
        found = [each._asdict() for each in form.noted]
        words = ngettext("%(count)d thing to mend", "%(count)d things to mend", len(found))
        head = words % {"count": len(found)} if found else _("Nothing to mend: it can be published")
        return JsonResponse({"head": head, "problems": found})

    # Beside the form

    def drafted(self, request: HttpRequest, object_id: str) -> Any:
        """The case as its editor has it: what is prepared, where that can be read, else what is stored.

        Raises Http404 and PermissionDenied.
        """
        obj = self.get_object(request, unquote(str(object_id)))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        if obj.waiting_since:
            self.lay_out(request, obj)
            if desk_of(request).typed is not None:
                form, _formsets = self._laid_out(request, obj)
                form.is_valid()
                return form.instance
        return obj

    def graph_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The case as a graph, with what is doubtful about it."""
        obj = self.drafted(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Graph of “%(name)s”") % {"name": obj},
            "opts": self.opts,
            "object": obj,
            **graph_context(obj, request.GET.get("role", ""), problems_of(obj.content, obj)),
        }
        return TemplateResponse(request, "admin/concepts/casestudy/graph.html", context)

    # Publishing

    def publish_draft(self, obj: Any) -> None:
        problems = problems_of(obj.content, obj)
        if problems:
            raise NotPublished(_refusal(problems))
        super().publish_draft(obj)

    @admin.action(description=gettext_lazy("Publish: show them to learners"), permissions=["change"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> None:
        with transaction.atomic():
            sound = []
            for case in self._locked(queryset):
                problems = [] if case.is_published else problems_of(case.content, case)
                if problems:
                    self.message_user(request, f"“{case}”: {_refusal(problems)}", messages.ERROR)
                else:
                    sound.append(case.pk)
            if sound:
                super().publish_selected(request, queryset.filter(pk__in=sound))

    def _restore(self, request: HttpRequest, obj: Any, history: Any, moment: Any) -> list[str]:
        """What learners begin is never something that cannot be played."""
        then = moment.state[history.key].content
        if obj.is_published and (problems := problems_of(then, obj)):
            return [_refusal(problems), _("Make the case a draft first, then restore and mend it.")]
        return super()._restore(request, obj, history, moment)


def _refusal(problems: list[Any]) -> str:
    """Why a case is not published, with the first few reasons."""
    return " ".join([refusal(len(problems)), *(str(problem) for problem in problems[:FEW])])


def _make_copy(obj: Any, form: Any, user: Any) -> tuple[Any, str]:
    data = form.cleaned_data
    return duplicate_case(case=obj, title=data["title"], slug=data["slug"], user=user), ""


DUPLICATES[CaseStudy] = Duplicate(
    CopyForm,
    gettext_lazy(
        "The copy is a draft with the same content and sources. Its questions stay with this case: write "
        "others for the copy and name them in it, before you publish it."
    ),
    _make_copy,
)
