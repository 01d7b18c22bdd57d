"""The form by which a case is assigned: what it takes, and what it says of what it does not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.forms.assignments import BOTH, AssignmentForm
from assessments.models import Assignment

ROLES = ("production", "operations")


def typed(when: object) -> str:
    return timezone.localtime(when).strftime("%Y-%m-%dT%H:%M")


def test_nothing_filled_in_asks_for_it_as_they_choose_and_whenever() -> None:
    form = AssignmentForm(ROLES, {})
    assert form.is_valid()
    assert form.wanted == {"role": "", "both_roles": False, "opens_at": None, "due_at": None, "note": ""}


@pytest.mark.parametrize(
    ("play_as", "role", "both"), [("production", "production", False), (BOTH, "", True), ("", "", False)]
)
def test_a_role_or_both_is_understood(play_as: str, role: str, both: bool) -> None:
    form = AssignmentForm(ROLES, {"play_as": play_as})
    assert form.is_valid()
    assert (form.wanted["role"], form.wanted["both_roles"]) == (role, both)


def test_a_case_with_one_role_cannot_be_asked_for_in_both() -> None:
    form = AssignmentForm(["production"], {"play_as": BOTH})
    assert "“both” is none of these" in form.errors["play_as"][0]
    assert not AssignmentForm(["production"], {"play_as": "operations"}).is_valid()


@pytest.mark.parametrize("value", ["soon", "2027-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59"])
@pytest.mark.parametrize("name", ["opens_at", "due_at"])
def test_what_is_no_date_is_quoted_at_its_field(name: str, value: str) -> None:
    form = AssignmentForm(ROLES, {name: value})
    assert f"“{value}” is not a date and a time." in form.errors[name][0]


def test_it_must_be_due_after_it_opens_and_in_time_to_come() -> None:
    now = timezone.now()
    late = {"opens_at": typed(now + timedelta(days=3)), "due_at": typed(now + timedelta(days=2))}
    assert "before it opens" in AssignmentForm(ROLES, late).errors["due_at"][0]
    assert "is past" in AssignmentForm(ROLES, {"due_at": typed(now - timedelta(days=1))}).errors["due_at"][0]


def test_a_due_date_that_has_passed_may_stay_while_something_else_is_changed() -> None:
    due = timezone.now() - timedelta(days=1)
    stored = Assignment(due_at=due, role="production")
    form = AssignmentForm(ROLES, {"due_at": typed(due), "note": "Late is fine."}, assignment=stored)
    assert form.is_valid(), form.errors


def test_a_note_that_is_too_long_is_refused() -> None:
    assert "note" in AssignmentForm(ROLES, {"note": "x" * 301}).errors
    assert AssignmentForm(ROLES, {"note": "x" * 300}).is_valid()
