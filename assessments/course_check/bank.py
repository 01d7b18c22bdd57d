"""What the bank must hold: questions enough for each objective, tests for modules, figures that hold up."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.course_check.facts import Asked, Facts, Taught
from assessments.course_check.findings import WRITE_QUESTION, Finding
from assessments.questions import TYPES
from assessments.questions.samples import check_draws

ENOUGH_QUESTIONS, ENOUGH_TYPES, ENOUGH_FIGURES = 4, 2, 2
DRAWS = 200


def check_bank(facts: Facts) -> Iterator[Finding]:
    """Objectives, modules, misconceptions, and every question by its type's own rules."""
    by_objective: dict[int, list[Asked]] = {}
    for question in facts.questions:
        if question.is_live and not question.case:  # what belongs to a case is asked there only
            by_objective.setdefault(question.objective, []).append(question)
    for objective in facts.objectives:
        yield from _coverage(objective, by_objective.get(objective.where.pk, []))
    for module in facts.modules:
        if not module.has_test:
            message = _("It has no published test of its own.")
            remedy = _("Write an assessment of the mode “Test” for the module, and publish it.")
            yield Finding("no_test", module.where, message, remedy)
    yield from _misconceptions(facts)
    for question in facts.questions:
        yield from _question(question)


def _coverage(objective: Taught, live: list[Asked]) -> Iterator[Finding]:
    if len(live) < ENOUGH_QUESTIONS:
        text = ngettext("It has %(count)d live question.", "It has %(count)d live questions.", len(live))
        lacking = ENOUGH_QUESTIONS - len(live)
        remedy = ngettext("Write %(count)d more question.", "Write %(count)d more questions.", lacking)
        yield Finding(
            "few_questions",
            objective.where,
            text % {"count": len(live)},
            remedy % {"count": lacking},
            WRITE_QUESTION,
        )
    types = {question.type for question in live}
    if live and len(types) < ENOUGH_TYPES:
        message = _("All its live questions are of one type: %(type)s.")
        said = {"type": str(TYPES[types.pop()].label).lower()}
        remedy = _("Write one of another type.")
        yield Finding("few_types", objective.where, message % said, remedy, WRITE_QUESTION)
    if any(question.type == "numeric" for question in live):
        yield from _figures(objective, live)


def _figures(objective: Taught, live: list[Asked]) -> Iterator[Finding]:
    """Whoever has to calculate must be able to do it again with other figures."""
    fresh = sum(question.type == "numeric" and bool(question.content.get("parameters")) for question in live)
    if fresh < ENOUGH_FIGURES:
        text = ngettext(
            "It asks for a figure, but only %(count)d question draws fresh ones.",
            "It asks for a figure, but only %(count)d questions draw fresh ones.",
            fresh,
        )
        remedy = _("Write a number question with drawn figures, so that it can be practised again.")
        yield Finding("few_figures", objective.where, text % {"count": fresh}, remedy, WRITE_QUESTION)


def _misconceptions(facts: Facts) -> Iterator[Finding]:
    for slip in facts.misconceptions:
        if slip.slug not in facts.around.named:
            message = _("No question names it.")
            remedy = _("Point a wrong choice or a slip of a question at it, or delete it.")
            yield Finding("unused_misconception", slip.where, message, remedy)
        if not slip.explanation.strip():
            message = _("It says nothing to whoever holds it.")
            remedy = _("Write what the slip is, and what is meant instead.")
            yield Finding("unexplained_misconception", slip.where, message, remedy)


def _question(question: Asked) -> Iterator[Finding]:
    """What the type says; then, where figures are drawn, ten times the draws that the form tries."""
    kind = TYPES[question.type]
    problems = kind.check(question.content)
    for problem in problems:
        where = f"{problem.field}: " if problem.field else ""
        remedy = _("Mend it in the question's form, then publish it again.")
        yield Finding("question", question.where, f"{where}{problem.message}", remedy)
    if problems or not kind.parametric:
        return
    for problem in check_draws(question.content, DRAWS):
        message = f"{problem.field}: {problem.message}"
        remedy = _("Add a constraint or change a range, so that every draw can be told apart.")
        yield Finding("draws", question.where, message, remedy)
