"""What the pages of the course show of a diagnostic: the invitation to it, and what it lets one skip."""

from django import template

from assessments.selectors.sets import AssessmentLine
from assessments.selectors.skippable import Known
from assessments.selectors.standing import Standing
from assessments.templatetags.mastery import known_for

register = template.Library()


@register.simple_tag(takes_context=True)
def known(context: template.RequestContext) -> Known:
    """The lessons that the reader's diagnostic lets them skip: `lesson in known`."""
    return known_for(context.request)


@register.simple_tag
def invited(sets: list[AssessmentLine], mine: Standing) -> AssessmentLine | None:
    """The diagnostic of the whole course, for a reader who has not answered anything and not taken it."""
    ready = (line for line in sets if line.is_diagnostic and line.is_course_wide)
    return next((line for line in ready if mine.is_empty and not line.is_done), None)
