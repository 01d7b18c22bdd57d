"""What the check of a course looks at: plain rows, whoever read them from wherever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from assessments.course_check.findings import Where


@dataclass(frozen=True)
class Fact:
    """Something that is checked."""

    where: Where


@dataclass(frozen=True)
class Text(Fact):
    """A field in Markdown. ``is_live`` says whether learners read it."""

    field: str
    markdown: str
    is_live: bool


@dataclass(frozen=True)
class Lesson(Fact):
    """The body of a concept."""

    body: str
    minutes: int


@dataclass(frozen=True)
class Cited(Fact):
    """What has to rest on a source."""

    sources: int


@dataclass(frozen=True)
class Glossed(Fact):
    """A term, with all that it is called."""

    slug: str
    names: Sequence[str]


@dataclass(frozen=True)
class Shown(Fact):
    """A picture."""

    slug: str


@dataclass(frozen=True)
class Slip(Fact):
    """A misconception."""

    slug: str
    explanation: str


@dataclass(frozen=True)
class Taught(Fact):
    """An objective."""


@dataclass(frozen=True)
class Asked(Fact):
    """A question as it is asked, or as its form has it. ``is_live``: whether learners are asked it."""

    type: str
    content: Mapping[str, Any]
    objective: int
    is_live: bool
    case: str = ""  # the one that it belongs to, and that alone asks it


@dataclass(frozen=True)
class Played(Fact):
    """A case with its document. ``is_live``: whether learners can play it."""

    slug: str
    content: Mapping[str, Any]
    is_live: bool


@dataclass(frozen=True)
class Chapter(Fact):
    """A module."""

    has_test: bool


@dataclass(frozen=True)
class Around:
    """What the course holds beyond what is checked.

    ``targets`` are all things that links lead to, by kind and address, with whether learners see them;
    ``linked`` what any text links to, as (kind, address); ``named`` the misconceptions that questions name.
    """

    targets: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    anchors: Mapping[str, set[str]] = field(default_factory=dict)
    linked: frozenset[tuple[str, str]] = frozenset()
    named: frozenset[str] = frozenset()
    glossary: Sequence[Glossed] = ()


@dataclass(frozen=True)
class Facts:
    """What is checked, and what is around it."""

    texts: Sequence[Text] = ()
    lessons: Sequence[Lesson] = ()
    cited: Sequence[Cited] = ()
    terms: Sequence[Glossed] = ()
    pictures: Sequence[Shown] = ()
    misconceptions: Sequence[Slip] = ()
    objectives: Sequence[Taught] = ()
    questions: Sequence[Asked] = ()
    modules: Sequence[Chapter] = ()
    cases: Sequence[Played] = ()
    around: Around = field(default_factory=Around)

    def of(self, home: tuple[str, int]) -> "Facts":
        """What belongs to one lesson or comparison."""
        narrowed: dict[str, Any] = {
            each.name: [fact for fact in getattr(self, each.name) if fact.where.home == home]
            for each in fields(self)
            if each.name != "around"
        }
        return replace(self, **narrowed)
