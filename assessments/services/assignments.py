"""Asking a cohort to work a case, asking it otherwise, and taking that back. Runs are never touched."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.models import Assignment, Cohort
from assessments.services.errors import NotAllowed
from concepts.models import CaseStudy

ASKED = ("role", "both_roles", "opens_at", "due_at", "note")


@transaction.atomic
def assign_case(
    *,
    cohort: Cohort,
    case: CaseStudy,
    by: Any,
    role: str = "",
    both_roles: bool = False,
    opens_at: datetime | None = None,
    due_at: datetime | None = None,
    note: str = "",
) -> Assignment:
    """Ask a cohort to work a case, in place of what it was asked about that case before.

    The same once more changes nothing, its history included. Raises NotAllowed for a case that nobody can
    play, or not in that role.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)  # of two at once the second finds the first
    version = case.versions.first()
    roles = [each.key for each in version.document.roles] if version and case.is_published else []
    if not roles or (role and role not in roles) or (both_roles and len(roles) < 2):
        raise NotAllowed(_("This case cannot be played so. Choose among the roles that it has."))
    assignment = Assignment.objects.filter(cohort=cohort, case=case).first()
    wanted = dict(zip(ASKED, (role, both_roles, opens_at, due_at, note), strict=True))
    if assignment is not None and all(getattr(assignment, name) == value for name, value in wanted.items()):
        return assignment
    assignment = assignment or Assignment(cohort=cohort, case=case, created_by=by)
    for name, value in wanted.items():
        setattr(assignment, name, value)
    _sign(assignment, by)
    assignment.save()
    return assignment


@transaction.atomic
def withdraw_assignment(*, assignment: Assignment, by: Any) -> None:
    """Ask for it no longer. Its history stays, and so does every run, also those that are going on."""
    _sign(assignment, by)
    assignment.delete()


def _sign(assignment: Assignment, by: Any) -> None:
    """Whose change the history writes down, also where no request told it."""
    assignment._history_user = by  # type: ignore[attr-defined]
