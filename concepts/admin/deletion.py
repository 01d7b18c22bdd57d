"""What stands in the way of a deletion, as a person can read it: grouped, counted, never in thousands."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import ngettext

from concepts.admin.columns import link_to

MOST = 10


def uses_of(objs: Sequence[Any], request: HttpRequest, site: AdminSite) -> list[Any]:
    """Everything that keeps these objects from being deleted: a line for each kind, and a few by name.

    People's data are only counted: an editor may know that answers exist, not whose they are.
    """
    collector = NestedObjects(using=router.db_for_write(objs[0].__class__), origin=objs)
    collector.collect(objs)
    groups: dict[type[Any], list[Any]] = {}
    for obj in sorted(collector.protected, key=str):
        groups.setdefault(obj.__class__, []).append(obj)
    lines: list[Any] = []
    for model, found in sorted(groups.items(), key=lambda group: str(group[0]._meta.verbose_name_plural)):
        lines += [_counted(model, len(found)), *_named(model, found, request, site)]
    return lines


def _counted(model: type[Any], count: int) -> str:
    name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
    return f"{capfirst(name)}: {count}"


def _named(model: type[Any], found: Sequence[Any], request: HttpRequest, site: AdminSite) -> Iterable[Any]:
    """A nested list for `unordered_list`, empty where the reader may not open them."""
    if not site.is_registered(model) or not site.get_model_admin(model).has_view_permission(request):
        return
    names: list[Any] = [link_to(obj) for obj in found[:MOST]]
    if len(found) > MOST:
        left = len(found) - MOST
        names.append(ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left})
    yield names
