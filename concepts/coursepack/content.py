"""Documents: what stands in a file beside the other keys of an object, and in one JSON field of its row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from concepts.cases.reading import named_images, objectives_in
from concepts.coursepack.findings import Findings, Spot
from concepts.coursepack.keys import Address, Key, Known
from concepts.coursepack.payload import clean_json, texts, without_empty
from concepts.rendering import course_links


@dataclass(frozen=True)
class Content(Key):
    """A document as it is: whoever the object belongs to checks what it says."""

    def check(self, value: Any, spot: Spot, findings: Findings) -> Any:
        return without_empty(clean_json(_only_json(value, Spot(spot.text, spot.steps[:-1]), findings)))

    def stored(self, obj: Any) -> Any:
        return without_empty(clean_json(obj.content))

    def write(self, obj: Any, value: Any, known: Known) -> None:
        obj.content = value


@dataclass(frozen=True)
class CaseContent(Content):
    """The document of a case. Without the objectives and pictures that it names it cannot be played."""

    def refers(self, value: Any) -> list[Address]:
        return [
            *(("objective", code) for code in sorted(objectives_in(value))),
            *(("picture", slug) for slug in sorted(pictures_in(value))),
        ]


def pictures_in(content: Any) -> set[str]:
    """The pictures that a case shows, as exhibits or in its texts."""
    return {slug for _steps, slug in named_images(content)} | set(_linked_pictures(content))


def _linked_pictures(content: Any) -> Iterator[str]:
    for _steps, text in texts(content):
        if "](picture:" in text:
            yield from (slug for kind, slug, _anchor in course_links(text) if kind == "picture")


def _only_json(value: Any, spot: Spot, findings: Findings) -> Any:
    """A value without what YAML knows and JSON does not, such as a date."""
    if isinstance(value, dict):
        return {key: _only_json(entry, spot.at(key), findings) for key, entry in value.items()}
    if isinstance(value, list):
        return [_only_json(entry, spot.at(i), findings) for i, entry in enumerate(value)]
    if value is None or isinstance(value, str | int | float):
        return value
    findings.note(spot, _("“%(value)s” is not read as text. Put it in quotes.") % {"value": value})
    return str(value)
