"""The fields and rows of which the content forms are made."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Misconception
from assessments.questions.sampling import tidy
from concepts.figures import NumberError, parse_number

Choices = list[tuple[Any, Any]]
ROW = "__row__"  # stands for the number in the row that the script copies
_LINE = re.compile(r"([^\W\d]\w*)\s*=(?!=)\s*(.+)")


def misconception_choices(used: Iterable[Any] = ()) -> Choices:
    """Every named misconception by the lesson that answers it, in one query.

    Those that a question uses although the bank does not know them are offered, too, so that none is lost.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    rows = Misconception.objects.order_by("concept__module__position", "concept__position", "name")
    for slug, name, lesson in rows.values_list("slug", "name", "concept__title"):
        groups.setdefault(lesson or _("In no lesson"), []).append((slug, name))
    known = {slug for group in groups.values() for slug, _name in group}
    strangers = sorted({str(slug) for slug in used if slug} - known)
    more = [(_("Not in the bank"), [(slug, slug) for slug in strangers])] if strangers else []
    return [*groups.items(), *more]


def small_text(rows: int = 2) -> forms.Textarea:
    """A textarea in a table."""
    return forms.Textarea({"rows": rows, "cols": 30, "class": "vLargeTextField"})


class MisconceptionField(forms.CharField):
    """The slug of a misconception, chosen by its name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": gettext_lazy("Misconception"), "required": False, **options})
        self.widget = forms.Select()

    def offer(self, choices: Choices) -> None:
        self.widget.choices = [("", "–"), *choices]


class FigureField(forms.CharField):
    """A plain figure, written as people write figures."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput({"size": 8, "inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.12g}" if isinstance(value, int | float) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return tidy(parse_number(text))
        except NumberError as error:
            raise ValidationError(error.message) from None


class FiguresField(forms.CharField):
    """A few figures, parted by commas."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput({"size": 14}), **options)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(f"{figure:.12g}" for figure in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        figures = []
        for text in re.split(r"[\s,;]+", super().clean(value)):
            if not text:
                continue
            try:
                figures.append(tidy(float(text.replace("−", "-"))))
            except ValueError:
                message = _("“%(text)s” is not a number. Write figures and commas: 40, 50, 60.")
                raise ValidationError(message % {"text": text}) from None
        return figures


class NamedLinesField(forms.CharField):
    """Lines such as `good = out - torn`, as a mapping in the order written."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return "\n".join(f"{name} = {expression}" for name, expression in value.items())

    def clean(self, value: Any) -> Any:
        found: dict[str, str] = {}
        for number, line in enumerate(super().clean(value).splitlines(), 1):
            if not line.strip():
                continue
            match = _LINE.fullmatch(line.strip())
            if match is None:
                message = _("Line %(number)d: “%(line)s” names nothing. Write name = formula.")
                raise ValidationError(message % {"number": number, "line": line.strip()})
            if match[1] in found:
                message = _("Line %(number)d: “%(name)s” is worked out twice. Use another name.")
                raise ValidationError(message % {"number": number, "name": match[1]})
            found[match[1]] = match[2].strip()
        return found


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class RowForm(forms.Form):
    """One row of a table. Every field may be empty: whether that will do is for the question type to say."""

    def __init__(self, *args: Any, misconceptions: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.fields.values():
            if isinstance(each, MisconceptionField):
                each.offer(misconceptions or [])

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered; a row left blank is no row."""
        values = getattr(self, "cleaned_data", {})
        return not any(
            value not in ("", None, [], False) for name, value in values.items() if name != "DELETE"
        )


class Rows(forms.BaseFormSet):
    """The rows of a table. A row that is ticked to go, or left blank, is not kept."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove")
        for each in form.fields.values():
            said = {"label": each.label, "row": ROW if index is None else index + 1}
            each.widget.attrs["aria-label"] = _("%(label)s, row %(row)s") % said

    @cached_property
    def blank(self) -> Any:
        """The row that is copied when another is added."""
        return self.empty_form

    @cached_property
    def kept(self) -> list[tuple[int, dict[str, Any]]]:
        """The number and the values of every row that counts."""
        return [
            (number, {name: value for name, value in form.cleaned_data.items() if name != "DELETE"})
            for number, form in enumerate(self.forms)
            if form.is_valid() and not form.is_blank and not form.cleaned_data.get("DELETE")
        ]

    @property
    def numbers(self) -> Sequence[int]:
        """The rows behind the entries of the JSON; before anything is posted that is all of them."""
        return [number for number, _values in self.kept] if self.is_bound else range(len(self.forms))
