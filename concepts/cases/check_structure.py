"""Checking what a case is made of: roles, variables, chances, and the stages with the ways between them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from concepts.cases.document import ROLES, Case, Decision, Stage
from concepts.cases.problems import Notes, Steps, listed
from concepts.cases.shape import LONGEST_KEY
from concepts.formulas import check_expression

MOST_DRAWN = 10_000  # steps of a chance


def check_top(document: Mapping[str, Any], case: Case, notes: Notes) -> None:
    """Roles, variables, chances, where the case starts, and what both roles read at its end."""
    keys = [role.key for role in case.roles]
    for i, key in enumerate(keys):
        if key and key not in ROLES:
            message = _("A role is called production or operations, not “%(name)s”.")
            notes.note(("roles", i, "key"), message % {"name": key})
    notes.twice(keys, ("roles",), "key")
    for key in keys:
        if key in ROLES and not case.views.get(key):
            message = _("The reasoning of the role %(name)s is missing. Write it for the debrief.")
            notes.note(("views",), message % {"name": key})
    for key in case.views:
        if key not in keys:
            notes.note(("views", key), _no_role(key, keys))
    if len(keys) > 1 and not case.compared:
        notes.note(("compared",), _("Two roles are compared at the end. Write what each of them saw."))
    _check_start(document.get("start"), case, keys, notes)
    _check_variables(case, notes)
    _check_chances(case, notes)


def _check_start(start: Any, case: Case, roles: Sequence[str], notes: Notes) -> None:
    """That the case starts in a stage of its own, for each role."""
    named = start if isinstance(start, Mapping) else {"": start} if start else {}
    for role, key in named.items():
        steps: Steps = ("start", role) if role else ("start",)
        if role and role not in roles:
            notes.note(steps, _no_role(role, roles))
        check_stage(str(key), case, notes, steps)
    if isinstance(start, Mapping):
        for role in roles:
            if role in ROLES and role not in start:
                message = _("Where the role %(name)s starts is missing. Name a stage for it.")
                notes.note(("start",), message % {"name": role})
    endings = {stage.key for stage in case.stages if stage.is_ending}
    if set(case.start.values()) & endings:
        notes.note(("start",), _("The case would start with an ending. Start it in a stage with decisions."))


def _check_variables(case: Case, notes: Notes) -> None:
    notes.twice((each.name for each in case.variables), ("variables",), "name")
    for i, each in enumerate(case.variables):
        low, high = each.minimum, each.maximum
        if each.better not in ("higher", "lower"):
            notes.note(("variables", i, "better"), _("“better” is higher or lower."))
        if low is not None and high is not None and low >= high:
            message = _("The minimum is not below the maximum. Exchange or widen them.")
            notes.note(("variables", i, "minimum"), message)
        elif each.kept(each.initial) != each.initial:
            message = _("It begins outside its bounds. Change where it begins, or the bounds.")
            notes.note(("variables", i, "initial"), message)


def _check_chances(case: Case, notes: Notes) -> None:
    notes.twice((each.name for each in case.chances), ("chances",), "name")
    variables = {each.name for each in case.variables}
    for i, each in enumerate(case.chances):
        if each.name in variables:
            message = _("“%(name)s” is a variable already. Give the chance another name.")
            notes.note(("chances", i, "name"), message % {"name": each.name})
        check_range(each.minimum, each.maximum, each.step, notes, ("chances", i), MOST_DRAWN)


def check_range(low: float, high: float, step: float, notes: Notes, steps: Steps, most: int) -> bool:
    """Whether a range with a step makes sense: some steps, but not too many, that end at its end."""
    if low >= high:
        notes.note((*steps, "minimum"), _("The minimum is not below the maximum. Exchange or widen them."))
    elif step <= 0:
        notes.note((*steps, "step"), _("The step is not above 0. Write how far apart two values are."))
    elif (high - low) / step > most:
        message = _("There are more than %(most)s steps. Take a larger step.")
        notes.note((*steps, "step"), message % {"most": most})
    elif not is_on_grid(high, low, step):
        message = _("Steps of %(step)g do not lead from %(low)g to %(high)g. Change one of the three.")
        notes.note((*steps, "step"), message % {"step": step, "low": low, "high": high})
    else:
        return True
    return False


def is_on_grid(value: float, low: float, step: float) -> bool:
    """Whether so many steps lead from the low end to a value."""
    steps = (value - low) / step
    return abs(steps - round(steps)) < 1e-6


def check_stage(key: str, case: Case, notes: Notes, steps: Steps) -> None:
    """That a stage of this key is there, where one is named."""
    known = [stage.key for stage in case.stages]
    if key and key not in known:
        message = _("There is no stage “%(name)s”. Stages: %(known)s.")
        notes.note(steps, message % {"name": key, "known": listed(known)})


def check_roles(roles: Sequence[str], case: Case, notes: Notes, steps: Steps) -> None:
    """That the case has the roles that something is for."""
    known = [role.key for role in case.roles]
    for i, role in enumerate(roles):
        if role not in known:
            notes.note((*steps, i), _no_role(role, known))


def check_formula(
    text: str, names: Collection[str], notes: Notes, steps: Steps, *, condition: bool = False
) -> None:
    """That a formula, or a condition, can be worked out from these names."""
    problem = check_expression(text, names, condition=condition) if text else None
    if problem:
        notes.note(steps, problem)


def _no_role(name: str, known: Sequence[str]) -> str:
    message = _("This case has no role “%(name)s”. Roles: %(known)s.")
    return message % {"name": name, "known": listed(known)}


def check_stages(document: Mapping[str, Any], case: Case, notes: Notes) -> None:
    """Stages with what they refer to, decisions left aside."""
    notes.twice((stage.key for stage in case.stages), ("stages",), "key")
    if case.stages and not any(stage.is_ending for stage in case.stages):
        notes.note(("stages",), _("No stage is an ending. Add those, with “ending: true”."))
    met: set[str] = set()
    asked: set[str] = set()
    for i, stage in enumerate(case.stages):
        steps: Steps = ("stages", i)
        _check_keys(stage, met, notes, steps)
        for role in stage.texts:
            check_roles([role], case, notes, (*steps, "texts"))
        _check_shown(stage, case, notes, steps)
        for j, name in enumerate(stage.checkpoints):
            if name in asked or name == case.recommendation:
                message = _("“%(name)s” is asked elsewhere in this case already. Ask it once.")
                notes.note((*steps, "checkpoints", j), message % {"name": name})
            asked.add(name)
        if stage.is_ending:
            _check_ending(document["stages"][i], notes, steps)
        else:
            _check_decided(stage, case, notes, steps)
            _check_ways(stage, case, notes, steps)


def _check_keys(stage: Stage, met: set[str], notes: Notes, steps: Steps) -> None:
    """Keys that are stored with a run must fit there, and those of decisions be unique in the case."""
    if len(stage.key) > LONGEST_KEY:
        notes.note((*steps, "key"), _("A key has %(most)s characters at most.") % {"most": LONGEST_KEY})
    for j, decision in enumerate(stage.decisions):
        at = (*steps, "decisions", j, "key")
        if len(decision.key) > LONGEST_KEY:
            notes.note(at, _("A key has %(most)s characters at most.") % {"most": LONGEST_KEY})
        if decision.key and decision.key in met:
            message = _("Another decision of the case is called “%(name)s”. Give this one another key.")
            notes.note(at, message % {"name": decision.key})
        met.add(decision.key)


def _check_shown(stage: Stage, case: Case, notes: Notes, steps: Steps) -> None:
    known = [exhibit.key for exhibit in case.exhibits]
    for j, name in enumerate(stage.exhibits):
        if name not in known:
            message = _("There is no exhibit “%(name)s”. Exhibits: %(known)s.")
            notes.note((*steps, "exhibits", j), message % {"name": name, "known": listed(known)})
    variables = [variable.name for variable in case.variables]
    if stage.forecast and stage.forecast.variable and stage.forecast.variable not in variables:
        message = _("There is no variable “%(name)s”. Variables: %(known)s.")
        said = {"name": stage.forecast.variable, "known": listed(variables)}
        notes.note((*steps, "forecast", "variable"), message % said)


def _check_ending(row: Mapping[str, Any], notes: Notes, steps: Steps) -> None:
    for name in ("forecast", "checkpoints", "decisions", "next"):
        if row.get(name):
            message = _("Nothing follows an ending. Take “%(name)s” out, or “ending”.")
            notes.note((*steps, name), message % {"name": name})


def _check_decided(stage: Stage, case: Case, notes: Notes, steps: Steps) -> None:
    if not stage.decisions:
        notes.note((*steps, "decisions"), _("Nothing is decided here. Add a decision, or make it an ending."))
    elif stage.forecast is None:
        message = _("“forecast” is missing. Name a variable, and ask where it will stand after the stage.")
        notes.note((*steps, "forecast"), message)


def _check_ways(stage: Stage, case: Case, notes: Notes, steps: Steps) -> None:
    names = case.names
    for j, way in enumerate(stage.ways):
        at = (*steps, "next", j)
        check_stage(way.to, case, notes, (*at, "to"))
        check_formula(way.when, names, notes, (*at, "when"), condition=True)
    check_last([way.when for way in stage.ways], notes, (*steps, "next"))
    if not stage.ways and not all(_leads_on(stage.decisions_of(role)) for role in case.start):
        message = _("It leads nowhere. Add “next” with the stage that follows, or make it an ending.")
        notes.note((*steps, "next"), message)


def _leads_on(decisions: Sequence[Decision]) -> bool:
    """Whether one of these decisions names a stage in whatever comes of it."""
    return any(
        outcomes and all(outcome.to for outcome in outcomes)
        for outcomes in (decision.all_outcomes() for decision in decisions)
    )


def check_last(conditions: Sequence[str], notes: Notes, steps: Steps) -> None:
    """That the last of several has no condition, so that one always holds, and the others have one."""
    for i, when in enumerate(conditions):
        if when and i == len(conditions) - 1:
            message = _(
                "The last one has no condition, so that one always holds. Take “when” out, or add one."
            )
            notes.note((*steps, i, "when"), message)
        elif not when and i < len(conditions) - 1:
            message = _("It always holds, so nothing after it ever comes. Add “when”, or put it last.")
            notes.note((*steps, i), message)
