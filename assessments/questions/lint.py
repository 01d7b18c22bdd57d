"""Advice on how a question is written: what lets somebody guess it, mistake it, or learn nothing from a miss.

Advice never refuses anything; each rule is a heuristic on English text with a stated margin, made to stay
silent where it is in doubt. Sources: Haladyna, Downing & Rodriguez, "A review of multiple-choice item-writing
guidelines" (2002), and the question rules of the course.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.questions.base import Content
from assessments.questions.common import mappings
from assessments.questions.lint_choices import check_choices
from assessments.questions.lint_text import advice, is_emphasised, plain_text

KINDS = {
    "longest_right": gettext_lazy("The right choice is the longest"),
    "negative_stem": gettext_lazy("Negative question"),
    "all_or_none": gettext_lazy("“All of the above” and its like"),
    "unlike_grammar": gettext_lazy("Choices of unlike grammar"),
    "unlike_length": gettext_lazy("Choices of unlike length"),
    "missing_feedback": gettext_lazy("Feedback or typical slips missing"),
    "no_task": gettext_lazy("No question and no task"),
    "absolute_words": gettext_lazy("“Always” and “never” in wrong choices only"),
    "no_unit": gettext_lazy("A figure without a unit"),
    "few_questions": gettext_lazy("Too few questions for an objective"),
    "same_stem": gettext_lazy("The same question twice"),
    "similar_stem": gettext_lazy("Two questions much alike"),
}


@dataclass(frozen=True)
class Advice:
    """One thing to look at: of which kind, where (a path such as `choices.2.text`), and what to do."""

    kind: str
    field: str
    message: str


_CLAUSE = re.compile(
    r"\b(?:which|what|who|where)\b(?P<rest>(?:(?!\b(?:that|who|because|if|when|while|although|so)\b)[^,;:?.])*)",
    re.I,
)
_ORDER = re.compile(r"\b(?:pick|choose|mark|select|find|tick|name)\b(?P<rest>[^,;:?.]*)", re.I)
_NOT = re.compile(
    r"\b(?:not|cannot|never|except|incorrect|untrue)\b(?!\s+only)|n[’']t\b|(?<!at )\bleast\b(?!\s+one)", re.I
)
# What is no negation of the whole: a contrast, a choice between two, what is said of a part.
_ASIDE = re.compile(
    r"\b(?:whether or not|or not|not only)\b|(?:\b(?:and|but)|,) not\b"
    r"|\b(?:whose|who|that|which|where|because|since|although|if|when|while)\b[^,;:?.]*",
    re.I,
)
_TASK = re.compile(
    r"(?:^|[.!?:;,]\s+|\n)(?:then |now |first )?(?:and )?"
    r"(?:arrange|assign|build|calculate|choose|classify|compare|complete|compute|decide|describe|determine|draw|"
    r"estimate|explain|fill|find|give|judge|list|mark|match|name|order|pair|pick|place|put|rank|round|say|select|"
    r"show|sort|state|tell|tick|type|use|weigh|work (?:\w+ )?out|write)\b",
    re.I,
)
_GAP = re.compile(r"_{2,}|…|\.\.\.")
_COUNTED = re.compile(
    r"\b(?:how many|how often|number of|count|ratio|factor|share|index|times|turns|level|score|probability|"
    r"z[- ]value|sigma|k|n)\b",
    re.I,
)


def lint(kind: str, content: Content) -> list[Advice]:
    """Every piece of advice on a question of this type. What was not checked is read as far as it goes."""
    found = [*_stem(kind, content), *check_choices(kind, content), *_feedback(kind, content)]
    if kind == "numeric":
        found += _unit(content)
    return [Advice(*each) for each in found]


def _stem(kind: str, content: Content) -> Iterator[tuple[str, str, str]]:
    stem = str(content.get("stem") or "")
    text = plain_text(stem)
    if not text:
        return
    asks_itself = kind in ("true_false", "multi_step")  # a statement to judge, figures to fill in
    if not asks_itself and "?" not in text and not _TASK.search(text) and not _asks(text):
        yield advice(
            "no_task", "stem", _("It states something but asks nothing. End with a question or a task.")
        )
    word = _negative(kind, text)
    if word and not is_emphasised(stem, word):
        message = _("“%(word)s” is easily read over. Ask for what is right, or set the word in bold.")
        yield advice("negative_stem", "stem", message % {"word": word})


def _asks(text: str) -> bool:
    """A sentence to be gone on with, or with a gap."""
    return bool(_GAP.search(text)) or text.endswith((":", "–", "—"))


def _negative(kind: str, text: str) -> str:
    """The word that turns the question round; empty if there is none."""
    if kind not in ("single_choice", "multiple_choice", "true_false"):
        return ""
    if kind == "true_false":
        places = [_ASIDE.sub(" ", text)]
    else:
        text = re.sub(r"\b(?:whether or not|or not)\b", " ", text, flags=re.I)
        places = [match["rest"] for pattern in (_CLAUSE, _ORDER) for match in pattern.finditer(text)]
    found = next((match for place in places if (match := _NOT.search(place))), None)
    return found[0] if found else ""


def _feedback(kind: str, content: Content) -> Iterator[tuple[str, str, str]]:
    """What a miss would leave without a word."""
    say = _("Whoever errs here is told nothing. Say where the thought goes wrong.")
    if kind in ("matching", "classification"):
        table = "pairs" if kind == "matching" else "items"
        for i, row in enumerate(mappings(content, table)):
            if not row.get("feedback"):
                yield advice("missing_feedback", f"{table}.{i}.feedback", say)
    elif kind in ("single_choice", "multiple_choice"):
        for i, row in enumerate(mappings(content, "choices")):
            if row.get("right") is not True and not row.get("feedback"):
                yield advice("missing_feedback", f"choices.{i}.feedback", say)
    elif kind == "true_false" and not content.get("feedback"):
        yield advice("missing_feedback", "feedback", say)
    elif kind == "numeric":
        yield from _slips(content, "slips")
    elif kind == "multi_step" and not any(step.get("slips") for step in mappings(content, "steps")):
        yield advice("missing_feedback", "steps", _no_slip())


def _slips(content: Content, table: str) -> Iterator[tuple[str, str, str]]:
    slips = mappings(content, table)
    if not slips:
        yield advice("missing_feedback", table, _no_slip())
    for i, slip in enumerate(slips):
        if not slip.get("feedback"):
            message = _("Whoever makes this slip is told nothing. Say which step went wrong.")
            yield advice("missing_feedback", f"{table}.{i}.feedback", message)


def _no_slip() -> str:
    return _("No typical slip is recognised, so every wrong figure gets the same answer. Add one or two.")


def _unit(content: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """A figure without a unit, unless it is a count, a ratio or the like."""
    if str(content.get("unit") or "").strip():
        return
    label = plain_text(f"{content.get('label') or ''} {content.get('stem') or ''}")
    if not _COUNTED.search(label):
        message = _("No unit is stated. Give one, or say in the label that it is a count or a ratio.")
        yield advice("no_unit", "unit", message)
