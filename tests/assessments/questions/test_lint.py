"""Advice on questions: what is found, and what must be left in peace."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assessments.questions import TYPES
from assessments.questions.lint import KINDS, lint
from assessments.questions.lint_text import plain_text

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the fast one, where it is built
BANK = Path(__file__).parents[3] / "assessments" / "bank"


def single(*choices: str, stem: str = "Which of these is right?", right: int = 0) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [{"text": text, "feedback": "Because."} for text in choices]
    rows[right]["right"] = True
    return {"stem": stem, "explanation": "So.", "choices": rows}


def kinds(content: dict[str, Any], kind: str = "single_choice") -> list[tuple[str, str]]:
    return [(one.kind, one.field) for one in lint(kind, content)]


FOUND: dict[str, tuple[dict[str, Any], str, tuple[str, str]]] = {
    "the longest choice is right": (
        single("The share of orders that arrived by the promised day, of all due", "The count", "The cost"),
        "single_choice",
        ("longest_right", "choices.0.text"),
    ),
    "a negative question": (
        single("Scrap", "Rework", "Output", stem="Which of these is not a waste?"),
        "single_choice",
        ("negative_stem", "stem"),
    ),
    "an exception": (
        single("Scrap", "Rework", "Output", stem="Choose all of these except waste."),
        "multiple_choice",
        ("negative_stem", "stem"),
    ),
    "the least": (
        single("Scrap", "Rework", "Output", stem="Which measure helps least?"),
        "single_choice",
        ("negative_stem", "stem"),
    ),
    "a negative statement to judge": (
        {"stem": "Throughput doesn't depend on the hours worked.", "right": False, "feedback": "It does."},
        "true_false",
        ("negative_stem", "stem"),
    ),
    "all of the above": (
        single("Scrap", "Rework", "All of the above"),
        "single_choice",
        ("all_or_none", "choices.2.text"),
    ),
    "none of these": (
        single("Scrap", "Rework", "None of these."),
        "single_choice",
        ("all_or_none", "choices.2.text"),
    ),
    "a and b": (
        single("Scrap", "Rework", "Both A and B"),
        "single_choice",
        ("all_or_none", "choices.2.text"),
    ),
    "one choice of another form": (
        single("To count units", "To count hours", "To count people", "Counting costs"),
        "single_choice",
        ("unlike_grammar", "choices.3.text"),
    ),
    "one full stop": (
        single("It rises.", "It falls", "It stays"),
        "single_choice",
        ("unlike_grammar", "choices.0.text"),
    ),
    "one small letter": (
        single("Rising", "falling", "Staying"),
        "single_choice",
        ("unlike_grammar", "choices.1.text"),
    ),
    "unlike lengths": (
        single("No", "Yes", "Yes, as long as nobody counts the parts that were scrapped that day"),
        "single_choice",
        ("unlike_length", "choices"),
    ),
    "absolute words in a wrong choice": (
        single("It tends to rise", "It always falls", "It may stay"),
        "single_choice",
        ("absolute_words", "choices.1.text"),
    ),
    "no question": (
        single("It rises", "It falls", "It stays", stem="The throughput of a press."),
        "single_choice",
        ("no_task", "stem"),
    ),
    "no slip": (
        {"stem": "What is it?", "label": "Throughput", "unit": "parts / h"},
        "numeric",
        ("missing_feedback", "slips"),
    ),
    "a slip without a word": (
        {"stem": "What is it?", "unit": "h", "slips": [{"answer": "1"}]},
        "numeric",
        ("missing_feedback", "slips.0.feedback"),
    ),
    "a wrong choice without a word": (
        {"stem": "Which?", "choices": [{"text": "A", "right": True}, {"text": "B"}]},
        "single_choice",
        ("missing_feedback", "choices.1.feedback"),
    ),
    "no unit": (
        {"stem": "What was the throughput?", "label": "Throughput", "slips": [{"feedback": "x"}]},
        "numeric",
        ("no_unit", "unit"),
    ),
}

LEFT: dict[str, tuple[dict[str, Any], str]] = {
    "a right choice that is only a little longer": (
        single("The share of orders on time", "The share of all orders", "The number of orders"),
        "single_choice",
    ),
    "a negation that stands out": (
        single("Scrap", "Rework", "Output", stem="Which of these is **not** a waste?"),
        "single_choice",
    ),
    "a negation in capitals": (
        single("Scrap", "Rework", "Output", stem="Which of these is NOT a waste?"),
        "single_choice",
    ),
    "a negation in the story": (
        single("Scrap", "Rework", "Output", stem="The line did not run. What rose?"),
        "single_choice",
    ),
    "a negation of a part": (
        single("Scrap", "Rework", "Output", stem="Which figure shows that the order was not late?"),
        "single_choice",
    ),
    "at least": (
        single("Two", "Three", "Four", stem="Which crew needs at least a day?"),
        "single_choice",
    ),
    "whether or not": (
        single("Scrap", "Rework", "Output", stem="Which one counts whether or not it is sold?"),
        "single_choice",
    ),
    "a contrast in a statement": (
        {"stem": "It is a good and not a service.", "right": True, "feedback": "It is."},
        "true_false",
    ),
    "a relative clause in a statement": (
        {"stem": "A press that is never idle is a bottleneck.", "right": True, "feedback": "It is."},
        "true_false",
    ),
    "both with a reason": (
        single("The time, since it ran long", "The cost, since it rose", "None of them, since all went well"),
        "single_choice",
    ),
    "an article more or less": (
        single("The scrap rate", "The output", "The cost of it", "Satisfaction"),
        "single_choice",
    ),
    "figures and names": (single("40 parts", "iPad orders", "X", "Z"), "single_choice"),
    "absolute words in the right choice as well": (
        single("It never falls", "It always falls", "It may stay"),
        "single_choice",
    ),
    "a guarantee": (
        single("It is tested first", "It is mended under the guarantee", "It is sold at once"),
        "single_choice",
    ),
    "a task instead of a question": (
        single("It rises", "It falls", "It stays", stem="A press runs faster. Pick what happens."),
        "single_choice",
    ),
    "a sentence to go on with": (
        single("rises", "falls", "stays", stem="When a press runs faster, its throughput …"),
        "single_choice",
    ),
    "a statement": ({"stem": "Throughput is a rate.", "right": True, "feedback": "It is."}, "true_false"),
    "a count without a unit": (
        {"stem": "How many orders were late?", "label": "Orders", "slips": [{"feedback": "x"}]},
        "numeric",
    ),
    "a ratio without a unit": (
        {"stem": "Work it out.", "label": "Labour ratio", "slips": [{"feedback": "x"}]},
        "numeric",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_it_is_found(name: str) -> None:
    content, kind, expected = FOUND[name]
    assert expected in kinds(content, kind)


@pytest.mark.parametrize("name", LEFT)
def test_it_is_left_in_peace(name: str) -> None:
    content, kind = LEFT[name]
    assert kinds(content, kind) == []


def test_every_kind_of_advice_on_a_question_is_tried_here() -> None:
    about_the_bank = {"few_questions", "same_stem", "similar_stem"}
    assert {found[2][0] for found in FOUND.values()} == set(KINDS) - about_the_bank


def test_the_margin_is_said() -> None:
    content, kind, _ = FOUND["the longest choice is right"]
    assert "64 letters to 9" in lint(kind, content)[0].message


def test_markup_is_not_counted() -> None:
    assert plain_text("**Only** the [share](concept:x) of `it`") == "Only the share of it"


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("content", [{}, {"stem": None, "choices": None}, {"choices": ["a", {"text": 3}]}])
def test_what_is_half_written_raises_nothing(kind: str, content: dict[str, Any]) -> None:
    lint(kind, content)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5), st.text())
def test_whatever_is_typed_raises_nothing(choices: list[str], stem: str) -> None:
    for kind in TYPES:
        lint(kind, single(*choices, stem=stem))


def test_the_shipped_bank_draws_no_advice() -> None:
    found = [
        (question["slug"], one.kind)
        for path in BANK.glob("*/*.yaml")
        if not path.stem.startswith(("assessments", "misconceptions"))
        for question in yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506
        for one in lint(question["type"], question)
    ]
    assert found == []
