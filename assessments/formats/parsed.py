"""What every reader hands back and every writer takes: questions in our terms, and what did not become one.

Nothing that stands in a file is dropped silently. A question becomes a `ParsedQuestion`, with a `Loss` for
each detail that ours cannot hold, or it becomes an `Unsupported`; what concerns the file is a `Remark`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from concepts.coursepack.payload import clean_json, without_empty

LARGEST_FILE = 5 * 1024 * 1024
MOST_QUESTIONS = 2000
LONGEST_TITLE = 100

# What no database column or XML file can hold: control characters, halves of characters, non-characters.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Tags that carry what the foreign format has no field for.
OBJECTIVE_TAG, THINKING_TAG = "objective:", "thinking:"
THINKING = ("remember", "apply", "analyse")


@dataclass(frozen=True)
class Loss:
    """A detail that was not carried over, and why."""

    what: str
    reason: str


@dataclass(frozen=True)
class Remark:
    """Something about the file as a whole, or about a line that belongs to no question."""

    line: int
    message: str


@dataclass(frozen=True)
class Unsupported:
    """A question of the file that does not become one of ours. `kind` is what the format calls its type."""

    line: int
    name: str
    kind: str
    reason: str


@dataclass(frozen=True)
class ParsedQuestion:
    """A question in our terms. It may be incomplete: what is missing, its type's `check` says.

    The content is the JSON of our question type without tags, which stand beside it. `objective` is a code
    that the file gives for certain; `category` is where the file put it, a path with slashes.
    """

    type: str
    title: str
    content: Mapping[str, Any]
    line: int = 0
    slug: str = ""
    objective: str = ""
    thinking: str = ""
    tags: tuple[str, ...] = ()
    category: str = ""
    losses: tuple[Loss, ...] = ()


@dataclass
class ImportReport:
    """All that was found in a file."""

    questions: list[ParsedQuestion] = field(default_factory=list)
    unsupported: list[Unsupported] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many questions the file holds, whether they can be imported or not."""
        return len(self.questions) + len(self.unsupported)

    @property
    def is_full(self) -> bool:
        """Whether no further question is read."""
        return self.count >= MOST_QUESTIONS


def storable(text: str) -> str:
    """A text without the characters that cannot be stored."""
    return _UNSTORABLE.sub("", text)


def first_unstorable(text: str) -> int:
    """Where the first such character stands; -1 if there is none."""
    match = _UNSTORABLE.search(text)
    return match.start() if match else -1


def clean_content(content: Any) -> Any:
    """The content as it is stored and compared: no emptiness, no foreign ends of lines."""
    return without_empty(clean_json(storable_json(content)))


def storable_json(value: Any) -> Any:
    """A JSON value whose texts can be stored."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, Mapping):
        return {storable(str(key)): storable_json(entry) for key, entry in value.items()}
    return [storable_json(entry) for entry in value] if isinstance(value, list) else value


def one_line(text: str, longest: int = LONGEST_TITLE) -> str:
    """A text in one line, cut at a word where it is too long."""
    line = " ".join(storable(text).split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1].rsplit(" ", 1)[0] if " " in line[: longest - 1] else line[: longest - 1]
    return f"{cut}…"
