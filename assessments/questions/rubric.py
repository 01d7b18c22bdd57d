"""Rubrics: what a person looks at in a written answer, the levels of each, and what the ticks add up to.

A tick names a level by its label, so that a rubric may give it other points afterwards; a level that was
reworded is not found again, and the answer has to be looked at once more.
"""

import math
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from assessments.questions.base import Content, Criterion, Level, Problem
from assessments.questions.common import check_distinct, check_keys, check_list, check_text, mappings
from concepts.formulas import is_name

CRITERIA, LEVELS = (1, 6), (2, 5)
MOST_POINTS = 100

Ticks = Mapping[str, Any]  # the label of the level ticked, by the name of the criterion


def rubric_of(content: Content) -> tuple[Criterion, ...]:
    """The criteria of a question in their order."""
    return tuple(
        Criterion(
            str(row.get("name", "")), str(row.get("label", "")), _levels(row), str(row.get("objective") or "")
        )
        for row in mappings(content, "rubric")
    )


def most_points(content: Content) -> float:
    """What an answer gets that reaches the highest level of every criterion."""
    return sum(criterion.most for criterion in rubric_of(content))


def ticked(criterion: Criterion, ticks: Ticks) -> Level | None:
    """The level that was ticked; None where none was, or none that this rubric has."""
    return next((level for level in criterion.levels if level.label == ticks.get(criterion.name)), None)


def points_of(content: Content, ticks: Ticks) -> float:
    """What the ticks add up to so far."""
    levels = (ticked(criterion, ticks) for criterion in rubric_of(content))
    return sum(level.points for level in levels if level)


def mark(content: Content, ticks: Ticks) -> float | None:
    """The score that ticks give: points ÷ most points, from 0 to 1; None while a criterion is open."""
    rubric, most = rubric_of(content), most_points(content)
    if not most or any(ticked(criterion, ticks) is None for criterion in rubric):
        return None
    return min(1.0, points_of(content, ticks) / most)


def check_rubric(content: Content) -> list[Problem]:
    """Everything that is wrong with the rubric of a question."""
    problems = check_list(content, "rubric", *CRITERIA)
    rows = content.get("rubric")
    for i, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, Mapping):
            problems += _check_criterion(row, f"rubric.{i}")
    names = [row.get("name") for row in mappings(content, "rubric")]
    return problems + check_distinct([name for name in names if name], "rubric", name="name")


def _levels(row: Mapping[str, Any]) -> tuple[Level, ...]:
    return tuple(
        Level(
            str(level.get("label", "")), _figure(level.get("points")) or 0, str(level.get("description", ""))
        )
        for level in mappings(row, "levels")
    )


def _figure(value: Any) -> float | None:
    """A number of points, None if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return value if 0 <= value <= MOST_POINTS else None


def _check_criterion(row: Mapping[str, Any], path: str) -> list[Problem]:
    problems = check_keys(row, ("name", "label", "levels", "objective"), f"{path}.")
    problems += check_text(
        row, "label", f"{path}.label", _("This criterion has no label. Say in a few words what is looked at.")
    )
    name = row.get("name")
    if not isinstance(name, str) or not is_name(name):
        message = _("“%(name)s” cannot be a name. Write one word of letters and figures, such as effect.")
        problems.append(Problem(f"{path}.name", message % {"name": "" if name is None else name}))
    listed = check_list(row, "levels", *LEVELS)
    problems += [Problem(f"{path}.{problem.field}", problem.message) for problem in listed]
    return problems + _check_levels(row, f"{path}.levels")


def _check_levels(row: Mapping[str, Any], path: str) -> list[Problem]:
    problems = []
    levels = mappings(row, "levels")
    for i, level in enumerate(levels):
        remedy = _("This level has no label. Call it in a word or two, such as Partly.")
        problems += check_text(level, "label", f"{path}.{i}.label", remedy)
        remedy = _("This level is not described. Say what an answer shows that reaches it.")
        problems += check_text(level, "description", f"{path}.{i}.description", remedy)
        problems += check_keys(level, ("label", "points", "description"), f"{path}.{i}.")
        if _figure(level.get("points")) is None:
            message = _("Give its points as a number from 0 to %(most)s.") % {"most": MOST_POINTS}
            problems.append(Problem(f"{path}.{i}.points", message))
    points = [_figure(level.get("points")) for level in levels]
    if levels and None not in points and (0 not in points or not any(points)):
        message = _("The lowest level is worth 0 points and the highest more. Change the points.")
        problems.append(Problem(path, message))
    labels = [level.get("label") for level in levels if level.get("label")]
    return problems + check_distinct(labels, path, name="label")
