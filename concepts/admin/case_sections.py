"""The sections of the form of a case: what each is for, and patterns to copy where YAML is written."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

BLOCKS = ("exhibits", "stages")  # lists whose rows are too large for a table


@dataclass(frozen=True)
class Section:
    """A part of the form under a heading: some fields, or a list. `one` is a row of the list by itself."""

    key: str
    title: Any
    description: Any = ""
    fields: tuple[str, ...] = ()
    table: str = ""
    one: Any = ""
    add: Any = ""
    patterns: tuple[tuple[Any, str], ...] = ()


TABLE = """\
table:
  columns:
    - {name: week, label: Week, kind: number}
    - {name: late, label: Late orders, kind: number, unit: orders}
  rows: |
    1,4
    2,6
"""
CHART = """\
chart:
  kind: line
  table: key-of-an-exhibit-with-a-table
  x: week
  y: [late]
  label: "One plain sentence: what it shows."
"""
CHOICE = """\
exhibits: [order-book]
forecast: {variable: on_time, question: "Where will it stand after this stage?"}
checkpoints: [address-of-a-question]
decisions:
  - key: overtime
    kind: choose
    roles: [production]
    objective: SCH-1
    title: Overtime
    question: Who works on Saturday?
    options:
      - key: everybody
        label: The whole shift
        quality: 0.4
        text: What comes of it, read after deciding.
        reasoning: Why the reasoning is worth that, read in the debrief.
        effects: {on_time: on_time + 4, cost: cost + 6}
      - key: the-slowest
        label: The two at the slowest press
        quality: 1
        text: What comes of it.
        reasoning: Why it is worth that.
        effects: {on_time: on_time + 5, cost: cost + 1}
next:
  - {when: on_time < 70, to: crisis}
  - {to: second-week}
"""
NUMBERS = """\
forecast: {variable: cost, question: "Where will it stand after this stage?"}
decisions:
  - key: batch
    kind: numbers
    objective: INV-3
    title: Batch size
    question: How many in a batch?
    figures:
      - {name: size, label: Batch, unit: pieces, minimum: 20, maximum: 200, step: 20}
    outcomes:
      - when: size >= 80 and size <= 120
        quality: 1
        text: What comes of it.
        reasoning: Why it is worth that.
        effects: {cost: cost + 1}
      - quality: 0.3
        text: What comes of anything else.
        effects: {cost: cost + 4}
next:
  - {to: key-of-the-next-stage}
"""
BUDGET = """\
forecast: {variable: on_time, question: "Where will it stand after this stage?"}
decisions:
  - key: budget
    kind: allocate
    objective: PPL-2
    title: Budget
    question: Where does the money go?
    total: 30
    unit: k€
    spend_all: true
    figures:
      - {name: training, label: Training, minimum: 0, maximum: 30, step: 5}
      - {name: spares, label: Spare parts, minimum: 0, maximum: 30, step: 5}
    outcomes:
      - {when: spares >= 15, quality: 0.9, text: What comes of it., effects: {on_time: on_time + 3}}
      - {quality: 0.3, text: What comes of anything else., effects: {on_time: on_time + 1}}
next:
  - {to: key-of-the-next-stage}
"""
ORDER = """\
forecast: {variable: on_time, question: "Where will it stand after this stage?"}
decisions:
  - key: priority
    kind: order
    objective: SCH-2
    title: Priorities
    question: Put them in order.
    items:
      - {name: late_ones, label: Late orders}
      - {name: rush_ones, label: Rush orders}
    best_order: [late_ones, rush_ones]
    outcomes:
      - {when: late_ones == 1, text: What comes of it., effects: {on_time: on_time + 2}}
      - {text: What comes of any other order., effects: {on_time: on_time - 1}}
next:
  - {to: key-of-the-next-stage}
"""

SECTIONS = (
    Section("brief", _("Brief"), fields=("brief",)),
    Section(
        "production",
        _("Role: production manager"),
        _("A case has one role or both. Leave the name and the brief of a role empty to leave it out."),
        ("production_name", "production_brief", "start_production"),
    ),
    Section(
        "operations",
        _("Role: operations manager"),
        fields=("operations_name", "operations_brief", "start_operations"),
    ),
    Section(
        "variables",
        _("Variables"),
        _("Figures that decisions move, such as backlog or cost. Formulas use the name: on_time + 6."),
        table="variables",
        one=_("Variable"),
        add=_("Add another variable"),
    ),
    Section(
        "chances",
        _("Chances"),
        _("Figures that are drawn once for each run. Formulas may use them like variables."),
        table="chances",
        one=_("Chance"),
        add=_("Add another chance"),
    ),
    Section(
        "exhibits",
        _("Exhibits"),
        _("What learners work from: a table, a chart drawn from a table, a text, or a picture."),
        table="exhibits",
        one=_("Exhibit"),
        add=_("Add another exhibit"),
        patterns=((_("A table"), TABLE), (_("A chart"), CHART)),
    ),
    Section(
        "stages",
        _("Stages"),
        _(
            "The first is where the case begins, unless a role says otherwise. At least one is an ending. An "
            "option or an outcome that names a stage after “to” leads there; otherwise “next” does."
        ),
        table="stages",
        one=_("Stage"),
        add=_("Add another stage"),
        patterns=(
            (_("A choice"), CHOICE),
            (_("Figures to set"), NUMBERS),
            (_("A budget to give out"), BUDGET),
            (_("Things to put in order"), ORDER),
        ),
    ),
    Section(
        "debrief",
        _("Debrief"),
        _("Read after the last stage, once the recommendation is handed in."),
        ("recommendation", "debrief", "view_production", "view_operations", "compared"),
    ),
    Section("teaching_note", _("Teaching note"), fields=("teaching_note",)),
)
