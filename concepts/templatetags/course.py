"""Parts of a page of the course that are the same for every reader."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def shared(name: str, page: Any) -> SafeString:
    """A part that depends on its page alone: drawn once and kept with the page, for each language.

    The part sees `page` and nothing else: no request, no reader.
    """
    key = (name, get_language() or "")
    if key not in page.drawn:
        page.drawn[key] = get_template(name).render({"page": page})
    return SafeString(page.drawn[key])
