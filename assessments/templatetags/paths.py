"""Where the reader stands on a learning path, for the templates of the course."""

from django import template
from django.http import HttpRequest

from assessments.models import Learner
from assessments.selectors.routes import Reached, Route, followed, reached, route_of
from assessments.templatetags.mastery import known_for, standing_for
from concepts.kept import shelf_for
from concepts.selectors.outline import Chapter, Lesson, Outline
from concepts.selectors.paths import Stage, Way

register = template.Library()


def _learner(request: HttpRequest) -> Learner:
    learner: Learner = request.learner  # type: ignore[attr-defined]
    return learner


@register.simple_tag(takes_context=True)
def my_path(context: template.RequestContext) -> Way | None:
    """The path that the reader follows."""
    request = context.request
    return followed(shelf_for(request), _learner(request), request.user)


@register.simple_tag(takes_context=True)
def my_route(context: template.RequestContext, outline: Outline) -> Route:
    """The course in the reader's order."""
    request = context.request
    return route_of(shelf_for(request), _learner(request), request.user, outline)


@register.simple_tag(takes_context=True)
def next_on(context: template.RequestContext, route: Route) -> Lesson | None:
    """The lesson that the reader should open next."""
    request = context.request
    return route.next(standing_for(request), known_for(request))


@register.simple_tag
def stage_at(route: Route, chapter: Chapter) -> Stage | None:
    """The place of a module on the reader's path, if it has one."""
    return route.stage_of.get(chapter.pk)


@register.simple_tag(takes_context=True)
def reached_in(context: template.RequestContext, stage: Stage) -> Reached:
    """How far the reader has come with a module, by what its path asks."""
    return reached(stage.chapter.objectives, standing_for(context.request), is_core=stage.step.is_core)
