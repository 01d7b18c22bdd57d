"""A small course with a diagnostic over it, and somebody who takes it."""

from collections.abc import Iterable

from django.utils import timezone

from assessments.models import Assessment, Attempt, AttemptItem
from assessments.services.answers import save_answer
from assessments.services.diagnostics import extend
from concepts.models import Module
from tests.factories import (
    AssessmentFactory,
    ConceptFactory,
    ModuleFactory,
    ObjectiveFactory,
    PartFactory,
    QuestionFactory,
)


def course(*sizes: int, **options: object) -> Assessment:
    """Modules of so many lessons, an objective with two questions in each, and a diagnostic over them all."""
    options = {"mode": "diagnostic", "shuffle": False, "title": "Where do you stand?"} | options
    diagnostic: Assessment = AssessmentFactory(concept=None, **options)
    for size in sizes or (3, 3):
        module = ModuleFactory()
        for _ in range(size):
            objective = ObjectiveFactory(concept=ConceptFactory(module=module))
            QuestionFactory.create_batch(2, objective=objective, publish=True)
            PartFactory(assessment=diagnostic, objective=objective)
    return diagnostic


def give(item: AttemptItem, answer: str) -> None:
    """Answer a question and go on from it: `a` is right, blank is blank."""
    item.refresh_from_db()
    save_answer(
        item=item, posted={"answer": [answer] if answer else []}, revision=item.revision, now=timezone.now()
    )
    extend(attempt=item.attempt, after=item.position, now=timezone.now())


def walk(attempt: Attempt, *, known: Iterable[Module] = (), answer: str = "a", other: str = "b") -> None:
    """Go through all that is asked, knowing some modules; of the others another answer is given."""
    modules = {module.pk for module in known}
    position = 0
    while item := attempt.items.filter(position__gt=position).order_by("position").first():
        give(item, answer if item.version.objective.module.pk in modules else other)
        position = item.position


def modules_asked(attempt: Attempt) -> list[int]:
    """The module of each question, in the order asked."""
    items = attempt.items.order_by("position").select_related("version__objective__concept")
    return [item.version.objective.concept.module_id for item in items]
