"""A part of a case written as YAML in a form: read with the line of every mistake, and written back."""

import math
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from concepts.cases.shape import ordered
from concepts.coursepack.findings import Findings, Spot, Steps
from concepts.coursepack.payload import clean_json
from concepts.coursepack.reading import parse_yaml
from concepts.coursepack.yaml_style import dump

LARGEST = 1e30  # no figure of a case comes near, and JSON holds no number of ten thousand digits


class YamlField(forms.CharField):
    """Keys with their values. `level` names those of ``concepts.cases.shape``, in the order to be written."""

    def __init__(self, *, level: str, rows: int, **options: Any) -> None:
        attributes = {"rows": rows, "cols": 80, "class": "vLargeTextField tk-yaml"}
        plain = {"spellcheck": "false", "autocapitalize": "off", "autocorrect": "off"}
        super().__init__(required=False, widget=forms.Textarea({**attributes, **plain}), **options)
        self.level = level

    def prepare_value(self, value: Any) -> Any:
        return written(value, self.level) if isinstance(value, Mapping) else value

    def clean(self, value: Any) -> dict[str, Any]:
        """The mapping. Raises ValidationError with a message for each mistake, its line first."""
        text = super().clean(value)
        if not text.strip():
            return {}
        found: Findings = Findings()
        read = parse_yaml(text, "", found)
        data, spot = read if read else ({}, None)
        if spot is not None and not isinstance(data, Mapping):
            message = _("Here belong keys with values, one below the other, such as “ending: true”.")
            found.note(spot, message)
        if spot is not None:
            _check_values(data, spot, found)
        if found:
            raise ValidationError([_error(each.line, each.message) for each in found])
        return dict(data)


def _error(line: int, message: str) -> ValidationError:
    said = {"said": at_line(line, message), "line": line}
    return ValidationError("%(said)s", params=said)


def at_line(line: int, message: str) -> str:
    """A message with its line."""
    return _("Line %(line)d: %(message)s") % {"line": line, "message": message}


def written(value: Mapping[str, Any], level: str) -> str:
    """A mapping as YAML in the style of the course's files; an empty one is an empty text."""
    return dump(ordered(clean_json(value), level)) if value else ""


def line_of(text: str, steps: Steps) -> int:
    """The line of a text on which a value begins; 0 where the text cannot be read or is empty."""
    read = parse_yaml(text.replace("\r\n", "\n"), "", Findings()) if text.strip() else None
    return read[1].at(*steps).line if read else 0


def _check_values(value: Any, spot: Spot, found: Findings) -> None:
    """What YAML knows and a case cannot hold: dates, infinity, signs that no database takes."""
    if isinstance(value, Mapping):
        for key, entry in value.items():
            _check_values(key, spot.at(key), found)
            _check_values(entry, spot.at(key), found)
    elif isinstance(value, list):
        for i, entry in enumerate(value):
            _check_values(entry, spot.at(i), found)
    elif isinstance(value, str):
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            found.note(spot, _("This text holds a sign that cannot be stored. Take it out."))
    elif isinstance(value, int | float):
        if not math.isfinite(value) or abs(value) > LARGEST:
            found.note(spot, _("This number is too large to work with."))
    elif value is not None:
        found.note(spot, _("“%(value)s” is not read as text. Put it in quotes.") % {"value": value})
