"""Hints and penalty in the form of every question type."""

from typing import Any

import pytest

from assessments.forms.content import FORMS
from assessments.questions import BY_HAND
from assessments.questions.base import Problem
from tests.assessments.forms.typed import typed
from tests.factories import numeric, single_choice

pytestmark = pytest.mark.django_db
HINTS = ["Think of the time.", "Which is divided\nby which?"]
CONTENTS = {"single_choice": single_choice(), "numeric": numeric()}


def shown_problems(form: Any) -> dict[str, list[str]]:
    return {
        control.bound.name: control.problems
        for section in form.shown()
        for control in section.controls
        if control.problems
    }


@pytest.mark.parametrize("kind", sorted(set(FORMS) - set(BY_HAND)))
def test_every_type_that_a_machine_marks_asks_for_hints_and_a_penalty(kind: str) -> None:
    section = FORMS[kind]({}).shown()[-1]
    assert [control.bound.name for control in section.controls] == [
        *("hint_1", "hint_2", "hint_3", "hint_4"),
        "penalty",
    ]


@pytest.mark.parametrize("kind", BY_HAND)
@pytest.mark.parametrize(("extra", "shows"), [({}, False), ({"hints": HINTS}, True)])
def test_a_type_marked_by_hand_shows_tries_only_to_take_them_out(
    kind: str, extra: dict[str, Any], shows: bool
) -> None:
    names = [control.bound.name for section in FORMS[kind](extra).shown() for control in section.controls]
    assert ("hint_1" in names) == shows


@pytest.mark.parametrize("kind", sorted(CONTENTS))
@pytest.mark.parametrize("extra", [{}, {"hints": HINTS}, {"hints": HINTS, "penalty": 0}, {"penalty": 25}])
def test_they_are_read_back_as_they_are_shown(kind: str, extra: dict[str, Any]) -> None:
    content = CONTENTS[kind] | extra
    form = FORMS[kind]({}, typed(kind, content))
    assert form.is_valid()
    assert form.content() == content


def test_a_hint_left_empty_is_none_and_problems_still_find_their_field() -> None:
    data = typed("single_choice", single_choice(), q__hint_2="First.", q__hint_4="Second.")
    form = FORMS["single_choice"]({}, data)
    assert form.is_valid()
    assert form.content()["hints"] == ["First.", "Second."]
    form.note(
        [Problem("hints.1", "Mend this."), Problem("hints", "And this."), Problem("penalty", "This too.")]
    )
    assert shown_problems(form) == {
        "hint_4": ["Mend this."],
        "hint_2": ["And this."],
        "penalty": ["This too."],
    }


def test_a_penalty_that_is_no_figure_is_refused_at_its_field() -> None:
    form = FORMS["single_choice"]({}, typed("single_choice", single_choice(), q__penalty="a third"))
    assert not form.is_valid()
    assert "“a third” is not a number" in str(shown_problems(form)["penalty"])
