"""Putting a question right after it was asked: what may change, and old draws under new sums.

An answer that was stored points at parts of the question by their keys, and a draw holds figures by their
names. A correction must leave those alone; what is right, what is near enough and the wording may change.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.base import Content, Option, Problem, QuestionType, Values
from assessments.questions.sampling import recipe, tidy
from concepts.formulas import evaluate


def structural_problems(kind: QuestionType, before: Content, after: Content) -> list[Problem]:
    """Why answers to ``before`` cannot be marked by ``after``, each at its field; empty if they can be.

    Both have been checked, as everything that was published has.
    """
    asked, corrected = kind.present(before, {}), kind.present(after, {})
    problems = []
    where = _changed_list(before, after)
    for then, now in ((asked.options, corrected.options), (asked.buckets, corrected.buckets)):
        if {option.key for option in then} != {option.key for option in now}:
            message = _(
                "Answers that were given name the parts of the question as it was asked, so a correction can "
                "neither add nor remove one. Publish a new version instead."
            )
            problems.append(Problem(where, message))
        elif _moved(then, now):
            message = _(
                "“%(text)s” has changed its place. Stored answers go by the place, so a correction cannot "
                "move it. Put it back, or publish a new version instead."
            )
            problems.append(Problem(where, message % {"text": _moved(then, now)}))
    if _names(before) != _names(after):
        message = _(
            "Every learner has figures of their own, drawn under these names, so a correction can neither "
            "add, remove nor rename a parameter. Publish a new version instead."
        )
        problems.append(Problem("parameters", message))
    return problems


def refigured(content: Content, values: Values) -> dict[str, Any]:
    """What was drawn, with the derived figures worked out again as ``content`` has them.

    Constraints are not asked: the figures were drawn already. Raises `FormulaError` where a sum fails.
    """
    if not content.get("derived"):
        return dict(values)
    figures = {name: values[name] for name in content.get("parameters") or {} if name in values}
    for name, expression in recipe(content).derived:
        figures[name] = tidy(evaluate(expression, figures))
    return {**values, **figures}


def _names(content: Content) -> set[str]:
    return set(content.get("parameters") or {})


def _moved(then: Sequence[Option], now: Sequence[Option]) -> str:
    """The text of an option that now stands under another key."""
    by_text = {option.text: option.key for option in then}
    return next((option.text for option in now if by_text.get(option.text, option.key) != option.key), "")


def _changed_list(before: Content, after: Content) -> str:
    """The name of the list in which two questions differ, where a form can say what is wrong."""
    names = (name for name, value in {**before, **after}.items() if isinstance(value, list | Mapping))
    return next((name for name in names if before.get(name) != after.get(name)), "stem")
