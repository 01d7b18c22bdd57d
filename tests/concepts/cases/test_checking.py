from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concepts.cases.checking import Problem, check_case
from concepts.cases.reading import objectives_in, questions_in, read_case
from tests.concepts.cases.document import document

Document = dict[str, Any]
FIRST, SECOND = "stages.0", "stages.1"
CHOICE, NUMBERS, BUDGET, QUEUE = (
    f"{FIRST}.decisions.0",
    f"{SECOND}.decisions.0",
    f"{SECOND}.decisions.1",
    f"{SECOND}.decisions.2",
)


def at(case: Any, path: str) -> Any:
    for part in path.split("."):
        case = case[int(part)] if part.isdigit() else case[part]
    return case


def put(path: str, value: Any) -> Callable[[Document], None]:
    """A change to a document; the value ``...`` takes a key away."""

    def change(case: Document) -> None:
        before, _, last = path.rpartition(".")
        holder = at(case, before) if before else case
        name = int(last) if last.isdigit() else last
        if value is ...:
            del holder[name]
        else:
            holder[name] = value

    return change


def problems(*changes: Callable[[Document], None]) -> list[Problem]:
    case = document()
    for change in changes:
        change(case)
    return check_case(case)


def test_a_whole_case_has_no_problem() -> None:
    assert check_case(document()) == []


def test_a_problem_knows_the_way_to_its_value() -> None:
    assert Problem("stages.2.next.0.to", "x").steps == ("stages", 2, "next", 0, "to")
    assert Problem("", "x").steps == ()


