"""What is wrong with a course file, and the place where to mend it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.utils.translation import gettext as _

Steps = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Finding:
    """One mistake. The message says what is wrong and what to do about it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Text:
    """A file as it was read: the name to show, its lines, and the line on which each value begins."""

    name: str
    lines: tuple[str, ...] = ()
    marks: dict[Steps, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Spot:
    """A value in a file, by the keys and list positions that lead to it."""

    text: Text
    steps: Steps = ()

    def at(self, *steps: str | int) -> "Spot":
        """A value within this one."""
        return Spot(self.text, (*self.steps, *steps))

    @property
    def line(self) -> int:
        """The line on which it begins; that of what holds it, if it is not there itself."""
        steps = self.steps
        while steps and steps not in self.text.marks:
            steps = steps[:-1]
        return self.text.marks.get(steps, 1)

    def line_of(self, words: str) -> int:
        """The first line from here on that holds these words, or else the line on which it begins."""
        start = self.line
        following = enumerate(self.text.lines[start - 1 :], start)
        return next((number for number, line in following if words in line), start)

    def __str__(self) -> str:
        return f"{self.text.name}:{self.line}"


class Findings(list[Finding]):
    """All mistakes of all files."""

    def note(self, spot: Spot, message: str, *, words: str = "", line: int = 0) -> None:
        """Add a mistake; `words` or `line` point more closely than the beginning of the value."""
        line = line or (spot.line_of(words) if words else spot.line)
        finding = Finding(spot.text.name, line, message)
        if finding not in self:
            self.append(finding)


def nearest(word: object, known: Collection[str]) -> str:
    """Which known word was probably meant, as a sentence; empty if none comes near."""
    near = get_close_matches(str(word), known, n=1)
    return _("Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
