"""The formats of exchange by their keys. A new one is a module with a reader, a writer and a line here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from assessments.formats.aiken import read_aiken, write_aiken
from assessments.formats.bank_yaml import read_bank_yaml, write_bank_yaml
from assessments.formats.decoding import decode
from assessments.formats.fitting import Fitted, fit_aiken, fit_gift, fit_moodle_xml, fit_yaml
from assessments.formats.gift_read import read_gift
from assessments.formats.gift_write import write_gift
from assessments.formats.moodle_read import read_moodle_xml
from assessments.formats.moodle_write import write_moodle_xml
from assessments.formats.parsed import ImportReport, ParsedQuestion
from assessments.questions import TYPES


@dataclass(frozen=True)
class Format:
    """A format: how files of it are called, read and written, and what it can hold of a question."""

    key: str
    label: Any
    extension: str
    media_type: str
    read: Callable[[bytes], ImportReport]
    write: Callable[[list[ParsedQuestion]], str]
    fit: Callable[[ParsedQuestion], Fitted]


def _read_yaml(data: bytes) -> ImportReport:
    return read_bank_yaml(data, frozenset(TYPES))


FORMATS: dict[str, Format] = {
    each.key: each
    for each in (
        Format("gift", gettext_lazy("GIFT"), "txt", "text/plain", read_gift, write_gift, fit_gift),
        Format(
            "moodle_xml",
            gettext_lazy("Moodle XML"),
            "xml",
            "application/xml",
            read_moodle_xml,
            write_moodle_xml,
            fit_moodle_xml,
        ),
        Format("aiken", gettext_lazy("Aiken"), "txt", "text/plain", read_aiken, write_aiken, fit_aiken),
        Format(
            "yaml",
            gettext_lazy("YAML, as in the files of the bank"),
            "yaml",
            "application/yaml",
            _read_yaml,
            write_bank_yaml,
            fit_yaml,
        ),
    )
}


@dataclass(frozen=True)
class Written:
    """A file with the questions that a format holds, and each question's fate."""

    text: str
    fates: list[tuple[ParsedQuestion, Fitted]]

    @property
    def left_out(self) -> list[tuple[ParsedQuestion, Fitted]]:
        """The questions that are not in the file."""
        return [fate for fate in self.fates if fate[1].question is None]

    @property
    def whole(self) -> int:
        """How many questions are in the file with all that they are."""
        return len(self.fates) - len(self.left_out) - len(self.cut)

    @property
    def cut(self) -> list[tuple[ParsedQuestion, Fitted]]:
        """The questions that are, with something left behind."""
        return [fate for fate in self.fates if fate[1].question is not None and fate[1].losses]


def write(questions: Iterable[ParsedQuestion], form: Format) -> Written:
    """Questions as a file."""
    fates = [(question, form.fit(question)) for question in questions]
    return Written(form.write([fitted.question for _q, fitted in fates if fitted.question]), fates)


def detect(data: bytes, name: str = "") -> Format | None:
    """The format of a file, by its name where that says it and by its first lines; None if neither does."""
    text, _remarks = decode(data[:65536])
    start = text.lstrip()
    lines = [line.strip() for line in text.split("\n")]
    if start.startswith("<") or name.lower().endswith(".xml"):
        return FORMATS["moodle_xml"]
    if name.lower().endswith((".yaml", ".yml")) or start.startswith(("- slug:", "- type:", "- objective:")):
        return FORMATS["yaml"]
    if any(line.upper().startswith("ANSWER:") for line in lines) and "{" not in text:
        return FORMATS["aiken"]
    if "{" in text or name.lower().endswith(".gift") or any(line.startswith("::") for line in lines):
        return FORMATS["gift"]
    return None
