"""A good lesson, and the facts of it: what a test breaks to see one check speak."""

from typing import Any

from assessments.course_check import Facts, Where, check
from assessments.course_check.facts import Around, Asked, Glossed, Lesson, Taught
from tests.factories import numeric, single_choice

HOME = ("concepts.concept", 1)
LESSON = Where("concepts.concept", 1, "flow", "Flow", HOME)
OBJECTIVE = Where("concepts.objective", 7, "FLW-1", "FLW-1: Flow", HOME)
SENTENCE = "The press stops, and the boxes wait in front of it until noon. "
BODY = f"""## A morning at the press

{SENTENCE * 15}

::: example a plant
{SENTENCE * 10}
:::

::: worked one shift
- Good parts by the hours that were worked | 480 ÷ 8 = 60
:::

::: misconception more is faster
{SENTENCE * 5}
:::

## In short
- Boxes wait before the slowest step.
- A faster press fills the floor.
- Look at the step that all wait for.
"""


def lesson(body: str = BODY, minutes: int = 5) -> Lesson:
    return Lesson(LESSON, body, minutes)


def term(slug: str, *names: str) -> Glossed:
    return Glossed(Where("concepts.term", 3, slug, names[0], HOME), slug, names)


def asked(n: int, kind: str = "single_choice", *, is_live: bool = True, **content: Any) -> Asked:
    made = {**(numeric() if kind == "numeric" else single_choice()), **content}
    place = Where("assessments.question", n, f"flw-1-{n}", f"Question {n}", HOME)
    return Asked(place, kind, made, OBJECTIVE.pk, is_live)


def facts(**given: Any) -> Facts:
    """A lesson with an objective that four questions of two types ask about."""
    questions = [asked(1), asked(2), asked(3, "numeric"), asked(4, "numeric")]
    whole: dict[str, Any] = {
        "lessons": [lesson()],
        "objectives": [Taught(OBJECTIVE)],
        "questions": questions,
        "around": Around(named=frozenset({"time-divided-by-units"})),
    }
    return Facts(**{**whole, **given})


def kinds(given: Facts) -> list[str]:
    """The kinds of all that is found."""
    return [one.kind for one in check(given)]


def messages(given: Facts) -> list[str]:
    return [f"{one.message} {one.remedy}" for one in check(given)]
