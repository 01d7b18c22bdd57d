"""Reading the document of a case (JSON) into what it consists of. It never raises on a broken document:
what is missing is empty, and `concepts.cases.checking` says what is wrong.
"""

from collections.abc import Mapping

from concepts.cases.document import (
    Case,
    Chance,
    Cost,
    Decision,
    Exhibit,
    Figure,
    Forecast,
    Item,
    Option,
    Outcome,
    Role,
    Stage,
    Variable,
    Way,
)
from concepts.cases.parts import Document, number, part, placed, rows, text, words
from concepts.cases.tables import read_chart, read_table


def read_case(document: Document) -> Case:
    """The case that a document describes."""
    stages = tuple(_stage(row) for row in rows(document, "stages"))
    roles = tuple(
        Role(text(row, "key"), text(row, "name"), text(row, "brief")) for row in rows(document, "roles")
    )
    return Case(
        brief=text(document, "brief"),
        roles=roles,
        variables=tuple(_variable(row) for row in rows(document, "variables")),
        chances=tuple(_chance(row) for row in rows(document, "chances")),
        exhibits=tuple(_exhibit(row) for row in rows(document, "exhibits")),
        stages=stages,
        start=_start(document, roles, stages),
        recommendation=text(document, "recommendation"),
        debrief=text(document, "debrief"),
        views={name: text(part(document, "views"), name) for name in part(document, "views")},
        compared=text(document, "compared"),
        teaching_note=text(document, "teaching_note"),
    )


def objectives_in(document: Document) -> set[str]:
    """The codes of the objectives at which the decisions of a document point."""
    return {code for _steps, code in named_objectives(document)}


def named_objectives(document: Document) -> list[tuple[tuple[str | int, ...], str]]:
    """The code that each decision names, with the way to it in the document."""
    return [
        (("stages", i, "decisions", j, "objective"), text(row, "objective"))
        for i, stage in placed(document, "stages")
        for j, row in placed(stage, "decisions")
        if text(row, "objective")
    ]


def named_images(document: Document) -> list[tuple[tuple[str | int, ...], str]]:
    """The picture of the course that each exhibit shows, with the way to it in the document."""
    shown = [(("exhibits", i, "image"), text(row, "image")) for i, row in placed(document, "exhibits")]
    return [(steps, slug) for steps, slug in shown if slug]


def named_questions(document: Document) -> list[tuple[tuple[str | int, ...], str]]:
    """Each checkpoint, and the recommendation last, with the way to it in the document."""
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("stages", i, "checkpoints", j), name)
        for i, stage in placed(document, "stages")
        for j, name in enumerate(words(stage, "checkpoints"))
    ]
    last = text(document, "recommendation")
    return [*named, (("recommendation",), last)] if last else named


def questions_in(document: Document) -> list[str]:
    """The addresses of the questions of a document: checkpoints by stage, then the recommendation."""
    named = [name for stage in rows(document, "stages") for name in words(stage, "checkpoints")]
    return [*dict.fromkeys(named), *filter(None, [text(document, "recommendation")])]


def _start(document: Document, roles: tuple[Role, ...], stages: tuple[Stage, ...]) -> dict[str, str]:
    """The first stage of each role: the one named for it, for all, or the first of the list."""
    named, first = document.get("start"), stages[0].key if stages else ""
    if isinstance(named, Mapping):
        return {role.key: text(named, role.key) or first for role in roles}
    return {role.key: text(document, "start") or first for role in roles}


def _variable(row: Document) -> Variable:
    return Variable(
        name=text(row, "name"),
        label=text(row, "label"),
        initial=number(row, "initial") or 0,
        unit=text(row, "unit"),
        better=text(row, "better") or "higher",
        minimum=number(row, "minimum"),
        maximum=number(row, "maximum"),
        decimals=int(number(row, "decimals") or 0),
    )


def _chance(row: Document) -> Chance:
    return Chance(
        name=text(row, "name"),
        label=text(row, "label"),
        minimum=number(row, "minimum") or 0,
        maximum=number(row, "maximum") or 0,
        step=number(row, "step") or 1,
    )


def _exhibit(row: Document) -> Exhibit:
    return Exhibit(
        key=text(row, "key"),
        title=text(row, "title"),
        roles=words(row, "roles"),
        since=text(row, "since"),
        note=text(row, "note"),
        table=read_table(part(row, "table")) if part(row, "table") else None,
        chart=read_chart(part(row, "chart")) if part(row, "chart") else None,
        text=text(row, "text"),
        image=text(row, "image"),
    )


def _stage(row: Document) -> Stage:
    forecast = part(row, "forecast")
    return Stage(
        key=text(row, "key"),
        title=text(row, "title"),
        text=text(row, "text"),
        texts={name: text(part(row, "texts"), name) for name in part(row, "texts")},
        exhibits=words(row, "exhibits"),
        forecast=Forecast(text(forecast, "variable"), text(forecast, "question")) if forecast else None,
        checkpoints=words(row, "checkpoints"),
        decisions=tuple(_decision(each) for each in rows(row, "decisions")),
        ways=tuple(Way(text(each, "to"), text(each, "when")) for each in rows(row, "next")),
        is_ending=row.get("ending") is True,
    )


def _decision(row: Document) -> Decision:
    cost = part(row, "cost")
    return Decision(
        key=text(row, "key"),
        kind=text(row, "kind"),
        objective=text(row, "objective"),
        title=text(row, "title"),
        question=text(row, "question"),
        roles=words(row, "roles"),
        options=tuple(
            Option(text(each, "key"), text(each, "label"), _outcome(each)) for each in rows(row, "options")
        ),
        figures=tuple(_figure(each) for each in rows(row, "figures")),
        total=number(row, "total"),
        unit=text(row, "unit"),
        spend_all=row.get("spend_all") is True,
        items=tuple(Item(text(each, "name"), text(each, "label")) for each in rows(row, "items")),
        best_order=words(row, "best_order"),
        cost=_cost(cost) if cost else None,
        outcomes=tuple(_outcome(each) for each in rows(row, "outcomes")),
    )


def _outcome(row: Document) -> Outcome:
    effects = part(row, "effects")
    return Outcome(
        text=text(row, "text"),
        when=text(row, "when"),
        quality=number(row, "quality"),
        reasoning=text(row, "reasoning"),
        effects={name: text(effects, name) for name in sorted(effects)},
        to=text(row, "to"),
    )


def _figure(row: Document) -> Figure:
    return Figure(
        name=text(row, "name"),
        label=text(row, "label"),
        minimum=number(row, "minimum") or 0,
        maximum=number(row, "maximum") or 0,
        step=number(row, "step") or 1,
        unit=text(row, "unit"),
    )


def _cost(row: Document) -> Cost:
    best = part(row, "best")
    nothing_at = number(row, "nothing_at")
    return Cost(
        expression=text(row, "expression"),
        best={name: number(best, name) or 0 for name in sorted(best)},
        nothing_at=100 if nothing_at is None else nothing_at,
    )
