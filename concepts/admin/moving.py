"""Moving what was chosen in a list to another home: a page that says what would move, then one act."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from concepts.admin.chosen import MOST, Chosen, Deed, chosen_page, listed, picked, too_many
from concepts.admin.handy import ACTIONS
from concepts.admin.pages import add_pages
from concepts.moving import MOVES, Move, MoveRefused, move


class MoveForm(forms.Form):
    """Where to."""

    def __init__(self, *args: Any, how: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"] = forms.ModelChoiceField(
            queryset=how.target._default_manager.all(),
            label=_("Move to this %(kind)s") % {"kind": how.target._meta.verbose_name},
            empty_label=_("Choose one"),
            error_messages={"required": _("Choose where to move them.")},
        )


def move_selected(modeladmin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    """The action on a list: show what would move, and ask where to."""
    count = queryset.count()
    if count > MOST:
        messages.error(request, too_many(count))
        return None
    how = MOVES[modeladmin.model]
    return _page(request, modeladmin.model, how, MoveForm(how=how), list(queryset))


@require_POST
def move_page(request: HttpRequest, app: str, name: str) -> HttpResponse:
    """Move what is ticked, all of it or nothing."""
    model = next((m for m in MOVES if (m._meta.app_label, m._meta.model_name) == (app, name)), None)
    if model is None:
        raise Http404
    if not admin.site.get_model_admin(apps.get_model(app, name)).has_change_permission(request):
        raise PermissionDenied
    how, keys = MOVES[model], picked(request)
    shown = list(model._default_manager.filter(pk__in=listed(request)[:MOST] or keys[:MOST]))
    form = MoveForm(request.POST, how=how)
    if not form.is_valid():
        return _page(request, model, how, form, shown, ticked=keys, status=422)
    if not keys:
        problem = _("Nothing is ticked, so there is nothing to move. Tick at least one.")
        return _page(request, model, how, form, shown, ticked=keys, problem=problem, status=422)
    target = form.cleaned_data["target"]
    try:
        moved = move(model=model, keys=keys, target=target, user=request.user)
    except MoveRefused as refused:
        problem = _("Nothing was moved, because some of these have to stay. The reason stands beside each.")
        kept = [key for key in keys if key not in refused.reasons]
        return _page(
            request,
            model,
            how,
            form,
            shown,
            ticked=kept,
            problem=problem,
            status=409,
            reasons=refused.reasons,
        )
    _report(request, model, moved, target, len(keys))
    return HttpResponseRedirect(reverse(f"admin:{app}_{name}_changelist"))


def _report(request: HttpRequest, model: Any, moved: Sequence[Any], target: Any, chosen: int) -> None:
    text = ngettext("%(count)d moved to “%(target)s”.", "%(count)d moved to “%(target)s”.", len(moved))
    said = text % {"count": len(moved), "target": target}
    if chosen > len(moved):
        said += " " + _("%(count)d stood there already or are gone.") % {"count": chosen - len(moved)}
    messages.success(request, said)
    for remark in dict.fromkeys(MOVES[model].remark(moved).values()):
        messages.warning(request, remark)
    modeladmin: Any = admin.site.get_model_admin(model)
    hides = {modeladmin.hidden_by(obj) for obj in moved if getattr(obj, "is_published", False)}
    for reason in sorted(filter(None, hides)):
        messages.warning(request, reason)


def _page(
    request: HttpRequest,
    model: Any,
    how: Move,
    form: Any,
    objects: Sequence[Any],
    *,
    ticked: Sequence[int] | None = None,
    problem: str = "",
    status: int = 200,
    reasons: Mapping[int, str] | None = None,
) -> HttpResponse:
    reasons = {**how.refuse(objects), **(reasons or {})}
    remarks = how.remark(objects)
    rows = [
        Chosen(
            obj,
            ticked is None or obj.pk in ticked,
            " ".join(filter(None, [_home(obj, how), remarks.get(obj.pk, "")])),
            reasons.get(obj.pk, ""),
        )
        for obj in objects
    ]
    opts = model._meta
    lead = _("They keep their addresses, and stand last in their new place. Nothing has moved yet.")
    action = reverse("admin:move", args=[opts.app_label, opts.model_name])
    title = _("Move %(kinds)s") % {"kinds": opts.verbose_name_plural}
    deed = Deed(title, lead, action, _("Move them"))
    return chosen_page(request, model, deed, rows, form, problem=problem, status=status)


def _home(obj: Any, how: Move) -> str:
    home = getattr(obj, how.field)
    kind = capfirst(obj._meta.get_field(how.field).verbose_name)
    return _("%(kind)s now: %(home)s.") % {"kind": kind, "home": home or _("none")}


def offer_moving(model: Any) -> None:
    """Let the list of a kind offer to move what is chosen; it has an entry in MOVES."""
    ACTIONS.setdefault(model, []).append(("move_selected", move_selected, MOVES[model].words))


for each in list(MOVES):
    offer_moving(each)
add_pages(path("move/<slug:app>/<slug:name>/", admin.site.admin_view(move_page), name="move"))
