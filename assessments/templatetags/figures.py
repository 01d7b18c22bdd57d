"""Figures in templates, written as everywhere else."""

from django import template

from concepts.figures import format_number

register = template.Library()


@register.filter
def points(value: float) -> str:
    """Points, to a tenth at most: `3`, `2.5`."""
    return format_number(value, decimals=1)
