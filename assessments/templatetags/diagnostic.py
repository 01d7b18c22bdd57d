"""What the pages of the course show of a diagnostic: the invitation to it, and what it lets one skip."""

from django import template

from assessments.models import Learner
from assessments.selectors.open_work import open_attempts
from assessments.selectors.sets import AssessmentLine
from assessments.selectors.skippable import Known
from assessments.selectors.standing import Standing
from assessments.selectors.steps import Step, on_with_the_diagnostic
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


@register.simple_tag(takes_context=True)
def left_diagnostic(context: template.RequestContext, sets: list[AssessmentLine]) -> Step | None:
    """The diagnostic among the page's sets that was left in the middle: go on with it first, as Today says.

    One query, and only where there is one.
    """
    begun = {line.pk for line in sets if line.is_diagnostic and line.run.is_open}
    if not begun:
        return None
    learner: Learner = context.request.learner  # type: ignore[attr-defined]
    left = next((one for one in open_attempts(learner) if one.assessment in begun), None)
    return on_with_the_diagnostic(left) if left else None


@register.simple_tag
def is_diagnosed(sets: list[AssessmentLine]) -> bool:
    """Whether the reader has taken a diagnostic of the whole course."""
    return any(line.is_diagnostic and line.is_course_wide and line.is_done for line in sets)
