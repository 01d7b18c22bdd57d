"""What an import would do: for each question of a file its objective, its address, and whether it is new."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from assessments.formats.meta import LONGEST_SLUG, last_category
from assessments.formats.parsed import Loss, ParsedQuestion, clean_content, one_line
from assessments.models import Misconception, Question
from assessments.questions import TYPES
from assessments.questions.base import Problem
from assessments.questions.common import asked_of
from concepts.models import Objective

NEW, KNOWN, REPEATED, UNREADABLE = "new", "known", "repeated", "unreadable"


@dataclass(frozen=True)
class Planned:
    """One question of a file and what becomes of it.

    `fate` is NEW; KNOWN where `known` in the bank is equal to it; REPEATED where an earlier one of the file
    is; UNREADABLE where its type cannot make anything of it. `problems` are in the way of publishing.
    """

    parsed: ParsedQuestion
    content: Mapping[str, Any]
    fate: str
    slug: str = ""
    objective: Objective | None = None
    problems: tuple[Problem, ...] = ()
    known: Question | None = None

    @property
    def is_new(self) -> bool:
        return self.fate == NEW


@dataclass
class Plan:
    """What becomes of all questions of a file."""

    questions: list[Planned] = field(default_factory=list)

    @property
    def new(self) -> list[Planned]:
        return [planned for planned in self.questions if planned.is_new]

    @property
    def homeless(self) -> list[Planned]:
        """New questions for which neither the file nor anybody names an objective."""
        return [planned for planned in self.new if planned.objective is None]


def plan_import(*, parsed: Sequence[ParsedQuestion], objective: Objective | None) -> Plan:
    """Look at everything, write nothing. `objective` is for questions whose file names none that is known."""
    objectives = {each.code.casefold(): each for each in Objective.objects.all()}
    slips = set(Misconception.objects.values_list("slug", flat=True))
    known = _equal_questions(parsed)
    slugs = set(Question.objects.values_list("slug", flat=True))
    met: set[str] = set()
    plan = Plan()
    for question in parsed:
        question, home = _housed(question, objectives)
        content = stored_content(question)
        key = _key(question.type, content)
        planned = Planned(question, content, NEW, objective=home or objective)
        problems = _problems(question.type, content, slips)
        if problems is None:
            planned = replace(planned, fate=UNREADABLE)
        elif key in known:
            planned = replace(planned, fate=KNOWN, known=known[key])
        elif key in met:
            planned = replace(planned, fate=REPEATED)
        else:
            met.add(key)
            planned = replace(planned, slug=_free_slug(question, slugs), problems=tuple(problems))
        plan.questions.append(planned)
    return plan


def stored_content(question: ParsedQuestion) -> dict[str, Any]:
    """The content as it is stored, with its tags."""
    content = clean_content(dict(question.content))
    return {**content, "tags": list(question.tags)} if question.tags else content


def _housed(
    question: ParsedQuestion, objectives: Mapping[str, Objective]
) -> tuple[ParsedQuestion, Objective | None]:
    """The objective that the file names: outright, by a tag, or by the last step of its category."""
    home = objectives.get(question.objective.casefold())
    if home is not None:
        return question, home
    if question.objective:
        what = _("Objective “%(code)s”") % {"code": question.objective}
        loss = Loss(what, _("There is none of this code here."))
        question = replace(question, losses=(*question.losses, loss))
    for tag in question.tags:
        home = objectives.get(tag.casefold())
        if home is not None:
            rest = tuple(other for other in question.tags if other != tag)
            return replace(question, tags=rest), home
    home = objectives.get(last_category(question.category).casefold())
    if home is None and question.category:
        what = _("Category “%(path)s”") % {"path": one_line(question.category)}
        loss = Loss(what, _("Its last step is no objective here, and there are no categories."))
        question = replace(question, losses=(*question.losses, loss))
    return question, home


def _problems(kind: str, content: Mapping[str, Any], slips: set[str]) -> list[Problem] | None:
    """What publishing would refuse; None if the content has not even the shape that its type expects."""
    type_ = TYPES.get(kind)
    if type_ is None:
        return None
    try:
        problems = type_.check(content)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return None
    message = _("There is no misconception “%(name)s”. Make it, or pick another.")
    unknown = dict.fromkeys(name for name in _misconceptions(content) if name not in slips)
    return problems + [Problem("misconception", message % {"name": name}) for name in unknown]


def _misconceptions(value: Any) -> Iterator[str]:
    """Every misconception that is named in a content."""
    if isinstance(value, Mapping):
        name = value.get("misconception")
        if name and isinstance(name, str):
            yield name
        for entry in value.values():
            yield from _misconceptions(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _misconceptions(entry)


def _equal_questions(parsed: Iterable[ParsedQuestion]) -> dict[str, Question]:
    """The questions of the bank by what makes two of them equal: type and content."""
    kinds = {question.type for question in parsed}
    rows = Question.objects.filter(type__in=kinds).only("pk", "type", "title", "content")
    return {_key(row.type, clean_content(row.content)): row for row in rows.iterator()}


def _key(kind: str, content: Mapping[str, Any]) -> str:
    return f"{kind} {_canonical(asked_of(content))}"


def _canonical(value: Any) -> str:
    """A JSON value as a text that does not depend on the order of its keys."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key!r}:{_canonical(value[key])}" for key in sorted(value)) + "}"
    return "[" + ",".join(map(_canonical, value)) + "]" if isinstance(value, list) else repr(value)


def _free_slug(question: ParsedQuestion, taken: set[str]) -> str:
    """An address that no other question has; it is taken from then on."""
    wanted = (question.slug or slugify(question.title) or "question")[:LONGEST_SLUG].strip("-")
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted[: LONGEST_SLUG - 6]}-{number}"
    taken.add(slug)
    return slug
