"""The inputs of an answer, drawn without a template for each: a question to sort has twenty of them."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms.boundfield import BoundWidget
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def tick(option: BoundWidget) -> SafeString:
    """A radio button or a tick box, as its own widget would draw it."""
    data = option.data
    return format_html(
        '<input type="{}" name="{}" value="{}"{}>',
        data["type"],
        data["name"],
        data["value"],
        flatatt(data["attrs"]),
    )


@register.filter
def by_place(rows: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The rows of things to order as their places say; as they are drawn where the places do not add up."""
    places = [str(field.value() or "") for field, _mark in rows]
    if sorted(places) != sorted(str(n) for n in range(1, len(rows) + 1)):
        return list(rows)
    return [row for _place, row in sorted(zip(map(int, places), rows, strict=True), key=lambda pair: pair[0])]
