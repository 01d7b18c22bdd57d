"""What a key of a course file means: how its value is checked, found in the database, and written there.

Each kind of key does all three, so that a course that is loaded, written out and loaded again stays the same.
Checking asks the database for nothing: it takes lengths, choices and patterns from the model's fields.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _

from concepts.coursepack.findings import Findings, Spot, nearest
from concepts.coursepack.folders import taken_address
from concepts.coursepack.payload import Payload, clean_json, clean_text

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Not the no-break spaces: they are meant.
SPACE = re.compile(r"[ \t\r\n]+")
# Objects by what they are called in the files: ("concept", "throughput-and-flow").
Address = tuple[str, str]
Known = Mapping[Address, Any]


def one_line(text: str) -> str:
    """A text as a field of one line keeps it."""
    return SPACE.sub(" ", text).strip(" ")


@dataclass(frozen=True)
class Key:
    """A key; what is not required may be left out, and is left out of payloads where it has its default."""

    name: str
    required: bool = True
    default: Any = None

    def check(self, value: Any, spot: Spot, findings: Findings) -> Any:
        """The value in the form that payloads use; None, with a finding, if it makes no sense."""
        raise NotImplementedError

    def stored(self, obj: Any) -> Any:
        """The value in the database, in the same form."""
        raise NotImplementedError

    def write(self, obj: Any, value: Any, known: Known) -> None:
        """Put the value into an object before it is saved."""

    def relate(self, obj: Any, value: Any, known: Known) -> None:
        """Write what can only be written once the object has been saved."""

    def refers(self, value: Any) -> list[Address]:
        """The objects that a value names."""
        return []

    def column(self) -> str:
        """Where the value stands, as a query on the model would put it."""
        return self.name

    def related(self) -> list[str]:
        """What to fetch with many objects at once so that `stored` asks for nothing more."""
        return []


def read_mapping(
    keys: Sequence[Key],
    data: Any,
    spot: Spot,
    findings: Findings,
    *,
    implied: Mapping[str, Any] | None = None,
    beside: Sequence[str] = (),
) -> Payload | None:
    """The payload of a mapping.

    What its place in the course implies must not be written into it; the keys ``beside`` are somebody else's.
    """
    implied = implied or {}
    if not isinstance(data, dict):
        findings.note(spot, _("Here belong lines such as “%(key)s: …”. Write them.") % {"key": keys[0].name})
        return None
    names = [*(key.name for key in keys if key.name not in implied), *beside]
    for name in data:
        if name not in names:
            advice = nearest(name, names) or _("Take it out. Known keys: %(keys)s.") % {
                "keys": ", ".join(names)
            }
            findings.note(spot.at(name), _("“%(name)s” means nothing here.") % {"name": name} + " " + advice)
    payload = {}
    for key in keys:
        value = implied.get(key.name, data.get(key.name))
        if value is None or (isinstance(value, str) and not value.strip()):
            if key.required:
                findings.note(spot.at(key.name), _("“%(name)s” is missing. Add it.") % {"name": key.name})
            continue
        checked = key.check(value, spot.at(key.name), findings)
        if checked is not None and (key.required or checked != key.default):
            payload[key.name] = checked
    return payload


def payload_from(keys: Sequence[Key], obj: Any) -> Payload:
    """The payload of a row of the database: the same that its file would give."""
    found = ((key, key.stored(obj)) for key in keys)
    return {key.name: value for key, value in found if key.required or value != key.default}


@dataclass(frozen=True)
class Plain(Key):
    """A text, a number, yes or no: a field of the model, as it is."""

    field: Any = None

    def check(self, value: Any, spot: Spot, findings: Findings) -> Any:
        problem = self._misfit(value)
        if problem:
            findings.note(spot, problem)
            return None
        value = self._canonical(value)
        problem = self._refusal(value)
        if problem:
            findings.note(spot, problem)
        return value

    def stored(self, obj: Any) -> Any:
        return self._canonical(getattr(obj, self.field.attname))

    def write(self, obj: Any, value: Any, known: Known) -> None:
        setattr(obj, self.field.attname, value)

    def _canonical(self, value: Any) -> Any:
        if isinstance(value, str) and not isinstance(self.field, models.TextField):
            return one_line(value)
        return clean_json(value)

    def _misfit(self, value: Any) -> str:
        """What is wrong with the type of a value."""
        figure = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if isinstance(self.field, models.BooleanField):
            return "" if isinstance(value, bool) else _("“%(name)s” is true or false.") % {"name": self.name}
        if isinstance(self.field, models.IntegerField):
            fits = figure and float(value).is_integer()
            return "" if fits else _("“%(name)s” is a whole number, such as 3.") % {"name": self.name}
        if isinstance(self.field, models.FloatField):
            return "" if figure else _("“%(name)s” is a plain number, such as 7.5.") % {"name": self.name}
        if isinstance(value, dict | list):
            return _(
                "“%(name)s” is a text. If it holds a colon or begins with a bracket, put it in quotes."
            ) % {"name": self.name}
        return (
            ""
            if isinstance(value, str)
            else _("“%(name)s” is a text. Put it in quotes.") % {"name": self.name}
        )

    def _refusal(self, value: Any) -> str:
        """Why the model's field would not take a value of the right type."""
        said = {"name": self.name, "value": value}
        if isinstance(self.field, models.SlugField) and not SLUG.fullmatch(value):
            said["slug"] = slugify(value.replace("_", " ")) or "throughput-and-flow"
            return (
                _("“%(name)s” takes small letters, digits and hyphens: write “%(slug)s”, not “%(value)s”.")
                % said
            )
        if isinstance(self.field, models.SlugField) and (problem := taken_address(self.field.model, value)):
            return problem
        if self.field.choices:
            known = [str(choice) for choice, _label in self.field.flatchoices]
            if value in known:
                return ""
            advice = nearest(value, known) or _("Use one of: %(known)s.") % {"known": ", ".join(known)}
            return _("“%(name)s” cannot be “%(value)s”.") % said + " " + advice
        if self.field.max_length and len(value) > self.field.max_length:
            said |= {"length": len(value), "most": self.field.max_length}
            return _("“%(name)s” has %(length)s characters; %(most)s is the most. Shorten it.") % said
        try:
            self.field.run_validators(value)
        except ValidationError as error:
            said["reason"] = " ".join(error.messages)
            return _("“%(name)s” cannot be “%(value)s”. %(reason)s") % said
        return ""


