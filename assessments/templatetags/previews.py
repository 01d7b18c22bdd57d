"""What the pages of a preview say of it, for templates."""

from django import template

from assessments.services.previews import seed_of

register = template.Library()

register.filter("preview_seed", seed_of)
