"""Questions of the bank on their way out, and questions of a file as the preview of an import shows them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.formats.parsed import ImportReport, ParsedQuestion, Unsupported, clean_content
from assessments.models import Question
from assessments.questions import TYPES
from assessments.questions.base import Level, Problem
from assessments.questions.common import mappings
from assessments.questions.rubric import rubric_of
from assessments.services.exchange_plan import KNOWN, REPEATED, UNREADABLE, Plan, Planned
from concepts.figures import format_figure

# What an editor calls the parts of a question: the whole, and one of several.
PLACES: dict[str, tuple[Any, Any]] = {
    "stem": (gettext_lazy("Question"), gettext_lazy("Question")),
    "explanation": (gettext_lazy("Explanation"), gettext_lazy("Explanation")),
    "hints": (gettext_lazy("Hints"), gettext_lazy("Hint")),
    "penalty": (gettext_lazy("Penalty"), gettext_lazy("Penalty")),
    "tags": (gettext_lazy("Tags"), gettext_lazy("Tag")),
    "choices": (gettext_lazy("Choices"), gettext_lazy("Choice")),
    "right": (gettext_lazy("Right answer"), gettext_lazy("Right answer")),
    "feedback": (gettext_lazy("Feedback"), gettext_lazy("Feedback")),
    "otherwise": (gettext_lazy("Feedback for other answers"), gettext_lazy("Feedback for other answers")),
    "accept": (gettext_lazy("Accepted answers"), gettext_lazy("Accepted answer")),
    "pairs": (gettext_lazy("Pairs"), gettext_lazy("Pair")),
    "distractors": (gettext_lazy("Answers that fit nowhere"), gettext_lazy("Answer that fits nowhere")),
    "items": (gettext_lazy("Items"), gettext_lazy("Item")),
    "buckets": (gettext_lazy("Groups"), gettext_lazy("Group")),
    "label": (gettext_lazy("Label of the field"), gettext_lazy("Label of the field")),
    "answer": (gettext_lazy("Answer"), gettext_lazy("Answer")),
    "unit": (gettext_lazy("Unit"), gettext_lazy("Unit")),
    "tolerance": (gettext_lazy("Tolerance"), gettext_lazy("Tolerance")),
    "parameters": (gettext_lazy("Parameters"), gettext_lazy("Parameter")),
    "derived": (gettext_lazy("Derived values"), gettext_lazy("Derived value")),
    "constraints": (gettext_lazy("Constraints"), gettext_lazy("Constraint")),
    "steps": (gettext_lazy("Steps"), gettext_lazy("Step")),
    "slips": (gettext_lazy("Typical slips"), gettext_lazy("Slip")),
    "words": (gettext_lazy("Length"), gettext_lazy("Length")),
    "rubric": (gettext_lazy("Rubric"), gettext_lazy("Criterion")),
}


@dataclass(frozen=True)
class Line:
    """One answer of a question: its Markdown, what it is worth or belongs to, and its feedback."""

    text: str
    note: str = ""
    feedback: str = ""
    is_right: bool = False


@dataclass(frozen=True)
class Shown:
    """A question of a file as the preview shows it."""

    planned: Planned

    @property
    def type(self) -> str:
        kind = TYPES.get(self.planned.parsed.type)
        return str(kind.label) if kind else self.planned.parsed.type

    @property
    def stem(self) -> str:
        return _text(self.planned.content.get("stem"))

    @property
    def explanation(self) -> str:
        return _text(self.planned.content.get("explanation"))

    @property
    def hints(self) -> list[str]:
        hints = self.planned.content.get("hints")
        return [_text(hint) for hint in hints] if isinstance(hints, list) else []

    @property
    def tags(self) -> str:
        return ", ".join(self.planned.parsed.tags)

    @property
    def lines(self) -> list[Line]:
        return answer_lines(self.planned.parsed.type, self.planned.content)

    @property
    def to_complete(self) -> list[str]:
        """What publishing would refuse, each said once."""
        return list(dict.fromkeys(located(problem) for problem in self.planned.problems))


@dataclass(frozen=True)
class ImportPage:
    """A file, what was found in it, and what becomes or became of it."""

    report: ImportReport
    plan: Plan
    name: str
    format: str
    created: Sequence[Question] = ()

    @property
    def shown(self) -> list[Shown]:
        return [Shown(planned) for planned in self.plan.questions if planned.fate != UNREADABLE]

    @property
    def unsupported(self) -> list[Unsupported]:
        """What is not imported, with what no type of ours can make anything of, by line."""
        reason = _("Its parts are not where a question of this type has them.")
        broken = [
            Unsupported(each.parsed.line, each.parsed.title, each.parsed.type, reason)
            for each in self.plan.questions
            if each.fate == UNREADABLE
        ]
        return sorted([*self.report.unsupported, *broken], key=lambda each: each.line)

    @property
    def cut(self) -> list[Planned]:
        """Those of which something stayed behind."""
        return [planned for planned in self.plan.questions if planned.is_new and planned.parsed.losses]

    @property
    def old(self) -> list[Planned]:
        """Those that are in the bank already, or twice in the file."""
        return [planned for planned in self.plan.questions if planned.fate in (KNOWN, REPEATED)]

    @property
    def headline(self) -> str:
        """How many of how many."""
        count, new = self.report.count, len(self.plan.new)
        said = {"count": count, "new": new}
        return (
            ngettext(
                "%(new)d of %(count)d question in the file is new and can be imported",
                "%(new)d of %(count)d questions in the file are new and can be imported",
                count,
            )
            % said
        )


def located(problem: Problem) -> str:
    """A problem behind the place where it is, as editors call it: `Choice 2: …`, counted from 1."""
    head, *rest = problem.field.split(".")
    whole, one = PLACES.get(head, (head, head))
    place = whole
    if rest:
        place = f"{one} {int(rest[0]) + 1 if rest[0].isdigit() else rest[0]}"
    return f"{place}: {problem.message}" if place else problem.message


def with_category(questions: QuerySet[Any]) -> QuerySet[Any]:
    """What writing a question needs, in one query."""
    return questions.select_related("objective__concept__module", "objective__comparison__module")


def parsed_questions(questions: Iterable[Question]) -> Iterator[ParsedQuestion]:
    """Questions as the writers take them, as they stand in their forms."""
    for question in questions:
        content = clean_content(question.content)
        tags = content.pop("tags", [])
        objective = question.objective
        home = objective.concept or objective.comparison
        steps = ["$course$", "top", home.module.title if home else "", objective.code]
        yield ParsedQuestion(
            type=question.type,
            title=question.title,
            content=content,
            slug=question.slug,
            objective=objective.code,
            thinking=question.thinking,
            tags=tuple(tags),
            category="/".join(step.replace("/", "//") for step in steps if step),
        )


def answer_lines(kind: str, content: Mapping[str, Any]) -> list[Line]:
    """The answers of a question, whatever state it is in, one below the other."""
    make = _LINES.get(kind)
    return list(make(content)) if make else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _choices(content: Mapping[str, Any]) -> Iterator[Line]:
    for choice in mappings(content, "choices"):
        is_right = choice.get("right") is True
        weight = choice.get("weight")
        note = _("%(weight)s %%") % {"weight": weight} if weight is not None else ""
        yield Line(_text(choice.get("text")), note, _text(choice.get("feedback")), is_right)


def _true_false(content: Mapping[str, Any]) -> Iterator[Line]:
    for key, word in ((True, _("True")), (False, _("False"))):
        is_right = content.get("right") is key
        yield Line(word, "", "" if is_right else _text(content.get("feedback")), is_right)


def _numeric(content: Mapping[str, Any]) -> Iterator[Line]:
    note = _("tolerance %(tolerance)s") % {"tolerance": content.get("tolerance", "")}
    yield Line(f"{content.get('answer', '')} {_text(content.get('unit'))}".strip(), note, "", is_right=True)
    for slip in mappings(content, "slips"):
        yield Line(str(slip.get("answer", "")), _("slip"), _text(slip.get("feedback")))


def _short_text(content: Mapping[str, Any]) -> Iterator[Line]:
    for entry in mappings(content, "accept"):
        score = entry.get("score", 100)
        note = "" if score == 100 else _("%(score)s %%") % {"score": score}
        typed = _text(entry.get("text")) or _text(entry.get("pattern"))
        yield Line(f"`{typed}`" if typed else "", note, _text(entry.get("feedback")), score == 100)
    if content.get("otherwise"):
        yield Line(_("Anything else"), "", _text(content.get("otherwise")))


def _matching(content: Mapping[str, Any]) -> Iterator[Line]:
    for pair in mappings(content, "pairs"):
        yield Line(_text(pair.get("left")), f"→ {_text(pair.get('right'))}", _text(pair.get("feedback")))
    spare = content.get("distractors")
    for text in spare if isinstance(spare, list) else []:
        yield Line(_text(text), _("fits nowhere"))


def _classification(content: Mapping[str, Any]) -> Iterator[Line]:
    for item in mappings(content, "items"):
        yield Line(_text(item.get("text")), f"→ {_text(item.get('bucket'))}", _text(item.get("feedback")))


def _ordering(content: Mapping[str, Any]) -> Iterator[Line]:
    for place, item in enumerate(mappings(content, "items"), 1):
        yield Line(_text(item.get("text")), str(place))


def _written(content: Mapping[str, Any]) -> Iterator[Line]:
    for criterion in rubric_of(content):
        levels = "".join(f"\n- {_level(level)}" for level in criterion.levels)
        yield Line(criterion.label, "", levels.strip())


def _level(level: Level) -> str:
    points = _("%(points)s p") % {"points": format_figure(level.points)}
    return f"{level.label} ({points}): {level.description}".rstrip(": ")


def _multi_step(content: Mapping[str, Any]) -> Iterator[Line]:
    for step in mappings(content, "steps"):
        unit, answer = _text(step.get("unit")), step.get("answer", "")
        yield Line(_text(step.get("label")), f"= `{answer}` {unit}".strip(), _text(step.get("feedback")))
        for slip in mappings(step, "slips"):
            yield Line(f"`{slip.get('answer', '')}`", _("slip"), _text(slip.get("feedback")))


_LINES = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": _true_false,
    "numeric": _numeric,
    "short_text": _short_text,
    "matching": _matching,
    "classification": _classification,
    "ordering": _ordering,
    "written": _written,
    "multi_step": _multi_step,
}
