"""What made-up people post: the right answer, or a wrong one, for every type of question."""

from collections.abc import Callable
from random import Random

from assessments.models import AttemptItem
from assessments.questions.asked import asked, figure_of
from concepts.formulas import FormulaError, evaluate

Form = dict[str, list[str]]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _choices(item: AttemptItem, right: bool, dice: Random) -> Form:
    choices = item.version.content["choices"]
    keys = [LETTERS[n] for n, choice in enumerate(choices) if bool(choice.get("right")) == right]
    if item.version.type == "multiple_choice" and right:
        return {"answer": keys}
    return {"answer": [dice.choice(keys)]}


def _true_false(item: AttemptItem, right: bool, dice: Random) -> Form:
    return {"answer": ["true" if item.version.content["right"] == right else "false"]}


def _numeric(item: AttemptItem, right: bool, dice: Random) -> Form:
    content, figures = item.version.content, item.values
    slips = content.get("slips") or []
    expression = content["answer"] if right or not slips else dice.choice(slips)["answer"]
    try:
        value = evaluate(str(expression), figures)
    except FormulaError:
        value = evaluate(str(content["answer"]), figures) * 1.5
    return {"answer": [f"{value if right or slips else value * 1.5:.8g}"]}


def _multi_step(item: AttemptItem, right: bool, dice: Random) -> Form:
    """Who does not know it makes one slip, and goes on from there."""
    steps, known, form = asked(item.version.content), dict(item.values), {}
    astray = None if right else dice.choice([step for step in steps if step.slips] or steps[:1])
    for step in steps:
        try:
            value = evaluate(step.expression, known)
        except FormulaError:
            value = 1.0
        if step is astray:
            mistaken = figure_of(dice.choice(step.slips), known) if step.slips else None
            value = 1.5 * value if mistaken is None else mistaken
        known[step.name] = value
        form[f"step-{step.name}"] = [f"{value:.8g}"]
    return form


def _classification(item: AttemptItem, right: bool, dice: Random) -> Form:
    content = item.version.content
    form = {}
    for n, entry in enumerate(content["items"]):
        place = content["buckets"].index(entry["bucket"])
        if not right and dice.random() < 0.6:
            place = (place + 1) % len(content["buckets"])
        form[f"item-{n}"] = [f"bucket-{place}"]
    return form


def _matching(item: AttemptItem, right: bool, dice: Random) -> Form:
    shown = item.version.kind.present(item.version.content, item.values)
    rights = {option.text: option.key for option in shown.buckets}
    belongs = {pair["left"]: rights[pair["right"]] for pair in item.version.content["pairs"]}
    form = {option.key: [belongs[option.text]] for option in shown.options}
    for key in form:
        if not right and dice.random() < 0.6:
            form[key] = [dice.choice([other for other in rights.values() if [other] != form[key]])]
    return form


def _ordering(item: AttemptItem, right: bool, dice: Random) -> Form:
    texts = [entry["text"] for entry in item.version.content["items"]]
    if not right:
        moved = texts.pop(dice.randrange(1, len(texts)))
        texts.insert(0, moved)
    shown = item.version.kind.present(item.version.content, item.values).options
    return {option.key: [str(texts.index(option.text) + 1)] for option in shown}


def _short_text(item: AttemptItem, right: bool, dice: Random) -> Form:
    entries = item.version.content["accept"]
    fitting = [entry for entry in entries if (entry.get("score", 100) == 100) == right]
    if not fitting:
        return {"answer": ["no idea"]}
    entry = dice.choice(fitting)
    return {"answer": [entry.get("text") or entry["pattern"].replace("*", "")]}


ANSWERS: dict[str, Callable[[AttemptItem, bool, Random], Form]] = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": _true_false,
    "numeric": _numeric,
    "multi_step": _multi_step,
    "classification": _classification,
    "matching": _matching,
    "ordering": _ordering,
    "short_text": _short_text,
}


def form_for(item: AttemptItem, *, right: bool, dice: Random) -> Form:
    """What somebody would post who knows the answer, or who does not."""
    return ANSWERS[item.version.type](item, right, dice)
