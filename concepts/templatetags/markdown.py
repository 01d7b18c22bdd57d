"""Markdown in templates, through the one pipeline."""

from django import template
from django.utils.safestring import SafeString

from concepts.equations import equation_html
from concepts.kept import KEPT
from concepts.rendering import clean_html, render, render_inline
from concepts.selectors.pictures import pictures_in, with_pictures

register = template.Library()


def _pictured(text: str, *, preview: bool) -> SafeString:
    """Only a text with pictures asks for the shelf, which costs a query."""
    html = render(text)
    return with_pictures(html, KEPT.shelf(), preview=preview) if pictures_in(html) else html


@register.filter
def markdown(text: str) -> SafeString:
    """A text of one or more paragraphs."""
    return _pictured(text or "", preview=False)


@register.filter
def markdown_preview(text: str) -> SafeString:
    """The same for those who write it: a missing picture is named."""
    return _pictured(text or "", preview=True)


@register.filter
def markdown_inline(text: str) -> SafeString:
    """A text that stands inside a line."""
    return render_inline(text or "")


@register.filter
def equation(text: str) -> SafeString:
    """A formula in words, set with fractions."""
    return SafeString(clean_html(equation_html(text)))
