"""A number that no column can hold, typed into an address, finds nothing; it never breaks a page."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from assessments.models import Question
from concepts.models import Concept, Objective
from tests.factories import CohortFactory, LearnerFactory, ObjectiveFactory

pytestmark = pytest.mark.django_db
FORTY = "9" * 40
JUST_TOO_LONG = str(2**63)
OURS = [model for model in admin.site._registry if model._meta.app_label in ("concepts", "assessments")]


@pytest.fixture
def administrator(client: Client) -> Client:
    """A superuser, signed in, whom a page that breaks gives 500 rather than the exception."""
    learner = LearnerFactory(user__is_superuser=True, user__is_staff=True)
    client.force_login(learner.user)
    client.raise_request_exception = False
    return client


def filters_of(modeladmin: Any) -> set[str]:
    """Everything that the address of a list may filter by, and what Django and ours read beside it."""
    named = {"_popup", "_to_field", "p", "o", "all", "q", "e", "id", "pk__in", "module", "type"}
    for each in modeladmin.list_filter:
        each = each[0] if isinstance(each, tuple) else each
        if isinstance(each, str):
            named |= {each, f"{each}__exact", f"{each}__id__exact", f"{each}__in", f"{each}__isnull"}
        elif hasattr(each, "parameter_name"):
            named.add(each.parameter_name)
    for field in modeladmin.opts.get_fields():
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            named |= {field.name, f"{field.name}__id__exact", f"{field.name}__id__in", f"{field.name}__pk"}
    return named


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_no_list_and_no_new_form_of_the_admin_breaks(administrator: Client, model: Any) -> None:
    home = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    asked = [(f"{home}_changelist", {name: FORTY}) for name in filters_of(admin.site._registry[model])]
    names = [field.name for field in model._meta.get_fields() if isinstance(field, models.Field)]
    asked += [
        (f"{home}_add", {name: number for name in names if name != "type"} | {"type": "numeric"})
        for number in (FORTY, f"-{FORTY}", JUST_TOO_LONG, f"{FORTY},{FORTY}")
    ]
    broken = [
        (name, data) for name, data in asked if administrator.get(reverse(name), data).status_code >= 500
    ]
    assert not broken


def addresses(
    patterns: Any, before: str = "", given: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every address with parts, and the names of these."""
    for one in patterns:
        parts = (*given, *one.pattern.converters)
        if isinstance(one, URLResolver):
            space = f"{before}{one.namespace}:" if one.namespace else before
            yield from addresses(one.url_patterns, space, parts)
        elif isinstance(one, URLPattern) and one.name and parts:
            yield before + one.name, parts


def test_no_address_with_a_number_in_it_breaks(administrator: Client) -> None:
    number, cohort, broken, met = JUST_TOO_LONG, CohortFactory(), [], 0
    for name, parts in addresses(get_resolver().url_patterns):
        # Inside a cohort that is there, too, so that what stands after it is looked up.
        for first in {number, str(cohort.pk)} if len(parts) > 1 else {number}:
            given = dict.fromkeys(parts, number) | {parts[0]: first}
            try:
                url = reverse(name, kwargs=given)
            except NoReverseMatch:
                continue  # none of its parts takes a number
            met += 1
            answers = administrator.get(url).status_code, administrator.post(url).status_code
            broken += [(name, first, answers)] if max(answers) >= 500 else []
    assert not broken
    assert met > 100


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (Q(concept=int(FORTY)), 0),
        (Q(concept=-int(FORTY)), 0),
        (Q(concept_id=FORTY), 0),
        (Q(concept__in=[int(FORTY)]), 0),
        (Q(concept__id__in=[FORTY, JUST_TOO_LONG]), 0),
        (Q(pk__in=[int(FORTY)]), 0),
        (~Q(concept=int(FORTY)), 1),
        (~Q(pk__in=[int(FORTY)]), 1),
    ],
    ids=str,
)
def test_a_key_that_no_column_holds_is_nobody_s(rows: Q, found: int) -> None:
    ObjectiveFactory()
    assert Objective.objects.filter(rows).count() == found


def test_what_fits_is_still_found_beside_what_does_not() -> None:
    objective = ObjectiveFactory()
    keys = [int(FORTY), objective.concept_id]
    assert Objective.objects.get(concept__in=keys) == objective
    assert Objective.objects.get(concept__in=Concept.objects.all()) == objective
    assert Concept.objects.get(pk__in=keys) == objective.concept
    assert not Question.objects.filter(objective=objective).exists()