@dataclass(frozen=True)
class Words(Key):
    """A list of words that the model keeps in one text, parted by commas."""

    required: bool = False
    default: Any = ()
    field: Any = None

    def check(self, value: Any, spot: Spot, findings: Findings) -> Any:
        words = _texts(value, self.name, spot, findings)
        for i, word in enumerate(words or []):
            if "," in word:
                findings.note(
                    spot.at(i), _("“%(word)s” holds a comma. Make it two entries.") % {"word": word}
                )
        if words and len(", ".join(words)) > self.field.max_length:
            message = _("“%(name)s” is longer than %(most)s characters in all. Shorten the list.")
            findings.note(spot, message % {"name": self.name, "most": self.field.max_length})
        return words or self.default

    def stored(self, obj: Any) -> Any:
        words = [word.strip() for word in getattr(obj, self.name).split(",")]
        return [word for word in words if word] or self.default

    def write(self, obj: Any, value: Any, known: Known) -> None:
        setattr(obj, self.name, ", ".join(value))


@dataclass(frozen=True)
class Reference(Key):
    """The name of another object."""

    target: str = ""
    attribute: str = "slug"

    def check(self, value: Any, spot: Spot, findings: Findings) -> Any:
        if not isinstance(value, str):
            findings.note(
                spot,
                _("“%(name)s” is the name of one %(target)s.") % {"name": self.name, "target": self.target},
            )
            return None
        return value.strip()

    def stored(self, obj: Any) -> Any:
        other = getattr(obj, self.name)
        return one_line(getattr(other, self.attribute)) if other else None

    def write(self, obj: Any, value: Any, known: Known) -> None:
        setattr(obj, self.name, known[self.target, value] if value else None)

    def refers(self, value: Any) -> list[Address]:
        return [(self.target, value)]

    def column(self) -> str:
        return f"{self.name}__{self.attribute}"

    def related(self) -> list[str]:
        return [self.name]


@dataclass(frozen=True)
class References(Reference):
    """The names of other objects, in no particular order."""

    required: bool = False
    default: Any = ()

    def check(self, value: Any, spot: Spot, findings: Findings) -> Any:
        names = _texts(value, self.name, spot, findings)
        for name in sorted({name for name in names or [] if (names or []).count(name) > 1}):
            message = _("“%(value)s” is in this list twice. Keep one.") % {"value": name}
            findings.note(spot, message, words=name)
        return sorted(set(names)) if names else self.default

    def stored(self, obj: Any) -> Any:
        return (
            sorted(one_line(getattr(other, self.attribute)) for other in getattr(obj, self.name).all())
            or self.default
        )

    def write(self, obj: Any, value: Any, known: Known) -> None:
        """Nothing to do before it is saved."""

    def relate(self, obj: Any, value: Any, known: Known) -> None:
        getattr(obj, self.name).set([known[self.target, name] for name in value])

    def refers(self, value: Any) -> list[Address]:
        return [(self.target, name) for name in value]


def _texts(value: Any, name: str, spot: Spot, findings: Findings) -> list[str] | None:
    """A list of texts; None, with a finding, if it is something else."""
    if not isinstance(value, list):
        findings.note(spot, _("“%(name)s” is a list: write [first, second].") % {"name": name})
        return None
    for i, entry in enumerate(value):
        if not isinstance(entry, str) or not entry.strip():
            findings.note(
                spot.at(i), _("Each entry of “%(name)s” is a text. Put it in quotes.") % {"name": name}
            )
    return [clean_text(entry) for entry in value if isinstance(entry, str) and entry.strip()]
