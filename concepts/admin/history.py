"""The history pages of the admin: what changed, an old version, and the way back to it."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from concepts.admin.moments import History, Moment, compare
from concepts.admin.restoring import restore
from concepts.admin.sidebyside import beside

A_PAGE = 20


class HistoryAdmin(admin.ModelAdmin):
    """Mix-in for content: every change with its differences, every version to look at and to restore.

    `history_parts` names the relations whose rows are edited in inlines and have no page of their own.
    """

    history_parts: tuple[str, ...] = ()

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_version"
        view = self.admin_site.admin_view(self.version_view)
        compare_view = self.admin_site.admin_view(self.compare_view)
        compare_name = f"{self.opts.app_label}_{self.opts.model_name}_compare"
        return [
            path("<path:object_id>/history/compare/", compare_view, name=compare_name),
            path("<path:object_id>/history/<int:number>/", view, name=name),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Every change, newest first."""
        obj = self._gated(request, object_id)
        moments = self._history(obj).moments()[::-1]
        page = Paginator(moments, A_PAGE).get_page(request.GET.get("page"))
        context = {"title": _("History of “%(name)s”") % {"name": obj}, "page": page, **(extra_context or {})}
        context |= {"present": moments[0] if moments else None, "moments": moments}
        return self._render(request, "list", obj, context)

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Two versions beside each other; without a choice the present one and the one before it."""
        obj = self._gated(request, object_id)
        moments = History(self.model, obj.pk, self._all_parts()).moments()
        if not moments:
            raise Http404
        newest = moments[-1]
        right = _as_of(moments, request.GET.get("right", "")) or newest
        left = _as_of(moments, request.GET.get("left", "")) or moments[max(0, len(moments) - 2)]
        history = self._history(obj)
        before, after = history.lines(left.state), history.lines(right.state)
        exact = _moment(left) == _moment(right)
        page = beside(_named(left, exact), _named(right, exact), before, after, {})
        restorable = _as_of(history.moments(), str(left.number))
        title = _("Two versions of “%(name)s”") % {"name": obj}
        context = {"title": title, "page": page, "left": left, "right": right, "moments": moments[::-1]}
        context |= {"restorable": restorable}
        return self._render(request, "compare", obj, context)

    def _all_parts(self) -> tuple[str, ...]:
        """Every relation whose rows stand in the form, those among them that have pages of their own."""
        names = list(self.history_parts)
        for inline in self.inlines:
            keys = [key for key in inline.model._meta.fields if key.related_model is self.model]
            if keys and hasattr(inline.model, "history"):
                names.append(keys[0].related_query_name())
        return tuple(dict.fromkeys(names))

    def version_view(self, request: HttpRequest, object_id: str, number: int) -> HttpResponse:
        """One version beside what stands now; a POST restores it."""
        obj = self._gated(request, object_id)
        history = self._history(obj)
        moment, present = history.moment(number), history.moments()[-1:]
        if moment is None or history.key not in moment.state:
            raise Http404
        problems: list[str] = []
        if request.method == "POST":
            if not self.has_change_permission(request, obj):
                raise PermissionDenied
            with transaction.atomic():
                self.lock(unquote(object_id))  # type: ignore[attr-defined]
                present = history.moments()[-1:]
                problems = self._overtaken(request, present[0]) or self._restore(
                    request, obj, history, moment
                )
            if not problems:
                change = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
                return HttpResponseRedirect(reverse(change, args=[obj.pk]))
        then = history.lines(moment.state)
        now = history.lines(present[0].state)
        differing = {difference.label: difference for difference in compare(now, then)}
        context = {
            "title": _("“%(name)s” as of %(when)s") % {"name": obj, "when": _moment(moment)},
            "moment": moment,
            "lines": [
                (label, then.get(label, ""), differing.get(label)) for label in dict.fromkeys([*then, *now])
            ],
            "is_present": not differing,
            "present": present[0],
            "is_published": bool(getattr(obj, "is_published", False)),
            "problems": problems,
        }
        return self._render(request, "version", obj, context, status=409 if problems else 200)

    def _overtaken(self, request: HttpRequest, present: Moment) -> list[str]:
        """Why this is not restored over what somebody saved since the page was opened."""
        seen = request.POST.get("present", "")
        if seen == str(present.number):
            return []
        if not seen:
            return [_("This page did not say what it had been compared with. Compare again, then restore.")]
        said = {"who": _who(present), "when": _moment(present)}
        return [_("%(who)s saved it on %(when)s, after you had opened this page. Compare again.") % said]

    def _restore(self, request: HttpRequest, obj: Any, history: History, moment: Moment) -> list[str]:
        """Restore, or say what stands in the way."""
        when = _moment(moment)
        try:
            restore(
                obj=obj,
                history=history,
                moment=moment,
                reason=_("Restored the version of %(when)s.") % {"when": when},
            )
        except ValidationError as error:
            return list(error.messages)
        self.log_change(request, obj, _("Restored the version of %(when)s.") % {"when": when})
        message = _("The version of %(when)s is restored. What stood here until now is in the history.")
        self.message_user(request, message % {"when": when}, messages.SUCCESS)
        return []

    def _gated(self, request: HttpRequest, object_id: str) -> Any:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return obj

    def _history(self, obj: Any) -> History:
        return History(self.model, obj.pk, self.history_parts)

    def _render(
        self, request: HttpRequest, page: str, obj: Any, context: dict[str, Any], status: int = 200
    ) -> HttpResponse:
        every = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "object": obj,
            "original": obj,
            "has_change_permission": self.has_change_permission(request, obj),
            "preserved_filters": self.get_preserved_filters(request),
        }
        return TemplateResponse(request, f"admin/history/{page}.html", every | context, status=status)


def _as_of(moments: list[Moment], number: str) -> Moment | None:
    """The last moment that is not later than this one."""
    if not number.isascii() or not number.isdigit() or len(number) > 17:
        return None
    return next((moment for moment in reversed(moments) if moment.number <= int(number)), None)


def _who(moment: Moment) -> str:
    return (moment.by.get_full_name() or moment.by.get_username()) if moment.by else str(_("A command"))


def _named(moment: Moment, exact: bool = False) -> str:
    return f"{_moment(moment, exact)} · {_who(moment)}"


def _moment(moment: Moment, exact: bool = False) -> str:
    """When it was; two within a minute are told apart by the second."""
    return date_format(localtime(moment.at), "j F Y, H:i:s" if exact else "j F Y, H:i")
