"""How made-up people answer: rightly with some chance, wrongly with a slip that the question knows.

For the demonstration and for measurements. Answers go through the same services as everybody's.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from assessments.models import Assessment, Attempt, AttemptItem, Learner
from assessments.services.answers import check_answer, save_answer
from assessments.services.attempts import start_attempt
from assessments.services.errors import Refused
from assessments.services.finishing import finish
from assessments.services.reviews import start_reviews
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


def _classification(item: AttemptItem, right: bool, dice: Random) -> Form:
    content = item.version.content
    form = {}
    for n, entry in enumerate(content["items"]):
        place = content["buckets"].index(entry["bucket"])
        if not right and dice.random() < 0.6:
            place = (place + 1) % len(content["buckets"])
        form[f"item-{n}"] = [f"bucket-{place}"]
    return form


ANSWERS: dict[str, Callable[[AttemptItem, bool, Random], Form]] = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": _true_false,
    "numeric": _numeric,
    "classification": _classification,
}


def form_for(item: AttemptItem, *, right: bool, dice: Random) -> Form:
    """What somebody would post who knows the answer, or who does not."""
    return ANSWERS[item.version.type](item, right, dice)


def practise(
    learner: Learner, assessment: Assessment, start: datetime, skill: float, dice: Random
) -> Attempt:
    """A practice from start to end, about a minute a question."""
    attempt = start_attempt(learner=learner, assessment=assessment, now=start)
    return _answer_all(attempt, start, skill, dice)


def review(learner: Learner, start: datetime, skill: float, dice: Random) -> Attempt | None:
    """The reviews of a day, if any are due."""
    try:
        attempt = start_reviews(learner=learner, now=start)
    except Refused:
        return None
    return _answer_all(attempt, start, skill, dice)


def _answer_all(attempt: Attempt, start: datetime, skill: float, dice: Random) -> Attempt:
    now = start
    for item in attempt.items.select_related("version"):
        now += timedelta(seconds=dice.randint(25, 110))
        form = form_for(item, right=dice.random() < skill, dice=dice)
        check_answer(item=item, posted=form, revision=0, now=now, certainty=dice.choice([None, 1, 2, 3]))
    return finish(attempt=attempt, now=now)


def take_test(
    learner: Learner, assessment: Assessment, start: datetime, skill: float, dice: Random
) -> Attempt:
    """A test: every answer saved, then submitted at once."""
    attempt = start_attempt(learner=learner, assessment=assessment, now=start)
    now = start
    for item in attempt.items.select_related("version"):
        now += timedelta(seconds=dice.randint(25, 100))
        form = form_for(item, right=dice.random() < skill, dice=dice)
        save_answer(item=item, posted=form, revision=0, now=now, certainty=dice.choice([None, 2, 3]))
    return finish(attempt=attempt, now=now)
