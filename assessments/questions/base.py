"""The one small interface behind which every question type lives, and what passes through it.

A type is a stateless object. Its question is `Content` (the JSON of a question version), what was drawn for
one attempt item is `Values`, what was answered is an `Answer`; all three are JSON and are kept for ever, so
grading the same three gives the same grade at any time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Content = Mapping[str, Any]
Values = Mapping[str, Any]
Answer = Any
Posted = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Problem:
    """Something wrong with a question: where (a path such as `choices.2.feedback`) and how to mend it."""

    field: str
    message: str


@dataclass(frozen=True)
class Option:
    """One thing to pick, to place or to work out. The key is what is posted; the text is Markdown.

    A figure to work out has a unit, and a hint that states its tolerance.
    """

    key: str
    text: str
    unit: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Level:
    """How far an answer may come in one criterion. The label names it; the description is Markdown."""

    label: str
    points: float
    description: str


@dataclass(frozen=True)
class Criterion:
    """One thing that a person looks at in a written answer. What it shows may count for an objective of its
    own, named by its code, beside that of the question.
    """

    name: str
    label: str
    levels: tuple[Level, ...]
    objective: str = ""

    @property
    def most(self) -> float:
        """The points of the highest level."""
        return max((level.points for level in self.levels), default=0)


@dataclass(frozen=True)
class Presentation:
    """A question as a page shows it. `widget` names the way of answering; the stem is Markdown.

    With "buckets" and "matching" the options are the items, each posted under its own key with a bucket's key
    as value; with "ordering" each is posted with its place, from 1; with "steps" they are figures, each typed
    under its own key. What has no such rows is posted as `answer`. What is written has a number of words
    asked for, from and to, and the rubric by which a person will mark it.
    """

    widget: str
    stem: str
    label: str = ""
    unit: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    buckets: tuple[Option, ...] = ()
    words: tuple[int | None, int | None] = (None, None)
    rubric: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class Grade:
    """What an answer is worth, from 0 to 1, and which named misconceptions it shows."""

    score: float
    misconceptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One choice, item or step of an answer with several parts: what was chosen, what was expected.

    A step may say besides what was expected from the learner's own earlier figures, where that is something
    else; a note in place of a plain "right" or "wrong"; and how near it came.
    """

    text: str
    chosen: str
    expected: str
    right: bool
    feedback: str
    own_expected: str = ""
    note: str = ""
    tolerance_note: str = ""


@dataclass(frozen=True)
class Explanation:
    """What a learner reads after marking, in Markdown. `verdict` is "right", "partly" or "wrong".

    `in_short` is there where an answer of several things is too long for a table.
    """

    verdict: str
    feedback: tuple[str, ...]
    parts: tuple[Part, ...]
    right_answer: str
    your_answer: str
    explanation: str
    tolerance_note: str = ""
    in_short: str = ""


class AnswerError(ValueError):
    """What was posted cannot be read as an answer; `message` is for the field it names."""

    def __init__(self, message: str, field: str = "answer") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class QuestionType(Protocol):
    """A kind of question. `parametric` says whether it can draw fresh figures for another variant.

    A type whose answers a person marks says besides `by_hand = True`; see `is_by_hand`.
    """

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> "StrOrPromise": ...

    @property
    def parametric(self) -> bool: ...

    def check(self, content: Content) -> list[Problem]:
        """Everything that is wrong with a question; an empty list means it can be asked."""
        ...

    def draw(self, content: Content, seed: int) -> dict[str, Any]:
        """What varies from one asking to the next (figures, order), settled by the seed."""
        ...

    def present(self, content: Content, values: Values) -> Presentation:
        """The question as it is asked, without a hint of the answer."""
        ...

    def read(self, content: Content, values: Values, posted: Posted) -> Answer | None:
        """The answer in a posted form, None if there is none; raises `AnswerError` if it is unreadable."""
        ...

    def grade(self, content: Content, values: Values, answer: Answer | None) -> Grade:
        """What an answer is worth."""
        ...

    def explain(self, content: Content, values: Values, answer: Answer | None) -> Explanation:
        """What to say about an answer once it is marked."""
        ...

    def variant_key(self, content: Content, values: Values) -> str:
        """Names the figures drawn: equal for equal figures, empty if there are none."""
        ...

    def summary(self, content: Content, values: Values, answer: Answer | None) -> str:
        """The answer in words, for tables of results."""
        ...


def is_by_hand(kind: QuestionType) -> bool:
    """Whether answers to it wait for a person: its `grade` knows only what a blank one is worth."""
    return bool(getattr(kind, "by_hand", False))
