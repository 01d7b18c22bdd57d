"""What a case consists of, once its document is read. Texts are Markdown unless said otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

CHOOSE, NUMBERS, ALLOCATE, ORDER = KINDS = ("choose", "numbers", "allocate", "order")
PRODUCTION, OPERATIONS = ROLES = ("production", "operations")


@dataclass(frozen=True)
class Role:
    """One of the two managers as whom the case can be played: ``production`` or ``operations``."""

    key: str
    name: str
    brief: str


@dataclass(frozen=True)
class Variable:
    """A figure that decisions move, such as backlog. Expressions use its name; it stays within its bounds."""

    name: str
    label: str
    initial: float
    unit: str = ""
    better: str = "higher"  # or "lower"
    minimum: float | None = None
    maximum: float | None = None
    decimals: int = 0

    def kept(self, value: float) -> float:
        """A value brought within the bounds."""
        low = value if self.minimum is None else max(self.minimum, value)
        return low if self.maximum is None else min(self.maximum, low)


@dataclass(frozen=True)
class Chance:
    """A figure that the seed of a run draws once, before anything is decided; expressions use its name."""

    name: str
    label: str
    minimum: float
    maximum: float
    step: float = 1


@dataclass(frozen=True)
class Column:
    """A column of a table; a number is shown with so many decimals."""

    name: str
    label: str
    kind: str = "text"  # or "number"
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Table:
    """Data to look at, to sort and to take away."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | float, ...], ...]

    def column(self, name: str) -> tuple[str | float, ...]:
        """Every value of a column, in the order of the rows. Raises StopIteration for an unknown name."""
        at = next(i for i, column in enumerate(self.columns) if column.name == name)
        return tuple(row[at] for row in self.rows)


@dataclass(frozen=True)
class Chart:
    """A chart drawn from the table of another exhibit. The label says in words what it shows (plain text)."""

    kind: str  # "line" or "bar"
    table: str
    x: str
    y: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Exhibit:
    """Something to work from: a table, a chart, a text or a picture of the course, and a note below it."""

    key: str
    title: str
    roles: tuple[str, ...] = ()  # empty: both see it
    since: str = ""  # the stage from which on it is there; empty: from the start
    note: str = ""
    table: Table | None = None
    chart: Chart | None = None
    text: str = ""
    image: str = ""

    @property
    def kind(self) -> str:
        if self.table:
            return "table"
        if self.chart:
            return "chart"
        return "image" if self.image else "text"


@dataclass(frozen=True)
class Outcome:
    """What follows from a decision when its condition holds, and what the reasoning is worth (0 to 1)."""

    text: str
    when: str = ""  # empty: always
    quality: float | None = None
    reasoning: str = ""
    effects: Mapping[str, str] = field(default_factory=dict)
    to: str = ""


@dataclass(frozen=True)
class Option:
    """One way to choose; the label is plain text."""

    key: str
    label: str
    outcome: Outcome


@dataclass(frozen=True)
class Figure:
    """A number to set, or a line of a budget to fill; the expressions of its decision know its name."""

    name: str
    label: str
    minimum: float
    maximum: float
    step: float = 1
    unit: str = ""


@dataclass(frozen=True)
class Item:
    """Something to put in order; in expressions its name stands for its place, 1 for the first."""

    name: str
    label: str


@dataclass(frozen=True)
class Cost:
    """What a set of figures costs (less is better), the best one known, and the gap that earns nothing.

    ``nothing_at`` is that gap in per cent of the best cost.
    """

    expression: str
    best: Mapping[str, float]
    nothing_at: float = 100


@dataclass(frozen=True)
class Decision:
    """Something that the learner settles in a stage, pointing at an objective by its code."""

    key: str
    kind: str
    objective: str
    title: str  # plain text
    question: str
    roles: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    figures: tuple[Figure, ...] = ()
    total: float | None = None  # of an allocation
    unit: str = ""
    spend_all: bool = False
    items: tuple[Item, ...] = ()
    best_order: tuple[str, ...] = ()
    cost: Cost | None = None
    outcomes: tuple[Outcome, ...] = ()

    def all_outcomes(self) -> tuple[Outcome, ...]:
        """Whatever may come of it, those of options included."""
        return (*self.outcomes, *(option.outcome for option in self.options))

    @property
    def names(self) -> set[str]:
        """What the answer brings into the expressions of the decision."""
        return {each.name for each in self.figures} | {each.name for each in self.items}


@dataclass(frozen=True)
class Way:
    """Where a stage leads when its condition holds."""

    to: str
    when: str = ""


@dataclass(frozen=True)
class Forecast:
    """The variable that a learner forecasts before a stage, and the question that asks it."""

    variable: str
    question: str


@dataclass(frozen=True)
class Stage:
    """A step of the case, or one of its endings, where nothing is decided any more."""

    key: str
    title: str  # plain text
    text: str
    texts: Mapping[str, str] = field(default_factory=dict)  # what one role sees beside it
    exhibits: tuple[str, ...] = ()
    forecast: Forecast | None = None
    checkpoints: tuple[str, ...] = ()  # addresses of questions of the bank
    decisions: tuple[Decision, ...] = ()
    ways: tuple[Way, ...] = ()
    is_ending: bool = False

    def decisions_of(self, role: str) -> tuple[Decision, ...]:
        """What a role decides here."""
        return tuple(each for each in self.decisions if not each.roles or role in each.roles)


@dataclass(frozen=True)
class Case:
    """A whole case."""

    brief: str
    roles: tuple[Role, ...]
    variables: tuple[Variable, ...]
    chances: tuple[Chance, ...]
    exhibits: tuple[Exhibit, ...]
    stages: tuple[Stage, ...]
    start: Mapping[str, str]  # the first stage, by role
    recommendation: str  # address of a written question of the bank
    debrief: str
    views: Mapping[str, str]  # the reasoning of each role, by role
    compared: str  # what the two saw, unlocked by playing both
    teaching_note: str

    def role(self, key: str) -> Role:
        """Raises StopIteration for a role that this case does not have."""
        return next(role for role in self.roles if role.key == key)

    def stage(self, key: str) -> Stage:
        """Raises StopIteration for a stage that this case does not have."""
        return next(stage for stage in self.stages if stage.key == key)

    def variable(self, name: str) -> Variable:
        """Raises StopIteration for an unknown name."""
        return next(variable for variable in self.variables if variable.name == name)

    @property
    def names(self) -> set[str]:
        """What every expression of the case knows: variables and chances."""
        return {each.name for each in self.variables} | {each.name for each in self.chances}

    def decisions(self) -> Iterator[Decision]:
        """Every decision, in the order of the stages."""
        for stage in self.stages:
            yield from stage.decisions

    def outcomes(self) -> Iterator[Outcome]:
        """Whatever may come of any decision."""
        for decision in self.decisions():
            yield from decision.all_outcomes()

    def expressions(self) -> Iterator[str]:
        """Every formula and condition as it is written."""
        for outcome in self.outcomes():
            yield from filter(None, [outcome.when, *outcome.effects.values()])
        for decision in self.decisions():
            if decision.cost:
                yield decision.cost.expression
        for stage in self.stages:
            yield from (way.when for way in stage.ways if way.when)

    def exhibits_of(self, role: str) -> tuple[Exhibit, ...]:
        """What a role can ever see."""
        return tuple(each for each in self.exhibits if not each.roles or role in each.roles)
