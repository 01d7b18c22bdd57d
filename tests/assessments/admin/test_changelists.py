"""Every list of the admin costs the same number of queries for n rows and for 2n."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments import models as done
from concepts import models as taught
from tests import cases, factories

pytestmark = pytest.mark.django_db
A_FEW = 3


def email_address(number: int) -> EmailAddress:
    user = factories.UserFactory()
    return EmailAddress.objects.create(user=user, email=user.email)


def authenticator(number: int) -> Authenticator:
    return Authenticator.objects.create(user=factories.UserFactory(), type="totp", data={})


def social_account(number: int) -> SocialAccount:
    return SocialAccount.objects.create(user=factories.UserFactory(), provider="sso", uid=str(number))


def social_token(number: int) -> SocialToken:
    return SocialToken.objects.create(account=social_account(number), token="t")


def case_run(number: int) -> Any:
    """A run with a move; all runs are of one case."""
    case = taught.CaseStudy.objects.first() or cases.make_case()
    run = cases.make_run(case)
    return done.CaseMove.objects.create(run=run, position=1, stage="first")


MAKERS: dict[Any, Callable[[int], Any]] = {
    taught.Module: lambda n: factories.ConceptFactory().module,
    taught.Concept: lambda n: factories.ObjectiveFactory().concept,
    taught.Objective: lambda n: factories.QuestionFactory(publish=n % 2).objective,
    taught.Comparison: lambda n: factories.ComparisonRowFactory().comparison,
    taught.ComparisonRow: lambda n: factories.ComparisonRowFactory(),
    taught.Metric: lambda n: factories.MetricFactory(),
    taught.Term: lambda n: factories.TermFactory(concept=factories.ConceptFactory()),
    taught.Source: lambda n: factories.SourceFactory(),
    taught.CaseStudy: lambda n: factories.CaseStudyFactory(content=cases.small_case()),
    taught.LearningPath: lambda n: factories.PathStepFactory().path,
    taught.Skill: lambda n: factories.SkillFactory(),
    taught.Picture: lambda n: factories.ConceptFactory(
        body=f"![c](picture:{factories.PictureFactory().slug})"
    ),
    done.Misconception: lambda n: factories.MisconceptionFactory(concept=factories.ConceptFactory()),
    done.Question: lambda n: factories.QuestionFactory(
        publish=n % 2, type=["numeric", "single_choice"][n % 2]
    ),
    done.QuestionVersion: lambda n: factories.VersionFactory(created_by=factories.UserFactory()),
    done.Correction: lambda n: factories.CorrectionFactory(by=factories.UserFactory()),
    done.Assessment: lambda n: factories.PartFactory().assessment,
    done.Attempt: lambda n: factories.ItemFactory().attempt,
    done.Assignment: lambda n: factories.AssignmentFactory(created_by=factories.UserFactory()),
    done.CaseRun: case_run,
    done.CaseMove: case_run,
    done.Evidence: lambda n: factories.EvidenceFactory(),
    done.ObjectiveState: lambda n: factories.StateFactory(),
    done.Learner: lambda n: factories.MembershipFactory().learner,
    done.Extension: lambda n: factories.ExtensionFactory(),
    done.Cohort: lambda n: factories.JoinLinkFactory(cohort=factories.MembershipFactory().cohort),
    done.Membership: lambda n: factories.MembershipFactory(),
    User: lambda n: factories.LearnerFactory(user__is_staff=True).user.groups.add(Group.objects.get()),
    Group: lambda n: Group.objects.create(name=f"Group {n}"),
    EmailAddress: email_address,
    Authenticator: authenticator,
    SocialAccount: social_account,
    SocialApp: lambda n: SocialApp.objects.create(provider="sso", name=f"App {n}", client_id="c"),
    SocialToken: social_token,
}


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_a_list_costs_the_same_for_twice_as_many_rows(administrator: Client, model: Any) -> None:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    for number in range(A_FEW):
        MAKERS[model](number)
    queries(administrator, url)  # what is cached for good is not counted
    few = queries(administrator, url)
    for number in range(A_FEW, 2 * A_FEW):
        MAKERS[model](number)
    assert queries(administrator, url) == few


def test_every_list_of_the_admin_is_measured() -> None:
    assert set(MAKERS) == set(admin.site._registry)


@pytest.mark.parametrize(
    "model",
    [done.Attempt, done.CaseRun, done.CaseMove, done.Evidence, done.ObjectiveState, done.QuestionVersion],
)
def test_records_are_counted_no_further_than_ten_thousand(administrator: Client, model: Any) -> None:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    with CaptureQueriesContext(connection) as captured:
        administrator.get(url)
    counts = [query["sql"] for query in captured if "COUNT(*)" in query["sql"]]
    assert all("LIMIT 10000" in sql for sql in counts)


SEARCHABLE = [model for model, site in admin.site._registry.items() if site.search_fields]


@pytest.mark.parametrize("model", SEARCHABLE, ids=lambda model: model._meta.label)
def test_a_list_can_be_searched(administrator: Client, model: Any) -> None:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert administrator.get(url, {"q": "throughput"}).status_code == 200


FILTERS = [
    (done.Question, {"asked": "this"}),
    (done.Question, {"asked": "older"}),
    (done.Question, {"asked": "nothing"}),
    (done.Question, {"module": "1"}),
    (done.Question, {"module": "nonsense"}),
    (done.Assessment, {"module": "1"}),
    (done.Question, {"case": "none"}),
    (done.Question, {"case": "nonsense"}),
    (taught.Objective, {"questions": "missing"}),
    (taught.Objective, {"questions": "enough"}),
    (done.Evidence, {"module": "1"}),
]


@pytest.mark.parametrize(("model", "query"), FILTERS)
def test_a_list_can_be_filtered(administrator: Client, model: Any, query: dict[str, str]) -> None:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    response = administrator.get(url, query)
    assert response.status_code == 200