@pytest.mark.parametrize(
    ("path", "value", "field", "words"),
    [
        ("brief", ..., "brief", "missing"),
        ("breif", "x", "breif", "Did you mean “brief”?"),
        ("stages", {"a": 1}, "stages", "list"),
        ("stages.0", "x", "stages.0", "keys"),
        ("stages.0.exhibits", [3], "stages.0.exhibits.0", "quotes"),
        ("stages.0.exhibits", ["orders", "orders"], "stages.0.exhibits.1", "twice"),
        ("roles.0.key", "boss", "roles.0.key", "production or operations"),
        ("roles.1.key", "production", "roles.1.key", "twice"),
        ("views", {"production": "x"}, "views", "operations"),
        ("views.boss", "x", "views.boss", "nothing"),
        ("compared", ..., "compared", "Two roles"),
        ("start", "nowhere", "start", "no stage"),
        ("start", {"production": "first"}, "start", "operations"),
        ("start", {"production": "first", "operations": "lost"}, "start", "ending"),
        ("variables.0.initial", "78", "variables.0.initial", "number"),
        ("variables.0.initial", True, "variables.0.initial", "number"),
        ("variables.0.initial", 1e300, "variables.0.initial", "large"),
        ("variables.0.initial", 101, "variables.0.initial", "bounds"),
        ("variables.0.minimum", 100, "variables.0.minimum", "below"),
        ("variables.0.better", "more", "variables.0.better", "higher or lower"),
        ("variables.0.decimals", 1.5, "variables.0.decimals", "whole"),
        ("variables.1.name", "on_time", "variables.1.name", "twice"),
        ("variables.1.name", "max", "variables.1.name", "formula"),
        ("chances.0.name", "cost", "chances.0.name", "variable already"),
        ("chances.0.step", 3, "chances.0.step", "lead"),
        ("chances.0.step", 1e-9, "chances.0.step", "larger step"),
        ("chances.0.step", -1, "chances.0.step", "above 0"),
        ("chances.0.maximum", 0, "chances.0.minimum", "below"),
        ("exhibits.1.key", "orders", "exhibits.1.key", "twice"),
        ("exhibits.2.image", "picture", "exhibits.2.image", "one of"),
        ("exhibits.2.text", ..., "exhibits.2", "one of"),
        ("exhibits.2.roles", ["cook"], "exhibits.2.roles.0", "no role"),
        ("exhibits.2.since", "third", "exhibits.2.since", "no stage"),
        ("exhibits.0.table.rows", "1,Milling", "exhibits.0.table.rows", "Row 1 has 2 cells"),
        ("exhibits.0.table.rows", "1,Milling,3\n2,Turning,x", "exhibits.0.table.rows", "Row 2"),
        ("exhibits.0.table.rows", "1,Milling,1_000", "exhibits.0.table.rows", "no number"),
        ("exhibits.0.table.rows", "1,Milling," + "9" * 200_000, "exhibits.0.table.rows", "CSV"),
        ("exhibits.0.table.rows", "1,Milling,3\n" * 501, "exhibits.0.table.rows", "500"),
        ("exhibits.0.table.columns.1.kind", "date", "exhibits.0.table.columns.1.kind", "text or number"),
        ("exhibits.0.table.columns.1.name", "week", "exhibits.0.table.columns.1.name", "twice"),
        ("exhibits.1.chart.kind", "pie", "exhibits.1.chart.kind", "line or bar"),
        ("exhibits.1.chart.table", "mail", "exhibits.1.chart.table", "no table"),
        ("exhibits.1.chart.x", "day", "exhibits.1.chart.x", "no column"),
        ("exhibits.1.chart.y", ["late", "cell"], "exhibits.1.chart.y.1", "text"),
        ("stages.1.key", "first", "stages.1.key", "twice"),
        ("stages.1.key", "s" * 61, "stages.1.key", "60"),
        ("stages.0.exhibits", ["nothing"], "stages.0.exhibits.0", "no exhibit"),
        ("stages.0.forecast.variable", "late", "stages.0.forecast.variable", "no variable"),
        ("stages.0.forecast", ..., "stages.0.forecast", "missing"),
        ("stages.1.checkpoints", ["late-share"], "stages.1.checkpoints.0", "already"),
        ("stages.1.texts", {"cook": "x"}, "stages.1.texts.cook", "nothing"),
        ("stages.0.decisions", ..., "stages.0.decisions", "ending"),
        ("stages.0.next.0.to", "gone", "stages.0.next.0.to", "no stage"),
        ("stages.0.next.0.when", "late < 3", "stages.0.next.0.when", "not known"),
        ("stages.0.next.0.when", "on_time + 3", "stages.0.next.0.when", "condition"),
        ("stages.0.next.0.when", ..., "stages.0.next.0", "always holds"),
        ("stages.0.next.1.when", "on_time > 3", "stages.0.next.1.when", "last"),
        ("stages.0.next", ..., "stages.0.next", "leads nowhere"),
        ("stages.2.next", [{"to": "first"}], "stages.2.next", "ending"),
        (f"{CHOICE}.key", "queue", f"{QUEUE}.key", "Another decision"),
        (f"{CHOICE}.kind", "guess", f"{CHOICE}.kind", "one of"),
        (f"{CHOICE}.roles", ["cook"], f"{CHOICE}.roles.0", "no role"),
        (f"{CHOICE}.total", 4, f"{CHOICE}.total", "kind choose"),
        (f"{CHOICE}.options", ..., f"{CHOICE}.options", "missing"),
        (f"{CHOICE}.options.1.key", "all", f"{CHOICE}.options.1.key", "twice"),
        (f"{CHOICE}.options.1.quality", 1.2, f"{CHOICE}.options.1.quality", "0 to 1"),
        (f"{CHOICE}.options.1.quality", ..., f"{CHOICE}.options.1.quality", "missing"),
        (f"{CHOICE}.options.1.to", "gone", f"{CHOICE}.options.1.to", "no stage"),
        (f"{CHOICE}.options.1.effects", {"morale": "1"}, f"{CHOICE}.options.1.effects.morale", "no variable"),
        (f"{CHOICE}.options.1.effects", {"cost": "cost +"}, f"{CHOICE}.options.1.effects.cost", ""),
        (f"{CHOICE}.options.1.effects", {"cost": "size"}, f"{CHOICE}.options.1.effects.cost", "not known"),
        (
            f"{CHOICE}.options.1.effects",
            {"cost": "cost / surge"},
            f"{CHOICE}.options.1.effects.cost",
            "surge = 0",
        ),
        (f"{NUMBERS}.figures.0.name", "cost", f"{NUMBERS}.figures.0.name", "already"),
        (f"{NUMBERS}.figures.0.step", 7, f"{NUMBERS}.figures.0.step", "lead"),
        (f"{NUMBERS}.outcomes.0.quality", 1, f"{NUMBERS}.outcomes.0.quality", "Take"),
        (f"{NUMBERS}.cost.best", {"size": 210}, f"{NUMBERS}.cost.best.size", "outside"),
        (f"{NUMBERS}.cost.best", {"size": 65}, f"{NUMBERS}.cost.best.size", "Steps of 10"),
        (f"{NUMBERS}.cost.best", {"bulk": 60}, f"{NUMBERS}.cost.best.bulk", "no figure"),
        (f"{NUMBERS}.cost.best", {"size": 80}, f"{NUMBERS}.cost.best", "size: 60 costs less"),
        (f"{NUMBERS}.cost.expression", "(size - 60) ** 2", f"{NUMBERS}.cost.best", "cost is 0"),
        (f"{NUMBERS}.cost.nothing_at", -1, f"{NUMBERS}.cost.nothing_at", "above 0"),
        (f"{NUMBERS}.cost", ..., f"{NUMBERS}.outcomes.0.quality", "missing"),
        (f"{NUMBERS}.outcomes.1.when", "size > 3", f"{NUMBERS}.outcomes.1.when", "last"),
        (f"{BUDGET}.total", 65, f"{BUDGET}.total", "exactly 65"),
        (f"{BUDGET}.total", 130, f"{BUDGET}.total", "exactly 130"),
        (f"{BUDGET}.total", -5, f"{BUDGET}.total", "above 0"),
        (f"{BUDGET}.total", ..., f"{BUDGET}.total", "missing"),
        (f"{BUDGET}.figures.0.minimum", -10, f"{BUDGET}.figures.0.minimum", "Less than 0"),
        (f"{QUEUE}.best_order", ["due", "rush"], f"{QUEUE}.best_order", "each item once"),
        (f"{QUEUE}.best_order", ..., f"{QUEUE}.outcomes.0.quality", "missing"),
        (f"{QUEUE}.items.1.name", "rush", f"{QUEUE}.items.1.name", "twice"),
    ],
)
def test_what_cannot_be_played_is_said_at_its_place(path: str, value: Any, field: str, words: str) -> None:
    found = problems(put(path, value))

    assert field in [problem.field for problem in found], found
    assert any(words in problem.message for problem in found if problem.field == field), found


