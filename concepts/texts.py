"""Where the words of the course stand: for each kind of content the fields that people read.

Codes, addresses, formulas, expressions and figures are not among them. The assessments add their own kinds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from concepts.cases.checking import check_case
from concepts.cases.wording import with_words, words_in
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
    Term,
)


@dataclass(frozen=True)
class Place:
    """A text of an object. The key is stable from one look to the next."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Kind:
    """Content of one model: which fields hold words, how it belongs to a module, and whose form opens it.

    `group` is what an editor ticks; parts that are edited with something else share its group. `home` names
    the key to that.
    """

    model: type[Model]
    group: str
    label: Any
    fields: tuple[str, ...]
    in_module: tuple[str, ...] = ()
    home: str = ""
    related: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """By what it is known."""
        return str(self.model._meta.model_name)

    @property
    def permission(self) -> str:
        """What it takes to change it."""
        return f"{self.model._meta.app_label}.change_{self.model._meta.model_name}"

    def rows(self, module: Any) -> QuerySet[Any]:
        """What there is of it, in a module or in the whole course."""
        rows: QuerySet[Any] = self.model._base_manager.select_related(*self.related).order_by("pk")
        if module is None:
            return rows
        if not self.in_module:
            return rows.none()
        within = Q()
        for lookup in self.in_module:
            within |= Q(**{lookup: module.pk})
        return rows.filter(within)

    def opened_at(self, obj: Any) -> Any:
        """The object whose form changes this one."""
        return getattr(obj, self.home) if self.home else obj

    def places(self, obj: Any) -> list[Place]:
        """Its texts."""
        return [
            Place(name, str(capfirst(obj._meta.get_field(name).verbose_name)), getattr(obj, name) or "")
            for name in self.fields
        ]

    def put(self, obj: Any, texts: Mapping[str, str]) -> None:
        """Give it other texts, by the keys of their places. Does not save."""
        for name, text in texts.items():
            setattr(obj, name, text)

    def problems(self, obj: Any) -> list[str]:
        """Why it could not be stored as it stands."""
        try:
            obj.full_clean()
        except ValidationError as error:
            return [
                f"{_label(obj, name)}{message}"
                for name, messages in error.message_dict.items()
                for message in messages
            ]
        return []

    def note(self, obj: Any) -> str:
        """What an editor should know before changing it."""
        return ""


class DocumentKind(Kind):
    """Content that has more words in a document, the JSON of its field `content`."""

    def words(self, obj: Any) -> Iterable[tuple[str, str]]:
        """Each text in the document, by the way to it: keys and positions with dots between them."""
        raise NotImplementedError

    def reworded(self, obj: Any, texts: Mapping[str, str]) -> dict[str, Any]:
        """The document with other texts in these places."""
        raise NotImplementedError

    def faults(self, obj: Any) -> Iterable[Any]:
        """What is wrong with the document, each with a `field` and a `message`."""
        raise NotImplementedError

    def places(self, obj: Any) -> list[Place]:
        within = (Place(way, _named(way), text) for way, text in self.words(obj))
        return [*super().places(obj), *within]

    def put(self, obj: Any, texts: Mapping[str, str]) -> None:
        super().put(obj, {key: text for key, text in texts.items() if key in self.fields})
        within = {key: text for key, text in texts.items() if key not in self.fields}
        if within:
            obj.content = self.reworded(obj, within)

    def problems(self, obj: Any) -> list[str]:
        return [*super().problems(obj), *(f"{fault.field}: {fault.message}" for fault in self.faults(obj))]


class CaseKind(DocumentKind):
    """A case, which is checked as before it is published."""

    def words(self, obj: Any) -> Iterable[tuple[str, str]]:
        return words_in(obj.content)

    def reworded(self, obj: Any, texts: Mapping[str, str]) -> dict[str, Any]:
        content: dict[str, Any] = with_words(obj.content, texts)
        return content

    def faults(self, obj: Any) -> Iterable[Any]:
        return check_case(obj.content)


def _named(way: str) -> str:
    """`Choices 2, feedback` for the way ``choices.1.feedback``."""
    words: list[str] = []
    for step in way.split("."):
        if step.isdigit() and words:
            words[-1] += f" {int(step) + 1}"
        else:
            words.append(step)
    return str(capfirst(", ".join(words)))


def _label(obj: Any, name: str) -> str:
    """The name of the field that a problem is at; empty for what is wrong with the whole."""
    known = {field.name: field.verbose_name for field in obj._meta.concrete_fields}
    return f"{capfirst(known[name])}: " if name in known else ""


KINDS: list[Kind] = [
    Kind(Module, "module", gettext_lazy("Modules"), ("title", "summary"), ("pk",)),
    Kind(Concept, "concept", gettext_lazy("Concepts"), ("title", "summary", "body"), ("module",)),
    Kind(
        Objective,
        "objective",
        gettext_lazy("Objectives"),
        ("title", "statement"),
        ("concept__module", "comparison__module"),
    ),
    Kind(
        Comparison,
        "comparison",
        gettext_lazy("Comparisons and their rows"),
        ("title", "summary", "left", "right"),
        ("module",),
    ),
    Kind(
        ComparisonRow,
        "comparison",
        gettext_lazy("Rows"),
        ("aspect", "left", "right", "explanation"),
        ("comparison__module",),
    ),
    Kind(Metric, "metric", gettext_lazy("Measures"), ("name", "summary", "reading"), ("concept__module",)),
    Kind(
        MetricInput,
        "metric",
        gettext_lazy("Inputs"),
        ("label", "help"),
        ("metric__concept__module",),
        "metric",
        ("metric",),
    ),
    Kind(
        MetricStep,
        "metric",
        gettext_lazy("Steps"),
        ("label",),
        ("metric__concept__module",),
        "metric",
        ("metric",),
    ),
    Kind(Term, "term", gettext_lazy("Glossary"), ("name", "definition", "also"), ("concept__module",)),
    Kind(Picture, "picture", gettext_lazy("Text alternatives of pictures"), ("alt",)),
    Kind(LearningPath, "path", gettext_lazy("Learning paths"), ("title", "audience", "summary")),
    Kind(PathStep, "path", gettext_lazy("Steps of paths"), ("why",), ("module",), "path", ("path", "module")),
    CaseKind(CaseStudy, "case", gettext_lazy("Case studies"), ("title", "summary")),
    Kind(Skill, "skill", gettext_lazy("Skills"), ("name", "description"), ("concept__module",)),
]
