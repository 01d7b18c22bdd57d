"""The page on which a list is put in order: by dragging, by its buttons, and without JavaScript."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concepts.admin.columns import change_url, state_mark
from concepts.admin.handy import TOOLS, Tool
from concepts.admin.pages import add_pages
from concepts.models import Publishable
from concepts.reordering import ORDERS, Order, OrderRefused, key_of, reorder


@dataclass(frozen=True)
class OrderLine:
    """One line of the list."""

    key: str
    text: str
    kind: str
    state: Any
    is_new: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def order_page(request: HttpRequest, kind: str, pk: int = 0) -> HttpResponse:
    """A list in its order; a POST stores another one: the whole list, or one line moved by one place."""
    order = ORDERS.get(kind)
    if order is None or bool(order.home) != bool(pk):
        raise Http404
    home = get_object_or_404(order.home, pk=pk) if order.home else None
    if not may_order(request, order):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, order, home)
    keys, moved, by = _asked(request)
    try:
        count = reorder(
            objects=keys, seen=request.POST.get("seen", "").split(), order=order, home=home, user=request.user
        )
    except OrderRefused as refused:
        return _page(request, order, home, keys=keys, refused=refused)
    return _saved(request, order, home, moved, by, count)


def may_order(request: HttpRequest, order: Order) -> bool:
    """Whether this person may change everything that stands in such a list."""
    names = [(model._meta.app_label, model._meta.model_name) for model, _link in order.lists]
    return request.user.has_perms([f"{app}.change_{name}" for app, name in names])


def _asked(request: HttpRequest) -> tuple[list[str], str, int]:
    """The order that was posted, with the line whose button was pressed moved by one place."""
    keys = request.POST.getlist("order")
    moved, _colon, by = request.POST.get("move", "").partition(":")
    if moved not in keys or by not in ("-1", "1"):
        return keys, "", 0
    place = keys.index(moved)
    to = min(max(place + int(by), 0), len(keys) - 1)
    keys.insert(to, keys.pop(place))
    return keys, moved, int(by)


def _saved(
    request: HttpRequest, order: Order, home: Any, moved: str, by: int, count: int
) -> HttpResponseRedirect:
    items = order.items(home)
    texts = {key_of(obj): str(obj) for obj in items}
    if moved:
        place = list(texts).index(moved) + 1
        said = {"text": texts[moved], "place": place, "count": len(items)}
        message = _("“%(text)s” is now at place %(place)d of %(count)d.") % said
    elif count:
        message = _("The new order is saved.")
    else:
        message = _("Everything stood in this order already.")
    messages.success(request, message)
    # The button that was pressed gets the focus again, so that a keyboard can go on moving the line.
    query = f"?{urlencode({'moved': moved, 'by': str(by)})}" if moved else ""
    return HttpResponseRedirect(f"{order_url(order, home.pk if home else None)}{query}")


def _page(
    request: HttpRequest, order: Order, home: Any, keys: Sequence[str] = (), refused: Any = None
) -> HttpResponse:
    items = order.items(home)
    seen = [key_of(obj) for obj in items]
    lines = [_line(obj, is_new=bool(keys) and key_of(obj) not in keys) for obj in items]
    if keys:  # as it was typed; what came since stands last
        lines.sort(key=lambda line: list(keys).index(line.key) if line.key in keys else len(keys))
    context = {
        **admin.site.each_context(request),
        "title": _("Order: %(list)s of “%(home)s”") % {"list": order.title, "home": home}
        if home
        else _("Order: %(list)s") % {"list": order.title},
        "order": order,
        "home": home,
        "home_url": _home_url(home, order),
        "lines": lines,
        "seen": " ".join(seen),
        "refused": refused,
        "moved": request.GET.get("moved", ""),
        "by": request.GET.get("by", ""),
    }
    return render(request, "admin/handy/order.html", context, status=refused.status if refused else 200)


def _line(obj: Any, *, is_new: bool) -> OrderLine:
    state = state_mark(obj) if isinstance(obj, Publishable) else ""
    return OrderLine(key_of(obj), str(obj), str(obj._meta.verbose_name), state, is_new)


def _home_url(home: Any, order: Order) -> str:
    """The way back: to the form of the home, or to the list."""
    model = type(home) if home else order.lists[0][0]
    if not admin.site.is_registered(model):
        return reverse("admin:index")
    if home:
        return change_url(home)
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def order_url(order: Order, home: int | None) -> str:
    """Where a list is put in order; of its home the key."""
    return (
        reverse("admin:order_of", args=[order.key, home])
        if home
        else reverse("admin:order", args=[order.key])
    )


def order_tools(request: HttpRequest, obj: Any) -> list[Tool]:
    """The lists of an object that have two lines or more, and the one that it stands in itself."""
    found = []
    for order in ORDERS.values():
        if not may_order(request, order):
            continue
        if order.home is type(obj) and sum(rows[:2].count() for rows in order.rows(obj)) > 1:
            found.append((order_url(order, obj.pk), order.words))
        for model, link in order.lists:
            home = getattr(obj, f"{link}_id") if link and model is type(obj) else None
            if model is type(obj) and (home or not link):
                found.append((order_url(order, home), _("Change its place")))
    return found


TOOLS.append(order_tools)
add_pages(
    path("order/<slug:kind>/", admin.site.admin_view(order_page), name="order"),
    path("order/<slug:kind>/<int:pk>/", admin.site.admin_view(order_page), name="order_of"),
)
