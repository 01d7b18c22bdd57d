"""What stands in the way of a deletion, as a person can read it: grouped, counted, never in thousands."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import ngettext

from concepts.admin.columns import link_to
from concepts.models import CaseObjective, CaseStudy, PreparedChange
from concepts.selectors.where_used import users_of

MOST = 10


def uses_of(objs: Sequence[Any], request: HttpRequest, site: AdminSite) -> list[Any]:
    """Everything that keeps these objects from being deleted: a line for each kind, and a few by name.

    That is what has a foreign key to them, and what names them in a text or a list. People's data are only
    counted: an editor may know that answers exist, not whose they are.
    """
    collector = NestedObjects(using=router.db_for_write(objs[0].__class__), origin=objs)
    collector.collect(objs)

    def may_name(model: type[Any]) -> bool:
        if model is PreparedChange:
            return True
        return site.is_registered(model) and site.get_model_admin(model).has_view_permission(request)

    guarding = _themselves(sorted(collector.protected, key=str))
    return lines_of([*guarding, *users_of(objs)], may_name)


def _themselves(rows: Sequence[Any]) -> list[Any]:
    """Rows as an editor knows them: that a case points at an objective is told by the case."""
    links = [row for row in rows if isinstance(row, CaseObjective)]
    cases = CaseStudy.objects.filter(pointed_at__in=links).distinct() if links else []
    return [*(row for row in rows if not isinstance(row, CaseObjective)), *cases]


def lines_of(rows: Iterable[Any], may_name: Callable[[type[Any]], bool] = lambda _model: True) -> list[Any]:
    """Rows by kind as a nested list for `unordered_list`: each kind counted, a few of it by name."""
    groups: dict[type[Any], list[Any]] = {}
    for row in dict.fromkeys(rows):
        groups.setdefault(row.__class__, []).append(row)
    lines: list[Any] = []
    for model, found in sorted(groups.items(), key=lambda group: str(group[0]._meta.verbose_name_plural)):
        lines.append(_counted(model, len(found)))
        if may_name(model):
            lines.append(_named(found))
    return lines


def _counted(model: type[Any], count: int) -> str:
    name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    return f"{capfirst(name)}: {count}"


def _named(found: Sequence[Any]) -> list[Any]:
    names: list[Any] = [use_link(row) for row in found[:MOST]]
    if len(found) > MOST:
        left = len(found) - MOST
        names.append(ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left})
    return names


def use_link(row: Any) -> SafeString | str:
    """A use by name; what is in preparation leads to what it will change."""
    target = row.content if isinstance(row, PreparedChange) else row
    try:
        return link_to(target)
    except NoReverseMatch:
        return str(row)
