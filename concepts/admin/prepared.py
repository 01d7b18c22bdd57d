"""Changes in preparation: on a published object saving keeps what was typed beside it, valid or not.

Learners go on reading the published version until "Publish changes" puts it live in one act. The object is
locked by then (`together.py`), so what is prepared and what is live cannot change under the editor's hands.
"""

from copy import copy
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery
from django.forms import all_valid
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from concepts.admin.columns import change_url
from concepts.admin.desk import clashes, desk_of, typed_in
from concepts.admin.scheduling import NAME, moment_words, schedule_form
from concepts.admin.sheets import Cell, Paper, Typed, blank_rows, digests
from concepts.admin.together import TogetherAdmin
from concepts.models import PreparedChange
from concepts.publishing import stamp_of

UNSET = object()
REASON = "_reason"


def changes_of(model: Any, pk: Any) -> QuerySet[PreparedChange]:
    """What is prepared beside an object, or beside each row of a list."""
    kind = {"content_type__app_label": model._meta.app_label, "content_type__model": model._meta.model_name}
    return PreparedChange.objects.filter(**kind, object_id=pk)


def with_prepared(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of a list or a form with what waits beside them: since when, until when, and what went wrong."""
    waiting = changes_of(rows.model, OuterRef("pk")).order_by()
    return rows.annotate(
        waiting_since=Subquery(waiting.values("updated_at")[:1]),
        waiting_until=Subquery(waiting.values("publish_at")[:1]),
        waiting_problem=Subquery(waiting.values("problem")[:1]),
    )


class PreparedAdmin(TogetherAdmin):
    """Mix-in for what can be published. `prepares` is off where a draft stands beside the live one anyway."""

    prepares = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return with_prepared(super().get_queryset(request))

    def is_live(self, obj: Any) -> bool:
        """Whether learners may be looking at it."""
        return bool(obj.is_published)

    # What the form shows

    def _changeform_view(self, request: HttpRequest, object_id: Any, form_url: str, extra: Any) -> Any:
        if object_id is not None and request.method != "POST" and desk_of(request).typed is None:
            obj = self.get_object(request, unquote(object_id))
            if obj is not None and obj.waiting_since and self.has_change_permission(request, obj):
                self.lay_out(request, obj)
        return super()._changeform_view(request, object_id, form_url, extra)

    def prepared_of(self, obj: Any) -> PreparedChange | None:
        """What waits beside an object, if anything does."""
        if not getattr(obj, "waiting_since", None):
            return None
        return changes_of(self.model, obj.pk).select_related("updated_by").first()

    def lay_out(self, request: HttpRequest, obj: Any) -> Paper | None:
        """Put what is prepared into the form; what became live since it was prepared is shown beside it."""
        desk = desk_of(request)
        desk.prepared = change = self.prepared_of(obj)
        if change is None or "fields" not in change.typed:
            return None
        desk.extra["learner_url"] = self.learner_url(obj)  # type: ignore[attr-defined]
        paper = self.stored_paper(request, obj)
        stored = paper.stored()
        base = change.typed.get("base", {})
        desk.typed = paper.rebased(change.typed["fields"], base)
        desk.base = self.base_of(obj, request, paper, desk.typed, stored)
        live = paper.sheet(stored)
        if change.stamp != stamp_of(digests(live)):
            desk.is_stale = True
            desk.clashes = clashes(base, live, paper.sheet(change.typed["fields"]))
        return paper

    def present(self, paper: Paper, obj: Any, request: HttpRequest) -> Typed:
        change = desk_of(request).prepared = self.prepared_of(obj)
        if change is None or "fields" not in change.typed:
            return paper.stored()
        return paper.rebased(change.typed["fields"], change.typed.get("base", {}))

    def rest(self, obj: Any, request: HttpRequest, stored: Typed, paper: Paper) -> str:
        change = desk_of(request).prepared
        mark = f"{change.pk} {change.updated_at.timestamp()}" if change else ""
        live = stamp_of(digests(paper.sheet(stored))) if change else ""
        return f"{super().rest(obj, request, stored, paper)}|{mark}|{live}"

    def who_saved(self, obj: Any) -> str:
        change = self.prepared_of(obj)
        if change is None or change.updated_by is None:
            return super().who_saved(obj)
        name = change.updated_by.get_full_name() or change.updated_by.get_username()
        said = {"name": name, "when": moment_words(change.updated_at)}
        return _("%(name)s saved changes beside this on %(when)s, after you had opened it.") % said

    # What the buttons do

    def settled(self, request: HttpRequest, obj: Any, object_id: str, form_url: str, extra: Any) -> Any:
        desk, post = desk_of(request), request.POST
        if "_schedule" in post:
            desk.schedule = schedule_form(None, post)
            if not desk.schedule.is_valid():
                return self.again(request, obj, typed_in(post), None, 422)
        if self.is_live(obj) and self.prepares and "_publish" not in post:
            if "_unpublish" in post:
                return self._take_back(request, obj)
            return self._keep_beside(request, obj)
        obj._change_reason = self._reason(request, obj)
        response = super().settled(request, obj, object_id, form_url, extra)
        if isinstance(response, HttpResponseRedirect):
            self.after_saving(request, obj)
        return response

    def after_saving(self, request: HttpRequest, obj: Any) -> None:
        """It is stored in the object itself: nothing waits beside it any more."""
        changes_of(self.model, obj.pk).delete()

    def _reason(self, request: HttpRequest, obj: Any) -> str:
        """What the history says of it: what the editor wrote, or where it came from."""
        change = desk_of(request).prepared
        written = request.POST.get(REASON, "").strip()
        if not written and change is not None and "_publish" in request.POST:
            written = _("Published what was prepared since %(when)s.") % {
                "when": moment_words(change.created_at)
            }
        return written[:100]

    def _take_back(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Make it a draft at once; what was typed over it waits in the form, valid or not."""
        self.keep(request, obj, None)
        fresh = self.model._base_manager.get(pk=obj.pk)
        fresh.unpublish()
        fresh._change_reason = request.POST.get(REASON, "").strip()[:100]
        fresh.save()
        self.log_change(request, fresh, _("Unpublished."))
        return self._respond(request, fresh) or HttpResponseRedirect(change_url(fresh))  # type: ignore[attr-defined]

    def _keep_beside(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Keep what was typed beside the published version, and say what learners see."""
        desk, post = desk_of(request), request.POST
        before = desk.prepared.publish_at if desk.prepared else None
        at = None if "_unschedule" in post else before
        if "_schedule" in post:
            at = desk.schedule.cleaned_data[NAME]
        change = self.keep(request, obj, at)
        said = {"name": obj, "when": moment_words(at) if at else ""}
        if change is None:
            words = _("Nothing differs from the published version of “%(name)s”, so nothing is prepared.")
        elif at:
            words = _(
                "The changes to “%(name)s” are published on %(when)s. Until then learners see no change."
            )
        else:
            words = _("The changes are kept beside “%(name)s”. Learners see the published version.")
        self.message_user(request, words % said, messages.SUCCESS)
        if at and change is not None and not self.is_sound(request, obj):
            warning = _(
                "Something in it is missing or wrong. Mend what is marked, or it is not published then."
            )
            self.message_user(request, warning, messages.WARNING)
        marked = getattr(self, "markdown_fields", ())
        self.look_over(request, {name: post.get(name, "") for name in marked})  # type: ignore[attr-defined]
        if "_continue" in post or "_schedule" in post or "_unschedule" in post:
            return HttpResponseRedirect(change_url(obj))
        if "_view" in post:
            return HttpResponseRedirect(self.preview_url(obj) or change_url(obj))  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def is_sound(self, request: HttpRequest, obj: Any) -> bool:
        """Whether what was typed could be published as it stands. Stores nothing."""
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        plain = copy(obj)
        form = self.get_form(request, plain, change=True, fields=fields)(
            request.POST, request.FILES, instance=plain
        )
        is_valid = form.is_valid()
        formsets, _inlines = self._create_formsets(request, form.instance, change=True)  # type: ignore[attr-defined]
        return bool(all_valid(formsets) and is_valid)

    def keep(self, request: HttpRequest, obj: Any, at: datetime | None) -> PreparedChange | None:
        """Store what was typed beside the object; None, and nothing kept, where it differs in nothing."""
        desk = desk_of(request)
        paper, stored = desk.extra["paper"], desk.extra["stored"]
        fields = paper.rebased(typed_in(request.POST), {})
        live = paper.sheet(stored)
        if _alike(paper.sheet(fields), live):
            changes_of(self.model, obj.pk).delete()
            return None
        values = {
            "typed": {"fields": fields, "base": digests(live)},
            "stamp": stamp_of(digests(live)),
            "publish_at": at,
            "problem": "",
            "updated_by": request.user,
        }
        kind = ContentType.objects.get_for_model(self.model)
        change, _made = PreparedChange.objects.update_or_create(
            content_type=kind, object_id=obj.pk, defaults=values
        )
        return change


def _alike(one: dict[str, Cell], other: dict[str, Cell]) -> bool:
    said = []
    for sheet in (one, other):
        blank = blank_rows(sheet)
        filled = {key: cell.values for key, cell in sheet.items() if any(cell.values)}
        said.append({key: values for key, values in filled.items() if key not in blank})
    return said[0] == said[1]
