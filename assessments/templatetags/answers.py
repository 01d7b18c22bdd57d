"""The inputs of an answer, drawn without a template for each: a question to sort has twenty of them."""

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
