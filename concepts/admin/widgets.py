"""The field in which editors write Markdown: a textarea with a toolbar and a preview by our own renderer."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

MODULES = ("vendor/markdown-toolbar/index.js", "js/markdown.js")
SHEETS = ("css/picker.css",)


class MarkdownTextarea(forms.Textarea):
    """A plain textarea without JavaScript. `blocks` offers the course's own blocks, as lessons use them."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, rows: int = 5, blocks: bool = False) -> None:
        super().__init__({"class": "vLargeTextField", "rows": rows, "cols": 40, **(attrs or {})})
        self.blocks = blocks

    @property
    def media(self) -> forms.Media:
        scripts: list[Any] = [forms.widgets.Script(path, type="module") for path in MODULES]
        return forms.Media(css={"all": SHEETS}, js=scripts)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Through the project's templates, where the forms' own renderer does not look."""
        context = self.get_context(name, value, attrs)
        context |= {"blocks": self.blocks, "preview_url": reverse("admin:concepts_preview")}
        return render_to_string("admin/widgets/markdown.html", context)


def named_parts(field: Any) -> Any:
    """A date and a time are two boxes behind one label; each is named for itself."""
    if isinstance(getattr(field, "widget", None), AdminSplitDateTime):
        for widget, part in zip(field.widget.widgets, (_("date"), _("time")), strict=True):
            widget.attrs["aria-label"] = f"{capfirst(field.label)}, {part}"
    return field


class _OnlyKeys:
    """A form that comes back shows its field again, and Django's widget fails on what can be no key."""

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        keys = [key for key in map(str, value) if not key or (key.isdecimal() and len(key) < 19)]
        return super().optgroups(name, keys, attrs)  # type: ignore[misc]


class OneByTyping(_OnlyKeys, AutocompleteSelect):
    """One related object, found by typing."""


class SomeByTyping(_OnlyKeys, AutocompleteSelectMultiple):
    """Several of them."""


BY_TYPING: dict[type[Any], type[Any]] = {
    AutocompleteSelect: OneByTyping,
    AutocompleteSelectMultiple: SomeByTyping,
}


def without_shortcuts(field: Any) -> Any:
    """Beside a related field only "add" is left: open, change and delete belong on that thing's own page."""
    if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
        inner: Any = field.widget.widget
        if sound := BY_TYPING.get(type(inner)):
            field.widget.widget = sound(inner.field, inner.admin_site, inner.attrs, using=inner.db)
        field.widget.can_change_related = False
        field.widget.can_delete_related = False
        field.widget.can_view_related = False
    return field
