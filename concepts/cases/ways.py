"""The ways between the stages of a case, as one role may go them: a graph to draw and to look through."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from concepts.cases.document import Case, Decision, Stage


@dataclass(frozen=True)
class Edge:
    """A way from a stage to a stage: for what decision (empty: whatever is decided) or on what condition.

    ``reason`` is plain text for people; ``when`` the condition as written, empty where there is none.
    """

    source: str
    target: str
    reason: str = ""
    when: str = ""
    decision: str = ""


@dataclass(frozen=True)
class Graph:
    """What one role may come through. ``layers`` are the stages by how few steps lead to them."""

    role: str
    start: str
    nodes: tuple[Stage, ...]
    edges: tuple[Edge, ...]
    layers: tuple[tuple[str, ...], ...]

    def after(self, key: str) -> list[Edge]:
        """The ways out of a stage."""
        return [edge for edge in self.edges if edge.source == key]

    def reaching(self, key: str) -> set[str]:
        """The stages from which some way leads to this one, itself included."""
        found = {key}
        while True:
            more = {edge.source for edge in self.edges if edge.target in found} - found
            if not more:
                return found
            found |= more


def graph(case: Case, role: str) -> Graph:
    """The stages that a role may come to by the ways as they are written, whether or not conditions ever
    hold, and those ways.
    """
    stages = {stage.key: stage for stage in case.stages}
    start = case.start.get(role, "")
    layers, met, edges = [], {start}, []
    layer = [start] if start in stages else []
    while layer:
        layers.append(tuple(layer))
        following: list[str] = []
        for key in layer:
            for edge in _edges(stages[key], role):
                edges.append(edge)
                if edge.target in stages and edge.target not in met:
                    met.add(edge.target)
                    following.append(edge.target)
        layer = following
    nodes = tuple(stage for stage in case.stages if any(stage.key in keys for keys in layers))
    known = tuple(edge for edge in edges if edge.target in stages)
    return Graph(role, start, nodes, known, tuple(layers))


def _edges(stage: Stage, role: str) -> Iterator[Edge]:
    """The ways out of a stage: those that decisions name, then those of the stage, where any is left."""
    if stage.is_ending:
        return
    decisions = stage.decisions_of(role)
    for decision in decisions:
        yield from _named(stage, decision)
    if any(_always_leads_on(decision) for decision in decisions):
        return
    for i, way in enumerate(stage.ways):
        alone = len(stage.ways) == 1
        reason = way.when or ("" if alone else _("otherwise") if i == len(stage.ways) - 1 else "")
        yield Edge(stage.key, way.to, reason, way.when)


def _named(stage: Stage, decision: Decision) -> Iterator[Edge]:
    for option in decision.options:
        if option.outcome.to:
            reason = f"{decision.title}: {option.label}"
            yield Edge(stage.key, option.outcome.to, reason, decision=decision.key)
    for outcome in decision.outcomes:
        if outcome.to:
            reason = f"{decision.title}: {outcome.when or _('otherwise')}"
            yield Edge(stage.key, outcome.to, reason, outcome.when, decision.key)


def _always_leads_on(decision: Decision) -> bool:
    outcomes = decision.all_outcomes()
    return bool(outcomes) and all(outcome.to for outcome in outcomes)
