"""Aiken: a question, lettered choices, and a line such as `ANSWER: B`. It holds single choice and no more."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessments.formats import building
from assessments.formats.building import NotOurs
from assessments.formats.decoding import decode
from assessments.formats.meta import finish, question_name
from assessments.formats.parsed import (
    MOST_QUESTIONS,
    ImportReport,
    ParsedQuestion,
    Remark,
    Unsupported,
)
from assessments.formats.plain import from_plain, to_plain
from assessments.formats.weights import Weighed

_CHOICE = re.compile(r"([A-Z])[).](?:\s+|(?<=\)))(\S.*)")
_SMALL_CHOICE = re.compile(r"([a-z])(?:[).]\s+|\))(\S.*)")
_TIGHT_CHOICE = re.compile(r"([A-Z])\.(\S.*)")
_KEY = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)
_LETTER = re.compile(r"([A-Za-z])(?:[).]\s*(.*))?")


@dataclass
class _Draft:
    """The lines of a question that were read so far."""

    line: int = 0
    stem: list[str] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    small: list[str] = field(default_factory=list)  # lines such as `a) …`: choices, unless others follow
    has_gap: bool = False  # an empty line stands below the question

    def begin(self, line: int) -> None:
        self.line = self.line or line

    def settle_small(self, *, as_choices: bool) -> None:
        """What the lines with small letters are, now that it is known."""
        for line in self.small if as_choices else []:
            self.choices.append((line[0].upper(), line[2:].strip()))
        self.stem += [] if as_choices else self.small
        self.small = []

    @property
    def is_empty(self) -> bool:
        return not self.stem and not self.choices


def read_aiken(data: bytes) -> ImportReport:
    """Everything in an Aiken file. Never raises."""
    text, remarks = decode(data)
    report = ImportReport(remarks=remarks)
    draft = _Draft()
    for number, line in enumerate(text.split("\n"), 1):
        line = line.strip()
        if report.is_full and line:
            message = _("Only the first %(most)s questions were read. Split the file.")
            report.remarks.append(Remark(number, message % {"most": MOST_QUESTIONS}))
            return report
        draft = _take(draft, number, line, report)
    _close(draft, "", report)
    return report


def _take(draft: _Draft, number: int, line: str, report: ImportReport) -> _Draft:
    """Read one line; hands back the question that the next line belongs to."""
    choice, key = _choice(draft, line), _KEY.fullmatch(line)
    if key:
        draft.begin(number)
        _close(draft, key[1].strip() or "?", report)
        return _Draft()
    if not line:
        draft.has_gap = bool(draft.stem)
        return draft
    if choice:
        draft.begin(number)
        draft.settle_small(as_choices=False)
        draft.choices.append((choice[1], choice[2].strip()))
        return draft
    small = _SMALL_CHOICE.fullmatch(line)
    if small and draft.stem and not draft.choices and ord(small[1]) == ord("a") + len(draft.small):
        draft.small.append(line)
        return draft
    if draft.choices or draft.has_gap:
        _close(draft, "", report)
        draft = _Draft()
    draft.begin(number)
    draft.settle_small(as_choices=False)
    draft.stem.append(line)
    return draft


def _choice(draft: _Draft, line: str) -> re.Match[str] | None:
    """The line as a choice. `U.S. …` may begin a question; without a space only the letter due is one."""
    choice = _CHOICE.fullmatch(line)
    if choice:
        return choice if draft.stem or draft.choices or choice[1] == "A" else None
    choice = _TIGHT_CHOICE.fullmatch(line)
    due = chr(ord("A") + len(draft.choices))
    return choice if choice and draft.stem and choice[1] == due else None


def _close(draft: _Draft, key: str, report: ImportReport) -> None:
    """The question is complete, or nothing more belongs to it."""
    if draft.is_empty and not key:
        return
    draft.settle_small(as_choices=True)
    stem = "\n".join(draft.stem)
    try:
        report.questions.append(_question(draft, stem, key))
    except NotOurs as refusal:
        name = question_name("", stem or " ".join(text for _letter, text in draft.choices))
        report.unsupported.append(Unsupported(draft.line, name, "multichoice", str(refusal)))


def _question(draft: _Draft, stem: str, key: str) -> ParsedQuestion:
    letters = [letter for letter, _text in draft.choices]
    if not stem:
        raise NotOurs(_("There is no question above the choices."))
    if not key:
        raise NotOurs(_("There is no line “ANSWER: …” below the choices."))
    if len(letters) < 2:
        raise NotOurs(_("It offers fewer than two answers."))
    if len(set(letters)) < len(letters):
        raise NotOurs(_("A letter is there twice."))
    right = _right_letter(draft, key)
    if not right:
        said = {"key": key[:20], "letters": ", ".join(letters)}
        raise NotOurs(_("The key “%(key)s” is not one of the answers offered: %(letters)s.") % said)
    answers = [Weighed(from_plain(text), 100 if letter == right else 0) for letter, text in draft.choices]
    kind, content, losses = building.choices(answers, several=False)
    framed = building.with_frame(content, from_plain(stem), "")
    return finish(kind=kind, title="", content=framed, line=draft.line, losses=losses)


def _right_letter(draft: _Draft, key: str) -> str:
    """The letter that the key names, alone or with its choice again (`B`, `B)`, `B. Supply`), or nothing."""
    match = _LETTER.fullmatch(key)
    if not match:
        return ""
    offered = dict(draft.choices)
    letter, text = match[1].upper(), match[2]
    return letter if letter in offered and text in (None, "", offered[letter]) else ""


def write_aiken(questions: list[ParsedQuestion]) -> str:
    """Questions that `fit` has cut to what Aiken holds."""
    blocks = []
    for question in questions:
        lines = [to_plain(question.content["stem"]) or ""]
        choices = question.content["choices"]
        lines += [f"{chr(65 + i)}. {to_plain(choice['text'])}" for i, choice in enumerate(choices)]
        right = next(i for i, choice in enumerate(choices) if choice.get("right") is True)
        blocks.append("\n".join([*lines, f"ANSWER: {chr(65 + right)}"]))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def is_aiken_text(text: str) -> bool:
    """Whether a text can stand in a line of an Aiken file as a question."""
    return "\n" not in text and not _CHOICE.fullmatch(text) and not _KEY.fullmatch(text)
