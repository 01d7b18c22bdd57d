"""What is doubtful about a case that can be played: nothing here keeps it from being published."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concepts.cases.document import CHOOSE, Case, Decision
from concepts.cases.ways import Graph, graph
from concepts.formulas import FormulaError, evaluate, names_in

ENOUGH_ENDINGS = 3


@dataclass(frozen=True)
class Caution:
    """One doubt: its kind, the way to its place in the document, and what to do about it."""

    kind: str
    field: str
    message: str


def warnings(case: Case) -> list[Caution]:
    """Dead ends, unreachable stages, loops without end, dominant options, unused variables and chances, too
    few endings, stages in which a role has nothing to decide, exhibits that are not there yet.
    """
    graphs = [graph(case, role) for role in case.start]
    return [
        *_unreachable(case, graphs),
        *(caution for each in graphs for caution in _stuck(case, each)),
        *_endings(case, graphs),
        *(caution for each in graphs for caution in _idle(case, each)),
        *(caution for each in graphs for caution in _too_early(case, each)),
        *_dominant(case),
        *_unused(case),
    ]


def _place(case: Case, key: str) -> str:
    return f"stages.{[stage.key for stage in case.stages].index(key)}"


def _unreachable(case: Case, graphs: list[Graph]) -> Iterator[Caution]:
    reached = {stage.key for each in graphs for stage in each.nodes}
    for stage in case.stages:
        if stage.key not in reached:
            message = _("No way leads to “%(stage)s”. Lead one there, or take it out.")
            yield Caution("unreachable", _place(case, stage.key), message % {"stage": stage.title})


def _stuck(case: Case, drawn: Graph) -> Iterator[Caution]:
    """Stages without a way out, and those from which no way comes to an ending."""
    ends: set[str] = set()
    for stage in drawn.nodes:
        if stage.is_ending:
            ends |= drawn.reaching(stage.key)
    for stage in drawn.nodes:
        said = {"stage": stage.title, "role": drawn.role}
        if stage.is_ending:
            continue
        if not drawn.after(stage.key):
            message = _("Nothing follows “%(stage)s” in the role %(role)s. Add a way, or make it an ending.")
            yield Caution("dead_end", _place(case, stage.key), message % said)
        elif stage.key not in ends:
            message = _("From “%(stage)s” no ending can be reached in the role %(role)s. Lead a way out.")
            yield Caution("endless", _place(case, stage.key), message % said)


def _endings(case: Case, graphs: list[Graph]) -> Iterator[Caution]:
    endings = {stage.key for each in graphs for stage in each.nodes if stage.is_ending}
    if len(endings) < ENOUGH_ENDINGS:
        message = ngettext(
            "%(count)s ending can be reached; decisions weigh more where there are %(enough)s.",
            "%(count)s endings can be reached; decisions weigh more where there are %(enough)s.",
            len(endings),
        )
        yield Caution("few_endings", "stages", message % {"count": len(endings), "enough": ENOUGH_ENDINGS})


def _idle(case: Case, drawn: Graph) -> Iterator[Caution]:
    for stage in drawn.nodes:
        if not stage.is_ending and not stage.decisions_of(drawn.role):
            message = _("In “%(stage)s” the role %(role)s has nothing to decide. Add a decision for it.")
            said = {"stage": stage.title, "role": drawn.role}
            yield Caution("nothing_to_decide", _place(case, stage.key), message % said)


def _too_early(case: Case, drawn: Graph) -> Iterator[Caution]:
    """Exhibits to work from in a stage which can be reached before the stage since which they are there."""
    seen = {exhibit.key: exhibit for exhibit in case.exhibits_of(drawn.role)}
    for stage in drawn.nodes:
        for i, key in enumerate(stage.exhibits):
            since = seen[key].since if key in seen else ""
            if since and since != stage.key and _reaches_without(drawn, stage.key, since):
                message = _("“%(stage)s” may come before “%(exhibit)s” is there. Change one of the two.")
                said = {"stage": stage.title, "exhibit": seen[key].title}
                yield Caution("too_early", f"{_place(case, stage.key)}.exhibits.{i}", message % said)


def _reaches_without(drawn: Graph, goal: str, without: str) -> bool:
    """Whether a way leads from the start to a stage that does not touch another."""
    met, waiting = {without}, [drawn.start]
    while waiting:
        key = waiting.pop()
        if key == goal and key not in met:
            return True
        if key not in met:
            met.add(key)
            waiting += [edge.target for edge in drawn.after(key)]
    return False


def _dominant(case: Case) -> Iterator[Caution]:
    for i, stage in enumerate(case.stages):
        for j, decision in enumerate(stage.decisions):
            key = dominant_option(case, decision)
            if key:
                place = [option.key for option in decision.options].index(key)
                message = _("“%(option)s” is the best in every respect, so there is nothing to weigh.")
                advice = _("Let it cost something that another option spares.")
                field = f"stages.{i}.decisions.{j}.options.{place}"
                said = message % {"option": decision.options[place].label}
                yield Caution("dominant", field, f"{said} {advice}")


def dominant_option(case: Case, decision: Decision) -> str:
    """The option of best quality that is also at least as good as each other in what it does to every
    variable, judged at the beginning with chances in the middle; empty where there is none.
    """
    if decision.kind != CHOOSE or len(decision.options) < 2:
        return ""
    names = {each.name: each.initial for each in case.variables}
    names |= {each.name: (each.minimum + each.maximum) / 2 for each in case.chances}
    worth: dict[str, tuple[float, ...]] = {}
    for option in decision.options:
        row = [option.outcome.quality or 0.0]
        for variable in case.variables:
            try:
                after = evaluate(option.outcome.effects.get(variable.name, variable.name), names)
            except FormulaError:
                return ""
            row.append(after if variable.better == "higher" else -after)
        worth[option.key] = tuple(row)
    for key, own in worth.items():
        others = [row for name, row in worth.items() if name != key]
        if all(all(x >= y for x, y in zip(own, row, strict=True)) and own != row for row in others):
            return key
    return ""


def _unused(case: Case) -> Iterator[Caution]:
    """Variables that nothing changes, and chances that no expression asks for."""
    changed = {name for outcome in case.outcomes() for name in outcome.effects}
    for i, variable in enumerate(case.variables):
        if variable.name not in changed:
            message = _("No decision changes “%(name)s”. Let one do so, or take it out.")
            yield Caution("unused", f"variables.{i}", message % {"name": variable.label})
    asked: set[str] = set()
    for text in case.expressions():
        try:
            asked |= names_in(text)
        except FormulaError:
            continue
    for i, chance in enumerate(case.chances):
        if chance.name not in asked:
            message = _("No formula asks for “%(name)s”. Use it, or take it out.")
            yield Caution("unused", f"chances.{i}", message % {"name": chance.label})
