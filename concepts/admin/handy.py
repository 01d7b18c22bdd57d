"""What every form and list of content offers beside saving: other modules of the admin put it in here."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concepts.models import Comparison, Concept, Metric, Module
from concepts.reordering import ORDERS, place_last

SAID = 3  # reasons for being hidden that one message after another may give
Tool = tuple[str, Any]
# Ask for the tools of the page of an object: pairs of address and words.
TOOLS: list[Callable[[HttpRequest, Any], list[Tool]]] = []
# What learners lose with something that is made a draft: rows of other models, by their key to it.
GOES_WITH: dict[type[Model], list[tuple[type[Model], str]]] = {
    Module: [(Concept, "module"), (Comparison, "module"), (Metric, "concept__module")],
    Concept: [(Metric, "concept")],
}
# Actions on lists by model: a name, what it does, and its words.
ACTIONS: dict[type[Model], list[tuple[str, Callable[..., Any], Any]]] = {}


class HandyAdmin(admin.ModelAdmin):
    """Mix-in for content: tools at the head of its form, actions on its list, and new things go last."""

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        if IS_POPUP_VAR not in request.GET and self.has_change_permission(request):
            for name, deed, words in ACTIONS.get(self.model, ()):
                actions[name] = (deed, name, words)
        return actions

    def say_hidden(self, request: HttpRequest, objects: Sequence[Any]) -> None:
        """Of what was published: why learners still do not see some of it."""
        reasons = Counter(filter(None, (self.hidden_by(obj) for obj in objects)))  # type: ignore[attr-defined]
        for reason, count in reasons.most_common(SAID):
            text = ngettext("%(count)d of them stays hidden.", "%(count)d of them stay hidden.", count)
            self.message_user(request, f"{text % {'count': count}} {reason}", messages.WARNING)

    def say_what_goes_with(self, request: HttpRequest, objects: Sequence[Any]) -> None:
        """Of what was made a draft: what else learners no longer see."""
        said = []
        for model, link in GOES_WITH.get(self.model, ()):
            rows = model._base_manager.filter(**{f"{link}__in": objects, "status": "published"})
            if count := rows.count():
                names = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
                said.append(f"{count} {names}")
        if said:
            message = _("Hidden with that, though published: %(what)s.") % {"what": ", ".join(said)}
            self.message_user(request, message, messages.WARNING)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Its template may link to the page on which the list is put in order."""
        order = next(
            (each for each in ORDERS.values() if each.home is None and each.lists[0][0] is self.model), None
        )
        url = reverse("admin:order", args=[order.key]) if order else ""
        return super().changelist_view(request, {"order_url": url, **(extra_context or {})})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk and self.has_change_permission(request, obj):
            ours = [tool for ask in TOOLS for tool in ask(request, obj)]
            context["tools"] = [*context.get("tools", []), *ours]
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What is new, or new to its home, stands last there."""
        homes = {link for order in ORDERS.values() for model, link in order.lists if model is self.model}
        if homes and "position" not in form.fields and (not change or homes & set(form.changed_data)):
            place_last(obj)
        super().save_model(request, obj, form, change)
