"""Written answers: how long, the rubric by which a person marks, and the model answer."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.forms.content.base import ContentForm, Place, QuestionFields, Section, without_blanks
from assessments.forms.content.fields import RowForm, small_text
from assessments.questions.base import Content, Problem
from assessments.questions.common import mappings
from assessments.questions.sampling import tidy
from assessments.questions.written import MOST_WORDS, words_asked
from concepts.figures import NumberError, parse_number

_LEVEL = re.compile(r"\s*([^=|]+?)\s*=\s*([^:]+?)\s*(?::\s*(.*))?")


class LevelsField(forms.CharField):
    """The levels of a criterion, one a line: `2 = Both: names both effects`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=small_text(5), **options)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(_line(level) for level in value if isinstance(level, Mapping))

    def clean(self, value: Any) -> Any:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        return [self._level(number, line) for number, line in enumerate(lines, 1)]

    def _level(self, number: int, line: str) -> dict[str, Any]:
        match = _LEVEL.fullmatch(line)
        if match is None:
            message = gettext("Line %(number)d: “%(line)s” is no level. Write points = label: description.")
            raise ValidationError(message % {"number": number, "line": line.strip()})
        try:
            points = tidy(parse_number(match[1]))
        except NumberError as error:
            message = gettext("Line %(number)d: %(problem)s")
            raise ValidationError(message % {"number": number, "problem": error.message}) from None
        whole = int(points) if points == int(points) else points
        return {"label": match[2], "points": whole, "description": (match[3] or "").strip()}


class WrittenFields(QuestionFields):
    """The question and how long an answer is to be."""

    fewest = forms.IntegerField(label=_("From (words)"), required=False, min_value=1, max_value=MOST_WORDS)
    most = forms.IntegerField(
        label=_("To (words)"),
        required=False,
        min_value=1,
        max_value=MOST_WORDS,
        help_text=_("Stated before writing and counted meanwhile. A tenth more is still taken."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["explanation"].label = gettext("Model answer")
        self.fields["explanation"].help_text = gettext("Read after handing in: what a good answer says.")


class CriterionRow(RowForm):
    """One criterion of the rubric."""

    label = forms.CharField(label=_("What is looked at"), required=False, widget=small_text())
    levels = LevelsField(
        label=_("Levels, best first"),
        help_text=_("One a line: 2 = Both: names both effects"),
    )
    name = forms.CharField(
        label=_("Short name"),
        required=False,
        widget=forms.TextInput({"size": 10, "class": "vTextField tk-code", "spellcheck": "false"}),
    )


class WrittenForm(ContentForm):
    """An answer in one's own words."""

    key = "written"
    intro = _(
        "An answer in one's own words, marked by a person with a rubric. It is asked only where an "
        "assessment names the question, never in reviews."
    )
    fields_class = WrittenFields
    tables = {"rubric": CriterionRow}
    sections = (
        Section(_("What is asked"), _("One task, and what a good answer has to contain."), ("stem",)),
        Section(_("Length"), _("Leave out what does not matter."), ("fewest", "most")),
        Section(
            _("Rubric"),
            _(
                "One to six criteria with two to five levels each, one a line, as in “2 = Both: names both "
                "effects”. The lowest is worth 0. Learners read the rubric before they write. The short name "
                "ties grades to the criterion; leave it empty and one is made."
            ),
            table="rubric",
            add=_("Add another criterion"),
        ),
        Section(_("After handing in"), _("Everybody reads this."), ("explanation",)),
    )

    def unpack(self, content: Content) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        fewest, most = words_asked(content)
        single = {name: content.get(name, "") for name in ("stem", "explanation")}
        rows = [dict(row) for row in mappings(content, "rubric")]
        return single | {"fewest": fewest, "most": most}, {"rubric": rows}

    def pack(self, single: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
        words = without_blanks({"from": single["fewest"], "to": single["most"]})
        taken = {row["name"] for row in rows["rubric"]}
        rubric = [
            {"name": row["name"] or _name_for(row["label"], number, taken), **without_blanks(row)}
            for number, row in enumerate(rows["rubric"], 1)
        ]
        texts = {"stem": single["stem"], "explanation": single["explanation"]}
        return texts | without_blanks({"words": words}) | {"rubric": rubric}

    def locate(self, path: Sequence[str]) -> Place | None:
        if path[0] == "words":
            return Place({"from": "fewest"}.get(path[-1], "most"))
        return super().locate(path)

    def worded(self, problem: Problem, place: Place) -> str:
        """Levels stand in lines."""
        path = problem.field.split(".")
        if len(path) > 3 and path[2] == "levels" and path[3].isdigit():
            said = {"line": int(path[3]) + 1, "problem": problem.message}
            return gettext("Line %(line)d: %(problem)s") % said
        return problem.message


def _line(level: Mapping[str, Any]) -> str:
    text = f"{level.get('points', '')} = {level.get('label', '')}"
    return f"{text}: {level['description']}" if level.get("description") else text


def _name_for(label: str, number: int, taken: set[str]) -> str:
    """A name of one word for a criterion: the first of its label, unless that is taken."""
    words = slugify(label).split("-")
    name = next((word for word in words if len(word) > 2 and word.isidentifier()), f"criterion{number}")
    name = name if name not in taken else f"{name}{number}"
    taken.add(name)
    return name