def test_an_allocation_cannot_ask_for_more_than_its_total() -> None:
    found = problems(put(f"{BUDGET}.figures.0.minimum", 40), put(f"{BUDGET}.figures.1.minimum", 40))
    assert [problem.field for problem in found] == [f"{BUDGET}.total"]


def test_the_best_figures_of_an_allocation_spend_its_total() -> None:
    cost = {"expression": "100 + people", "best": {"people": 0, "tools": 50}}
    found = problems(
        put(f"{BUDGET}.cost", cost),
        put(f"{BUDGET}.outcomes.0.quality", ...),
        put(f"{BUDGET}.outcomes.1.quality", ...),
    )
    assert [problem.field for problem in found] == [f"{BUDGET}.cost.best"]


def test_a_stage_whose_outcomes_all_lead_on_needs_no_next() -> None:
    options = [f"{CHOICE}.options.{i}.to" for i in range(3)]
    assert not problems(put(f"{FIRST}.next", ...), *(put(name, "second") for name in options))
    assert problems(put(f"{FIRST}.next", ...), *(put(name, "second") for name in options[:2]))


def test_an_outcome_is_tried_only_where_its_condition_holds() -> None:
    effects = {"cost": "cost / (size - 100)"}
    assert not problems(put(f"{NUMBERS}.outcomes.0.effects", effects))
    found = problems(put(f"{NUMBERS}.outcomes.0.effects", {"cost": "cost / (size - 200)"}))
    assert [problem.field for problem in found] == [f"{NUMBERS}.outcomes.0.effects.cost"]


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def paths(value: Any, before: str = "") -> list[str]:
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    )
    found = [before] if before else []
    for name, entry in entries:
        found += paths(entry, f"{before}.{name}" if before else str(name))
    return found


@settings(deadline=None)
@given(path=st.sampled_from(paths(document())), value=json)
def test_no_document_breaks_its_check(path: str, value: Any) -> None:
    case = document()
    put(path, value)(case)

    check_case(case)
    read_case(case)
    objectives_in(case)
    questions_in(case)
