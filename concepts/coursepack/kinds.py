"""The kinds of object that a course consists of: for each model, what its file says and how it is stored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from concepts.coursepack.children import Children
from concepts.coursepack.content import CaseContent
from concepts.coursepack.findings import Findings, Spot
from concepts.coursepack.images import DrawingKey, FileKey
from concepts.coursepack.keys import (
    Address,
    Key,
    Plain,
    Reference,
    References,
    Words,
    payload_from,
    read_mapping,
)
from concepts.coursepack.payload import Payload
from concepts.coursepack.state import PUBLISHED, State, take_state
from concepts.models import (
    CaseStudy,
    Comparison,
    ComparisonRow,
    Concept,
    LearningPath,
    Metric,
    MetricInput,
    MetricStep,
    Module,
    Objective,
    PathStep,
    Picture,
    Skill,
    Source,
    Term,
)


def save_object(obj: Any) -> None:
    """Save an object in the state it is in."""
    obj.save()


def as_it_stands(obj: Any) -> Any:
    """What learners have of an object: for most kinds the object itself."""
    return obj


@dataclass(frozen=True)
class Kind:
    """A model as the course files know it.

    ``label`` is its name on the command line and in links (``concept:takt-time``), ``identity`` the key that
    tells two of them apart, ``unique`` further groups of keys in which no two may agree, ``save`` what
    saves one, ``live`` what learners have of one, ``beside`` what to fetch with many for that, and ``among``
    which rows files know of.
    """

    label: str
    model: Any
    identity: str
    keys: tuple[Key, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    save: Callable[[Any], None] = save_object
    live: Callable[[Any], Any] = as_it_stands
    beside: tuple[str, ...] = ()
    among: Callable[[Any], Any] = as_it_stands

    def rows(self) -> Any:
        """The rows of the database that files know of."""
        return self.among(self.model._default_manager.all())

    def payload_of(self, obj: Any) -> Payload:
        """What a file would have to say for this row of the database."""
        return payload_from(self.keys, obj)

    def related(self) -> list[str]:
        """What to fetch with many objects at once so that `payload_of` asks for nothing more."""
        return [name for key in self.keys for name in key.related()]

    def key(self, name: str) -> Key:
        """One of its keys."""
        return next(key for key in self.keys if key.name == name)

    def read(
        self,
        data: Any,
        spot: Spot,
        findings: Findings,
        implied: Mapping[str, Any] | None = None,
        beside: Sequence[str] = (),
    ) -> "Entry | None":
        """The entry that a mapping in a file makes; None, with a finding, if it has no name."""
        state, data = take_state(self.model, data, spot, findings)
        payload = read_mapping(self.keys, data, spot, findings, implied=implied, beside=beside)
        if not payload or not payload.get(self.identity):
            return None
        return Entry(self, payload[self.identity], payload, spot, frozenset(implied or ()), state)


@dataclass(frozen=True)
class Entry:
    """One object as the files have it."""

    kind: Kind
    name: str
    payload: Payload
    spot: Spot
    implied: frozenset[str] = frozenset()
    state: State = PUBLISHED

    @property
    def address(self) -> Address:
        return self.kind.label, self.name

    def references(self) -> list[tuple[Key, Address]]:
        """The objects that it names, with the key that names each."""
        present = [key for key in self.kind.keys if key.name in self.payload]
        return [(key, address) for key in present for address in key.refers(self.payload[key.name])]

    def __str__(self) -> str:
        return f"{self.kind.label}:{self.name}"


def plain(model: Any, required: str, optional: str = "") -> tuple[Plain, ...]:
    """Keys that are fields of a model as they are; what may be left out has the model's default."""
    keys = [Plain(name, field=model._meta.get_field(name)) for name in required.split()]
    for name in optional.split():
        field = model._meta.get_field(name)
        default = field.get_default() if field.has_default() or field.null else ""
        keys.append(Plain(name, required=False, default=default, field=field))
    return tuple(keys)


SOURCES = References("sources", target="source", attribute="key")
IN_MODULE = Reference("module", target="module")
OF_CONCEPT = Reference("concept", target="concept")
IN_CONCEPT = Reference("concept", required=False, target="concept")
IN_COMPARISON = Reference("comparison", required=False, target="comparison")

SOURCE = Kind("source", Source, "key", plain(Source, "key title", "author publisher year note"))
MODULE = Kind("module", Module, "slug", plain(Module, "slug position title summary"))
CONCEPT = Kind(
    "concept",
    Concept,
    "slug",
    (
        *plain(Concept, "slug title position minutes summary"),
        IN_MODULE,
        SOURCES,
        References("prerequisites", target="concept"),
        *plain(Concept, "body"),
    ),
)
COMPARISON = Kind(
    "comparison",
    Comparison,
    "slug",
    (*plain(Comparison, "slug title position summary left right"), IN_MODULE),
)
OBJECTIVE = Kind(
    "objective",
    Objective,
    "code",
    (*plain(Objective, "code title statement level position"), IN_CONCEPT, IN_COMPARISON),
)
ROW = Kind(
    "row",
    ComparisonRow,
    "objective",
    (
        Reference("objective", target="objective", attribute="code"),
        *plain(ComparisonRow, "anchor aspect left right explanation position"),
        Reference("comparison", target="comparison"),
        SOURCES,
    ),
    unique=(("comparison", "anchor"),),
)
INPUTS = Children(
    "inputs",
    model=MetricInput,
    by="name",
    keys=plain(MetricInput, "name label default", "unit minimum maximum above_minimum help"),
)
STEPS = Children(
    "steps",
    required=False,
    model=MetricStep,
    by="name",
    keys=plain(MetricStep, "name label expression", "unit"),
)
METRIC = Kind(
    "metric",
    Metric,
    "slug",
    (
        *plain(Metric, "slug name position summary formula formula_text better decimals", "unit"),
        OF_CONCEPT,
        INPUTS,
        STEPS,
        *plain(Metric, "reading"),
        SOURCES,
    ),
)
TERM = Kind(
    "term",
    Term,
    "slug",
    (
        *plain(Term, "slug name definition"),
        Words("also", field=Term._meta.get_field("also")),
        IN_CONCEPT,
        SOURCES,
    ),
    unique=(("name",),),
)
PICTURE = Kind(
    "picture",
    Picture,
    "slug",
    (
        *plain(Picture, "slug alt"),
        DrawingKey("drawing", required=False, default="", field=Picture._meta.get_field("drawing")),
        FileKey("file"),
    ),
)
WAY = Children(
    "steps",
    model=PathStep,
    by="module",
    keys=(Reference("module", target="module"), *plain(PathStep, "emphasis why")),
)
PATH = Kind(
    "path",
    LearningPath,
    "slug",
    (*plain(LearningPath, "slug position title audience summary"), WAY),
)
SKILL = Kind("skill", Skill, "slug", (*plain(Skill, "slug position name description role"), OF_CONCEPT))
CASE = Kind(
    "case",
    CaseStudy,
    "slug",
    (*plain(CaseStudy, "slug title position minutes summary"), SOURCES, CaseContent("content")),
)

# In the order in which they are written: each refers only to what stands before it, or to its own kind.
COURSE_KINDS = (SOURCE, MODULE, CONCEPT, COMPARISON, OBJECTIVE, ROW, METRIC, TERM, PICTURE, PATH, SKILL, CASE)
