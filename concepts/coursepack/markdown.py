"""Looking at the Markdown of a lesson: headings and blocks that the renderer would not draw as meant."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from concepts.coursepack.findings import Findings, Spot, nearest
from concepts.rendering import BLOCKS

HEADING = re.compile(r" {0,3}#(?!#)\s")
COLONS = re.compile(r":::+\s*(.*)")
NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
MARK = re.compile(r"\[\^([^\]\s]+)\](?!:)")
CODE = ("```", "~~~")


def check_markdown(text: str, spot: Spot, findings: Findings) -> None:
    """Report headings of the wrong level, blocks of an unknown kind, and what is not closed."""
    for problem, words, nth in [*_problems(text), *_note_problems(text)]:
        findings.note(spot, problem, line=_line(spot, words, nth))


def _note_problems(text: str) -> Iterator[tuple[str, str, int]]:
    """Footnotes whose mark or whose text is missing: neither would be drawn."""
    notes: dict[str, tuple[str, int]] = {}
    marks: dict[str, tuple[str, int]] = {}
    for line, nth in _prose(text):
        note = NOTE.match(line)
        if note:
            notes.setdefault(note[1], (line, nth))
        for name in MARK.findall(line[note.end() :] if note else line):
            marks.setdefault(name, (line, nth))
    for name, (line, nth) in marks.items():
        if name not in notes:
            yield (
                _("The footnote “%(name)s” has no text. Add a line [^%(name)s]: …") % {"name": name},
                line,
                nth,
            )
    for name, (line, nth) in notes.items():
        if name not in marks:
            yield (
                _("No [^%(name)s] leads to this footnote. Add one, or take it out.") % {"name": name},
                line,
                nth,
            )


def _prose(text: str) -> Iterator[tuple[str, int]]:
    """The lines outside code and formulas, without what is set as code within them."""
    in_code = False
    for nth, line in enumerate(text.splitlines()):
        if line.lstrip().startswith(CODE):
            in_code = not in_code
        elif not in_code:
            yield re.sub(r"`[^`]*`", "", line), nth


def _line(spot: Spot, words: str, nth: int) -> int:
    """The line of the file on which the nth line of a text stands: texts in YAML may begin a line later."""
    guess = spot.line + nth
    near = (guess, guess + 1, guess - 1)
    lines = spot.text.lines
    return next((n for n in near if 0 < n <= len(lines) and words in lines[n - 1]), guess)


def _problems(text: str) -> Iterator[tuple[str, str, int]]:
    """Each problem with the words of its line and the line's number within the text, from 0."""
    code: tuple[str, int] | None = None
    block: tuple[str, str, int] | None = None
    for nth, line in enumerate(text.splitlines()):
        if line.lstrip().startswith(CODE):
            code = None if code else (line, nth)
            continue
        if code:
            continue
        if HEADING.match(line):
            yield (
                _("A heading with one # is the page's title, which is added for you. Begin it with ##."),
                line,
                nth,
            )
        colons = COLONS.fullmatch(line.strip())
        if colons:
            yield from _block_problems(colons[1], block, line, nth)
            block = (colons[1], line, nth) if colons[1] else None
        elif block and block[0].startswith("worked") and line.startswith("- ") and " | " not in line:
            yield (
                _("This line has no figures. Write: - what is done | the figures."),
                line,
                nth,
            )
    if code:
        yield _("This code or formula is not closed. End it with a line ```."), code[0], code[1]
    if block:
        yield _("This block is not closed. End it with a line :::."), block[1], block[2]


def _block_problems(
    head: str, block: tuple[str, str, int] | None, line: str, nth: int
) -> Iterator[tuple[str, str, int]]:
    kind = head.split(" ")[0]
    if not head and not block:
        yield _("This closes a block, but none is open. Take it out."), line, nth
    elif head and block:
        yield _("A block begins within another. End the first with a line :::."), line, nth
    if head and kind not in BLOCKS:
        advice = nearest(kind, BLOCKS) or _("Use one of: %(known)s.") % {"known": ", ".join(BLOCKS)}
        yield _("There is no block “%(kind)s”.") % {"kind": kind} + " " + advice, line, nth
