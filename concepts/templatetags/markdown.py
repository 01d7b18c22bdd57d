"""Markdown in templates, through the one pipeline."""

from django import template
from django.utils.safestring import SafeString

from concepts.equations import equation_html
from concepts.rendering import clean_html, render, render_inline

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """A text of one or more paragraphs."""
    return render(text or "")


@register.filter
def markdown_inline(text: str) -> SafeString:
    """A text that stands inside a line."""
    return render_inline(text or "")


@register.filter
def equation(text: str) -> SafeString:
    """A formula in words, set with fractions."""
    return SafeString(clean_html(equation_html(text)))
