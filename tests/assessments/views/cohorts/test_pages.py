"""What the pages of those who teach show, and what they cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Cohort, Learner, ModuleState
from tests.assessments.views.cohorts.people import enrol, text
from tests.factories import (
    AttemptFactory,
    CohortFactory,
    ConceptFactory,
    EvidenceFactory,
    ItemFactory,
    JoinLinkFactory,
    LearnerFactory,
    MembershipFactory,
    MisconceptionFactory,
    ModuleFactory,
    ObjectiveFactory,
    StateFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db


def furnish(cohort: Cohort, count: int) -> Learner:
    """Learners, each with levels, an attempt and a slip."""
    module = ModuleFactory()
    objective = ObjectiveFactory(concept=ConceptFactory(module=module))
    for learner in enrol(cohort, count):
        StateFactory(learner=learner, objective=objective, level=4, fades_at=timezone.now())
        ModuleState.objects.create(learner=learner, module=module, mastered=1, points=4)
    slip = MisconceptionFactory()
    for _ in range(count):
        item = ItemFactory(
            attempt=AttemptFactory(learner=learner),
            version=VersionFactory(question__objective=objective),
            misconceptions=[slip.slug],
            score=0,
            graded_at=timezone.now(),
        )
        EvidenceFactory(item=item)
        JoinLinkFactory(cohort=cohort)
    return learner


@pytest.mark.parametrize("query", ["", "?sort=-mastered", "?sort=name&q=maren&page=1"])
def test_the_overview_takes_at_most_twelve_queries(
    client: Client, cohort: Cohort, teacher: User, query: str, django_assert_max_num_queries: Any
) -> None:
    counts = set()
    for count in (3, 6):
        furnish(cohort, count)
        with django_assert_max_num_queries(12) as queries:
            assert client.get(cohort.get_absolute_url() + query).status_code == 200
        counts.add(len(queries))
    assert len(counts) == 1


@pytest.mark.parametrize("page", ["cohort_links", "cohort_learner"])
def test_other_pages_cost_the_same_for_twice_as_much(
    client: Client, cohort: Cohort, teacher: User, page: str, django_assert_max_num_queries: Any
) -> None:
    counts = set()
    for count in (3, 6):
        learner = furnish(cohort, count)
        args = [cohort.pk] + ([learner.pk] if page == "cohort_learner" else [])
        with django_assert_max_num_queries(13) as queries:
            assert client.get(reverse(f"assessments:{page}", args=args)).status_code == 200
        counts.add(len(queries))
    assert len(counts) == 1


def test_the_list_costs_the_same_for_twice_as_many_cohorts(
    client: Client, cohort: Cohort, teacher: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ObjectiveFactory()
    client.get(reverse("assessments:cohorts"))  # from here on the columns are kept
    for _ in range(2):
        for _ in range(3):
            other = CohortFactory()
            MembershipFactory(cohort=other, learner=teacher.learner, role="instructor")
            enrol(other, 2)
        with django_assert_num_queries(7):
            assert client.get(reverse("assessments:cohorts")).status_code == 200


def test_an_empty_cohort_leads_to_a_join_link(client: Client, cohort: Cohort, teacher: User) -> None:
    page = text(client.get(cohort.get_absolute_url()))
    assert "Nobody has joined yet" in page
    assert reverse("assessments:cohort_links", args=[cohort.pk]) in page


@pytest.mark.parametrize(
    ("last", "headline"),
    [
        ([1, 2], "All 2 have answered in the last 7 days"),
        ([1], "Your one learner has answered in the last 7 days"),
        ([1, 8], "One person has been quiet for a week"),
        ([20] * 13, "13 people have been quiet for a week"),
        ([1, None], "1 of 2 have answered in the last 7 days"),
    ],
)
def test_the_headline_is_a_fact(
    client: Client, cohort: Cohort, teacher: User, last: list[int | None], headline: str
) -> None:
    for days in last:
        at = None if days is None else timezone.now() - timedelta(days=days)
        MembershipFactory(cohort=cohort, learner=LearnerFactory(last_active_at=at))
    assert headline in text(client.get(cohort.get_absolute_url()))


def test_search_order_and_page_are_kept_in_every_address(
    client: Client, cohort: Cohort, teacher: User
) -> None:
    enrol(cohort, 51)
    page = text(client.get(cohort.get_absolute_url(), {"q": "maren", "sort": "-name", "page": "2"}))
    assert '<input type="hidden" name="sort" value="-name">' in page
    assert 'value="maren"' in page
    assert "?q=maren&amp;sort=-name&amp;page=1" in page
    assert "?q=maren&amp;sort=name" in page
    assert f"{reverse('assessments:cohort_export', args=[cohort.pk])}?q=maren&amp;sort=-name" in page
    assert 'aria-sort="descending"' in page


def test_a_search_without_result_says_so_and_is_escaped(
    client: Client, cohort: Cohort, teacher: User
) -> None:
    enrol(cohort)
    page = text(client.get(cohort.get_absolute_url(), {"q": "<b>"}))
    assert "Nobody in this cohort has “&lt;b&gt;”" in page


def test_one_learner_is_shown_with_levels_attempts_and_slips(
    client: Client, cohort: Cohort, teacher: User
) -> None:
    learner = furnish(cohort, 1)
    Learner.objects.filter(pk=learner.pk).update(last_active_at=timezone.now())
    now = timezone.now()
    AttemptFactory(
        learner=learner,
        assessment__title="Module test",
        kind="test",
        state="graded",
        finished_at=now,
        score=3,
        max_score=10,
    )
    AttemptFactory(learner=learner, assessment__title="A preview", is_preview=True)
    page = text(client.get(reverse("assessments:cohort_learner", args=[cohort.pk, learner.pk])))
    assert f"{learner.name} has mastered 1 of 1 objectives" in page
    assert "One of these is fading" in page
    assert "Module test" in page
    assert "below the pass mark" in page
    assert "30\u202f<span" in page
    assert "A preview" not in page
    assert "Misconception " in page


def test_a_learner_who_has_not_begun_has_a_page(client: Client, cohort: Cohort, teacher: User) -> None:
    ObjectiveFactory()
    learner = enrol(cohort)[0]
    page = text(client.get(reverse("assessments:cohort_learner", args=[cohort.pk, learner.pk])))
    assert "has not answered anything yet" in page
    assert "No practice, test or review has been begun yet." in page


def test_the_most_frequent_slips_come_first_and_the_rest_is_counted(
    client: Client, cohort: Cohort, teacher: User
) -> None:
    learner = enrol(cohort)[0]
    slips = MisconceptionFactory.create_batch(14)
    often = slips[5].slug
    for slip in [*slips, slips[5]]:
        ItemFactory(
            attempt=AttemptFactory(learner=learner, state="graded", finished_at=timezone.now()),
            misconceptions=[slip.slug, "forgotten-since"],
            score=0,
            graded_at=timezone.now(),
        )
    old = ItemFactory(
        attempt=AttemptFactory(learner=learner, started_at=timezone.now() - timedelta(days=40)),
        misconceptions=[often],
        score=0,
        graded_at=timezone.now() - timedelta(days=40),
    )
    shown = client.get(reverse("assessments:cohort_learner", args=[cohort.pk, learner.pk])).context["shown"]
    assert (shown.slips[0].misconception.slug, shown.slips[0].count) == (often, 2)
    assert (len(shown.slips), shown.further_slips) == (12, 2)
    assert old.version.objective.code not in shown.slips[0].codes
