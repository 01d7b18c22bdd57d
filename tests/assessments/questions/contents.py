"""Questions of every type as Hypothesis makes them up: valid contents, their key, any answer to them, and the
same question with its parts in another order.

A new type gets a line in ``KINDS``; every law of `test_laws.py` then holds for it as well.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from assessments.questions import get
from assessments.questions.base import Presentation
from concepts.formulas import evaluate

Content = dict[str, Any]
Posted = Mapping[str, Sequence[str]]

_WORDS = st.text("abcdefghijklmnopqrstuvwxyzäßé ", min_size=1, max_size=12).map(str.strip).filter(bool)
_FIGURES = st.floats(-1e6, 1e6).map(lambda figure: f"{figure:.6g}")


def _texts(fewest: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(
        _WORDS, min_size=fewest, max_size=most, unique_by=lambda text: " ".join(text.split()).casefold()
    )


def _frame(**own: Any) -> Content:
    return {"stem": "What is asked?", "explanation": "Because it is so.", **own}


def _choices(texts: Sequence[str], right: Sequence[bool]) -> Content:
    rows = [
        {"text": text, "right": True}
        if fits
        else {"text": text, "feedback": "Look again.", "misconception": "slip"}
        for text, fits in zip(texts, right, strict=True)
    ]
    return _frame(choices=rows)


@st.composite
def _single_choice(draw: st.DrawFn) -> Content:
    texts = draw(_texts(3, 5))
    return _choices(texts, draw(st.permutations([True] + [False] * (len(texts) - 1))))


@st.composite
def _multiple_choice(draw: st.DrawFn) -> Content:
    texts = draw(_texts(4, 6))
    count = draw(st.integers(1, len(texts) - 1))
    return _choices(texts, draw(st.permutations([True] * count + [False] * (len(texts) - count))))


_true_false = st.booleans().map(lambda right: _frame(right=right, feedback="Look again."))


@st.composite
def _numeric(draw: st.DrawFn) -> Content:
    return _frame(
        **_figures(),
        label="Throughput",
        answer=draw(st.sampled_from(["units / hours", "units * hours", "units - hours"])),
        unit=draw(st.sampled_from(["", "parts / h"])),
        tolerance=draw(st.sampled_from(["1 %", "0.5", "3 sf"])),
    )


def _figures() -> Content:
    return {
        "stem": "{units} parts in {hours} hours.",
        "parameters": {"units": {"from": 600, "to": 2400, "step": 10}, "hours": {"values": [2, 4, 5, 8]}},
    }


@st.composite
def _multi_step(draw: st.DrawFn) -> Content:
    tolerance = st.sampled_from(["1 %", "0.5 %", "4 sf"])
    steps = [
        {"name": "rate", "label": "Rate", "answer": "units / hours", "weight": draw(st.integers(1, 4))},
        {"name": "day", "label": "Day", "answer": "rate * 16", "weight": draw(st.integers(1, 4))},
        {"name": "week", "label": "Week", "answer": "day * 5 + units"},
    ]
    count = draw(st.integers(2, len(steps)))
    return _frame(**_figures(), steps=[step | {"tolerance": draw(tolerance)} for step in steps[:count]])


@st.composite
def _classification(draw: st.DrawFn) -> Content:
    buckets, texts = draw(_texts(2, 4)), draw(_texts(4, 8))
    place = st.sampled_from(buckets)
    return _frame(
        buckets=buckets, items=[{"text": text, "bucket": draw(place), "feedback": "It is."} for text in texts]
    )


@st.composite
def _matching(draw: st.DrawFn) -> Content:
    lefts, rights = draw(_texts(3, 8)), draw(_texts(2, 6))
    both = [*rights[:2], *(draw(st.sampled_from(rights)) for _ in lefts[2:])]
    return _frame(pairs=[{"left": left, "right": right} for left, right in zip(lefts, both, strict=True)])


_ordering = _texts(3, 8).map(lambda texts: _frame(items=[{"text": text} for text in texts]))
_short_text = _WORDS.map(
    lambda text: _frame(
        accept=[{"text": text}, {"pattern": "*time*", "score": 40, "feedback": "Which one?"}],
        otherwise="Look it up.",
    )
).filter(lambda content: not get("short_text").check(content))


@st.composite
def _written(draw: st.DrawFn) -> Content:
    names = draw(st.lists(st.sampled_from(["cause", "effect", "figures"]), min_size=1, unique=True))
    points = st.integers(1, 10)
    rubric = [
        {
            "name": name,
            "label": name.title(),
            "levels": [
                {"label": "No", "points": 0, "description": "Nothing of it."},
                {"label": "Yes", "points": draw(points), "description": "All of it."},
            ],
        }
        for name in names
    ]
    return _frame(rubric=rubric)


# The key of each type, as it is posted.


def _key_of_choices(content: Content, shown: Presentation, values: Content) -> Posted:
    right = {choice["text"] for choice in content["choices"] if choice.get("right")}
    return {"answer": [option.key for option in shown.options if option.text in right]}


def _key_of_figures(content: Content, shown: Presentation, values: Content) -> Posted:
    if "steps" not in content:
        return {"answer": [repr(float(evaluate(content["answer"], values)))]}
    known = dict(values)
    for step in content["steps"]:
        known[step["name"]] = evaluate(step["answer"], known)
    return {f"step-{step['name']}": [repr(float(known[step["name"]]))] for step in content["steps"]}


def _key_of_places(content: Content, shown: Presentation, values: Content) -> Posted:
    rows = content.get("items") or content["pairs"]
    places = {row.get("text", row.get("left")): row.get("bucket", row.get("right")) for row in rows}
    buckets = {bucket.text: bucket.key for bucket in shown.buckets}
    return {option.key: [buckets[places[option.text]]] for option in shown.options}


def _key_of_order(content: Content, shown: Presentation, values: Content) -> Posted:
    right = [item["text"] for item in content["items"]]
    return {option.key: [str(right.index(option.text) + 1)] for option in shown.options}


def _no_key(content: Content, shown: Presentation, values: Content) -> Posted:
    """A person grades it, by its rubric."""
    return {}


# The same question, its parts written in another order; only where that order says nothing.


def _mixed(*names: str) -> Callable[[Content], st.SearchStrategy[Content]]:
    def mix(content: Content) -> st.SearchStrategy[Content]:
        parts = {name: _permuted(content[name]) for name in names}
        return st.fixed_dictionaries(parts).map(lambda mixed: content | mixed)

    return mix


def _permuted(rows: Any) -> st.SearchStrategy[Any]:
    if isinstance(rows, dict):
        return st.permutations(list(rows)).map(lambda names: {name: rows[name] for name in names})
    return st.permutations(rows)


@dataclass(frozen=True)
class Kind:
    """A type of question: valid contents, the key as it is posted, and how its parts may be mixed."""

    contents: st.SearchStrategy[Content]
    key: Callable[[Content, Presentation, Content], Posted]
    mix: Callable[[Content], st.SearchStrategy[Content]] = st.just


KINDS: dict[str, Kind] = {
    "single_choice": Kind(_single_choice(), _key_of_choices, _mixed("choices")),
    "multiple_choice": Kind(_multiple_choice(), _key_of_choices, _mixed("choices")),
    "true_false": Kind(_true_false, lambda content, *_: {"answer": [str(content["right"]).lower()]}),
    "numeric": Kind(_numeric(), _key_of_figures, _mixed("parameters")),
    "multi_step": Kind(_multi_step(), _key_of_figures, _mixed("parameters")),
    "classification": Kind(_classification(), _key_of_places, _mixed("items", "buckets")),
    "matching": Kind(_matching(), _key_of_places, _mixed("pairs")),
    "ordering": Kind(_ordering, _key_of_order),
    "short_text": Kind(_short_text, lambda content, *_: {"answer": [content["accept"][0]["text"]]}),
    "written": Kind(_written(), _no_key, _mixed("rubric")),
}


def answers(shown: Presentation) -> st.SearchStrategy[Posted]:
    """Anything that a learner can post of a question, blank parts included; of figures and words, any."""
    keys = [option.key for option in shown.options]
    if shown.widget == "one":
        return st.fixed_dictionaries({"answer": st.sampled_from(keys).map(lambda key: [key])})
    if shown.widget == "many":
        return st.fixed_dictionaries({"answer": st.lists(st.sampled_from(keys), unique=True)})
    if shown.widget == "ordering":
        places = st.permutations(range(1, len(keys) + 1))
        return places.map(lambda order: {key: [str(n)] for key, n in zip(keys, order, strict=True)})
    one: st.SearchStrategy[str] = _FIGURES if shown.widget in ("number", "steps") else _WORDS
    if shown.buckets:
        one = st.sampled_from([bucket.key for bucket in shown.buckets])
    fields = keys or ["answer"]
    return st.fixed_dictionaries({}, optional={name: one.map(lambda text: [text]) for name in fields})


def said_again(posted: Posted, shown: Presentation, other: Presentation) -> Posted:
    """The same answer to the same question, whose parts stand elsewhere; they are known by their texts."""

    def moved(key: str) -> str:
        for then, now in ((shown.options, other.options), (shown.buckets, other.buckets)):
            text = next((option.text for option in then if option.key == key), None)
            if text is not None:
                return next(option.key for option in now if option.text == text)
        return key

    return {moved(name): [moved(text) for text in texts] for name, texts in posted.items()}
