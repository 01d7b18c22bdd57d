"""What the pages of a cohort's cases say when dates lie ahead, notes are long and screens are narrow."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assignment, Cohort
from tests.assessments.views.cohorts.people import text
from tests.cases import make_case
from tests.cohort_cases import THROUGH, played
from tests.factories import AssignmentFactory

pytestmark = pytest.mark.django_db


def test_a_case_that_is_asked_for_later_says_from_when(client: Client, teacher: User, cohort: Cohort) -> None:
    case, now = make_case(), timezone.now()
    assignment = AssignmentFactory(cohort=cohort, case=case, opens_at=now + timedelta(days=200), due_at=None)
    page = reverse("assessments:cohort_case", args=[cohort.pk, case.slug])
    assert "Learners are asked for it from" in text(client.get(page))
    assignment.opens_at = now - timedelta(days=1)
    assignment.save()
    assert "Learners are asked for it from" not in text(client.get(page))


def test_a_note_that_is_too_long_is_refused_with_both_lengths(
    client: Client, teacher: User, cohort: Cohort
) -> None:
    case = make_case()
    page = reverse("assessments:cohort_assign", args=[cohort.pk, case.slug])
    answer = client.post(page, {"play_as": "", "note": "n" * 5000})
    assert answer.status_code == 422
    assert "This has 5000 characters. Shorten it to 300." in text(answer)
    assert "n" * 5000 in text(answer)
    assert not Assignment.objects.exists()


def test_an_order_that_was_chosen_has_a_smaller_hand_on_its_slide(
    client: Client, teacher: User, cohort: Cohort
) -> None:
    case = make_case()
    played(cohort, case, THROUGH)
    page = text(client.get(reverse("assessments:cohort_slides", args=[cohort.pk, case.slug])))
    assert page.count("tk-decided-order") == 1
